"""The other commands: check, test, explain, plugins, demo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import DATE, RULES, Files, ejps, made


def explain(files: Files, *more: str) -> list[str | Path]:
    return ["explain", files.rules, files.families, "--members", files.members, *DATE, *more]


def test_check_says_right_or_shows_every_error(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps("check", files.rules)
    assert (done.code, "benar" in done.out) == (0, True), done.err
    wrong = tmp_path / "salah.ejps"
    wrong.write_text(RULES.replace("desil <= batas", "desill <= batass"), encoding="utf-8")
    done = ejps("check", files.rules, wrong)
    assert done.code == 1
    assert done.err.count("salah.ejps:") >= 2
    assert "desill <= batass" in done.err


def test_check_as_json(tmp_path: Path) -> None:
    files = made(tmp_path, rules=RULES.replace("desil <= batas", "desill <= batas"))
    done = ejps("check", files.rules, "--format", "json")
    assert (done.code, done.err) == (1, "")
    (file,) = json.loads(done.out)["files"]
    assert file["path"] == str(files.rules)
    assert file["errors"] >= 1
    assert len(file["diagnostics"]) == file["errors"] + file["remarks"]


def test_examples_that_come_out_and_that_do_not(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps("test", files.rules)
    assert done.code == 0, done.err
    assert "1 dari 1 contoh sesuai" in done.out
    files = made(tmp_path, rules=RULES.replace("pkh = tidak, desil = 4", "pkh = ya, desil = 4"))
    done = ejps("--lang", "en", "test", tmp_path)
    assert done.code == 1
    assert "0 of 1 examples come out right" in done.out
    assert "ineligible because penerima_pkh" in done.err
    assert 'contoh "berhak"' in done.err


def test_examples_of_the_installed_programs_come_out() -> None:
    done = ejps("test")
    assert done.code == 0, done.err
    assert "program.ejps" in done.out


@pytest.mark.parametrize("lang", ["id", "en"])
def test_explain_gives_the_verdict_first(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path)
    done = ejps(*explain(files, "--id", "7501010101209004", "--lang", lang))
    assert done.code == 0, done.err
    assert done.out.splitlines()[0] == {"id": "TIDAK MEMENUHI SYARAT", "en": "INELIGIBLE"}[lang]
    assert "7501010101209004" in done.out
    assert "7501014107859004" not in done.out
    assert "desil <= batas = " in done.out
    assert "Pergub contoh" in done.out


def test_explain_finds_a_family_by_its_member(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps(*explain(files, "--id", "7501014107859001", "--format", "json"))
    assert done.code == 0, done.err
    record = json.loads(done.out)
    assert record["verdict"] == "eligible"
    assert record["family"] == "••••••••••••9001"
    assert record["benefits"][0]["amount"] == 178_150
    assert record["benefits"][0]["shares"] == {"provinsi": 106_890, "kabupaten": 71_260}
    assert [rule["holds"] for rule in record["rules"]] == [True] * 4


def test_explain_loads_only_what_it_needs(tmp_path: Path) -> None:
    files = made(tmp_path)
    arguments = [str(part) for part in explain(files, "--id", "7501010101209001")]
    script = (
        "import sys; from ejps_core.cli import main; code = main(sys.argv[1:]); "
        "heavy = {'sqlalchemy', 'sqlmodel', 'fastapi', 'duckdb', 'polars', 'xlsxwriter'}; "
        "sys.stderr.write('LOADED ' + ','.join(sorted(heavy & set(sys.modules)))); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().split("LOADED ")[1] == ""


def test_plugins_are_listed(tmp_path: Path) -> None:
    done = ejps("plugins", "list")
    assert done.code == 0, done.err
    assert "jps_food_aid" in done.out
    record = json.loads(ejps("plugins", "list", "--format", "json").out)
    assert record["broken"] == []
    (program,) = [each for each in record["programs"] if each["id"] == "jps_food_aid"]
    assert program["right"] is True
    assert program["distribution"] == "ejps-jps-food-aid"


def broken_plugin(folder: Path) -> Path:
    """A distribution whose plugin can't be imported, as a folder for PYTHONPATH."""
    info = folder / "ejps_rusak-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ejps-rusak\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[ejps]\nrusak = ejps_rusak.plugin\n", encoding="utf-8")
    (folder / "ejps_rusak.py").write_text("raise RuntimeError('tidak ada jaringan')\n", encoding="utf-8")
    return folder


def test_a_broken_plugin_is_named_everywhere_and_exits_3(tmp_path: Path) -> None:
    files = made(tmp_path)
    path = str(broken_plugin(tmp_path / "plugin"))
    done = ejps("plugins", "list", PYTHONPATH=path)
    assert done.code == 3
    assert "rusak" in done.err
    assert "tidak ada jaringan" in done.err
    done = ejps(
        "evaluate",
        files.rules,
        files.families,
        "--members",
        files.members,
        *DATE,
        "--summary",
        "json",
        "--quiet",
        PYTHONPATH=path,
    )
    assert done.code == 3
    assert json.loads(done.out)["incomplete"] == ["rusak"]
    assert "rusak" in done.err


def test_a_defect_of_ours_is_a_short_message(tmp_path: Path) -> None:
    script = (
        "import sys; import ejps_core.app.check as c\n"
        "def fail(paths): raise KeyError('x')\n"
        "c.check = fail\n"
        "from ejps_core.cli import main; sys.exit(main(['check', 'x.ejps']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 70
    assert b"Traceback" not in done.stderr
    assert b"EJPS_DEBUG=1" in done.stderr


def test_help_and_version() -> None:
    assert ejps("--help").code == 0
    assert ejps("--version").out.startswith("ejps ")
    assert ejps().code == 2


@pytest.mark.slow
def test_the_demo_goes_the_whole_way(tmp_path: Path) -> None:
    done = ejps("demo", "--out", tmp_path / "demo")
    assert done.code == 0, done.err
    folder = tmp_path / "demo"
    assert {path.name for path in folder.iterdir()} == {
        "daftar-calon.xlsx",
        "hasil.xlsx",
        "hasil.csv",
        "ringkasan.json",
        "penjelasan.txt",
        "realisasi.pdf",
        "realisasi.xlsx",
        "sasaran.pdf",
        "sasaran.xlsx",
        "daftar",
        "register",
        "lembar",
        "penyimpanan",
    }
    summary = json.loads((folder / "ringkasan.json").read_text(encoding="utf-8"))
    counts = summary["programs"]["jps_food_aid"]
    assert min(counts["eligible"], counts["ineligible"], counts["undetermined"]) > 50
    assert counts["amount"] == counts["eligible"] * 178_150
    assert all(counts["by_reason"][reason] > 0 for reason in ("penerima_pkh", "tidak_dtks", "asn_tni_polri", "mampu"))
    assert summary["rows"]["set_apart"] > 0
    for words in ("MEMENUHI SYARAT", "TIDAK MEMENUHI SYARAT", "PERLU VERIFIKASI", "hasil.xlsx", "75.71 Kota Gorontalo"):
        assert words in done.out
    aloud = ("Rp17,12 miliar", "Rp15,47 miliar", "Rp1,64 miliar", "90,40 persen", "posisi tidak bergeser", "buatan")
    assert [words for words in aloud if words not in done.out] == []
    assert [wrong for wrong in ("1,65", "90,36") if wrong in done.out] == []
    assert len(done.out.splitlines()) < 100
    for verdict in ("MEMENUHI SYARAT", "TIDAK MEMENUHI SYARAT", "PERLU VERIFIKASI"):
        assert verdict in (folder / "penjelasan.txt").read_text(encoding="utf-8")
    assert all((folder / name).read_bytes().startswith(b"%PDF-") for name in ("realisasi.pdf", "sasaran.pdf"))
    store = [f"--store={folder / 'penyimpanan' / 'store.db'}", f"--keys={folder / 'penyimpanan' / 'kunci'}"]
    assert ejps("position", "verify", *store).out == "Posisi 1: utuh\n"
    assert ejps("audit", "verify", *store).code == 0
    book = openpyxl.load_workbook(folder / "daftar-calon.xlsx", read_only=True)
    assert book.sheetnames == ["keluarga", "anggota"]
    for sheet in book:
        header, *rows = sheet.values
        filled = [any(row[place] is not None for row in rows) for place in range(len(header))]
        assert [title for title, some in zip(header, filled, strict=True) if not some] == []

"""`ejps evaluate`: results, streams and exit codes."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.cli.shell import DATE, FAMILIES, MEMBERS, RULES, ejps, made

pytestmark = pytest.mark.slow  # many processes: left out of `make check`


def test_a_clean_run_prints_a_summary_and_exits_0(tmp_path: Path) -> None:
    done = made(tmp_path).evaluate()
    assert done.code == 0, done.err
    assert "1  memenuhi syarat (25,00%)" in done.out
    assert "Jumlah bantuan: Rp178.150" in done.out
    assert "provinsi 60%: Rp106.890" in done.out
    assert "Tanggal penetapan 16 Oktober 2020" in done.out
    assert "\x1b[" not in done.out + done.err


def test_the_newer_parameter_is_a_remark_on_standard_error(tmp_path: Path) -> None:
    files = made(tmp_path)
    assert "newer-value-unpublished" in files.evaluate().err
    assert "newer-value-unpublished" not in files.evaluate("--quiet").err
    latest = files.evaluate("--known", "latest")
    assert "data terbaru" in latest.out
    assert "newer-value-unpublished" not in latest.err


def test_the_json_summary_stands_alone_on_standard_output(tmp_path: Path) -> None:
    done = made(tmp_path).evaluate("--summary", "json")
    assert done.code == 0
    summary = json.loads(done.out)
    assert summary["programs"]["bantuan"] == {
        "eligible": 1,
        "ineligible": 2,
        "undetermined": 1,
        "selected": None,
        "provisional": None,
        "amount": 178_150,
        "amount_selected": None,
        "amount_open": 0,
        "by_reason": {"di_luar_wilayah": 0, "miskin": 1, "penerima_pkh": 1, "asn": 1},
    }
    assert summary["rows"]["read"] == 4
    assert "incomplete" not in summary


def test_every_kind_of_file(tmp_path: Path) -> None:
    files = made(tmp_path)
    for kind in ("csv", "xlsx", "parquet", "json"):
        done = files.evaluate("--out", tmp_path / f"hasil.{kind}", "--quiet")
        assert (done.code, done.out) == (0, ""), done.err
    rows = list(csv.DictReader((tmp_path / "hasil.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["bantuan_status"] for row in rows] == [
        "memenuhi syarat",
        "tidak memenuhi syarat",
        "perlu verifikasi",
        "tidak memenuhi syarat",
    ]
    assert [row["bantuan_reasons"] for row in rows] == ["", "penerima_pkh", "penerima_pkh", "miskin; asn"]
    assert [row["bantuan_needs"] for row in rows] == ["", "", "pkh", ""]
    assert [row["kk"] for row in rows] == [line.split(",")[0] for line in FAMILIES.splitlines()[1:]]
    assert json.loads((tmp_path / "hasil.json").read_text(encoding="utf-8"))[0]["bantuan_paket_provinsi"] == 106_890
    assert pq.read_table(tmp_path / "hasil.parquet").column("bantuan_failed").to_pylist() == [0, 4, 0, 10]
    book = openpyxl.load_workbook(tmp_path / "hasil.xlsx")
    assert book.sheetnames == ["Ringkasan", "bantuan", "Catatan baris"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_in_english(tmp_path: Path) -> None:
    files = made(tmp_path)
    for done in (
        files.evaluate("--lang", "en", "--out", tmp_path / "x.csv"),
        ejps("--lang", "en", "evaluate", files.rules, files.families, "--members", files.members, *DATE),
    ):
        assert "1  eligible (25.00%)" in done.out
        assert "Sample aid (bantuan)" in done.out
    assert '"undetermined"' in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_rows_set_apart_are_told_and_exit_3(tmp_path: Path) -> None:
    twice = FAMILIES + "7501010101209001,75.01.01,ya,1\n"
    done = made(tmp_path, families=twice).evaluate("--summary", "json")
    assert done.code == 3
    assert json.loads(done.out)["rows"]["set_apart"] == 2
    assert json.loads(done.out)["programs"]["bantuan"]["ineligible"] == 2
    assert "7501010101209001" not in done.err
    assert "••••••••••••9001" in done.err


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    files = made(tmp_path)
    for path in (files.rules, files.families, files.members):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    plain = made(tmp_path / "lain") if (tmp_path / "lain").mkdir() is None else None  # type: ignore[func-returns-value]
    assert plain is not None
    done = files.evaluate("--summary", "json")
    assert done.code == 0, done.err
    assert done.out == plain.evaluate("--summary", "json").out


def test_wrong_rules_exit_1(tmp_path: Path) -> None:
    done = made(tmp_path, rules=RULES.replace("desil <= batas", "desill <= batas")).evaluate()
    assert done.code == 1
    assert done.out == ""
    assert "bantuan.ejps:" in done.err


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate", "bantuann", "daftar.csv", *DATE], "bantuann"),
        (["evaluate", "tidak-ada.ejps", "daftar.csv", *DATE], "tidak-ada.ejps"),
        (["evaluate", "bantuan.ejps", "tidak-ada.csv", *DATE], "tidak-ada.csv"),
        (["evaluate", "bantuan.ejps", "daftar.csv", "--as-of", "2021-01-01"], "2020"),
        (["evaluate", "bantuan.ejps", "daftar.csv", "--as-of", "16-10-2020"], "2020-10-16"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--known", "2019-12-31"], "batas"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--district", "75.99"], "75.99"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--district", "71.01"], "71.01"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--out", "x.pdf"], ".parquet"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--out", "no/x.csv"], "no"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--out", "daftar.csv"], "daftar.csv"),
        (["evaluate", "bantuan.ejps,bantuan.ejps", "daftar.csv", *DATE], "bantuan"),
        (["evaluate", "bantuan.ejps", "daftar.csv"], "--as-of"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--summary", "xml"], "--summary"),
        (["evaluate", "bantuan.ejps", "daftar.csv", *DATE, "--sumary", "json"], "--summary"),
        (["evaluat"], "evaluat"),
        (["explain", "bantuan.ejps", "daftar.csv", *DATE, "--id", "7501010101209009"], "7501010101209009"),
        (["check", "tidak-ada.ejps"], "tidak-ada.ejps"),
        (["test", "tidak-ada.ejps"], "tidak-ada.ejps"),
    ],
)
def test_wrong_use_exits_2_says_why_and_prints_nothing(tmp_path: Path, arguments: list[str], said: str, lang: str) -> None:
    made(tmp_path)
    done = ejps("--lang", lang, *arguments, where=tmp_path)
    assert done.code == 2, done
    assert said in done.err
    assert "EJPS_DEBUG" not in done.err


def test_a_near_id_is_offered(tmp_path: Path) -> None:
    made(tmp_path)
    done = ejps("evaluate", "jps_food_aidd", "daftar.csv", *DATE, where=tmp_path)
    assert "Mungkin maksudnya jps_food_aid?" in done.err
    done = ejps("--lang", "en", "evaluate", "bantua.ejps", "daftar.csv", *DATE, where=tmp_path)
    assert "Did you mean bantuan.ejps?" in done.err


def test_a_list_without_members_leaves_members_needed(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps("evaluate", files.rules, files.families, *DATE, "--out", tmp_path / "x.csv")
    assert done.code == 0, done.err
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["bantuan_needs"] == "members"


def test_two_programs_side_by_side_equal_each_alone(tmp_path: Path) -> None:
    files = made(tmp_path)
    other = tmp_path / "lain.ejps"
    other.write_text(RULES.replace("program bantuan", "program kedua").replace("Rp178.150", "Rp500.000"), encoding="utf-8")
    done = ejps("evaluate", f"{files.rules},{other}", files.families, "--members", files.members, *DATE, "--summary", "json")
    assert done.code == 0, done.err
    both = json.loads(done.out)["programs"]
    assert list(both) == ["bantuan", "kedua"]
    assert both["bantuan"] == json.loads(files.evaluate("--summary", "json").out)["programs"]["bantuan"]
    assert both["kedua"]["amount"] == 500_000


def test_fields_that_differ_between_programs_are_refused(tmp_path: Path) -> None:
    files = made(tmp_path)
    other = tmp_path / "lain.ejps"
    other.write_text(
        RULES.replace("program bantuan", "program kedua").replace('"Desil" 1..10', '"Desil" 1..5'), encoding="utf-8"
    )
    done = ejps("evaluate", f"{files.rules},{other}", files.families, *DATE)
    assert done.code == 2
    assert "field-differs" in done.err


def test_a_reader_that_goes_away_is_no_defect(tmp_path: Path) -> None:
    files = made(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "ejps_core", "evaluate", files.rules, files.families, *DATE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read().decode("utf-8")
        assert process.wait(60) in (0, 141)
    assert "Traceback" not in said
    assert "EJPS_DEBUG" not in said


def test_members_of_no_family_are_told(tmp_path: Path) -> None:
    stray = MEMBERS + "7501010101209099,7501014107859099,tidak\n"
    done = made(tmp_path, members=stray).evaluate()
    assert done.code == 3
    assert "••••••••••••9099" in done.err

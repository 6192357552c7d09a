"""`ejps report` as a process: each format, the list of reports, what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ejps_core.app.exits import Exit
from ejps_core.app.library import core_only
from ejps_core.app.report import Asked, report
from ejps_core.app.report_files import Form, Reported, beside
from tests.cli.shell import ejps
from tests.reports import document_data

OFFICE = """government = "Pemerintah Kabupaten Pohuwato"
name = "Dinas Sosial"
place = "Marisa"
[signatory]
office = "Kepala Dinas Sosial"
acting = "Plt."
"""


def written(folder: Path, data: object) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def asked(folder: Path, name: str, data: object, form: Form = Form.JSON) -> Asked:
    return Asked(name, written(folder, data), form, folder / f"keluar.{form}")


def made(wanted: Asked) -> Reported:
    return report(wanted, core_only())


@pytest.mark.slow
def test_a_report_as_a_command(tmp_path: Path) -> None:
    office = tmp_path / "kop.toml"
    office.write_text(OFFICE, encoding="utf-8")
    out = tmp_path / "laporan.pdf"
    done = ejps("report", "realisasi", "--data", document_data.POSITION, "--out", out, "--office", office)
    assert (done.code, done.out) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-")
    assert done.err.strip() == f"Hasil: {out}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kop.toml", "laporan.pdf"]


@pytest.mark.slow
def test_commands_that_are_refused(tmp_path: Path) -> None:
    names = ejps("report")
    assert names.code == 0
    assert "realisasi" in names.out
    assert ejps("report", "realisasi").code == 2
    assert ejps("report", "realisasi", "--data", tmp_path / "x.json", "--format", "doc").code == 2
    missing = ejps("report", "realisasi", "--data", tmp_path / "x.json", "--lang", "en")
    assert missing.code == 2
    assert "can't be used" in missing.err


@pytest.mark.parametrize("form", [Form.XLSX, Form.CSV, Form.JSON, Form.HTML])
@pytest.mark.parametrize("name", sorted(document_data.every_document()))
def test_every_report_in_every_format(tmp_path: Path, name: str, form: Form) -> None:
    done = made(asked(tmp_path, name, document_data.every_document()[name], form))
    if name == "surat" and form in (Form.XLSX, Form.CSV):
        assert [finding.code for finding in done.findings] == ["no-table"]
        return
    assert done.exit is Exit.CLEAN, done.findings
    assert (tmp_path / f"keluar.{form}").is_file()
    assert all(path.stat().st_size > 0 for path in done.files)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_parts_stand_beside_one_another(tmp_path: Path) -> None:
    done = made(asked(tmp_path, "tumpang-tindih", document_data.overlapping(), Form.CSV))
    assert [path.name for path in done.files] == ["keluar.csv", "keluar-keluarga.csv"]
    assert beside(Path("a/bnba.pdf"), "75.04.05.2001") == Path("a/bnba-75.04.05.2001.pdf")


def test_a_list_of_several_villages_is_one_table_to_filter(tmp_path: Path) -> None:
    done = made(asked(tmp_path, "bnba", document_data.listing(6, 2), Form.CSV))
    (path,) = done.files
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["village"] for row in rows] == ["Bunuyo"] * 3 + ["Soginti"] * 3
    assert {row["region"] for row in rows} == {"75.04.05.2001", "75.04.05.2002"}
    assert rows[0]["district"] == "Kabupaten Pohuwato"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("tidak-ada", {}, "unknown-report"),
        ("bnba", [], "bad-report-data"),
        ("bnba", {"families": []}, "bad-report-data"),
        ("realisasi", {"entries": 1}, "bad-report-data"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(tmp_path: Path, name: str, data: object, code: str) -> None:
    done = made(asked(tmp_path, name, data))
    assert (done.exit, done.files) == (Exit.WRONG_USE, ())
    assert [finding.code for finding in done.findings] == [code]
    assert [path.name for path in tmp_path.iterdir()] == ["data.json"]


def test_the_data_are_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, document_data.listing(1))
    before = path.read_bytes()
    (finding,) = made(Asked("bnba", path, Form.JSON, path)).findings
    assert finding.code == "output-is-input"
    assert path.read_bytes() == before


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, document_data.listing(1))
    (finding,) = made(Asked("bnba", path, Form.JSON, tmp_path / "tidak" / "ada.json")).findings
    assert finding.code == "output-unwritable"


def test_faults_do_not_repeat_peoples_data(tmp_path: Path) -> None:
    data = document_data.listing(1)
    data["families"][0]["region"] = "Moh. Yusuf, 7504050101129001"
    (finding,) = made(asked(tmp_path, "bnba", data)).findings
    assert "families.0.region" in finding.words.id
    assert "Yusuf" not in finding.words.id
    assert "9001" not in finding.words.id


def test_a_bad_office_file_is_named(tmp_path: Path) -> None:
    office = tmp_path / "kop.toml"
    office.write_text('government = "x"\nsecret = 1\n', encoding="utf-8")
    wanted = Asked("bnba", written(tmp_path, document_data.listing(1)), Form.JSON, tmp_path / "x.json", office)
    (finding,) = made(wanted).findings
    assert finding.code == "bad-office"
    assert "secret" in finding.words.id
    assert "signatory" in finding.words.id

"""Day 1, 16 October 2020, through the commands: the published figures come out of the store and don't move."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from ejps_core.store.session import Store
from tests.reports.document_data import POSITION

PROGRAM, MOMENT = "jps_food_aid", "2020-10-16 08:00"
ALOUD = ("Rp17,12 miliar", "Rp15,47 miliar", "Rp1,64 miliar", "90,40 persen")
WHOLE = ("Rp17.116.295.700", "Rp15.472.327.500", "Rp1.643.968.200")
WRONG = ("1,65", "90,36")
LATE = {"Kabupaten Bone Bolango": 743_954_400, "Kabupaten Pohuwato": 429_697_800, "Kabupaten Gorontalo Utara": 470_316_000}
Run = Callable[..., str]


@pytest.fixture
def run(store: Store, place: StorePlace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on the store; what it says on standard output. `code`: how it must end."""
    store.engine.dispose()
    monkeypatch.setenv("EJPS_STORE", place.database)
    monkeypatch.setenv("EJPS_KEYS", str(place.keys))
    monkeypatch.setenv("EJPS_FILES", str(place.files))

    def ran(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        ended = main(list(arguments))
        told = capsys.readouterr()
        assert ended == code, f"{arguments}: {told.err}"
        return told.out

    return ran


def test_the_day_of_the_meeting(run: Run, tmp_path: Path) -> None:
    notes = [note["id"] for note in json.loads(POSITION.read_text(encoding="utf-8"))["notes"]]
    run(
        "money",
        "open",
        PROGRAM,
        "--year",
        "2020",
        "--phases",
        "1,2,3",
        *(f"--note={note}" for note in notes),
        "--who",
        "P2E",
    )
    run("money", "import", PROGRAM, str(POSITION), "--who", "P2E")
    run("money", "check", PROGRAM, "--at", MOMENT)
    said = run("position", "freeze", PROGRAM, "--at", MOMENT, "--who", "Biro P2E", "--why", "Rakorev III")
    assert "Posisi data per 16-10-2020 pukul 08.00 WITA" in said
    for words in (*ALOUD, *WHOLE, "Dokumen permintaan tahap III belum lengkap", "Kepala BKAD kabupaten", "2020-10-30"):
        assert words in said, words
    assert not [wrong for wrong in WRONG if wrong in said]
    assert "Sisa yang hangus 31-12-2020: Rp1.643.968.200" in said
    digest = said.split("SHA-256 ")[1].strip()

    before = run("position", "show", "1", "--format", "json")
    late = ("--phase", "III", "--district", "75.04", "--on", "2020-10-16", "--document", "SP2D 0777/2020")
    run("money", "record", PROGRAM, "salur", *late, "--province", "429.697.800", "--who", "BKAD")
    assert run("position", "show", "1", "--format", "json") == before
    assert run("position", "verify", "1") == "Posisi 1: utuh\n"
    assert run("position", "diff", "1").strip() == "Tahap III Kabupaten Pohuwato: Ditransfer ke RKUD  – → Rp429.697.800"
    again = run("position", "freeze", PROGRAM, "--at", MOMENT, "--who", "Biro P2E", "--quiet")
    assert again == f"Posisi 1: SHA-256 {digest}\n"
    _reports(run, tmp_path, digest)


def _reports(run: Run, folder: Path, digest: str) -> None:
    """Every form of the report says the same figures, and the hash."""
    for form in ("csv", "json", "html", "xlsx", "pdf"):
        run("report", "realisasi", "--position", "1", "--out", str(folder / f"r.{form}"))
    html = (folder / "r.html").read_text(encoding="utf-8")
    assert digest in html
    assert [words for words in ALOUD if words not in html] == []
    assert [wrong for wrong in WRONG if wrong in html] == []
    assert (folder / "r.pdf").read_bytes().startswith(b"%PDF-")
    with (folder / "r-terlambat.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["district"] in LATE]
    assert {row["district"]: int(row["outstanding"]) for row in rows} == LATE
    assert all(row[name] for row in rows for name in ("obstacle", "follow_up", "answerable", "deadline"))
    with (folder / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        districts = list(csv.DictReader(file))
    assert sum(int(row["transferred"]) for row in districts if row["no"]) == 15_472_327_500
    assert all(row["asumsi"] for row in districts if row["no"])
    cells = [cell for sheet in openpyxl.load_workbook(folder / "r.xlsx") for row in sheet.values for cell in row]
    assert {17_116_295_700, 15_472_327_500, 1_643_968_200} <= set(cells)
    assert any(digest in cell for cell in cells if isinstance(cell, str))
    assert json.loads((folder / "r.json").read_text(encoding="utf-8"))["facts"]["digest"] == digest

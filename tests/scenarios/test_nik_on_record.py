"""Day 3, from a file to recorded decisions and back: what happens to a column of NIKs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.store.desk import Desk, heads, kk, nik

pytestmark = pytest.mark.slow  # they start databases

NUMBERS = tuple(750301410785_9010 + 10 * n for n in range(10))


def given_back(desk: Desk, folder: Path, *more: str) -> list[tuple[Any, ...]]:
    """The rows of the workbook that goes back to the district, below its headers."""
    back = folder / "kembali.xlsx"
    done = desk.run("list", "export", "1", "--return", back, "--who", "Rahma", *more)
    assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(back).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))[2:]


def test_each_number_has_its_verdict_and_goes_back_with_it(desk: Desk, tmp_path: Path) -> None:
    niks = (nik(1), int(nik(2)), "7,50404E+15", None, *(nik(n) for n in range(5, 11)))
    found = desk.receive(heads(tmp_path, niks=niks), code=3)
    assert (found["accepted"], found["with_remark"], found["set_apart"], found["nik_to_follow"]) == (7, 2, 1, 1)
    assert found["by_code"]["NIK_FORMAT"] == found["by_code"]["NIK_KOSONG"] == 1
    assert sum(desk.decide()[:3]) == 9
    rows = given_back(desk, tmp_path)[1:]
    assert [row[9] for row in rows[:4]] == ["accepted", "accepted with a remark", "set apart", "accepted with a remark"]
    assert "E+15" in str(rows[2][10]) and rows[0][3] == nik(1)
    refused = desk.run("list", "export", "1", "--return", tmp_path / "x.xlsx", "--who", "Budi", "--role", "auditor")
    assert (refused.code, "may not read" in refused.err) == (2, True)
    log = desk.run("audit", "show", "--last", "9").out
    assert "export.made" in log and "file.revealed" in log and "file.refused" in log


def test_the_decisions_go_back_too(desk: Desk, tmp_path: Path) -> None:
    """The NIK menyusul is decided and not yet payable; the row set apart has no decision."""
    desk.receive(heads(tmp_path, niks=(nik(1), nik(2), "7,50404E+15", None, *(nik(n) for n in range(5, 11)))), code=3)
    desk.register("pkh", "kk", kk(1))
    desk.decide()
    heads_, *rows = given_back(desk, tmp_path, "--run", "1")
    assert [str(each) for each in heads_[9:]] == [
        "STATUS", "REASON", "HOW TO MEND", "DECISION jps_food_aid (run 1)", "REASONS OF THE DECISION", "FACTS STILL NEEDED",
    ]  # fmt: skip
    assert rows[0][12] == "ineligible" and "PKH" in str(rows[0][13])
    assert rows[1][12] == "undetermined" and "BPNT" in str(rows[1][14])
    assert rows[2][12] is None and "not yet payable" in str(rows[3][10])
    other = desk.run("list", "export", "1", "--return", tmp_path / "y.xlsx", "--who", "Rahma", "--run", "9")
    assert (other.code, "no run number 9" in other.err) == (2, True)


def test_number_cells_that_end_in_zero_are_one_message(desk: Desk, tmp_path: Path) -> None:
    found = desk.receive(heads(tmp_path, niks=NUMBERS))
    assert (found["accepted"], found["with_remark"], found["set_apart"]) == (10, 0, 0)
    assert sum(desk.decide()[:3]) == 10


def test_the_last_digit_tells_people_apart(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    told = desk.json("match", "duplicates", "1", "--format", "json")
    assert (told["people"], told["counts"]) == (10, {})

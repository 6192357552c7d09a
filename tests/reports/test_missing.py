"""The work list: which fact of which area is best found out next."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ejps_core.model.decisions import UNDETERMINED, ProgramDecisions
from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.reports.missing import Work, work_list
from ejps_core.reports.missing_files import write_work_list
from tests.reports.sample import longs, run

PKH, JOB, TENTH, MEMBERS = 1 << 2, 1 << 3, 1 << 4, 1 << 5
"""The facts of the sample by their bits."""
LIMBOTO, DISTRICT = "75.01.01", "75.01"


def waiting(*needs: int, homes: tuple[str | None, ...] | None = None) -> Run:
    """The sample with all five families undetermined, each with these needs; all of one village unless told."""
    made = run()
    everyone = np.full(5, UNDETERMINED, np.uint8)
    decisions: ProgramDecisions = replace(made.programs[0], status=everyone, needs=(longs(needs),))
    where = homes or (LIMBOTO,) * 5
    place = made.candidates.families.column_names.index("alamat")
    families = made.candidates.families.set_column(place, "alamat", [list(where)])
    return replace(made, programs=(decisions,), candidates=replace(made.candidates, families=families))


def test_the_fact_that_settles_most_comes_first() -> None:
    found = work_list(waiting(PKH, PKH, PKH | JOB, JOB | TENTH, TENTH))
    assert found == (
        Work(LIMBOTO, "pkh", settles=2, alone=2, among=3),
        Work(LIMBOTO, "desil", settles=1, alone=1, among=2),
        Work(LIMBOTO, "kerja", settles=2, alone=0, among=2),
    )
    assert sum(work.settles for work in found) == 5, "at the end of the list everything is settled"


def test_where_nothing_settles_alone_the_nearest_is_taken() -> None:
    found = work_list(waiting(PKH | JOB, PKH | JOB, JOB | TENTH | MEMBERS, JOB | TENTH | MEMBERS, 0))
    assert [(work.fact, work.settles) for work in found] == [("kerja", 0), ("pkh", 2), ("desil", 0), ("members", 2)]


def test_areas_are_worked_side_by_side() -> None:
    homes = (LIMBOTO, LIMBOTO, "75.04.04", "75.04.04", None)
    made = waiting(PKH, JOB, TENTH, TENTH, PKH, homes=homes)
    assert [(work.area, work.fact, work.settles) for work in work_list(made)] == [
        ("75.04.04", "desil", 2),
        (LIMBOTO, "kerja", 1),
        (LIMBOTO, "pkh", 1),
        (None, "pkh", 1),
    ]


def test_by_district() -> None:
    made = waiting(PKH, PKH, TENTH, TENTH, TENTH, homes=(LIMBOTO, "75.01.02", LIMBOTO, "75.04", "75"))
    assert [(work.area, work.fact, work.settles) for work in work_list(made, 2)] == [
        (DISTRICT, "pkh", 2),
        (DISTRICT, "desil", 1),
        ("75.04", "desil", 1),
        (None, "desil", 1),
    ]


def test_one_fact_of_two_programs_is_found_out_once() -> None:
    made = waiting(PKH, 0, 0, 0, 0)
    twice = replace(made, programs=made.programs * 2)
    assert work_list(twice) == (Work(LIMBOTO, "pkh", settles=2, alone=2, among=2),)


def test_what_is_decided_needs_nothing() -> None:
    made = waiting(PKH, PKH, PKH, PKH, PKH)
    decided = replace(made.programs[0], status=np.array([0, 2, 0, 2, 0], np.uint8))
    assert work_list(replace(made, programs=(decided,))) == ()


@pytest.mark.parametrize("language", list(Language))
def test_as_csv(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "kerja.csv"
    write_work_list(waiting(PKH, PKH, PKH | JOB, TENTH, TENTH), path, language)
    header, *rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert len(header) == 9
    title = "Menerima PKH" if language is Language.ID else "Menerima PKH (en)"
    assert rows[0] == ["1", "75.01 Kabupaten Gorontalo", LIMBOTO, title, "pkh", "2", "2", "2", "3"]
    assert [row[6] for row in rows] == ["2", "4", "5"]


def test_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "kerja.xlsx"
    write_work_list(waiting(PKH, TENTH, TENTH, 0, 0, homes=(LIMBOTO, "75.01.02", None, LIMBOTO, LIMBOTO)), path, Language.ID)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Daftar kerja", "Per kabupaten-kota"]
    assert [row[2:6] for row in book["Daftar kerja"].values][1:] == [
        (LIMBOTO, "Menerima PKH", "pkh", 1),
        ("75.01.02", "Desil", "desil", 1),
        ("(belum diketahui)", "Desil", "desil", 1),
    ]
    assert [row[2] for row in book["Per kabupaten-kota"].values][1:] == [
        "75.01 Kabupaten Gorontalo",
        "75.01 Kabupaten Gorontalo",
        "(belum diketahui)",
    ]


def test_nothing_to_find_out_is_said(tmp_path: Path) -> None:
    path = tmp_path / "kerja.xlsx"
    write_work_list(waiting(0, 0, 0, 0, 0), path, Language.ID)
    assert openpyxl.load_workbook(path)["Daftar kerja"]["A2"].value == "Tidak ada data yang masih diperlukan."

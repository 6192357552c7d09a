"""The run in a few lines: sums over amounts that are not all known say so, wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl

from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.reports.brief import brief
from ejps_core.reports.workbook import write_workbook
from tests.reports.sample import run


def table(of: Run, language: Language) -> list[list[str]]:
    """The district table's cells, the header first."""
    lines = brief(of, language).splitlines()
    start = next(at for at, line in enumerate(lines) if line.split()[:1] in (["Kabupaten/Kota"], ["District"]))
    rows = [line for line in lines[start:] if "──" not in line]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in rows]


def all_known() -> Run:
    """The sample with every amount known."""
    made = run()
    decisions = made.programs[0]
    known = replace(decisions.total, open=np.zeros(len(decisions.status), np.bool_))
    return replace(made, programs=(replace(decisions, total=known),))


def test_open_totals_are_marked_in_the_table_of_districts() -> None:
    head, *districts, total = table(run(), Language.ID)
    assert head[4:6] == ["Jumlah bantuan", "Belum pasti"]
    assert total[0] == "Jumlah" and total[4:6] == ["≥ Rp356.300", "1"]
    assert [row[4:6] for row in districts if row[5] == "1"] == [["≥ Rp0", "1"]]
    assert all(row[4].startswith("≥ ") == (row[5] != "0") for row in districts)
    assert all(cell.startswith("≥ ") for cell in total[6:])
    assert "yang terpilih: paling sedikit Rp178.150" in brief(run(), Language.ID)
    assert "provinsi 60%: paling sedikit Rp213.780" in brief(run(), Language.ID)


def test_known_totals_are_plain() -> None:
    head, *_, total = table(all_known(), Language.EN)
    assert "Amount open" not in head
    assert total[4] == "Rp356,300" and "≥" not in brief(all_known(), Language.EN)


def test_the_workbook_says_the_same_of_its_recaps(tmp_path: Path) -> None:
    for made, marked in ((run(), True), (all_known(), False)):
        write_workbook(made, tmp_path / "x.xlsx", Language.ID)
        rows = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["Ringkasan"].values)
        assert any("Jumlah bantuan, paling sedikit" in row for row in rows) == marked
        assert any("Belum pasti" in row for row in rows) == marked

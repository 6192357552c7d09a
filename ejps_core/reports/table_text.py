"""Cells of a table as people read them, and as machines do."""

from __future__ import annotations

from datetime import date

from ejps_core.model.paper import Column, Show, Table, Value
from ejps_core.model.wording import number
from ejps_core.model.words import Language, Words
from ejps_core.reports.terbilang import plain_day

ASSUMED = Words("asumsi", "assumption")
MARK = "*"
TOTAL = Words("JUMLAH", "TOTAL")


def shown(value: Value, column: Column, table: Table, language: Language) -> str:
    """A cell as text: 15.472.327.500 for rupiah (the title names the unit), 90,40 for a percentage, 16 Oktober 2020."""
    if value is None:
        return "" if column.show is Show.SIGN else table.unknown.say(language)
    if isinstance(value, date):
        return plain_day(value) if language is Language.ID else value.isoformat()
    if isinstance(value, int):
        return number(value, 2 if column.show is Show.PERCENT else 0).say(language)
    return value


def cell_text(table: Table, row: int, column: int, language: Language) -> str:
    """A cell with the mark of an assumed figure; row -1 is the total."""
    cells = table.total if row < 0 else table.rows[row]
    assert cells is not None
    text = shown(cells[column], table.columns[column], table, language)
    return text + MARK if (row, column) in table.marked else text


def total_text(table: Table, column: int, language: Language) -> str:
    """A cell of the total row; what nobody adds up stays empty."""
    assert table.total is not None
    return "" if table.total[column] is None else cell_text(table, -1, column, language)


def plain(value: Value) -> str | int | None:
    """A cell for machines: whole numbers, ISO days, text."""
    return value.isoformat() if isinstance(value, date) else value

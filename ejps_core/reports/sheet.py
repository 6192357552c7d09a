"""One sheet of a workbook: cells written row by row, widths, filters, how it prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ejps_core.model.ruleset import Verdict
from ejps_core.reports.columns import Shown

A4 = 9
WIDEST, NARROWEST = 60, 6


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of cells."""

    title: Any
    heading: Any
    header: Any
    label: Any
    text: Any
    wrapped: Any
    number: Any
    money: Any
    total: Any
    total_money: Any
    note: Any
    verdicts: dict[Verdict, Any]


class Sheet:
    """One sheet, written row by row from the top (the workbook keeps no cells in memory)."""

    def __init__(self, book: Any, name: str, formats: Formats) -> None:  # noqa: ANN401
        self.page = book.add_worksheet(name)
        self.formats = formats
        self.row = 0
        self.widths: dict[int, int] = {}
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.page.set_footer("&L&8&F – &A&R&8&P / &N")
        self.page.hide_gridlines(2)

    def put(self, column: int, cell: Shown, look: Any, *, measure: bool = True) -> None:  # noqa: ANN401
        """A cell of the current row: text as text, a number as a number, nothing as an empty cell."""
        if cell is None or cell == "":
            self.page.write_blank(self.row, column, None, look)
            return
        if isinstance(cell, str):
            self.page.write_string(self.row, column, cell, look)
        else:
            self.page.write_number(self.row, column, cell, look)
        if measure:
            longest = len(cell) if isinstance(cell, str) else len(f"{cell:,}") + 3
            self.widths[column] = max(self.widths.get(column, 0), longest)

    def line(self, cells: list[Shown], look: Any) -> None:  # noqa: ANN401
        """A row of cells of one look."""
        for column, cell in enumerate(cells):
            self.put(column, cell, look)
        self.row += 1

    def header(self, titles: list[str]) -> None:
        """A row of column titles; a long title wraps."""
        for column, title in enumerate(titles):
            self.put(column, title, self.formats.header, measure=False)
            word = max((len(part) for part in title.split()), default=0)
            self.widths[column] = max(self.widths.get(column, 0), word, min(len(title), 14))
        self.row += 1

    def table(self, first: int, columns: int) -> None:
        """Makes the rows from the header row `first` to here a table: filters, frozen and repeated header."""
        self.page.autofilter(first, 0, max(self.row - 1, first), columns - 1)
        self.page.freeze_panes(first + 1, min(2, columns))
        self.page.repeat_rows(first)

    def fit(self, widest: Mapping[int, int] | None = None) -> None:
        """Sets the widths of the columns to what stands in them, within reason; `widest`: limits of single columns."""
        limits = widest or {}
        for column, longest in self.widths.items():
            self.page.set_column(column, column, min(max(longest + 2, NARROWEST), limits.get(column, WIDEST)))

"""One sheet of a workbook: cells written row by row, widths, filters, how it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import FileCreateError

from ejps_core.model.ruleset import Verdict
from ejps_core.reports.columns import Shown

if TYPE_CHECKING:  # it has no types of its own: these names are for the reader
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

Figure = Shown | Decimal
"""A cell: what is shown, or a number with decimals; never a float, for it may be money."""
A4 = 9
WIDEST, NARROWEST = 60, 6
LINE_HEIGHT = 13.5
"""Points."""


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of cells."""

    title: Format
    heading: Format
    header: Format
    label: Format
    text: Format
    wrapped: Format
    number: Format
    money: Format
    percent: Format
    decimals: tuple[Format, ...]
    """By how many decimals are shown."""
    total: Format
    total_money: Format
    note: Format
    note_number: Format
    verdicts: dict[Verdict, Format]


class Sheet:
    """One sheet, written row by row from the top (the workbook keeps no cells in memory)."""

    def __init__(self, book: Workbook, name: str, formats: Formats) -> None:
        self.page = book.add_worksheet(name)
        self.formats = formats
        self._row = 0
        self._lines = 1
        self.widths: dict[int, int] = {}
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.page.set_footer("&L&8&F – &A&R&8&P / &N")
        self.page.hide_gridlines(2)

    @property
    def row(self) -> int:
        """The row that is being written, from 0."""
        return self._row

    @row.setter
    def row(self, row: int) -> None:
        """Going on to a later row gives this one the height that its wrapped cells need."""
        if row > self._row:
            if self._lines > 1:
                self.page.set_row(self._row, LINE_HEIGHT * self._lines)
            self._lines = 1
        self._row = row

    def measure(self, columns: Iterable[tuple[int, int]]) -> None:
        """Sets the widths of columns (column, longest text in it) before their cells are written."""
        for column, longest in columns:
            self.widths[column] = min(max(longest + 2, NARROWEST), WIDEST)
            self.page.set_column(column, column, self.widths[column])

    def put(self, column: int, cell: Figure, look: Format) -> None:
        """A cell of the current row: text as text, a number as a number, nothing as an empty cell."""
        if cell is None or cell == "":
            self.page.write_blank(self.row, column, None, look)
            return
        if isinstance(cell, str):
            self.page.write_string(self.row, column, cell, look)
        else:
            self.page.write_number(self.row, column, cell, look)
        width = self.widths.get(column)
        if width and isinstance(cell, str) and look in (self.formats.wrapped, self.formats.header):
            self._lines = max(self._lines, lines(cell, width * 9 // 8))

    def line(self, cells: Sequence[Figure], look: Format) -> None:
        """A row of cells of one look."""
        for column, cell in enumerate(cells):
            self.put(column, cell, look)
        self.row += 1

    def header(self, titles: list[str]) -> None:
        """A row of column titles; a long title wraps."""
        for column, title in enumerate(titles):
            self.put(column, title, self.formats.header)
        self.row += 1

    def table(self, first: int, columns: int) -> None:
        """Makes the rows from the header row `first` to here a table: filters, frozen and repeated header."""
        self.page.autofilter(first, 0, max(self.row - 1, first), columns - 1)
        self.page.freeze_panes(first + 1, min(2, columns))
        self.page.repeat_rows(first)


def closed(book: Workbook) -> None:
    """Finishes a workbook; an OSError if there is no room for it."""
    try:
        book.close()
    except FileCreateError as problem:
        raise problem.args[0] if isinstance(problem.args[0], OSError) else OSError(*problem.args) from problem


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters, words kept whole."""
    taken, room = 1, 0
    for word in text.split():
        if room and room + 1 + len(word) > width:
            taken, room = taken + 1, 0
        room += len(word) + (room > 0)
    return taken


def longest(title: str, cells: Iterable[Figure]) -> int:
    """The width that a column wants: its longest cell, its title on two lines at most."""
    texts = (len(cell) if isinstance(cell, str) else len(f"{cell:,}") + 3 for cell in cells if cell is not None)
    word = max((len(part) for part in title.split()), default=0)
    return max(word, -(-len(title) * 2 // 3), *texts, 0)

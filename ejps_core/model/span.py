"""Where something stands: in the author's rule text (Span) or in a district's list (Cell)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a rule file: lines and columns count from 1, the end column is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, last: Span) -> Span:
        """The piece from the start of this one to the end of `last`."""
        return Span(self.path, self.line, self.column, last.end_line, last.end_column)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a list: `row` counts from 1 as the spreadsheet shows it, `column` is its header as received."""

    path: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


Place = Span | Cell

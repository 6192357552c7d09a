"""A list as it was received: headers, row numbers, and cells that are still text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.span import Cell

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]


class Kind(IntEnum):
    """What a cell was before it became text."""

    TEXT = 0
    NUMBER = 1
    """A spreadsheet's number: the text is the shortest decimal that gives the same float, whole ones without '.0'."""
    DATE = 2
    """A spreadsheet's date: the text is ISO, YYYY-MM-DD with or without a time."""
    YESNO = 3
    """A spreadsheet's logical value: the text is 'true' or 'false'."""
    ABSENT = 4
    """There is no cell: the row of a text file ends before this column, or the row can't be trusted."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column as distinct texts: row i holds texts[codes[i]], which came as kinds[codes[i]].

    codes: shape (rows,), never negative. An empty cell is the text ''. texts: a StringArray without nulls.
    indices: the codes as Arrow has them, empty cells null, if those alone have the last code; None: not kept.
    """

    header: str
    codes: Codes
    texts: pa.Array
    kinds: npt.NDArray[np.uint8]
    indices: pa.Array | None = None

    def text(self, row: int) -> str:
        """The cell of one row as text."""
        value: str = self.texts[int(self.codes[row])].as_py()
        return value


@dataclass(frozen=True, slots=True)
class Typed:
    """A column that came with a type of its own (Parquet): whole numbers, decimals, yes/no or days; a null is empty."""

    header: str
    values: pa.Array

    def text(self, row: int) -> str:
        """The cell of one row as text."""
        value = self.values[row].as_py()
        return "" if value is None else str(value)


Column = Texts | Typed


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet or file. `fetch` gives the columns at these places of `headers`, in that order.

    header_row: the row in which the headers stand (None: the format has no such row). rows: the number of each data row
    as a spreadsheet shows it; shape (rows,).
    """

    path: str
    sheet: str | None
    headers: tuple[str, ...]
    header_row: int | None
    rows: Rows
    fetch: Callable[[Sequence[int]], list[Column]]
    first_rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The first data rows as (row number, texts), to find headers that stand lower than they should."""
    short: tuple[int, ...] = ()
    """Data rows (from 0) that end before the last column; what they lack is absent."""
    shifted: tuple[int, ...] = ()
    """Data rows with more cells than there are headers: nothing but their key is believed."""
    blanks_hide_errors: bool = False
    """Whether the format gives the error of a formula as a blank cell, so that a blank one can't be believed."""
    ragged: bool = False
    """Whether rows may end early or have shifted, as in a text file."""
    above: tuple[tuple[str | None, int, tuple[str, ...]], ...] = ()
    """The rows above the first data row, as (sheet, row number, texts): titles, lines of headers, column numbers."""
    sheets: tuple[str, ...] = ()
    """The sheets that were read as one list; () : there is only `sheet`."""
    sheet_of: npt.NDArray[np.int32] | None = None
    """The place in `sheets` of each data row; shape (rows,)."""
    hidden: tuple[int, ...] = ()
    """Places of the columns that the spreadsheet hides."""
    findings: tuple[Diagnostic, ...] = ()
    """What is to be said of how the list was laid out."""
    beyond: int = 0
    """How many more columns `fetch` gives behind the last header; nothing is read from them."""

    def __len__(self) -> int:
        return len(self.rows)

    def cell(self, row: int | None = None, column: str | None = None, value: str | None = None) -> Cell:
        """The place of a cell of data row `row` (from 0), of a whole column (no row), of the list (neither)."""
        number = None if row is None else int(self.rows[row])
        return Cell(self.path, self.sheet_name(row), number, column, value)

    def sheet_name(self, row: int | None) -> str | None:
        """The sheet of data row `row`; of the whole list the first one."""
        return self.sheet if row is None or self.sheet_of is None else self.sheets[int(self.sheet_of[row])]

    def header_cell(self, column: str) -> Cell:
        """The place of a header."""
        return Cell(self.path, self.sheet, self.header_row, column, column or None)


def from_texts(header: str, cells: pa.Array | pa.ChunkedArray) -> Texts:
    """A column of plain texts (no nulls)."""
    joined = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    encoded = joined.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = encoded.dictionary
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Texts(header, codes, texts, np.zeros(len(texts), np.uint8))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file of one list gave; no `listing`: an ERROR among the findings says why."""

    listing: Listing | None
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    visible: bool


class Book(Protocol):
    """A file of several sheets, used in a `with` statement. A Diagnostic is the answer that can't be given."""

    def __enter__(self) -> Book: ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def sheets(self) -> tuple[Sheet, ...] | Diagnostic:
        """The sheets in the order of the file."""

    def listing(self, sheet: str) -> Listing | Diagnostic:
        """The list on a sheet; the finding `empty-list` if nothing is on it."""


def listing_of(path: str, headers: Sequence[str], rows: Sequence[Sequence[str]], first_row: int = 1) -> Listing:
    """A list from plain texts, as many cells a row as headers; `first_row`: the number of the first of the rows."""
    columns = [from_texts(header, pa.array([row[i] for row in rows], pa.string())) for i, header in enumerate(headers)]

    def fetch(places: Sequence[int]) -> list[Column]:
        return [columns[place] for place in places]

    numbers = np.arange(first_row, first_row + len(rows), dtype=np.int64)
    return Listing(path, None, tuple(headers), first_row - 1 or None, numbers, fetch)

"""Writes cells beside the rows of a worksheet's XML and leaves every other byte as it is.

Loaded by sheet_reader.py in its child process; it imports nothing of the project. The XML is read twice: where the last
filled column is, then where the rows end. What is written are texts in place ("inlineStr"), which no spreadsheet runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.parsers import expat

MOST_COLUMNS = 16_384
LONGEST = 32_767
"""Characters of a cell."""
WIDTHS = (24, 70, 70)
"""Of the columns that are added, in threes."""
MOST_ADDED = 2 * len(WIDTHS)
Attributes = list[str]
Edit = tuple[int, int, bytes]
"""From, to, and what stands there instead."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPANS = re.compile(rb'(\bspans=["\']\d+:)(\d+)')
_REF = re.compile(rb'(\bref=["\'][A-Z]+\d+)(?::([A-Z]+)(\d+))?')


class RefusedError(Exception):
    """The sheet is not written into; the first argument says why."""


def parse(data: bytes, start: Callable[[str, Attributes], None], end: Callable[[str], None]) -> expat.XMLParserType:
    """A parser for the data that tells elements without their prefixes; its own definitions (DTD) are refused."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True

    def refuse(*_: object) -> None:
        raise RefusedError("doctype")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:64]:
        raise RefusedError("encoding")
    return parser


def read(parser: expat.XMLParserType, data: bytes) -> None:
    """Reads it all."""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise RefusedError("broken") from problem


def self_closed(data: bytes, start: int, end: int) -> bool:
    """Whether an element is one tag, as <row/>: of such the parser says the end behind it, of others that of its end tag."""
    return data[end - 2 : end] == b"/>" and data.index(b">", start) + 1 == end


def value_of(attributes: Attributes, name: str) -> str | None:
    """An attribute."""
    return next((attributes[i + 1] for i in range(0, len(attributes), 2) if attributes[i] == name), None)


def column_of(reference: str) -> int:
    """The column, from 1, of a cell such as BC12."""
    column = 0
    for letter in reference:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter) - 64
    return column


def letters_of(column: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def last_column(data: bytes) -> int:
    """The last column, from 1, in which something is written or merged."""
    last = here = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal last, here
        if name == "c":
            own = value_of(attributes, "r")
            here = column_of(own) if own else here + 1
        elif name in ("v", "is", "f"):
            last = max(last, here)
        elif name == "row":
            here = 0
        elif name == "mergeCell":
            right = column_of((value_of(attributes, "ref") or "").rpartition(":")[2])
            last = max(last, right if right < MOST_COLUMNS - MOST_ADDED else 0)

    read(parse(data, start, lambda name: None), data)
    return last


class Marker:
    """Finds where the cells go. rows: number -> the finished cells, from column `first` on; wide: how many columns."""

    def __init__(self, data: bytes, rows: Mapping[int, Sequence[bytes]], first: int, wide: int) -> None:
        self.data, self.rows, self.first, self.last = data, rows, first, first + wide - 1
        self.edits: list[Edit] = []
        self.done: set[int] = set()
        self.widths = b"".join(
            b'<%%scol min="%d" max="%d" width="%d" customWidth="1"/>' % (first + i, first + i, width)
            for i, width in enumerate((WIDTHS * wide)[:wide])
        )
        self._prefix = b""
        self._number = self._column = self._begun = self._cell = 0
        self._at: int | None = None
        self._taken = False
        self._wide = 0
        self._parser = parse(data, self._start, self._end)

    def marked(self) -> bytes:
        """The data with the cells; RefusedError if a row is not there."""
        read(self._parser, self.data)
        if missing := set(self.rows) - self.done:
            raise RefusedError(f"row {min(missing)}")
        return b"".join(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        place = 0
        for begin, end, text in sorted(self.edits, key=lambda each: each[:2]):
            yield self.data[place:begin]
            yield text
            place = end
        yield self.data[place:]

    def _start(self, name: str, attributes: Attributes) -> None:
        here = self._parser.CurrentByteIndex
        if name == "c":
            own = value_of(attributes, "r")
            self._column = column_of(own) if own else self._column + 1
            self._cell = here
            if self._column >= self.first and self._number in self.rows and self._at is None:
                self._at = here
        elif name == "row":
            own = value_of(attributes, "r")
            self._number = int(own) if own else self._number + 1
            self._column, self._begun, self._at = 0, here, None
            if self._number in self.rows:
                self._inside(here, _SPANS, self._spans)
        elif name == "worksheet":
            raw = self.data[here + 1 : here + 64].split(b"worksheet", 1)[0]
            self._prefix = raw
        elif name == "dimension":
            self._inside(here, _REF, self._dimension)
        elif name == "cols":
            self._wide = here
        elif name == "col":
            self._taken |= int(value_of(attributes, "max") or 0) >= self.first
        elif name == "sheetData" and not self._wide:
            cols = b"<%scols>%s</%scols>" % (self._prefix, self._widths(), self._prefix)
            self.edits.append((here, here, cols))

    def _end(self, name: str) -> None:
        here = self._parser.CurrentByteIndex
        if name == "c":
            if self._number in self.rows and self.first <= self._column <= self.last:
                closed = self_closed(self.data, self._cell, here)
                self.edits.append((self._cell, here if closed else self.data.index(b">", here) + 1, b""))
        elif name == "row" and self._number in self.rows:
            cells = b"".join(self.rows[self._number]).replace(b"%s", self._prefix)
            self.done.add(self._number)
            if self._at is not None:
                self.edits.append((self._at, self._at, cells))
            elif self_closed(self.data, self._begun, here):
                self.edits.append((here - 2, here, b">" + cells + b"</%srow>" % self._prefix))
            else:
                self.edits.append((here, here, cells))
        elif name == "cols" and not self._taken and not self_closed(self.data, self._wide, here):
            self.edits.append((here, here, self._widths()))

    def _widths(self) -> bytes:
        return self.widths.replace(b"%s", self._prefix)

    def _inside(self, here: int, wanted: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes]) -> None:
        """Changes a part of the tag that begins here."""
        tag = self.data[here : self.data.index(b">", here)]
        if found := wanted.search(tag):
            self.edits.append((here + found.start(), here + found.end(), change(found)))

    def _spans(self, found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d" % max(int(found[2]), self.last)

    def _dimension(self, found: re.Match[bytes]) -> bytes:
        row = found[3] or found[1][len(found[1].rstrip(b"0123456789")) :]
        right = max(column_of((found[2] or b"").decode()), self.last)
        return found[1] + b":" + letters_of(right).encode() + row


def cell(row: int, column: int, text: str, style: int | None) -> bytes:
    """A cell with a text in place; %s stands for the prefix of the sheet's elements."""
    whole = _ESCAPED.sub("_x005F_", _ILLEGAL.sub("\ufffd", text))[:LONGEST]
    safe = whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%", "&#37;")
    look = b"" if style is None else b' s="%d"' % style
    return b'<%%sc r="%s%d"%s t="inlineStr"><%%sis><%%st xml:space="preserve">%s</%%st></%%sis></%%sc>' % (
        letters_of(column).encode(),
        row,
        look,
        safe.encode("ascii", "xmlcharrefreplace"),
    )


def marked(data: bytes, rows: Mapping[int, Sequence[tuple[str, int | None]]]) -> bytes:
    """The sheet with texts beside its rows, right of all that is written. rows: number -> texts, each with its style."""
    first, wide = last_column(data) + 1, max(map(len, rows.values()))
    if first + wide > MOST_COLUMNS:
        raise RefusedError("columns")
    cells = {
        number: [cell(number, first + i, text, style) for i, (text, style) in enumerate(told) if text]
        for number, told in rows.items()
    }
    return Marker(data, cells, first, wide).marked()

"""Rows put into a PDF that the typesetter has set without them: in its own letters, with tags for screen readers.

Where the rows of a page belong, the PDF has one cell over all columns that shows each sign of the rows once. So the font
holds them all, and the cell tells the place, the font and each sign's number in it. The rows take the place of that cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import NamedTuple

from ejps_core.reports.fitting import signs as widths_of_signs
from ejps_core.reports.pdf_file import PdfFile, UnknownFormError, one, packed, reference, references, shown, string_of

SIGNS = re.compile(
    rb"\s*q 1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) cm(?P<ink>/\w+ cs [\d. ]+scn)\s+"
    rb"BT 0 Tr/(?P<font>\w+) [\d.]+ Tf 1 0 0 -1 0 0 Tm\[(?P<shown>.*)\]TJ\s+ET\s+Q\s*",
    re.DOTALL,
)
STROKE = re.compile(rb"/\w+ CS [\d. ]+SCN 0\.4 w")
SPACE = ord(" ")
NO_SHAPE = dict.fromkeys(map(ord, "\u200b\u2060\u00ad"))
"""Signs that only say where a line may end."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they are to stand. cells: by row, in lines. heights: of rows, widths: of columns; all in points.

    signs: those that the cell shows, in this order. rise and leading: of a line, in parts of the size. right: for each
    column whether its texts end at the right. middle: whether a text stands in the middle of its row, not at its top.
    """

    cells: Sequence[Sequence[str]]
    heights: Sequence[float]
    widths: Sequence[float]
    signs: str
    size: float
    inset: float
    rise: float
    leading: float
    right: Sequence[bool]
    middle: bool


class Place(NamedTuple):
    """The cell of one page: the tags of its row and of the table's body, its columns' headers, its mark, its page."""

    cell: int
    row: int
    body: int
    headers: list[bytes]
    mark: int
    page: int


class Pen(NamedTuple):
    """How a page's rows are written. x, y: the left upper corner of the first. codes: what each sign is in a string."""

    x: float
    y: float
    ink: bytes
    stroke: bytes
    font: bytes
    codes: dict[int, str | None]


def filled(data: bytes, rows: Rows, starts: Sequence[int]) -> bytes:
    """The PDF with the rows; starts: the first row of each page. UnknownFormError, if it is built otherwise."""
    pdf = PdfFile(data)
    pages = references(_found(pdf, rb"/Type/Pages.*?/Kids\[([^\]]*)\]"))
    numbers = list(map(int, _found(pdf, rb"/ParentTree<</Nums\[([^\]]*)\]").replace(b" 0 R", b"").split()))
    trees = dict(zip(numbers[::2], numbers[1::2], strict=True))
    parts = dict(zip(pages, zip(starts, [*starts[1:], len(rows.cells)], strict=True), strict=True))
    for place in _places(pdf, len(rows.widths)):
        start, end = parts.pop(place.page)
        part = replace(rows, cells=rows.cells[start:end], heights=rows.heights[start:end])
        _fill(pdf, place, part, trees[int(one(rb"/StructParents (\d+)", pdf.objects[place.page]))])
    if any(start != end for start, end in parts.values()):
        raise UnknownFormError("rows without a place")
    return pdf.written()


def _found(pdf: PdfFile, pattern: bytes) -> bytes:
    """What the pattern's group holds in the object that has it."""
    for body in pdf.objects.values():
        if found := re.search(pattern, body, re.DOTALL):
            return found[1]
    raise UnknownFormError(pattern)


def _places(pdf: PdfFile, columns: int) -> list[Place]:
    """The cells that show all signs: each is alone in its row, over all columns."""
    wanted, made = b"/ColSpan %d>>" % columns, []
    for number, cell in pdf.objects.items():
        if wanted in cell and b"/S/TD" in cell:
            row = reference(cell, b"P")
            if references(one(rb"/K\[([^\]]*)\]", pdf.objects[row])) != [number]:
                continue
            headers = re.findall(rb"\([^()]*\)", one(rb"/Headers\[([^\]]*)\]", cell))
            if len(headers) != columns:
                raise UnknownFormError("headers")
            mark, page = int(one(rb"/K\[(\d+)\]", cell)), reference(cell, b"Pg")
            made.append(Place(number, row, reference(pdf.objects[row], b"P"), headers, mark, page))
    return made


def _fill(pdf: PdfFile, place: Place, rows: Rows, tree: int) -> None:
    """Writes the rows of one page and their tags."""
    content = reference(pdf.objects[place.page], b"Contents")
    before, opening, rest = pdf.stream(content).partition(b"/Span<</MCID %d>>BDC" % place.mark)
    old, closing, after = rest.partition(b"EMC")
    signs, stroke = SIGNS.fullmatch(old), STROKE.search(before)
    if not (opening and closing and signs and stroke):
        raise UnknownFormError("the signs' cell")
    codes = shown(signs["shown"])
    if len(codes) != 2 * len(rows.signs):
        raise UnknownFormError("the signs' numbers")
    numbered = {ord(sign): string_of(codes[2 * at : 2 * at + 2]) for at, sign in enumerate(rows.signs)}
    top = float(signs["y"]) + rows.rise * rows.size
    pen = Pen(float(signs["x"]), top, signs["ink"], stroke[0], signs["font"], numbered | NO_SHAPE)
    parents = [b"%d 0 R" % parent for parent in references(pdf.objects[tree])]
    parents[place.mark] = b"null"
    written, marks = _written(rows, pen, len(parents))
    pdf.objects[content] = packed(before + written + after)
    pdf.objects[tree] = b"[%s]" % b" ".join(parents + _tagged(pdf, place, marks))


def _written(rows: Rows, pen: Pen, first: int) -> tuple[bytes, list[list[int | None]]]:
    """The page's rows as it shows them, and each cell's mark; first: the first mark that is free. None: nothing to show."""
    edges = list(accumulate(rows.widths, initial=pen.x))
    borders = list(accumulate(rows.heights, lambda y, height: y - height, initial=pen.y))
    width_of, codes, size, step = widths_of_signs().of, pen.codes, rows.size, (rows.rise + rows.leading) * rows.size
    rights = [right - rows.inset if ends else None for right, ends in zip(edges[1:], rows.right, strict=True)]
    columns = [(f"{left + rows.inset:.2f}", right) for left, right in zip(edges, rights, strict=False)]
    parts: list[str] = []
    add = parts.append
    marks: list[list[int | None]] = []
    mark = first
    for cells, y, height in zip(rows.cells, borders, rows.heights, strict=False):
        row: list[int | None] = []
        feet = _feet(rows, y, height, max(text.count("\n") for text in cells) + 1)
        first_foot = f"{feet[0]:.2f}"
        for text, (left, right) in zip(cells, columns, strict=True):
            if not text or text.isspace():
                row.append(None)
                continue
            row.append(mark)
            if "\n" not in text:
                x = left if right is None else f"{right - width_of(text) * size / 1000:.2f}"
                add(f"/Span<</MCID {mark}>>BDC 1 0 0 1 {x} {first_foot} Tm({text.translate(codes)})Tj EMC")
            else:
                broken = text.split("\n")
                foot = feet[len(broken) - 1]
                add(f"/Span<</MCID {mark}>>BDC")
                for line in broken:
                    x = left if right is None else f"{right - width_of(line) * size / 1000:.2f}"
                    # A space that nobody sees, so that a reader doesn't run the words of two lines together.
                    add(f"1 0 0 1 {x} {foot:.2f} Tm({line.translate(codes)}{codes[SPACE]})Tj")
                    foot -= step
                add("EMC")
            mark += 1
        marks.append(row)
    texts = b"q%s BT 0 Tr/%s %s Tf\n%s\nET Q\n" % (
        pen.ink,
        pen.font,
        f"{size:g}".encode(),
        "\n".join(parts).encode("latin-1"),
    )
    return _borders(edges, borders, pen.stroke) + texts, marks


def _feet(rows: Rows, y: float, height: float, most: int) -> list[float]:
    """Where the first line of a text of 1, 2 … lines stands in the row that begins at y."""
    first = y - rows.inset - rows.rise * rows.size
    if not rows.middle:
        return [first] * most
    room, line, between = height - 2 * rows.inset, rows.rise * rows.size, rows.leading * rows.size
    return [first - (room - n * line - (n - 1) * between) / 2 for n in range(1, most + 1)]


def _borders(edges: list[float], borders: list[float], stroke: bytes) -> bytes:
    """The lines between the rows and between the columns; those around them the typesetter has drawn."""
    across = (f"{edges[0]:.2f} {y:.2f} m {edges[-1]:.2f} {y:.2f} l" for y in borders[1:-1])
    down = (f"{x:.2f} {borders[0]:.2f} m {x:.2f} {borders[-1]:.2f} l" for x in edges[1:-1])
    return b"/Artifact BMC\nq%s\n%s\nS Q\nEMC\n" % (stroke, "\n".join(chain(across, down)).encode())


def _tagged(pdf: PdfFile, place: Place, marks: list[list[int | None]]) -> list[bytes]:
    """Adds the tags of the rows in the place of the cell's; whose each mark is."""
    about = [pdf.add(b"[<</O/Table/Headers[%s]>><</O/Layout/BorderStyle/Solid>>]" % header) for header in place.headers]
    rows: list[bytes] = []
    parents: list[bytes] = []
    for each in marks:
        row = pdf.next
        numbers = [b"%d 0 R" % number for number in range(row + 1, row + 1 + len(each))]
        cells = [
            b"<</S/TD/P %d 0 R/A %d 0 R>>" % (row, what)
            if mark is None
            else b"<</S/TD/P %d 0 R/A %d 0 R/K %d/Pg %d 0 R>>" % (row, what, mark, place.page)
            for mark, what in zip(each, about, strict=True)
        ]
        pdf.extend([b"<</S/TR/P %d 0 R/K[%s]>>" % (place.body, b" ".join(numbers)), *cells])
        parents += [number for number, mark in zip(numbers, each, strict=True) if mark is not None]
        rows.append(b"%d 0 R" % row)
    body = pdf.objects[place.body]
    here = re.compile(rb"(?<=[\[ ])%d 0 R" % place.row)
    if not here.search(body):
        raise UnknownFormError("the table's body")
    pdf.objects[place.body] = here.sub(b" ".join(rows), body, count=1)
    del pdf.objects[place.row], pdf.objects[place.cell]
    return parents

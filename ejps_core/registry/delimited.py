"""Text lists (CSV): encoding and delimiter are found out, every cell stays text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Kind, Listing, Texts, from_texts
from ejps_core.model.span import Cell
from ejps_core.registry.aliases import header_words
from ejps_core.registry.answers import normal
from ejps_core.registry.problems import error, remark

DELIMITERS = ";,\t|"
SAMPLE = 20_000
_CHUNK = 50_000
_PEEK = 40
"""Rows among which the headers are looked for."""
_LONGEST_CELL = 100_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|table|meta|style|\?xml)\b", re.IGNORECASE)
ABSENT = "\x00"
"""Stands for a cell that isn't there, until kinds are told apart; no text list holds it."""


@dataclass(slots=True)
class Grid:
    """The rows of a text list while they are read."""

    headers: tuple[str, ...] = ()
    header_row: int = 0
    rows: list[int] = field(default_factory=list)
    first: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    chunks: list[list[pa.Array]] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    shifted: list[int] = field(default_factory=list)


def open_text(path: Path) -> tuple[Listing | None, list[Diagnostic]]:
    """The list in a text file, and findings about the file; None with an error."""
    data = path.read_bytes()
    text, encoding = decoded(data)
    if text is None:
        return None, [_not_text(path)]
    findings = [_guessed(path)] if encoding == "cp1252" else []
    if _MARKUP.match(text):
        return None, [_web_page(path)]
    text, stated = _stated_delimiter(text)
    delimiter, quote = (stated, '"') if stated else dialect(text[:SAMPLE])
    strict = _unclosed(path, text, delimiter, quote)
    if isinstance(strict, Diagnostic):
        return None, [strict]
    try:
        grid = _grid(_records(text, delimiter, quote, strict))
    except csv.Error:  # a cell of more than 131,072 characters
        return None, [_not_text(path)]
    if not grid.headers:
        return None, [empty(path)]
    columns = [_join(header, [chunk[i] for chunk in grid.chunks]) for i, header in enumerate(grid.headers)]

    def fetch(places: Sequence[int]) -> list[Column]:
        return [columns[place] for place in places]

    rows = np.array(grid.rows, np.int64)
    first, short, shifted = tuple(grid.first), tuple(grid.short), tuple(grid.shifted)
    where = (str(path), None, grid.headers, grid.header_row, rows)
    return Listing(*where, fetch, first, short, shifted, ragged=True), findings


def decoded(data: bytes) -> tuple[str | None, str]:
    """The text of a file and its encoding: byte-order mark, else UTF-16 by its NULs, else UTF-8, else Windows-1252.

    None if it is no text.
    """
    wide = _wide(data[:SAMPLE])
    for mark, name in (*_BOMS, *(((b"", wide),) if wide else ()), (b"", "utf-8"), (b"", "cp1252")):
        if data.startswith(mark):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            return (None if ABSENT in text else text), name
    return None, ""


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a byte-order mark: nearly every second byte of a list is NUL."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 2 < len(sample) * 0.8:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _stated_delimiter(text: str) -> tuple[str, str | None]:
    """The text without a first line `sep=;`, and that delimiter. Spreadsheets hide this line and don't count it."""
    line, _, rest = text.partition("\n")
    line = line.strip().strip('"')
    if line[:4].lower() == "sep=" and len(line) == 5:
        return rest, line[4]
    if line.lower() == "sep=":  # a tab, stripped above
        return rest, "\t"
    return text, None


def dialect(sample: str) -> tuple[str, str]:
    """Delimiter and quote sign. Where the header leaves no doubt it decides, else clevercsv does."""
    lines = [line for line in sample.splitlines() if line.strip()][:_PEEK]
    header = next((line for line in lines if _known_headers(line)), lines[0] if lines else "")
    seen = [sign for sign in DELIMITERS if sign in header] or [sign for sign in DELIMITERS if sign in sample]
    sample = sample[sample.find(header) :]
    if len(seen) <= 1:
        return (seen[0] if seen else ","), '"'
    import clevercsv  # a quarter of a second

    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=seen)
    except clevercsv.Error:
        found = None
    if found is None or found.delimiter not in seen:
        return max(seen, key=sample.count), '"'
    return found.delimiter, found.quotechar or '"'


def _known_headers(line: str) -> bool:
    """Whether a line, cut by one of the delimiters, holds headers that lists usually have."""
    known = header_words()
    cut = ({normal(cell) for cell in line.split(sign)} for sign in DELIMITERS)
    return any(len(cells & known) > 1 for cells in cut)


def _records(text: str, delimiter: str, quote: str, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=strict)


def _unclosed(path: Path, text: str, delimiter: str, quote: str) -> bool | Diagnostic:
    """Whether the quoting is by the book; a finding if a quote is opened and never closed."""
    if quote not in text:
        return True
    number = 0
    try:
        for record in _records(text, delimiter, quote, strict=True):
            number += 1
            if any(len(cell) > _LONGEST_CELL for cell in record):
                break
        else:
            return True
    except csv.Error as reason:
        if "unexpected end" not in str(reason) and "limit" not in str(reason):
            return False
    return error(
        "unclosed-quote",
        Cell(str(path), None, number + 1),
        f"Tanda kutip ({quote}) dibuka sekitar baris {number + 1} dan tidak pernah ditutup.",
        f"A quote ({quote}) is opened near row {number + 1} and never closed.",
        "Tutup atau hapus tanda kutip itu, lalu simpan ulang.",
        "Close or remove that quote, and save again.",
    )


def _grid(records: Iterator[list[str]]) -> Grid:
    grid = Grid()
    number = 0
    for number, record in enumerate(records, start=1):
        if any(cell.strip() for cell in record):
            grid.headers, grid.header_row = tuple(cell.strip() for cell in record), number
            break
    peeked = list(islice(records, _PEEK))
    records = chain(peeked, records)
    width = max(map(_width, (list(grid.headers), *peeked)))
    grid.headers = (*grid.headers, *[""] * (width - len(grid.headers)))[:width]
    while chunk := list(islice(records, _CHUNK)):
        kept: list[list[str]] = []
        for record in chunk:
            number += 1
            if len(record) == width and any(record) and any(cell.strip() for cell in record):
                kept.append(record)
                grid.rows.append(number)
            elif any(cell.strip() for cell in record):
                kept.append(_fitted(grid, record, width))
                grid.rows.append(number)
        if len(grid.first) < _PEEK:
            numbered = zip(grid.rows[-len(kept) :] if kept else [], kept, strict=True)
            grid.first += [
                (n, tuple("" if cell == ABSENT else cell for cell in record)) for n, record in islice(numbered, _PEEK)
            ]
        columns = zip(*kept, strict=True) if kept else [()] * width
        grid.chunks.append([pa.array(cells, pa.string()) for cells in columns])
    return grid


def _width(record: list[str]) -> int:
    """How many cells a row has up to its last filled one."""
    return next((place for place in range(len(record), 0, -1) if record[place - 1].strip()), 0)


def _fitted(grid: Grid, record: list[str], width: int) -> list[str]:
    """A row brought to the width of the headers; what it lacks is absent."""
    row = len(grid.rows)
    if len(record) < width:
        grid.short.append(row)
        return record + [ABSENT] * (width - len(record))
    if any(cell.strip() for cell in record[width:]):
        grid.shifted.append(row)
    return record[:width]


def _join(header: str, chunks: list[pa.Array]) -> Texts:
    column = from_texts(header, pa.chunked_array(chunks, pa.string()))
    absent = column.texts.index(ABSENT).as_py()
    if absent >= 0:
        column.kinds[absent] = Kind.ABSENT
    return column


def empty(path: Path, sheet: str | None = None) -> Diagnostic:
    """What is said of a list without a row."""
    return error(
        "empty-list",
        Cell(str(path), sheet),
        f"{f'Lembar “{sheet}” di berkas' if sheet else 'Berkas'} {path.name} kosong: tidak ada judul kolom maupun baris.",
        f"{f'The sheet “{sheet}” of' if sheet else 'The file'} {path.name} is empty: no headers, no rows.",
        "Periksa apakah berkas dan lembar yang benar yang dipilih.",
        "Check that this is the file and the sheet that was meant.",
    )


def _not_text(path: Path) -> Diagnostic:
    return error(
        "unreadable",
        Cell(str(path)),
        f"Berkas {path.name} bukan daftar: bukan CSV, lembar kerja (XLSX, XLS, ODS), ataupun Parquet.",
        f"The file {path.name} is no list: neither CSV, nor a spreadsheet (XLSX, XLS, ODS), nor Parquet.",
        "Buka di aplikasi asalnya dan simpan sebagai XLSX atau CSV.",
        "Open it where it comes from and save it as XLSX or CSV.",
    )


def _web_page(path: Path) -> Diagnostic:
    return error(
        "unreadable",
        Cell(str(path)),
        f"Berkas {path.name} adalah halaman web (HTML atau XML), apa pun namanya.",
        f"The file {path.name} is a web page (HTML or XML), whatever its name.",
        "Buka di aplikasi lembar kerja dan simpan ulang sebagai XLSX.",
        "Open it in a spreadsheet and save it again as XLSX.",
    )


def _guessed(path: Path) -> Diagnostic:
    return remark(
        "encoding-guessed",
        "Berkas bukan UTF-8; huruf-hurufnya dibaca menurut Windows-1252.",
        "The file is not UTF-8; its letters are read as Windows-1252.",
        "Bila nama beraksen tampak rusak, simpan ulang sebagai “CSV UTF-8”.",
        "If accented names look broken, save it again as “CSV UTF-8”.",
    ).at(Cell(str(path)))

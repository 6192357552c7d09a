"""How the child process opens a text list (CSV), so that a hostile one takes only that process down.

Loaded by sheet_reader.py; it imports nothing of the project. It is asked by one line of JSON and answers in lines:
    {"text": PATH, "words": [headers that lists usually have]}
        {"encoding": name, "headers": […], "header_row": n, "first": [[row, [text, …]], …]}, or {"error": "not-text" |
        "web-page" | "empty"}, or {"error": "unclosed", "row": n, "quote": sign}
        then for each piece {"rows": n, "sizes": bytes of each column}, the row numbers, and column by column the lengths of
        the cells and their UTF-8 bytes, numbers as 32-bit integers of this machine
        at last {"rows": 0, "short": rows that end early, "shifted": rows with too many cells}, or {"error": "not-text"}
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

DELIMITERS = ";,\t|"
SAMPLE = 20_000
_CHUNK = 50_000
_PEEK = 40
"""Rows among which the headers are looked for."""
_LONGEST_CELL = 100_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|table|meta|style|\?xml)\b", re.IGNORECASE)
ABSENT = "\x00"
"""Stands for a cell that isn't there; no text list holds it."""
Normal = Callable[[str], str]
"""How headers are compared."""


@dataclass(slots=True)
class Table:
    """What is known of the table while its rows are read: its headers, how many rows there were, which were ragged."""

    headers: tuple[str, ...]
    header_row: int
    count: int = 0
    short: list[int] = field(default_factory=list)
    shifted: list[int] = field(default_factory=list)


class UnclosedQuoteError(Exception):
    """A quote is opened in this row and never closed."""


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


def stated_delimiter(text: str) -> tuple[str, str | None]:
    """The text without a first line `sep=;`, and that delimiter. Spreadsheets hide this line and don't count it."""
    line, _, rest = text.partition("\n")
    line = line.strip().strip('"')
    if line[:4].lower() == "sep=" and len(line) == 5:
        return rest, line[4]
    if line.lower() == "sep=":  # a tab, stripped above
        return rest, "\t"
    return text, None


def dialect(sample: str, words: frozenset[str] = frozenset(), normal: Normal = str.casefold) -> tuple[str, str]:
    """Delimiter and quote sign. Where the line of headers leaves no doubt it decides, else clevercsv does.

    words: headers that lists usually have, in compared form; the first line with two of them is the line of headers.
    """
    lines = [line for line in sample.splitlines() if line.strip()][:_PEEK]
    header = next((line for line in lines if words and known_headers(line, words, normal)), lines[0] if lines else "")
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


def known_headers(line: str, words: frozenset[str], normal: Normal) -> bool:
    """Whether a line, cut by one of the delimiters, holds headers that lists usually have."""
    cut = ({normal(cell) for cell in line.split(sign)} for sign in DELIMITERS)
    return any(len(cells & words) > 1 for cells in cut)


def records(text: str, delimiter: str, quote: str, strict: bool) -> Iterator[list[str]]:
    """The rows of a text."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=strict)


def by_the_book(text: str, delimiter: str, quote: str) -> bool:
    """Whether the quoting is strict; UnclosedQuoteError if a quote is opened and never closed."""
    if quote not in text:
        return True
    number = 0
    try:
        for record in records(text, delimiter, quote, strict=True):
            number += 1
            if any(len(cell) > _LONGEST_CELL for cell in record):
                break
        else:
            return True
    except csv.Error as reason:
        if "unexpected end" not in str(reason) and "limit" not in str(reason):
            return False
    raise UnclosedQuoteError(number + 1)


def begun(rows: Iterator[list[str]]) -> tuple[Table, Iterator[list[str]], int]:
    """The first filled row as headers for now, as wide as the widest row below it; those rows; how many came before."""
    numbered = enumerate(rows, start=1)
    number, record = next((each for each in numbered if any(cell.strip() for cell in each[1])), (0, []))
    headers = [cell.strip() for cell in record]
    peeked = list(islice(rows, _PEEK))
    width = max(map(_width, (headers, *peeked)))
    padded = (*headers, *[""] * (width - len(headers)))[:width]
    return Table(padded, number), chain(peeked, rows), number


def pieces(table: Table, rows: Iterator[list[str]], number: int) -> Iterator[tuple[array[int], list[Sequence[str]]]]:
    """The filled rows, brought to the width of the table, piece by piece: their numbers and their columns."""
    width = len(table.headers)
    while chunk := list(islice(rows, _CHUNK)):
        kept: list[list[str]] = []
        numbers = array("i")
        for record in chunk:
            number += 1
            if len(record) == width and any(record) and any(cell.strip() for cell in record):
                kept.append(record)
                numbers.append(number)
            elif any(cell.strip() for cell in record):
                kept.append(_fitted(table, record, table.count + len(kept)))
                numbers.append(number)
        table.count += len(kept)
        if kept:
            yield numbers, list(zip(*kept, strict=True))


def _width(record: list[str]) -> int:
    """How many cells a row has up to its last filled one."""
    return next((place for place in range(len(record), 0, -1) if record[place - 1].strip()), 0)


def _fitted(table: Table, record: list[str], row: int) -> list[str]:
    """A row brought to the width of the headers; what it lacks is absent."""
    width = len(table.headers)
    if len(record) < width:
        table.short.append(row)
        return record + [ABSENT] * (width - len(record))
    if any(cell.strip() for cell in record[width:]):
        table.shifted.append(row)
    return record[:width]


def packed(cells: Sequence[str]) -> tuple[array[int], bytes]:
    """The lengths of the cells in UTF-8, and their bytes one behind the other."""
    whole = "".join(cells)
    if whole.isascii():
        return array("i", map(len, cells)), whole.encode()
    encoded = [cell.encode() for cell in cells]
    return array("i", map(len, encoded)), b"".join(encoded)


def answer(question: dict[str, object], out: BinaryIO, normal: Normal) -> None:
    """Answers the question; an error is a line too."""
    text, encoding = decoded(Path(str(question["text"])).read_bytes())
    if text is None or _MARKUP.match(text):
        return say(out, {"error": "not-text" if text is None else "web-page"})
    words = question["words"]
    assert isinstance(words, list)
    text, stated = stated_delimiter(text)
    delimiter, quote = (stated, '"') if stated else dialect(text[:SAMPLE], frozenset(words), normal)
    try:
        strict = by_the_book(text, delimiter, quote)
        table, rows, number = begun(records(text, delimiter, quote, strict))
        if not table.headers:
            return say(out, {"error": "empty"})
        head = {"encoding": encoding, "headers": table.headers, "header_row": table.header_row}
        for place, (numbers, columns) in enumerate(pieces(table, rows, number)):
            if not place:
                say(out, head | {"first": _first(numbers, columns)})
            columns_packed = [packed(column) for column in columns]
            say(out, {"rows": len(numbers), "sizes": [len(data) for _, data in columns_packed]})
            for each in (numbers, *(part for pair in columns_packed for part in pair)):
                out.write(bytes(each) if isinstance(each, bytes) else each.tobytes())
        if not table.count:
            say(out, head | {"first": []})
        return say(out, {"rows": 0, "short": table.short, "shifted": table.shifted})
    except UnclosedQuoteError as problem:
        return say(out, {"error": "unclosed", "row": problem.args[0], "quote": quote})
    except csv.Error:  # a cell of more than 131,072 characters
        return say(out, {"error": "not-text"})


def _first(numbers: array[int], columns: list[Sequence[str]]) -> list[tuple[int, list[str]]]:
    """The first rows, in case a title stands where the headers were thought to be."""
    return [(numbers[i], ["" if c[i] == ABSENT else c[i] for c in columns]) for i in range(min(_PEEK, len(numbers)))]


def say(out: BinaryIO, line: dict[str, object]) -> None:
    """One line of an answer."""
    out.write(json.dumps(line).encode() + b"\n")
    out.flush()

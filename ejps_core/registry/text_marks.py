"""A text list (CSV) as it came, with texts behind its rows: same encoding, delimiter, quotes and line ends.

Loaded by sheet_reader.py in its child process; it imports nothing of the project.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType

_RUN = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""
_PLAIN = re.compile(r"[-+]*[0-9.,\s]*")
"""A number or a dash, which nothing runs."""
_END = re.compile(r"(?:\r\n|\n|\r)?\Z")


def marked(
    data: bytes, words: frozenset[str], rows: Mapping[int, Sequence[str]], reader: ModuleType, normal: object
) -> bytes:
    """The list with the texts of each row, by its number; other rows stay, but for cells that would run as a formula."""
    text, encoding = reader.decoded(data)
    body, stated = reader.stated_delimiter(text)
    delimiter, quote = (stated, '"') if stated else reader.dialect(body[: reader.SAMPLE], words, normal)
    strict = reader.by_the_book(body, delimiter, quote)
    wide = max((len(cells) for cells, _ in _records(body, delimiter, quote, strict)), default=0)
    made = [text[: len(text) - len(body)]]
    for number, (cells, raw) in enumerate(_records(body, delimiter, quote, strict), start=1):
        end = _END.search(raw)
        assert end is not None
        told, line = rows.get(number), raw[: end.start()]
        if any(map(_runs, cells)):
            line = _written([_harmless(cell) for cell in cells], delimiter, quote)
        if told is not None:
            line += delimiter * (wide - len(cells))
            line += "".join(delimiter + _quoted(each.replace("\n", "; "), quote) for each in told)
        made.append(line + (end[0] or ("\r\n" if told is not None else "")))
    return _encoded("".join(made), encoding, data)


def _records(text: str, delimiter: str, quote: str, strict: bool) -> Iterator[tuple[list[str], str]]:
    """The rows of a text, each with the piece of text that it came from."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for record in csv.reader(lines(), delimiter=delimiter, quotechar=quote, strict=strict):
        yield record, "".join(taken)
        taken.clear()


def _runs(cell: str) -> bool:
    return cell.startswith(_RUN) and not _PLAIN.fullmatch(cell)


def _harmless(cell: str) -> str:
    return f"'{cell}" if _runs(cell) else cell


def _written(cells: Sequence[str], delimiter: str, quote: str) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, quotechar=quote, lineterminator="").writerow(cells)
    return made.getvalue()


def _quoted(text: str, quote: str) -> str:
    return quote + _harmless(text).replace(quote, quote * 2) + quote


def _encoded(text: str, encoding: str, data: bytes) -> bytes:
    """The bytes in the encoding of the list, in its order of bytes; letters that it doesn't have become question marks."""
    if encoding == "utf-16" and data.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be", "replace")
    return text.encode(encoding, "replace")

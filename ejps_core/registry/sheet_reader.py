"""The child process that opens a workbook, so that a hostile one takes only this process down.

Run as a script, by its path; it imports nothing of the project. It answers one line of JSON on the standard input with one
line of JSON on the standard output:
    {"open": PATH}     {"sheets": [[name, visible], …], "hides": whether errors of formulas arrive as blanks}
                        or {"error": "password" | "unreadable"}
    {"read": NAME}     {"header_row": n, "headers": […], "first": [[row, [text, …]], …], "rows": how many,
                        "distinct": [[[kind, text], …] for each column]}, then the row numbers and, column by column, the
                        places in `distinct`, all as 32-bit integers of this machine; or {"error": …}
Rows without a filled cell are left out. Kinds are those of received.Kind.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import zipfile
from array import array
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO
from xml.etree import ElementTree

if TYPE_CHECKING:
    import python_calamine as calamine

MEMORY = 3 * 2**30
PROCESSOR_SECONDS = 110
_CHUNK = 20_000
_FIRST = 20
_BLOCK = 2**21

UNCALCULATED = "#FORMULA!"
"""What a formula gives that was never calculated."""
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")


def limit() -> None:
    """Limits memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", PROCESSOR_SECONDS), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            _, hard = resource.getrlimit(kind)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, hard))
        except (OSError, ValueError):
            continue


def as_text(value: object) -> tuple[int, str]:
    """A cell as (kind, text)."""
    if isinstance(value, bool):
        return 3, "true" if value else "false"
    if isinstance(value, int):
        return 1, str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e17
        return 1, str(int(value)) if whole else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return 2, value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, datetime.date):
        return 2, value.isoformat()
    return 0, str(value).replace("\x00", "")


class Columns:
    """The filled rows of a sheet as distinct cells and places, column by column."""

    def __init__(self, width: int) -> None:
        self.seen: list[dict[tuple[type, object], int]] = [{} for _ in range(width)]
        self.places = [array("i") for _ in range(width)]
        self.rows = array("i")

    def add(self, numbers: list[int], records: list[list[object]]) -> None:
        """Takes up some rows."""
        self.rows.extend(numbers)
        for seen, places, cells in zip(self.seen, self.places, zip(*records, strict=True), strict=True):
            places.extend([seen.setdefault(key, len(seen)) for key in zip(map(type, cells), cells, strict=True)])


def filled(record: list[object]) -> bool:
    """Whether a row has a cell that is not empty."""
    return any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in record)


def read(rows: Iterator[list[object]]) -> tuple[dict[str, object], list[array[int]]]:
    """The answer to `read`: what goes into the line of JSON, and the arrays behind it."""
    header_row, headers = next(((number, record) for number, record in enumerate(rows, start=1) if filled(record)), (0, []))
    texts = [as_text(cell)[1].strip() for cell in headers]
    while texts and not texts[-1]:
        texts.pop()
    columns, number = Columns(len(texts)), header_row
    first: list[object] = []
    while chunk := list(islice(rows, _CHUNK)):
        numbers = [number + i for i, record in enumerate(chunk, start=1) if filled(record[: len(texts)])]
        kept = [chunk[n - number - 1][: len(texts)] for n in numbers]
        number += len(chunk)
        if kept:
            columns.add(numbers, kept)
        if len(first) < _FIRST:
            pairs = zip(numbers[:_FIRST], kept, strict=False)
            first += [[n, [as_text(cell)[1] for cell in record]] for n, record in pairs]
    answer: dict[str, object] = {
        "header_row": header_row,
        "headers": texts,
        "first": first,
        "rows": len(columns.rows),
        "distinct": [[as_text(value) for _, value in seen] for seen in columns.seen],
    }
    return answer, [columns.rows, *columns.places]


def part_of(parts: zipfile.ZipFile, sheet: str) -> str:
    """The part of an XLSX file that holds a sheet; KeyError if there is none."""
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for each in book.iterfind(".//{*}sheet"):
        if each.get("name") == sheet:
            number = next(value for name, value in each.attrib.items() if name.endswith("}id"))
            target = targets[number]
            return target[1:] if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def broken_cells(path: str, sheet: str) -> dict[int, dict[int, str]]:
    """Row -> column -> error, for cells of an XLSX sheet that hold an error or a formula that was never calculated.

    calamine gives both as empty; an empty cell may mean no, a broken one never does. Rows from 1, columns from 0.
    """
    found: dict[int, dict[int, str]] = {}
    try:
        with zipfile.ZipFile(path) as parts, parts.open(part_of(parts, sheet)) as part:
            rest = b""
            while block := part.read(_BLOCK):
                whole, mark, rest = (rest + block).rpartition(b"</row>")
                if mark and (b't="e"' in whole or b"<f" in whole):
                    note_broken(whole, found)
    except (KeyError, OSError, StopIteration, zipfile.BadZipFile, ElementTree.ParseError):
        return found
    return found


def note_broken(rows: bytes, found: dict[int, dict[int, str]]) -> None:
    """Adds the broken cells of some rows of a sheet's XML."""
    for attributes, content in _CELL.findall(rows):
        place = _PLACE.search(attributes)
        value = _VALUE.search(content)
        error = b't="e"' in attributes
        uncalculated = b"<f" in content and value is None and b't="str"' not in attributes
        if place and (error or uncalculated):
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            text = value[1].decode() if error and value else UNCALCULATED
            found.setdefault(int(place[2]), {})[column - 1] = text


def named(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attribute(node: ElementTree.Element, name: str, otherwise: str = "") -> str:
    """An attribute of an element of an ODS file, in whatever namespace."""
    return next((value for key, value in node.attrib.items() if named(key) == name), otherwise)


def broken_in_ods(path: str, sheet: str) -> dict[int, dict[int, str]]:
    """The same for an ODS file, where calamine gives both as empty too."""
    found: dict[int, dict[int, str]] = {}
    with zipfile.ZipFile(path) as parts:
        with parts.open("content.xml") as part:
            if not holds(part, b"table:formula="):
                return found
        with parts.open("content.xml") as part:
            row, column, here = 0, 0, False
            for event, node in ElementTree.iterparse(part, ("start", "end")):
                kind = named(node.tag)
                if event == "start" and kind == "table":
                    row, here = 0, attribute(node, "name") == sheet
                elif event == "end" and here and kind in ("table-cell", "covered-table-cell"):
                    after = column + int(attribute(node, "number-columns-repeated", "1"))
                    if text := broken_text(node):
                        found.setdefault(row + 1, {}).update(dict.fromkeys(range(column, after), text))
                    column = after
                elif event == "end" and kind == "table-row":
                    row, column = row + int(attribute(node, "number-rows-repeated", "1")), 0
                    node.clear()
    return found


def broken_text(cell: ElementTree.Element) -> str:
    """The error in a cell of an ODS file; '' if there is none. The attribute `value-type` stands in two namespaces."""
    kinds = [value for key, value in cell.attrib.items() if named(key) == "value-type"]
    if not attribute(cell, "formula") or (kinds and "error" not in kinds):
        return ""
    text = "".join(cell.itertext()).strip()
    return text if text.startswith("#") or text.lower().startswith("err:") else UNCALCULATED


def holds(part: IO[bytes], wanted: bytes) -> bool:
    """Whether a part holds these bytes."""
    rest = b""
    while block := part.read(_BLOCK):
        if wanted in rest + block:
            return True
        rest = block[-len(wanted) :]
    return False


def form_of(path: str) -> str:
    """xlsx, ods, or other: in others nothing tells an error from a blank."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = parts.namelist()
    except (OSError, zipfile.BadZipFile):
        return "other"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "ods" if "content.xml" in names else "other"


def patched(rows: Iterator[list[object]], broken: dict[int, dict[int, str]], left: int) -> Iterator[list[object]]:
    """The rows with their broken cells filled in; `left`: the column, from 0, in which the rows begin."""
    for number, record in enumerate(rows, start=1):
        for column, text in broken.get(number, {}).items():
            if 0 <= column - left < len(record):
                record[column - left] = text
        yield record


def opened(path: str) -> calamine.CalamineWorkbook:
    """The workbook, whatever its name: calamine believes the ending, and a wrong one is common."""
    import python_calamine as calamine

    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError, ValueError):
        data = Path(path).read_bytes()
        if data.startswith(b"\xd0\xcf") and "EncryptedPackage".encode("utf-16-le") in data:
            raise calamine.PasswordError from None
        return calamine.CalamineWorkbook.from_filelike(BytesIO(data))


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers questions until there are no more."""
    import python_calamine as calamine

    book: calamine.CalamineWorkbook | None = None
    path, form = "", ""
    for line in questions:
        question = json.loads(line)
        answer: dict[str, object]
        arrays: list[array[int]] = []
        try:
            if "open" in question:
                path = question["open"]
                form = form_of(path)
                book = opened(path)
                sheets = [s for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
                shown = calamine.SheetVisibleEnum.Visible
                answer = {"sheets": [[s.name, s.visible == shown] for s in sheets], "hides": form == "other"}
            else:
                assert book is not None
                sheet = book.get_sheet_by_name(question["read"])
                rows: Iterator[list[object]] = map(list, sheet.iter_rows())
                broken = broken_in_ods(path, sheet.name) if form == "ods" else broken_cells(path, sheet.name)
                answer, arrays = read(patched(rows, broken, (sheet.start or (0, 0))[1]))
        except calamine.PasswordError:
            answer = {"error": "password"}
        except MemoryError:
            answer = {"error": "memory"}
        except (calamine.CalamineError, OSError, ValueError, ElementTree.ParseError):
            answer = {"error": "unreadable"}
        answers.write(json.dumps(answer).encode() + b"\n")
        for each in arrays:
            answers.write(each.tobytes())
        answers.flush()


if __name__ == "__main__":
    limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)

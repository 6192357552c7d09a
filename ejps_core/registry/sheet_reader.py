"""The child process that opens a list, so that a hostile one takes only this process down.

Run as a script, by its path; it imports nothing of the project. It answers one line of JSON on the standard input with one
line of JSON on the standard output:
    {"open": PATH, "password": text or null, "limits": [bytes in all, times packed, bytes that are harmless]}
                        {"sheets": [[name, visible], …], "hides": whether errors of formulas arrive as blanks}
                        or {"error": "password" | "password-wrong" | "swollen" | "unreadable"}
    {"text": PATH, …}  see text_reader.py
    {"return": PATH, "password": text or null, "limits": […], "sheets": {NAME: [[row, [text, …], look], …]}}
    {"return": PATH, "words": […], "rows": [[row, [text, …]], …]}
                        {"size": bytes}, then the file with these texts beside its rows; or {"error": why}
    {"unlock": PATH, "password": text, "limits": […]}
                        {"size": bytes}, then the workbook without its protection; or {"error": why}
    {"read": NAME}     {"header_row": n, "headers": […], "first": [[row, [text, …]], …], "rows": how many,
                        "hidden": places of hidden columns, "distinct": [[[kind, text], …] for each column]}, then the
                        row numbers and, column by column, the places in `distinct`, all as 32-bit integers of this
                        machine; or {"error": …}
Rows without a filled cell are left out. A cell that merges rows of one column stands in each of them. Kinds are those of
listing.Kind. A password opens the file in memory; it is never written.
"""

from __future__ import annotations

import datetime
import json
import sys
import zipfile
from array import array
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree

if TYPE_CHECKING:
    import python_calamine as calamine

MEMORY = 3 * 2**30
PROCESSOR_SECONDS = 110
Source = str | BytesIO
"""A file by its path, or what was inside a protected one."""
_CHUNK = 20_000
_FIRST = 40
Range = tuple[tuple[int, int], tuple[int, int]]
"""Row and column, from 0, of the first and the last cell."""


class WrongPasswordError(Exception):
    """The file does not open with this password."""


def beside(name: str) -> ModuleType:
    """A module that lies beside this script; in a child process nothing of the project can be imported by its name."""
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def read(rows: Iterator[list[object]], width: int) -> tuple[dict[str, object], list[array[int]]]:
    """The answer to `read`: what goes into the line of JSON, and the arrays behind it. Columns are cut behind the last cell.

    The first filled row counts as headers for now; `first` holds the rows below it, in case it is a title.
    """
    header_row, headers = next(((number, record) for number, record in enumerate(rows, start=1) if filled(record)), (0, []))
    texts = [as_text(cell)[1].strip() for cell in headers]
    texts += [""] * (width - len(texts))
    columns, number = Columns(width), header_row
    first: list[tuple[int, list[str]]] = []
    while chunk := list(islice(rows, _CHUNK)):
        numbers = [number + i for i, record in enumerate(chunk, start=1) if filled(record)]
        kept = [chunk[n - number - 1] for n in numbers]
        number += len(chunk)
        if kept:
            columns.add(numbers, kept)
        if len(first) < _FIRST:
            pairs = zip(numbers[:_FIRST], kept, strict=False)
            first += [(n, [as_text(cell)[1] for cell in record]) for n, record in pairs]
    distinct = [[as_text(value) for _, value in seen] for seen in columns.seen]
    while texts and not texts[-1] and not any(text.strip() for _, text in distinct[len(texts) - 1]):
        texts.pop()
    answer: dict[str, object] = {
        "header_row": header_row if texts else 0,
        "headers": texts,
        "first": [[n, cells[: len(texts)]] for n, cells in first[:_FIRST]],
        "rows": len(columns.rows),
        "distinct": distinct[: len(texts)],
    }
    return answer, [columns.rows, *columns.places[: len(texts)]]


def form_of(path: Source) -> str:
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


def spread(rows: Iterator[list[object]], merged: list[Range], left: int) -> Iterator[list[object]]:
    """The rows with what a merged cell of one column holds in each of its rows; `left`: the column in which rows begin."""
    ends: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, last) in merged:
        if column == last and bottom > top and column >= left:
            ends.setdefault(top + 1, []).append((column - left, bottom + 1))
    held: dict[int, tuple[int, object]] = {}
    for number, record in enumerate(rows, start=1):
        for column, (end, value) in list(held.items()):
            if number > end:
                del held[column]
            elif record[column] == "":
                record[column] = value
        for column, end in ends.get(number, ()):
            if column < len(record) and record[column] != "":
                held[column] = end, record[column]
        yield record


def swollen(file: Source | Path, most: int, packed: int, small: int) -> int:
    """How many bytes a zip unpacks to if that is too much, in all or against its size; 0 if not. BadZipFile if unsound."""
    with zipfile.ZipFile(file) as parts:
        sizes = [(part.file_size, part.compress_size) for part in parts.infolist()]
    whole = sum(size for size, _ in sizes)
    return whole if whole > most or any(size > max(small, packed * tight) for size, tight in sizes) else 0


def unlocked(path: str, password: str) -> Source:
    """What is inside a protected file; the path where it isn't protected. WrongPasswordError if it is another one."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    with Path(path).open("rb") as file:
        try:
            office = msoffcrypto.OfficeFile(file)
            if not office.is_encrypted():
                return path
            inside = BytesIO()
            office.load_key(password=password)
            office.decrypt(inside)
        except FileFormatError:
            return path
        except (InvalidKeyError, DecryptionError, ParseError) as problem:
            raise WrongPasswordError from problem
    return inside


def opened(path: Source) -> calamine.CalamineWorkbook:
    """The workbook, whatever its name: calamine believes the ending, and a wrong one is common."""
    import python_calamine as calamine

    if isinstance(path, BytesIO):
        path.seek(0)
        return calamine.CalamineWorkbook.from_filelike(path)
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError, ValueError):
        data = Path(path).read_bytes()
        if data.startswith(b"\xd0\xcf") and "EncryptedPackage".encode("utf-16-le") in data:
            raise calamine.PasswordError from None
        return calamine.CalamineWorkbook.from_filelike(BytesIO(data))


class Book:
    """The workbook that is open, and what answers the questions about it."""

    def __init__(self, path: str, password: str | None, limits: list[int]) -> None:
        self.source = unlocked(path, password) if password else path
        if isinstance(self.source, BytesIO) and zipfile.is_zipfile(self.source) and swollen(self.source, *limits):
            raise MemoryError
        self.form = form_of(self.source)
        self.book = opened(self.source)

    def sheets(self) -> dict[str, object]:
        """The answer to `open`."""
        import python_calamine as calamine

        sheets = [s for s in self.book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
        shown = calamine.SheetVisibleEnum.Visible
        return {"sheets": [[s.name, s.visible == shown] for s in sheets], "hides": self.form == "other"}

    def read(self, name: str) -> tuple[dict[str, object], list[array[int]]]:
        """The answer to `read`."""
        errors = beside("sheet_errors")
        sheet = self.book.get_sheet_by_name(name)
        left = (sheet.start or (0, 0))[1]
        rows: Iterator[list[object]] = map(list, sheet.iter_rows())
        broken = errors.broken_in_ods(self.source, name) if self.form == "ods" else errors.broken_cells(self.source, name)
        if merged := sheet.merged_cell_ranges:
            rows = spread(rows, merged, left)
        answer, arrays = read(patched(rows, broken, left), sheet.width)
        answer["hidden"] = errors.hidden_columns(self.source, name, left) if self.form == "xlsx" else []
        return answer, arrays


def text_answered(question: dict[str, object], answers: BinaryIO) -> None:
    """Answers a question about a text list."""
    try:
        beside("text_reader").answer(question, answers, beside("marks").normal)
    except MemoryError:
        answers.write(b'{"error": "memory"}\n')
        answers.flush()


def returned(question: dict[str, Any]) -> bytes:
    """A file as it came, with texts beside its rows."""
    path = question["return"]
    if "rows" in question:
        rows = dict(question["rows"])
        words, normal = frozenset(question["words"]), beside("marks").normal
        made: bytes = beside("text_marks").marked(Path(path).read_bytes(), words, rows, beside("text_reader"), normal)
        return made
    password = question["password"]
    source = unlocked(path, password) if password else path
    if swollen(source, *question["limits"]):
        raise MemoryError
    books, modules = beside("workbook_marks"), {name: beside(name) for name in ("sheet_marks", "style_marks")}
    made = books.marked(source, question["sheets"], beside("sheet_errors").part_of, modules)
    return books.locked_again(made, password) if isinstance(source, BytesIO) else made


def return_answered(question: dict[str, Any], answers: BinaryIO) -> None:
    """Answers a question for a file with texts beside its rows."""
    made, why = b"", ""
    try:
        made = returned(question)
    except MemoryError:
        why = "memory"
    except Exception as problem:  # whatever an odd file leads to: the caller writes a workbook of his own then
        why = " ".join(map(str, problem.args[:1])) or type(problem).__name__
    answers.write(json.dumps({"size": len(made)} if made else {"error": why}).encode() + b"\n")
    answers.write(made)
    answers.flush()


def unlock_answered(question: dict[str, Any], answers: BinaryIO) -> None:
    """Answers a question for a protected workbook without its protection."""
    made, why = b"", "unreadable"
    try:
        source = unlocked(question["unlock"], question["password"])
        if isinstance(source, BytesIO) and not swollen(source, *question["limits"]):
            made = source.getvalue()
    except WrongPasswordError:
        why = "password-wrong"
    except (OSError, ValueError, zipfile.BadZipFile):
        why = "unreadable"
    answers.write(json.dumps({"size": len(made)} if made else {"error": why}).encode() + b"\n")
    answers.write(made)
    answers.flush()


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers questions until there are no more."""
    import python_calamine as calamine

    book: Book | None = None
    for line in questions:
        question = json.loads(line)
        if "text" in question:
            text_answered(question, answers)
            continue
        if "return" in question:
            return_answered(question, answers)
            continue
        if "unlock" in question:
            unlock_answered(question, answers)
            continue
        answer: dict[str, object]
        arrays: list[array[int]] = []
        try:
            if "open" in question:
                book = Book(question["open"], question["password"], question["limits"])
                answer = book.sheets()
            else:
                assert book is not None
                answer, arrays = book.read(question["read"])
        except calamine.PasswordError:
            answer = {"error": "password"}
        except MemoryError:
            answer = {"error": "memory"}
        except WrongPasswordError:
            answer = {"error": "password-wrong"}
        except (calamine.CalamineError, OSError, ValueError, ElementTree.ParseError, zipfile.BadZipFile):
            answer = {"error": "unreadable"}
        answers.write(json.dumps(answer).encode() + b"\n")
        for each in arrays:
            answers.write(each.tobytes())
        answers.flush()


if __name__ == "__main__":
    limit()
    serve(sys.stdin.buffer, sys.stdout.buffer)

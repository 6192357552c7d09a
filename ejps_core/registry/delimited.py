"""Text lists (CSV), opened by a child process with limits: encoding and delimiter are found out, every cell stays text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Kind, Listing, Rows, Texts, from_texts
from ejps_core.model.span import Cell
from ejps_core.registry.aliases import header_words
from ejps_core.registry.child import SCRIPT, Child
from ejps_core.registry.problems import error, remark
from ejps_core.registry.text_reader import ABSENT

WAIT_SECONDS = 120.0


def open_text(path: Path) -> tuple[Listing | None, list[Diagnostic]]:
    """The list in a text file, and findings about the file; None with an error."""
    child = Child(SCRIPT, WAIT_SECONDS)
    try:
        head = child.ask({"text": str(path.absolute()), "words": sorted(header_words())})
        if "error" in head:
            return None, [_refused(path, head)]
        rows, columns, last = _table(child, tuple(head["headers"]))
    except EOFError:
        return None, [_too_large(path)]
    finally:
        child.close()
    if "error" in last:
        return None, [_refused(path, last)]

    def fetch(places: Sequence[int]) -> list[Column]:
        return [columns[place] for place in places]

    first = tuple((number, tuple(texts)) for number, texts in head["first"])
    where = (str(path), None, tuple(head["headers"]), head["header_row"], rows)
    listing = Listing(*where, fetch, first, tuple(last["short"]), tuple(last["shifted"]), ragged=True)
    return listing, [_guessed(path)] if head["encoding"] == "cp1252" else []


def _table(child: Child, headers: tuple[str, ...]) -> tuple[Rows, list[Texts], dict[str, Any]]:
    """The row numbers, the columns, and the last line of the answer. EOFError if the child died."""
    numbers: list[np.ndarray[Any, np.dtype[np.int32]]] = []
    pieces: list[list[pa.Array]] = [[] for _ in headers]
    while True:
        line = child.answer()
        if "error" in line or not line["rows"]:
            break
        numbers.append(child.numbers(line["rows"]))
        for column, size in zip(pieces, line["sizes"], strict=True):
            lengths = child.numbers(line["rows"])
            offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
            data = pa.py_buffer(child.data(size))
            column.append(pa.StringArray.from_buffers(line["rows"], pa.py_buffer(offsets), data))
    rows = np.concatenate(numbers).astype(np.int64) if numbers else np.zeros(0, np.int64)
    return rows, [_join(header, column) for header, column in zip(headers, pieces, strict=True)], line


def _join(header: str, pieces: list[pa.Array]) -> Texts:
    column = from_texts(header, pa.chunked_array(pieces, pa.string()))
    absent = column.texts.index(ABSENT).as_py()
    if absent >= 0:
        column.kinds[absent] = Kind.ABSENT
    return column


def _refused(path: Path, answer: dict[str, Any]) -> Diagnostic:
    match answer["error"]:
        case "not-text":
            return _not_text(path)
        case "web-page":
            return _web_page(path)
        case "empty":
            return empty(path)
        case "unclosed":
            return _unclosed(path, answer["row"], answer["quote"])
    return _too_large(path)


def _unclosed(path: Path, row: int, quote: str) -> Diagnostic:
    return error(
        "unclosed-quote",
        Cell(str(path), None, row),
        f"Tanda kutip ({quote}) dibuka sekitar baris {row} dan tidak pernah ditutup.",
        f"A quote ({quote}) is opened near row {row} and never closed.",
        "Tutup atau hapus tanda kutip itu, lalu simpan ulang.",
        "Close or remove that quote, and save again.",
    )


def _too_large(path: Path) -> Diagnostic:
    return error(
        "sheet-too-large",
        Cell(str(path)),
        f"Berkas {path.name} terlalu besar untuk dibuka.",
        f"The file {path.name} is too large to open.",
        "Bagi daftarnya menurut kecamatan, atau simpan sebagai Parquet.",
        "Split the list by sub-district, or save it as Parquet.",
    )


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

"""Workbooks (XLSX, XLS, ODS), opened by a child process with limits on memory, processor time and waiting."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Listing, Sheet, Texts
from ejps_core.model.span import Cell
from ejps_core.registry.child import Child
from ejps_core.registry.delimited import empty
from ejps_core.registry.problems import error
from ejps_core.registry.sheet_reader import swollen

WAIT_SECONDS = 120.0
"""For a whole workbook."""
MOST_UNPACKED = 300 * 10**6
"""Bytes that the parts of a workbook may have, unpacked: some 500,000 families with ten columns."""
MOST_PACKED = 200
"""How many times smaller a part may be than what it unpacks to; spreadsheets reach some 30 times."""
SMALL = 10**7
"""Parts below this are harmless however they are packed."""
_SCRIPT = Path(__file__).with_name("sheet_reader.py")


class Workbook:
    """A workbook in a child process; use it in a `with` statement. Every method gives a Diagnostic when it can't answer."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.path = path
        self._password = password
        self._hides = False
        self._listings: dict[str, Listing | Diagnostic] = {}
        self._child = Child(_SCRIPT, WAIT_SECONDS)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._child.close()

    def sheets(self) -> tuple[Sheet, ...] | Diagnostic:
        """The sheets in the order of the workbook."""
        limits = [MOST_UNPACKED, MOST_PACKED, SMALL]
        answer = self._child.ask({"open": str(self.path.absolute()), "password": self._password, "limits": limits})
        if "error" in answer:
            return _unreadable(self.path, None, answer["error"])
        self._hides = bool(answer.get("hides"))
        return tuple(Sheet(name, visible) for name, visible in answer["sheets"])

    def listing(self, sheet: str) -> Listing | Diagnostic:
        """The list on a sheet; empty-list if nothing is on it. A sheet is read once."""
        if sheet not in self._listings:
            self._listings[sheet] = self._read(sheet)
        return self._listings[sheet]

    def _read(self, sheet: str) -> Listing | Diagnostic:
        answer = self._child.ask({"read": sheet})
        if "error" in answer:
            return _unreadable(self.path, sheet, answer["error"])
        if not answer["headers"]:
            return empty(self.path, sheet)
        count, headers = answer["rows"], tuple(answer["headers"])
        try:
            rows = self._child.numbers(count)
            columns = [
                _texts(header, self._child.numbers(count), cells)
                for header, cells in zip(headers, answer["distinct"], strict=True)
            ]
        except EOFError:
            return _unreadable(self.path, sheet, "lost")

        def fetch(places: Sequence[int]) -> list[Column]:
            return [columns[place] for place in places]

        first = tuple((number, tuple(texts)) for number, texts in answer["first"])
        where = (str(self.path), sheet, headers, answer["header_row"], rows.astype(np.int64))
        hidden = tuple(place for place in answer["hidden"] if place < len(headers))
        return Listing(*where, fetch, first, blanks_hide_errors=self._hides, hidden=hidden)


def _texts(header: str, codes: np.ndarray[Any, np.dtype[np.int32]], cells: list[tuple[int, str]]) -> Texts:
    texts = pa.array([text for _, text in cells], pa.string())
    return Texts(header, codes, texts, np.array([kind for kind, _ in cells], np.uint8))


def without_protection(path: Path, password: str) -> bytes | Diagnostic:
    """A protected workbook as it is inside, opened by a child process; nothing clear is written."""
    limits, child = [MOST_UNPACKED, MOST_PACKED, SMALL], Child(_SCRIPT, WAIT_SECONDS)
    try:
        answer = child.ask({"unlock": str(path.absolute()), "password": password, "limits": limits})
        return _unreadable(path, None, answer["error"]) if "error" in answer else child.data(answer["size"])
    except EOFError:
        return _unreadable(path, None, "lost")
    finally:
        child.close()


def too_large(path: Path) -> Diagnostic | None:
    """A finding if the file is no sound zip or unpacks to too much; old workbooks are no zip."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        whole = swollen(path, MOST_UNPACKED, MOST_PACKED, SMALL)
    except (zipfile.BadZipFile, OSError, ValueError):
        return _unreadable(path, None, "unreadable")
    return _swollen(path, whole) if whole else None


def _swollen(path: Path, size: int) -> Diagnostic:
    large, most = -(-size // 10**6), MOST_UNPACKED // 10**6
    return error(
        "sheet-too-large",
        Cell(str(path)),
        f"Isi berkas {path.name} {large} MB bila dibuka (paling banyak {most} MB atau {MOST_PACKED} kali berkasnya).",
        f"The file {path.name} unpacks to {large} MB (at most {most} MB, or {MOST_PACKED} times its size).",
        "Salin daftarnya saja ke buku kerja baru, tanpa baris dan kolom kosong yang berformat, atau simpan sebagai CSV.",
        "Copy the list alone into a new workbook, without formatted empty rows and columns, or save it as CSV.",
    )


def _unreadable(path: Path, sheet: str | None, reason: str) -> Diagnostic:
    place = Cell(str(path), sheet)
    if reason == "password":
        return error(
            "password",
            place,
            f"Berkas {path.name} dilindungi kata sandi.",
            f"The file {path.name} is protected by a password.",
            "Berikan kata sandinya dengan --password, atau hapus kata sandinya lalu simpan ulang.",
            "Give the password with --password, or remove it and save again.",
        )
    if reason == "password-wrong":
        return error(
            "password-wrong",
            place,
            f"Kata sandi untuk berkas {path.name} salah.",
            f"The password for the file {path.name} is wrong.",
            "Tanyakan kata sandinya kepada pengirim daftar; huruf besar dan kecil berbeda.",
            "Ask whoever sent the list; capitals matter.",
        )
    if reason == "unreadable":
        return error(
            "unreadable",
            place,
            f"Berkas {path.name} rusak atau bukan lembar kerja.",
            f"The file {path.name} is damaged or no workbook.",
            "Buka di aplikasi lembar kerja dan simpan ulang sebagai XLSX.",
            "Open it in a spreadsheet and save it again as XLSX.",
        )
    if reason == "time":
        return error(
            "sheet-too-large",
            place,
            f"Berkas {path.name} belum selesai dibuka sesudah {WAIT_SECONDS:.0f} detik.",
            f"Opening the file {path.name} took more than {WAIT_SECONDS:.0f} seconds.",
            "Simpan daftarnya sebagai CSV: jauh lebih cepat dibaca.",
            "Save the list as CSV: that is read far more quickly.",
        )
    far = farthest_cell(path)
    where = (f" Ada sel terisi di {far}.", f" There is a filled cell at {far}.") if far else ("", "")
    return error(
        "sheet-too-large",
        place,
        f"{f'Lembar “{sheet}” di' if sheet else 'Berkas'} {path.name} terlalu besar untuk dibuka.{where[0]}",
        f"{f'The sheet “{sheet}” of' if sheet else 'The file'} {path.name} is too large to open.{where[1]}",
        "Hapus sel yang terisi jauh di luar daftar (tekan Ctrl+End untuk mencarinya), atau simpan daftarnya sebagai CSV.",
        "Remove cells that are filled far outside the list (Ctrl+End finds them), or save the list as CSV.",
    )


def farthest_cell(path: Path, most: int = 2**26) -> str | None:
    """The last cell named in an XLSX file that lies beyond column ZZ or row 200,000; looks at `most` bytes a sheet."""
    far = re.compile(rb'<c r="([A-Z]{3}\d+|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7}))"')
    try:
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with parts.open(name) as part:
                        if found := far.findall(part.read(most)):
                            return str(found[-1], "ascii")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):  # the last two: a password, another packing
        return None
    return None

"""A list's own file with what is said of its rows written beside them; opened and written by a child process with limits."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from ejps_core.model.listing import Listing
from ejps_core.model.verdicts import Beside
from ejps_core.registry.aliases import header_words
from ejps_core.registry.child import SCRIPT, Child
from ejps_core.registry.workbooks import MOST_PACKED, MOST_UNPACKED, SMALL, WAIT_SECONDS

_OLE = b"\xd0\xcf\x11\xe0"


class FileKind(StrEnum):
    """What kind of file a list came in, as far as it matters for giving it back."""

    TEXT = "text"
    XLSX = "xlsx"
    OTHER = "other"


def kind_of(path: Path, listing: Listing, password: str | None) -> FileKind:
    """The kind of a file that has been read as this list; a protected workbook counts as one."""
    if listing.ragged:
        return FileKind.TEXT
    try:
        with path.open("rb") as file:
            if password and file.read(4) == _OLE:
                return FileKind.XLSX
        with zipfile.ZipFile(path) as parts:
            return FileKind.XLSX if "xl/workbook.xml" in parts.namelist() else FileKind.OTHER
    except (OSError, zipfile.BadZipFile):
        return FileKind.OTHER


def marked(path: Path, password: str | None, beside: Sequence[Beside], kind: FileKind) -> bytes | str:
    """The file with the texts beside its rows, all else as it was; a text: why that can't be done."""
    child = Child(SCRIPT, WAIT_SECONDS)
    try:
        answer = child.ask(_question(path, password, beside, kind))
        return str(answer["error"]) if "error" in answer else child.data(answer["size"])
    except EOFError:
        return "lost"
    finally:
        child.close()


def _question(path: Path, password: str | None, beside: Sequence[Beside], kind: FileKind) -> dict[str, Any]:
    if kind is FileKind.TEXT:
        (only,) = beside
        rows = [[number, [text for text, _ in cells]] for number, cells in only.rows]
        return {"return": str(path.absolute()), "words": sorted(header_words()), "rows": rows}
    sheets = {each.sheet: [[number, cells] for number, cells in each.rows] for each in beside}
    limits = [MOST_UNPACKED, MOST_PACKED, SMALL]
    return {"return": str(path.absolute()), "password": password, "limits": limits, "sheets": sheets}

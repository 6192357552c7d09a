"""A workbook as it came, with texts beside the rows of its sheets.

Loaded by sheet_reader.py in its child process; it imports nothing of the project.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from types import ModuleType
from typing import Any

STYLES = "xl/styles.xml"
ACTIVE = (
    "vbaproject", "xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/connections.xml", "xl/querytables/",
    "xl/macrosheets/", "xl/webextensions/", "customui/", "_xmlsignatures/",
)  # fmt: skip
"""What runs, fetches or carries something along, or signs the rest: such a workbook is not handed on as it is."""
Source = str | BytesIO


def marked(
    source: Source,
    sheets: Mapping[str, Any],
    part_of: Callable[[zipfile.ZipFile, str], str],
    modules: Mapping[str, ModuleType],
) -> bytes:
    """The workbook with the texts. sheets: name -> rows as [number, [[text, look], …]]; look: a place among the styles.

    Raises RefusedError of sheet_marks where it can't be done safely.
    """
    sheet_marks, style_marks = modules["sheet_marks"], modules["style_marks"]
    with zipfile.ZipFile(source) as parts:
        infos = parts.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) < len(names):
            raise sheet_marks.RefusedError("twice")
        if active := next((name for name in names if any(each in name.lower() for each in ACTIVE)), None):
            raise sheet_marks.RefusedError(f"active {active.rpartition('/')[2]}")
        changed: dict[str, bytes] = {}
        looks: list[int] | None = None
        if STYLES in names:
            try:
                changed[STYLES], looks = style_marks.marked(parts.read(STYLES), sheet_marks)
            except sheet_marks.RefusedError:
                changed.pop(STYLES, None)  # plain cells then
        for sheet, rows in sheets.items():
            part = part_of(parts, sheet)
            told = {
                number: [(text, None if looks is None else looks[look]) for text, look in cells] for number, cells in rows
            }
            changed[part] = sheet_marks.marked(changed.get(part) or parts.read(part), told)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
            for info in infos:
                content = changed.get(info.filename)
                fresh.writestr(_like(info), parts.read(info) if content is None else content)
    return made.getvalue()


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """An entry of the same name and time."""
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = zipfile.ZIP_STORED if info.is_dir() else zipfile.ZIP_DEFLATED
    made.external_attr = info.external_attr
    return made


def locked_again(content: bytes, password: str) -> bytes:
    """The workbook under the password that it came with."""
    from msoffcrypto.format.ooxml import OOXMLFile

    made = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, made)
    return made.getvalue()

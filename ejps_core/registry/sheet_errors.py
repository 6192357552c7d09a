"""What calamine doesn't tell of a sheet: errors of formulas, formulas that were never calculated, hidden columns.

Loaded by sheet_reader.py in its child process; it imports nothing of the project.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import IO
from xml.etree import ElementTree

Source = str | BytesIO
"""A file by its path, or what was inside a protected one."""
_BLOCK = 2**21
_HEAD = 2**17
"""Bytes of a sheet in which its columns are described, before its rows."""
_FARTHEST = 16_384
UNCALCULATED = "#FORMULA!"
"""What a formula gives that was never calculated."""
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")[^>]*>')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")


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


def broken_cells(path: Source, sheet: str) -> dict[int, dict[int, str]]:
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


def broken_in_ods(path: Source, sheet: str) -> dict[int, dict[int, str]]:
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


def hidden_columns(path: Source, sheet: str, left: int) -> list[int]:
    """The columns of an XLSX sheet that are hidden, counted from the first filled one."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open(part_of(parts, sheet)) as part:
            head = part.read(_HEAD).partition(b"<sheetData")[0]
    except (KeyError, OSError, StopIteration, zipfile.BadZipFile, ElementTree.ParseError):
        return []
    spans = [(int(low), int(high)) for low, high in _HIDDEN.findall(head)]
    return [n - 1 - left for low, high in spans for n in range(low, min(high, _FARTHEST) + 1) if n > left]

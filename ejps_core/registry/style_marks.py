"""Adds the looks of our own cells behind those of a workbook's styles.xml; those that are there keep their numbers.

Loaded by sheet_reader.py in its child process; it imports nothing of the project.
"""

from __future__ import annotations

import re
from types import ModuleType

FILLS = (b"FFE3F4E1", b"FFFFF3CD", b"FFFBE3E0")
"""What is good, doubtful and bad."""
_COUNT = re.compile(rb'(\bcount=["\'])\d+')
_SECTIONS = ("fonts", "fills", "cellXfs")


def marked(data: bytes, sheet_marks: ModuleType) -> tuple[bytes, list[int]]:
    """The styles with a header's look, one for each of FILLS, and a plain one; their numbers in this order."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    counts = dict.fromkeys(_SECTIONS, 0)
    open_elements: list[str] = []

    def start(name: str, attributes: list[str]) -> None:
        if len(open_elements) == 2 and open_elements[1] in counts:
            counts[open_elements[1]] += 1
        open_elements.append(name)
        if name in counts and len(open_elements) == 2:
            starts[name] = parser.CurrentByteIndex

    def end(name: str) -> None:
        open_elements.pop()
        if name in counts and len(open_elements) == 1:
            ends[name] = parser.CurrentByteIndex

    parser = sheet_marks.parse(data, start, end)
    sheet_marks.read(parser, data)
    if set(ends) != set(_SECTIONS) or any(sheet_marks.self_closed(data, starts[name], ends[name]) for name in ends):
        raise sheet_marks.RefusedError("styles")
    prefix = data[ends["fonts"] + 2 :].split(b"fonts", 1)[0]
    font, fill, look = (counts[name] for name in _SECTIONS)
    added = {
        "fonts": b'<%sfont><%sb/><%ssz val="11"/><%sname val="Calibri"/></%sfont>',
        "fills": b"".join(_fill(colour) for colour in FILLS),
        "cellXfs": _look(font, 0) + b"".join(_look(0, fill + i) for i in range(len(FILLS))) + _look(0, 0),
    }
    made = {"fonts": 1, "fills": len(FILLS), "cellXfs": len(FILLS) + 2}
    edits = [(place, place, added[name].replace(b"%s", prefix)) for name, place in ends.items()]
    for name, place in starts.items():
        tag = data[place : data.index(b">", place)]
        if found := _COUNT.search(tag):
            edits.append((place + found.start(), place + found.end(), found[1] + b"%d" % (counts[name] + made[name])))
    pieces, at = [], 0
    for begin, finish, text in sorted(edits):
        pieces += [data[at:begin], text]
        at = finish
    return b"".join((*pieces, data[at:])), [look + i for i in range(made["cellXfs"])]


def _fill(colour: bytes) -> bytes:
    return (
        b'<%sfill><%spatternFill patternType="solid"><%sfgColor rgb="' + colour + b'"/><%sbgColor indexed="64"/>'
        b"</%spatternFill></%sfill>"
    )


def _look(font: int, fill: int) -> bytes:
    head = b'<%%sxf numFmtId="0" fontId="%d" fillId="%d" borderId="0" xfId="0" applyFont="1" applyFill="1"' % (font, fill)
    return head + b' applyAlignment="1"><%salignment vertical="top" wrapText="1"/></%sxf>'

"""A PDF read whole: its objects by the table at its end, and what its pages show where."""

from __future__ import annotations

import re
from struct import iter_unpack
from typing import NamedTuple

from ejps_core.reports.pdf_file import PdfFile, one, reference, references, shown, unpacked

SET = re.compile(
    rb"1 0 0 -1 ([-\d.]+) ([-\d.]+) cm[^\n]*\nBT 0 Tr/(f\d+) [\d.]+ Tf 1 0 0 -1 0 0 Tm(.*?)\s*T[Jj]\s+ET\s+Q", re.DOTALL
)
PUT = re.compile(rb"1 0 0 1 ([-\d.]+) ([-\d.]+) Tm(\((?:[^()\\]|\\.)*\))Tj", re.DOTALL)


class Text(NamedTuple):
    """What stands on a page, in points from its lower left corner."""

    words: str
    x: float
    y: float


def objects(data: bytes) -> dict[int, bytes]:
    """Objects by number, with or without a packed table."""
    start = int(one(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data))
    if data[start:].startswith(b"xref"):
        return PdfFile(data).objects
    found: dict[int, bytes] = {}
    within: dict[int, list[bytes]] = {}
    entries = list(enumerate(iter_unpack(">BIH", unpacked(_at(data, start)))))
    for number, (kind, place, _) in entries:
        if kind == 1:
            assert data[place:].startswith(b"%d 0 obj\n" % number)
            found[number] = _at(data, place)
    for number, (kind, holder, at) in entries:
        if kind == 2:
            if holder not in within:
                first = int(one(rb"/First (\d+)", found[holder]))
                holding = unpacked(found[holder])
                numbers = list(map(int, holding[:first].split()))
                ends = [*numbers[3::2], len(holding)]
                within[holder] = [holding[first:][s:e].strip() for s, e in zip(numbers[1::2], ends, strict=True)]
                assert number in numbers[::2]
            found[number] = within[holder][at]
    return found


def _at(data: bytes, place: int) -> bytes:
    return one(rb"\A\d+ 0 obj\n(.*?)\nendobj\n", data[place:])


def pages(of: dict[int, bytes]) -> list[int]:
    """The numbers of the pages in their order."""
    (tree,) = (body for body in of.values() if b"/Type/Pages" in body)
    return references(one(rb"/Kids\[([^\]]*)\]", tree))


def texts(data: bytes) -> list[list[Text]]:
    """What every page shows, in the order of its places."""
    of = objects(data)
    return [sorted(_texts(of, number), key=lambda text: (-text.y, text.x)) for number in pages(of)]


def _texts(of: dict[int, bytes], page: int) -> list[Text]:
    drawn = unpacked(of[reference(of[page], b"Contents")])
    fonts = one(rb"/Font<<(.*?)>>", of[reference(of[page], b"Resources")])
    signs = {name: _signs(of, int(number)) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", fonts)}
    found = [Text(_read(shown(text), signs[font]), float(x), float(y)) for x, y, font, text in SET.findall(drawn)]
    for part in re.findall(rb"BT 0 Tr/(\w+ .*?)ET", drawn, re.DOTALL):
        font = signs[part.split()[0]]
        found += [Text(_read(shown(text), font), float(x), float(y)) for x, y, text in PUT.findall(part)]
    return [text for text in found if text.words.strip()]


def _signs(of: dict[int, bytes], font: int) -> dict[int, str]:
    """What each number of a font says."""
    lines = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", unpacked(of[reference(of[font], b"ToUnicode")]))
    return {int(code, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for code, said in lines}


def _read(codes: bytes, signs: dict[int, str]) -> str:
    text = "".join(signs[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))
    return text.replace("\u2060", "").replace("\u200b", "").strip()

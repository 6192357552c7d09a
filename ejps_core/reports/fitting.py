"""How texts fit their columns, by the widths of the font's signs, so that the typesetter finds every line and row settled.

Lists are set without kerning, ligatures and contextual forms: a text is then as wide as its signs together.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

WIDTHS = Path(__file__).with_name("documents") / "widths.json"
UNSURE = 1_000
"""Thousandths of the size, for a sign that the font lacks."""
BREAK_HERE = "\u200b"
"""A place where a line may end, without a mark."""
NO_WIDTH = dict.fromkeys((BREAK_HERE, "\u2060", "\u00ad"), 0)


class Signs(dict[str, int]):
    """Widths of signs in thousandths of their size; a sign nobody knows counts as a wide one."""

    def __missing__(self, sign: str) -> int:
        return UNSURE

    def of(self, text: str) -> int:
        """The width of a text."""
        return sum(map(self.__getitem__, text))


@cache
def signs(weight: str = "regular") -> Signs:
    """The font's signs; weight: regular or bold."""
    found: dict[str, dict[str, int]] = json.loads(WIDTHS.read_text(encoding="utf-8"))
    return Signs(found[weight] | NO_WIDTH)


def lines(text: str, room: int, font: Signs) -> list[str]:
    """The text in lines no wider than the room, as far as it has places to break."""
    if font.of(text) <= room and "\n" not in text:
        return [text]
    made: list[str] = []
    for paragraph in text.split("\n"):
        line, taken = "", 0
        for word in paragraph.split(" "):
            for number, piece in enumerate(word.split(BREAK_HERE)):
                gap = " " if line and not number else ""
                wide = font.of(gap + piece)
                if line and taken + wide > room:
                    made.append(line)
                    line, taken, gap, wide = "", 0, "", font.of(piece)
                line += gap + piece
                taken += wide
        made.append(line)
    return made

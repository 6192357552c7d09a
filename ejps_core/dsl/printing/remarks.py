"""Comments and blank rows: found in the text, and put back where they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ejps_core.dsl.printing.sentences import Sentence

COMMENT = re.compile(r'"[^"]*"|(#.*)')
TAB = 4
"""Spaces a level of indentation."""


class Remark(NamedTuple):
    """A comment; `column`, counted from 0, is that of its #; `own`: nothing else stands on its row."""

    column: int
    text: str
    own: bool


def remark(row: str) -> Remark | None:
    """The comment of a row."""
    found = next((match for match in COMMENT.finditer(row) if match[1]), None)
    if found is None:
        return None
    before = row[: found.start()].replace("\ufeff", "")
    return Remark(found.start(), found[1].rstrip(), not before.strip())


def gap(rows: Sequence[str]) -> list[Remark | None]:
    """What stands on rows without words: comments, and None for blank rows, of which two never follow each other."""
    found: list[Remark | None] = []
    for row in rows:
        item = remark(row)
        if item or not found or found[-1]:
            found.append(item)
    return found


def between(above: Sentence | None, items: list[Remark | None], below: Sentence | None) -> list[str]:
    """The rows between two logical lines: comments indented like the block to which they belong, blank rows as needed."""
    levels = _levels(above, items, below)
    apart = below is not None and below.starts and above is not None
    if above is None or (below is not None and below.level > above.level):
        items, levels = _without_leading(items, levels)
    if below is None and items and items[-1] is None:
        items = items[:-1]
    start = next((at for at, level in enumerate(levels) if level == 0), len(items))
    if start and items[start - 1] is None:
        start -= 1
    together = above is not None and below is not None and above.alone and below.alone and start == 0
    if apart and not together and None not in items[start:]:
        items = [*items[:start], None, *items[start:]]
        levels = [*levels[:start], -1, *levels[start:]]
    return [" " * TAB * level + item.text if item else "" for item, level in zip(items, levels, strict=False)]


def _without_leading(items: list[Remark | None], levels: list[int]) -> tuple[list[Remark | None], list[int]]:
    return (items[1:], levels[1:]) if items and items[0] is None else (items, levels)


def _levels(above: Sentence | None, items: Sequence[Remark | None], below: Sentence | None) -> list[int]:
    """How deep each comment is indented: like the line below, or like a block above that ends here (-1: blank row)."""
    shallow = below.level if below else 0
    columns = above.columns if above else (0,)
    deepest = max(shallow, len(columns) - 1)
    levels = []
    for item in items:
        if item is None:
            levels.append(-1)
            continue
        fitting = [
            level for level in range(shallow + 1, deepest + 1) if level < len(columns) and columns[level] <= item.column
        ]
        deepest = min(deepest, max(fitting, default=shallow))
        levels.append(deepest)
    return levels

"""A table as the typesetter takes it, page by page: every cell already in lines, every row's height known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.words import Language
from ejps_core.reports.filling import NO_SHAPE
from ejps_core.reports.fitting import Signs, lines, signs
from ejps_core.reports.table_text import TOTAL, cell_text, total_text
from ejps_core.reports.words_in_cells import breakable, together

POINTS = 72 / 2.54
"""Of a centimetre."""
LONG_SIDE, SHORT_SIDE, MARGIN = 29.7, 21.0, 1.4
"""Of an A4 page, in centimetres; the margin at the left and the right."""
SIZE, INSET = 8.0, 3.0
"""Points: of the letters where a paper says nothing, and from a cell's edge to its text."""
RISE, LEADING = 0.645, 0.45
"""Of a line, in parts of the letters' size: from its foot to its head, and from there to the line above."""
SIGNING = round(0.95 * POINTS, 3)
"""The least height of a row to be signed."""
ENDS_RIGHT = (Show.NUMBER, Show.MONEY, Show.PERCENT)
"""Columns whose texts end at the right (as the template has it)."""
SLACK = 0.997
"""How much of a column's room is used, for the typesetter reckons in fractions that are not ours."""


MOST_TAGGED, MOST_TAGGED_TOGETHER = 2_000, 10_000
"""Rows of a paper, and of all papers of a report: tags take a third more time and a good deal of memory."""


def tagged(rows: int, together: int | None = None) -> bool:
    """Whether the typesetter tags a paper of so many rows for screen readers; together: rows of all its report's papers.

    Rows that are put in after setting are tagged however many they are.
    """
    return rows <= MOST_TAGGED and (together or 0) <= MOST_TAGGED_TOGETHER


@dataclass(frozen=True, slots=True)
class Room:
    """A column's room in points, and the same in thousandths of the letters' size."""

    width: float
    size: float

    @property
    def units(self) -> int:
        """How wide a text may be."""
        return int((self.width - 2 * INSET) * SLACK / self.size * 1_000)


def is_sheet(paper: Paper) -> bool:
    """Whether the paper is one table that may go over many pages."""
    return paper.template == "daftar.typ" and len(paper.tables) == 1


def sheet(paper: Paper, language: Language) -> dict[str, Any]:
    """The paper's table with its lines and heights in points, and the texts that are wider than their column.

    signs: all signs of its rows, if these can be put in after setting; else none.
    """
    (table,) = paper.tables
    size = float(paper.facts.get("size", SIZE))
    rooms = [Room(width, size) for width in widths(table.columns, paper.facts)]
    wide: dict[str, None] = {}
    columns = [_column(table, at, room, language, wide) for at, room in enumerate(rooms)]
    titles = [lines(column.title.say(language), room.units, signs("bold")) for column, room in _with(table, rooms)]
    for title, room in zip(titles, rooms, strict=True):
        _overflow(title, room, signs("bold"), wide)
    total, span = _total(table, language)
    least = SIGNING if any(column.show is Show.SIGN for column in table.columns) else 0.0
    rows = list(zip(*(cells for cells, _ in columns), strict=True))
    used = set().union(*chain.from_iterable(rows)) - {"\n"} - set(map(chr, NO_SHAPE))
    fillable = len(table.columns) > 1 and used <= signs().keys()
    return {
        "widths": [round(room.width, 2) for room in rooms],
        "titles": ["\n".join(title) for title in titles],
        "head": tall(max(len(title) for title in titles), size),
        "line": tall(1, size),
        "shows": [column.show for column in table.columns],
        "rows": rows,
        "heights": [max(least, tall(max(row), size)) for row in zip(*(heights for _, heights in columns), strict=True)],
        "total": total,
        "span": span,
        "marked": bool(table.marked),
        "size": size,
        "inset": INSET,
        "rise": RISE,
        "leading": LEADING,
        "filled": fillable,
        "signs": _in_order(used) if fillable else "",
        "overflow": list(wide),
    }


def tall(lines_of_text: int, size: float) -> float:
    """The height in points of a row with so many lines."""
    return round((lines_of_text * (RISE + LEADING) - LEADING) * size + 2 * INSET, 3)


def _in_order(used: set[str]) -> str:
    """Each sign once; a space within, where it is not left out."""
    first, *others = sorted(used - {" "}) or ["0"]
    return "".join([first, " ", *others, "."])


def rows_apart(made: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """A sheet without its rows, and these as `filling.Rows` takes them; none where the typesetter sets them itself."""
    if not made["filled"]:
        return made, None
    rows = {each: made[each] for each in ("heights", "widths", "signs", "size", "inset", "rise", "leading")}
    shows = made["shows"]
    ends = {"right": [show in ENDS_RIGHT for show in shows], "middle": Show.SIGN in shows}
    return {**made, "rows": []}, {**rows, **ends, "cells": made["rows"]}


def _with(table: Table, rooms: list[Room]) -> zip[tuple[Column, Room]]:
    return zip(table.columns, rooms, strict=True)


def widths(columns: tuple[Column, ...], facts: Mapping[str, Any]) -> list[float]:
    """The columns' widths in points; those without one share what is left."""
    page = (LONG_SIDE if facts.get("landscape") else SHORT_SIDE) - 2 * MARGIN
    free = sum(1 for column in columns if not column.width)
    rest = (page - sum(column.width for column in columns)) / free if free else 0.0
    return [(column.width or rest) * POINTS for column in columns]


def _column(table: Table, at: int, room: Room, language: Language, wide: dict[str, None]) -> tuple[list[str], list[int]]:
    """The cells of a column, and how many lines each has."""
    font, units = signs(), room.units
    texts = [cell_text(table, row, at, language) for row in range(len(table.rows))]
    if table.columns[at].show is Show.TEXT:
        texts = [breakable(together(text)) for text in texts]
    # A figure is not broken; the longest one tells whether all of them fit.
    if table.columns[at].show is not Show.TEXT and font.of(max(texts, key=len, default="")) <= units:
        return texts, [1] * len(texts)
    cells, heights = [], []
    for text in texts:
        broken = lines(text, units, font)
        if len(broken) > 1 or font.of(broken[0]) > units:
            _overflow(broken, room, font, wide)
        cells.append("\n".join(broken))
        heights.append(len(broken))
    return cells, heights


def _overflow(texts: list[str], room: Room, font: Signs, wide: dict[str, None]) -> None:
    """Notes what is wider than its column even so."""
    for text in texts:
        if font.of(text) > room.units:
            wide[text] = None


def _total(table: Table, language: Language) -> tuple[list[str] | None, int]:
    """The last row that sums up, and over how many columns its first cell goes."""
    if table.total is None:
        return None, 1
    places = range(len(table.columns))
    total = [total_text(table, place, language) for place in places]
    total[0] = total[0] or TOTAL.say(language)
    return total, next((place for place in places if place and total[place]), 1)

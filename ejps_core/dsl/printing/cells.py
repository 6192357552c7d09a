"""Tables: rows of cells between bars, every column as wide as its widest cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from ejps_core.dsl.printing.folding import Part, joined
from ejps_core.dsl.printing.remarks import TAB

BAR = "|"


def is_row(parts: Sequence[Part]) -> bool:
    """Whether a logical line is a row of a table."""
    return parts[0].text == BAR


def aligned(rows: Sequence[Sequence[Part]], level: int) -> list[list[str]]:
    """The rows of a table, each with its comments."""
    cells = [_cells(row) for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*cells, fillvalue="")]
    return [list(_written(row, texts, widths, " " * TAB * level)) for row, texts in zip(rows, cells, strict=True)]


def _cells(row: Sequence[Part]) -> list[str]:
    """The texts between the bars, and what follows the last one."""
    found: list[list[Part]] = []
    for part in row:
        if part.text == BAR:
            found.append([])
        else:
            found[-1].append(part)
    return [joined(cell) for cell in found]


def _written(row: Sequence[Part], texts: Sequence[str], widths: Sequence[int], indent: str) -> Iterable[str]:
    yield from (indent + comment for part in row for comment in part.above)
    padded = [text.ljust(width) for text, width in zip(texts, widths, strict=False)]
    padded[-1] = texts[-1]
    comments = " ".join(part.beside for part in row if part.beside)
    line = f"{BAR} " + f" {BAR} ".join(padded)
    yield (indent + line.rstrip() + ("  " + comments if comments else "")).rstrip()

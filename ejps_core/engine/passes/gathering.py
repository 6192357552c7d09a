"""Members in no order: each adds its counters to those of its family where it stands, nothing is brought into order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ejps_core.engine.passes.counters import Word, packed
from ejps_core.engine.passes.finite import ELEMENTWISE
from ejps_core.engine.passes.jobs import Step, Work, ordered, run
from ejps_core.engine.plan import Node, Op, Rows
from ejps_core.engine.source import Array, Block, Source

if TYPE_CHECKING:
    from ejps_core.engine.passes.tables import Table

CHUNK = 262_144
"""Members at a time."""
BY_ROW = ELEMENTWISE | {Op.CONST, Op.COLUMN, Op.KNOWN, Op.LOOKUP, Op.SHIFT, Op.AGE}


def of_members_alone(nodes: Sequence[Node], number: int) -> bool:
    """Whether a value of a member rests on that member's facts alone, and on nothing of its family."""
    node = nodes[number]
    return node.rows is not Rows.FAMILY and node.op in BY_ROW and all(of_members_alone(nodes, arg) for arg in node.args)


def gathered(table: Table, words: Sequence[Word]) -> dict[int, Step]:
    """A step for each word: its families' part of what all members of the list have added up to."""
    added = [packed(word) for word in words]

    def totals(source: Source) -> tuple[Array, ...]:
        return source.once(table, lambda: _totals(table, added, source))

    def word(place: int) -> Work:
        return lambda block, args: totals(block.source)[place][block.families]

    return {table.first + 1 + place: Step((), word(place)) for place in range(len(words))}


def _totals(table: Table, added: Sequence[Array], source: Source) -> tuple[Array, ...]:
    """For each word what the members of each family add up to."""
    assert source.owners is not None
    jobs = ordered(table.nodes, table.yes_nos, {})
    totals = tuple(np.zeros(source.families, np.int64) for _ in added)
    for low in range(0, len(source.owners), CHUNK):
        owners = source.owners[low : low + CHUNK].astype(np.intp, copy=False)
        chunk = Block(source, slice(0, 0), slice(low, low + len(owners)), np.array([0, len(owners)]), {})
        found = run(jobs, table.nodes, table.yes_nos, chunk)
        numbers = table.number(chunk, [found[node] for node in table.yes_nos])
        for total, each in zip(totals, added, strict=True):
            np.add.at(total, owners, each.take(numbers, mode="clip"))
    return totals

"""Which values of members can take few different values: those made of texts' codes and yes/nos alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ejps_core.engine.plan import Node, Op, Rows
from ejps_core.engine.source import Source

ELEMENTWISE = frozenset(
    (Op.NOT, Op.AND, Op.OR, Op.COUNT, Op.MASK, Op.BELOW, Op.AT_MOST, Op.EQUAL, Op.ADD, Op.SUBTRACT, Op.MULTIPLY)
) | {Op.DIVIDE, Op.SELECT}
"""Operators whose value in a row rests on the arguments in that row alone."""
YES_NO = frozenset((Op.KNOWN, Op.NOT, Op.AND, Op.OR, Op.BELOW, Op.AT_MOST, Op.EQUAL, Op.ANY))
MOST = 4096
"""Combinations that a table may have: it stays in the nearest cache."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a table is looked up by: the code of a text fact (name), or a yes/no (node). size: its different values."""

    name: str | None
    node: int
    size: int


Leaves = frozenset[Leaf]


class Finite:
    """For each member node the leaves it is made of; None: too many values, or no end of them."""

    def __init__(self, nodes: Sequence[Node], source: Source) -> None:
        self.nodes, self.source = nodes, source
        self._leaves: dict[int, Leaves | None] = {}

    def leaves(self, number: int) -> Leaves | None:
        """The leaves of a node."""
        if number not in self._leaves:
            for each in self._below(number):
                self._leaves[each] = self._found(each)
        return self._leaves[number]

    def _below(self, number: int) -> list[int]:
        """The node and what it rests on that isn't known yet, smallest numbers first."""
        seen, stack = {number}, [number]
        while stack:
            node = self.nodes[stack.pop()]
            fresh = [n for n in node.args if node.op in ELEMENTWISE and n not in seen and n not in self._leaves]
            seen.update(fresh)
            stack += fresh
        return sorted(seen)

    def yes_no(self, number: int) -> bool:
        """Whether a node's values are yes/nos."""
        node = self.nodes[number]
        if node.op is Op.SPREAD:
            return self.yes_no(node.args[0])
        if node.op is Op.COLUMN:
            column = self.source.column(node.rows, str(node.data))
            return column is not None and column.values.dtype == np.bool_
        return node.op in YES_NO

    def _found(self, number: int) -> Leaves | None:
        node = self.nodes[number]
        if node.op is Op.CONST:
            return frozenset()
        if node.op in (Op.LOOKUP, Op.KNOWN):
            assert isinstance(node.data, str | tuple)
            name = node.data if isinstance(node.data, str) else str(node.data[0])
            column = self.source.column(node.rows, name) if node.rows is Rows.MEMBER else None
            if column is not None and column.entries is not None:
                size = len(column.entries) + 1
                return frozenset((Leaf(name, -1, size),)) if size <= MOST else self._cut(number)
        elif node.op in ELEMENTWISE:
            parts = [self._leaves[arg] for arg in node.args]
            joined: Leaves = frozenset().union(*(part for part in parts if part is not None))
            if None not in parts and combinations(joined) <= MOST:
                return joined
        return self._cut(number)

    def _cut(self, number: int) -> Leaves | None:
        """A yes/no worked out as it is, and looked up by its value."""
        return frozenset((Leaf(None, number, 2),)) if self.yes_no(number) else None


def combinations(leaves: Leaves) -> int:
    """How many combinations of values the leaves have."""
    count = 1
    for leaf in leaves:
        count *= leaf.size
    return count

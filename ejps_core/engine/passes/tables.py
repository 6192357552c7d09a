"""Members by tables: what is summed over a family's members is looked up by one small number a member.

The school level, three yes/nos and an age limit of a member make one of a few dozen combinations. The plan's own operators
are run once over all combinations; then each member costs a look-up, and all sums, counts and "any" of a list together one
running sum of numbers in which every counter has bits of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ejps_core.engine.kernels import KERNELS, constant, needed, summed
from ejps_core.engine.passes.counters import Counters, Word, packed, unpacked
from ejps_core.engine.passes.finite import MOST, Finite, Leaf, Leaves, combinations
from ejps_core.engine.passes.gathering import gathered, of_members_alone
from ejps_core.engine.passes.jobs import Step, Work
from ejps_core.engine.plan import Lookup, Node, Op, Rows
from ejps_core.engine.source import Array, Block, Source

REDUCED = frozenset((Op.ANY, Op.SUM, Op.TOP))


@dataclass(slots=True)
class Group:
    """Reductions that share a table; its leaves."""

    reductions: list[int]
    leaves: Leaves


def tabled(nodes: Sequence[Node], outputs: Sequence[int], source: Source, loose: bool = False) -> dict[int, Step]:
    """Steps for reductions over members that a table can answer, and for the tables they share.

    loose: members stand in no order, and the blocks will be the whole list: each adds to its family where it stands.
    """
    steps: dict[int, Step] = {}
    finite = Finite(nodes, source)
    for group in _groups(nodes, needed(nodes, outputs), finite):
        table = Table(nodes, group, source, len(nodes) + len(steps))
        alone = loose and all(of_members_alone(nodes, leaf.node) for leaf in table.leaves if leaf.name is None)
        steps |= table.steps(gathered if alone else summed_up)
    return steps


def _groups(nodes: Sequence[Node], work: Sequence[int], finite: Finite) -> Iterator[Group]:
    """Reductions that wait for no other of the group, as many together as one table can hold."""
    stages: dict[int, int] = {}
    by_stage: dict[int, list[Group]] = {}
    for number in work:
        node = nodes[number]
        stage = max((stages[arg] for arg in node.args), default=0)
        leaves = finite.leaves(node.args[0]) if node.op in REDUCED else None
        stages[number] = stage + (leaves is not None)
        if leaves is None:
            continue
        groups = by_stage.setdefault(stage, [])
        found = next((group for group in groups if combinations(group.leaves | leaves) <= MOST), None)
        if found is None:
            groups.append(Group([number], leaves))
        else:
            found.reductions.append(number)
            found.leaves |= leaves
    for groups in by_stage.values():
        yield from groups


class Table:
    """One group's table. `first`: the number of its first own step."""

    def __init__(self, nodes: Sequence[Node], group: Group, source: Source, first: int) -> None:
        self.nodes, self.group, self.most, self.first = nodes, group, source.most, first
        self.leaves = sorted(group.leaves, key=lambda leaf: (leaf.name or "", leaf.node))
        self.count = combinations(group.leaves)
        self.values = self._worked_out(source)

    def _digits(self) -> Iterator[tuple[Leaf, int]]:
        """Each leaf with the weight of its value in a member's number."""
        weight = 1
        for leaf in self.leaves:
            yield leaf, weight
            weight *= leaf.size

    def _worked_out(self, source: Source) -> dict[int, Array]:
        """What is reduced, for each combination: by the plan's operators, as if each were a member."""
        numbers = np.arange(self.count)
        codes = {leaf: numbers // weight % leaf.size for leaf, weight in self._digits()}
        given = {leaf.node: code == 1 for leaf, code in codes.items() if leaf.name is None}
        texts = {leaf.name: code for leaf, code in codes.items() if leaf.name is not None}
        block = Block(source, slice(0, 0), slice(0, 0), np.array([0, self.count]), {})
        values: dict[int, Array] = {}
        for number in self._inside(given):
            node = self.nodes[number]
            if number in given:
                values[number] = given[number]
            elif node.op is Op.CONST:
                values[number] = constant(node)
            elif node.op is Op.KNOWN:
                column = source.column(Rows.MEMBER, str(node.data))
                assert column is not None and column.entries is not None
                values[number] = texts[str(node.data)] < len(column.entries)
            elif node.op is Op.LOOKUP:
                assert isinstance(node.data, tuple) and isinstance(node.data[1], Lookup)
                values[number] = source.table(Rows.MEMBER, *node.data)[texts[node.data[0]]]
            else:
                values[number] = KERNELS[node.op](block, node, [values[arg] for arg in node.args])
        wanted = {self.nodes[n].args[0] for n in self.group.reductions}
        return {n: np.broadcast_to(values[n], (self.count,)) for n in wanted}

    def _inside(self, given: dict[int, Array]) -> list[int]:
        """The nodes between the leaves and what is reduced, arguments first."""
        seen: set[int] = set()
        stack = [self.nodes[n].args[0] for n in self.group.reductions]
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                stack += [] if number in given else self.nodes[number].args
        return sorted(seen)

    @property
    def yes_nos(self) -> tuple[int, ...]:
        """The nodes whose yes/nos are digits of a member's number, in order."""
        return tuple(leaf.node for leaf in self.leaves if leaf.name is None)

    def steps(self, words: Callable[[Table, Sequence[Word]], dict[int, Step]]) -> dict[int, Step]:
        """A step for each word of counters, found as `words` says, and one for each reduction."""
        counters = Counters(self.most)
        found = {n: counters.of(self.nodes[n], self.values[self.nodes[n].args[0]]) for n in self.group.reductions}
        steps = words(self, counters.words)
        for number, parts in found.items():
            if parts is not None:
                given = tuple(dict.fromkeys(self.first + 1 + part.word for part in parts))
                steps[number] = Step(given, unpacked(self.nodes[number], parts))
        return steps

    def number(self, block: Block, args: Sequence[Array]) -> Array:
        """Each member's combination."""
        kind = np.uint8 if self.count <= 256 else np.uint16
        total: Array = np.zeros(block.people, kind)
        given = iter(args)
        for leaf, weight in self._digits():
            if leaf.size == 1:
                continue  # a text that no row has
            if leaf.name is None:
                digit: Array = np.broadcast_to(next(given), (block.people,)).view(np.uint8)
            else:
                digit = block.values(Rows.MEMBER, leaf.name)
            part = np.multiply(digit, kind(weight), dtype=kind, casting="unsafe") if weight > 1 else digit
            np.add(total, part, out=total, casting="unsafe")
        return total


def summed_up(table: Table, words: Sequence[Word]) -> dict[int, Step]:
    """A step for the members' numbers, and one for each word: looked up by number, and summed over each family."""
    steps = {table.first: Step(table.yes_nos, table.number)}
    for place, word in enumerate(words):
        steps[table.first + 1 + place] = Step((table.first,), _looked_up(word))
    return steps


def _looked_up(word: Word) -> Work:
    table = packed(word)
    return lambda block, args: summed(block, table.take(args[0], mode="clip"))

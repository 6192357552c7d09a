"""The plan over plain numbers: one family at a time, without the cost of an array for each node.

The operators mean what kernels.py says; a test holds the two together node by node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add, eq, le, lt, mul, not_, sub
from typing import Any, cast

import numpy as np

from ejps_core.engine.kernels import KERNELS
from ejps_core.engine.plan import Lookup, Node, Op, Rows
from ejps_core.engine.source import Block
from ejps_core.model.calendar import age, shifted
from ejps_core.model.candidates import Family, Value
from ejps_core.model.kinds import Unit
from ejps_core.model.ruleset import LeapRule

Values = list[Any]
"""By node: a number or yes/no; of members a list of them."""
Step = Callable[[Values, "People"], Any]
FIRST, LAST = -719_162 + 366, 2_932_896 - 366
"""Days on which Python's dates can be shifted by months and years of this size; the others go to the kernels."""


@dataclass(frozen=True, slots=True)
class People:
    """A family's cells, and its members one by one."""

    values: Mapping[str, Value]
    members: Sequence[Mapping[str, Value]]


class Scalar:
    """A plan made ready for one family after the other."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.blank: Values = [None] * len(nodes)
        self.steps: list[tuple[int, Step]] = []
        for number, node in enumerate(nodes):
            if node.op is Op.CONST:
                self.blank[number] = cast(tuple[type, int], node.data)[1]
            else:
                self.steps.append((number, _step(node, nodes)))

    def values(self, family: Family) -> Values:
        """The value of every node for a family."""
        found, people = self.blank.copy(), People(family.values, family.members)
        for number, step in self.steps:
            found[number] = step(found, people)
        return found


def _step(node: Node, nodes: Sequence[Node]) -> Step:
    if node.op in READS:
        return READS[node.op](node)
    if node.op in OVER_MEMBERS:
        return OVER_MEMBERS[node.op](node)
    work, args = PLAIN[node.op](node), node.args
    if node.rows is not Rows.MEMBER:
        if len(args) == 1:
            (only,) = args
            return lambda values, people: work(values[only])
        if len(args) == 2:
            first, second = args
            return lambda values, people: work(values[first], values[second])
        return lambda values, people: work(*[values[arg] for arg in args])
    columns = [(arg, nodes[arg].rows is Rows.MEMBER) for arg in args]

    def each(values: Values, people: People) -> list[Any]:
        given = [values[arg] if many else repeat(values[arg], len(people.members)) for arg, many in columns]
        return list(map(work, *given))

    return each


# ---- facts


def _fact(node: Node, read: Callable[[Value], Any], name: str) -> Step:
    if node.rows is Rows.MEMBER:
        return lambda values, people: [read(member.get(name)) for member in people.members]
    return lambda values, people: read(people.values.get(name))


def _column(node: Node) -> Step:
    return _fact(node, lambda value: 0 if value is None else value, str(node.data))


def _known(node: Node) -> Step:
    return _fact(node, lambda value: value is not None, str(node.data))


def _lookup(node: Node) -> Step:
    name, lookup = cast(tuple[str, Lookup], node.data)
    function = lookup.function
    return _fact(node, lambda value: function(cast(str | None, value)), name)


def _order(node: Node) -> Step:
    name = str(node.data)

    def places(codes: Sequence[Value]) -> list[int]:
        order = {code: place for place, code in enumerate(sorted({str(code) for code in codes if code is not None}))}
        return [0 if code is None else order[str(code)] for code in codes]

    if node.rows is Rows.MEMBER:
        return lambda values, people: places([member.get(name) for member in people.members])
    return lambda values, people: 0


READS: dict[Op, Callable[[Node], Step]] = {
    Op.COLUMN: _column,
    Op.KNOWN: _known,
    Op.LOOKUP: _lookup,
    Op.ORDER: _order,
    Op.SIZE: lambda node: lambda values, people: len(people.members),
}

# ---- row by row


def _divide(top: int, bottom: int) -> int:
    return top // bottom if bottom > 0 else 0


def _bits(*items: bool) -> int:
    return sum(1 << place for place, item in enumerate(items) if item)


def _by_kernel(node: Node) -> Callable[..., int]:
    kernel = KERNELS[node.op]
    block = cast(Block, None)  # these two look at their arguments alone
    return lambda *args: int(kernel(block, node, [np.asarray([arg]) for arg in args])[0])


def _shift(node: Node) -> Callable[[int], int]:
    amount, unit = cast(tuple[int, str], node.data)
    kind, far = Unit(unit), _by_kernel(node)
    most = 400 * abs(amount)
    return lambda day: shifted(day, amount, kind) if FIRST + most < day < LAST - most else far(day)


def _age(node: Node) -> Callable[[int, int], int]:
    rule, far = LeapRule(str(node.data)), _by_kernel(node)
    return lambda birth, on: age(birth, on, rule) if FIRST < birth < LAST and FIRST < on < LAST else far(birth, on)


PLAIN: dict[Op, Callable[[Node], Callable[..., Any]]] = {
    Op.NOT: lambda node: not_,
    Op.AND: lambda node: lambda *items: all(items),
    Op.OR: lambda node: lambda *items: any(items),
    Op.COUNT: lambda node: lambda *items: sum(items),
    Op.MASK: lambda node: _bits,
    Op.BELOW: lambda node: lt,
    Op.AT_MOST: lambda node: le,
    Op.EQUAL: lambda node: eq,
    Op.ADD: lambda node: add,
    Op.SUBTRACT: lambda node: sub,
    Op.MULTIPLY: lambda node: mul,
    Op.DIVIDE: lambda node: _divide,
    Op.SELECT: lambda node: lambda condition, yes, no: yes if condition else no,
    Op.SHIFT: _shift,
    Op.AGE: _age,
}

# ---- over members


def _all_of(value: object, people: People) -> list[Any]:
    """An argument with an entry for each member."""
    return value if isinstance(value, list) else [value] * len(people.members)


def _reduced(reduce: Callable[[list[Any]], Any]) -> Callable[[Node], Step]:
    def of(node: Node) -> Step:
        (arg,) = node.args
        return lambda values, people: reduce(_all_of(values[arg], people))

    return of


def _extreme(reduce: Callable[..., Any]) -> Callable[[Node], Step]:
    return lambda node: _reduced(lambda items: reduce(items, default=node.data))(node)


def _top(node: Node) -> Step:
    count = cast(tuple[int, object], node.data)[0]
    return _reduced(lambda items: sum(sorted(items, reverse=True)[:count]))(node)


def _capped(node: Node) -> Step:
    def work(values: Values, people: People) -> list[int]:
        worths, kinds, caps = (_all_of(values[arg], people) for arg in node.args)
        found = list(worths)
        met: dict[int, int] = {}
        for place in sorted(range(len(worths)), key=lambda i: -worths[i]):
            kind = kinds[place]
            before = met.get(kind, 0)
            met[kind] = before + 1
            if kind >= 0 and before >= caps[place]:
                found[place] = 0
        return found

    return work


OVER_MEMBERS: dict[Op, Callable[[Node], Step]] = {
    Op.SPREAD: lambda node: lambda values, people: [values[node.args[0]]] * len(people.members),
    Op.ANY: _reduced(any),
    Op.SUM: _reduced(sum),
    Op.LEAST: _extreme(min),
    Op.MOST: _extreme(max),
    Op.CAPPED: _capped,
    Op.TOP: _top,
}

"""Conditions that the declared bounds and answers settle: always yes, or always no, whatever a list says.

A condition is cut into atoms: what stands between `and`, `or`, `not` and comparisons with constants. Every combination
of answers is tried, on every date on which a parameter changes. Atoms count as independent of each other, so a settled
condition is really settled; some that are settled are not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.expr import (
    And,
    AtLeast,
    Between,
    Case,
    Compare,
    DefinitionRef,
    Expr,
    Literal,
    Not,
    OneOf,
    Or,
    ParameterRef,
)
from ejps_core.model.kinds import Comparison
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.types import Choice, Date, Number, Quotient, Type, YesNo
from ejps_core.model.walk import sense

MOST_COMBINATIONS = 4096
JUST = Fraction(1, 10**9)
"""How far from a constant a quotient is tried."""

Value = bool | str | Fraction
Key = object


class _Beyond(Exception):  # noqa: N818 - no error: such a condition is left alone
    """More than can be tried, or a value that nobody knows."""


def _number(value: Value) -> Fraction:
    """What stands in an order: the checker lets only numbers and dates be compared so."""
    assert isinstance(value, Fraction)
    return value


def settled(ruleset: Ruleset, condition: Expr) -> bool | None:
    """The answer that a yes/no condition always has; None: it has both, or that can't be told."""
    answers = set()
    try:
        for as_of in _dates(ruleset):
            answers |= _answers(_Scene(ruleset, as_of), condition)
            if len(answers) > 1:
                return None
    except _Beyond:
        return None
    return answers.pop() if len(answers) == 1 else None


def _dates(ruleset: Ruleset) -> Iterator[AsOf]:
    """Each day on which a value changes, with all that was ever published."""
    days = {ruleset.first, *(row.since for parameter in ruleset.parameters for row in parameter.rows)}
    known = max([ruleset.last, *(row.published for parameter in ruleset.parameters for row in parameter.rows)])
    for day in sorted(days):
        if ruleset.first <= day <= ruleset.last:
            yield AsOf(day, known)


def _answers(scene: _Scene, condition: Expr) -> set[bool]:
    atoms: dict[Key, tuple[Type, set[Fraction]]] = {}
    scene.collect(condition, atoms)
    domains = [_domain(kind, cuts) for kind, cuts in atoms.values()]
    size = 1
    for domain in domains:
        size *= len(domain)
    if size > MOST_COMBINATIONS:
        raise _Beyond
    return {bool(scene.value(condition, dict(zip(atoms, values, strict=True)))) for values in product(*domains)}


class _Scene:
    """A rule set on a date."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf) -> None:
        self.ruleset, self.as_of = ruleset, as_of

    def collect(self, node: Expr, atoms: dict[Key, tuple[Type, set[Fraction]]], cuts: tuple[Fraction, ...] = ()) -> None:
        """The atoms of an expression, each with the constants that it is compared with."""
        node = self._open(node)
        if isinstance(node, Literal | ParameterRef):
            return
        if isinstance(node, Compare | Between) and (against := self._against(node)):
            item, constants = against
            self.collect(item, atoms, (*cuts, *constants))
            return
        inner = _inner(node)
        if inner is not None:
            for part in inner:
                self.collect(part, atoms, cuts)
            return
        if not isinstance(node.type, YesNo | Number | Date | Choice | Quotient):
            raise _Beyond
        atoms.setdefault(sense(node), (node.type, set()))[1].update(cuts)

    def value(self, node: Expr, values: Mapping[Key, Value]) -> Value:
        """What it comes out as, given the atoms."""
        node = self._open(node)
        match node:
            case Literal() | ParameterRef():
                return self._constant(node)
            case Not():
                return not self.value(node.item, values)
            case And():
                return all(self.value(item, values) for item in node.items)
            case Or():
                return any(self.value(item, values) for item in node.items)
            case AtLeast():
                return sum(bool(self.value(item, values)) for item in node.items) >= node.count
            case OneOf():
                return self.value(node.item, values) in node.labels
            case Case():
                fits = (value for guard, value in node.branches if self.value(guard, values))
                return self.value(next(fits, node.otherwise), values)
            case Between() | Compare() if self._against(node):
                return self._compared(node, values)
        return values[sense(node)]

    def _compared(self, node: Between | Compare, values: Mapping[Key, Value]) -> bool:
        if isinstance(node, Between):
            low, item, high = (_number(self.value(each, values)) for each in (node.low, node.item, node.high))
            return low <= item <= high
        left, right = self.value(node.left, values), self.value(node.right, values)
        match node.how:
            case Comparison.EQUAL:
                return left == right
            case Comparison.UNEQUAL:
                return left != right
            case Comparison.BELOW:
                return _number(left) < _number(right)
            case Comparison.AT_MOST:
                return _number(left) <= _number(right)
            case Comparison.ABOVE:
                return _number(left) > _number(right)
        return _number(left) >= _number(right)

    def _open(self, node: Expr) -> Expr:
        """What a definition stands for."""
        while isinstance(node, DefinitionRef):
            node = self.ruleset.definition(node.name).value
        return node

    def _against(self, node: Compare | Between) -> tuple[Expr, tuple[Fraction, ...]] | None:
        """What is compared with constants, and with which."""
        sides = (node.left, node.right) if isinstance(node, Compare) else (node.low, node.item, node.high)
        constants = [side for side in sides if isinstance(side, Literal | ParameterRef)]
        items = [side for side in sides if not isinstance(side, Literal | ParameterRef)]
        if len(items) != 1:
            return None
        found = [self._constant(each) for each in constants]
        return items[0], tuple(each for each in found if isinstance(each, Fraction))

    def _constant(self, node: Literal | ParameterRef) -> Value:
        if isinstance(node, Literal):
            value = node.value
        else:
            row = row_at(self.ruleset.parameter(node.name), self.as_of)
            if row is None:
                raise _Beyond
            value = row.value
        if isinstance(value, bool | str):
            return value
        return Fraction(value, 10 ** (node.type.scale if isinstance(node.type, Number) else 0))


def _inner(node: Expr) -> tuple[Expr, ...] | None:
    """What an expression that is no atom is made of."""
    match node:
        case Not():
            return (node.item,)
        case And() | Or() | AtLeast():
            return node.items
        case OneOf():
            return (node.item,)
        case Case():
            return (*(each for branch in node.branches for each in branch), node.otherwise)
    return None


def _domain(kind: Type, cuts: set[Fraction]) -> tuple[Value, ...]:
    """One value of each piece into which the constants cut what the type allows."""
    match kind:
        case YesNo():
            return (True, False)
        case Choice():
            return kind.names
        case Number() | Date():
            unit = 10 ** (kind.scale if isinstance(kind, Number) else 0)
            near = {int(cut * unit // 1) + step for cut in cuts for step in (-1, 0, 1)}
            inside = sorted({kind.low, kind.high, *(each for each in near if kind.low <= each <= kind.high)})
            return tuple(Fraction(each, unit) for each in inside)
    return tuple(sorted({cut + step for cut in cuts or {Fraction(0)} for step in (-JUST, 0, JUST)}))

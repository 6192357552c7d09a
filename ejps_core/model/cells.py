"""The cells into which a fact's tests cut its values: trying one value of each cell tries them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ejps_core.model.expr import Between, Compare, Expr, FieldRef, OneOf
from ejps_core.model.kinds import Comparison
from ejps_core.model.ruleset import Thresholds
from ejps_core.model.types import Choice, Date, Number, Type, YesNo

MOST_CELLS = 64
"""More combinations than this are not tried; the facts still needed are then 'at most these'."""

Value = bool | int | str
Constant = Callable[[Expr], Value]


def cells(thresholds: Thresholds, kind: Type, constant: Constant) -> tuple[Value, ...]:
    """One value of each cell: both answers of a yes/no, one label of each group of labels that no test tells apart,
    the lowest number of each interval. `constant` gives a literal's or parameter's value in its own scale."""
    if isinstance(kind, YesNo):
        return (True, False)
    if isinstance(kind, Choice):
        tests = [frozenset(test.labels) for test in thresholds.tests if isinstance(test, OneOf)]
        groups: dict[tuple[bool, ...], str] = {}
        for name in kind.names:
            groups.setdefault(tuple(name in labels for labels in tests), name)
        return tuple(groups.values())
    scale = kind.scale if isinstance(kind, Number) else 0
    floor = 0 if isinstance(kind, Number) and kind.low >= 0 else None
    cuts = sorted({cut for test in thresholds.tests for cut in _cuts(test, scale, constant)})
    inner = [cut for cut in cuts if floor is None or cut > floor]
    start = floor if floor is not None else (inner[0] - 1 if inner else _any(kind))
    return (start, *inner)


def _any(kind: Type) -> int:
    return kind.low if isinstance(kind, Number | Date) else 0


def _cuts(test: Expr, scale: int, constant: Constant) -> Iterator[int]:
    """Where new intervals begin, in the fact's own scale."""
    if isinstance(test, Between):
        yield _at_or_above(test.low, scale, constant)
        yield _above(test.high, scale, constant)
    if isinstance(test, Compare):
        fact_left = isinstance(test.left, FieldRef)
        other = test.right if fact_left else test.left
        if test.how in (Comparison.EQUAL, Comparison.UNEQUAL):
            yield _at_or_above(other, scale, constant)
            yield _above(other, scale, constant)
        elif (test.how in (Comparison.BELOW, Comparison.AT_LEAST)) == fact_left:
            yield _at_or_above(other, scale, constant)
        else:
            yield _above(other, scale, constant)


def _scaled(other: Expr, scale: int, constant: Constant) -> tuple[int, int]:
    """The constant as quotient and remainder in the fact's scale."""
    value = int(constant(other))
    own = other.type.scale if isinstance(other.type, Number) else 0
    power: int = 10 ** abs(scale - own)
    return (value * power, 0) if scale >= own else divmod(value, power)


def _at_or_above(other: Expr, scale: int, constant: Constant) -> int:
    whole, rest = _scaled(other, scale, constant)
    return whole + (rest > 0)


def _above(other: Expr, scale: int, constant: Constant) -> int:
    return _scaled(other, scale, constant)[0] + 1

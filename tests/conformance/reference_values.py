"""Values of the reference: everything a fact or an expression may still turn out to be. Plain and exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ejps_core.model.types import Choice, Date, Number, Quotient, Type, YesNo

Extended = tuple[int, Fraction]
"""A number or an infinity, in their natural order: (-1, 0) is -∞, (0, x) is x, (1, 0) is ∞."""

ZERO: Extended = (0, Fraction(0))


@dataclass(frozen=True, slots=True)
class Truth:
    """no..no is no, yes..yes is yes, no..yes is unknown."""

    low: bool
    high: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers (a scale of 2 is already divided by 100) or days; None: that end has no limit."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels that a choice may still be."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A region or a code; None: unknown."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Ratio:
    """An exact quotient top / bottom; undefined where bottom may be zero."""

    top: Range
    bottom: Range


Value = Truth | Range | Labels | Name | Ratio

NO, YES, UNKNOWN = Truth(False, False), Truth(True, True), Truth(False, True)
ANYTHING, NOT_NEGATIVE = Range(None, None), Range(Fraction(0), None)
ONE = Range(Fraction(1), Fraction(1))
UNDEFINED = Ratio(ANYTHING, NOT_NEGATIVE)


def exactly(number: int | Fraction) -> Range:
    """A known number."""
    return Range(Fraction(number), Fraction(number))


def unknown_of(kind: Type) -> Value:
    """What an unknown value of a type may be; declared bounds don't count, but for not being negative."""
    match kind:
        case YesNo():
            return UNKNOWN
        case Number():
            return NOT_NEGATIVE if kind.low >= 0 else ANYTHING
        case Date():
            return ANYTHING
        case Choice():
            return Labels(frozenset(kind.names))
        case Quotient():
            return UNDEFINED
    return Name(None)


def known_as(plain: bool | int | str, kind: Type) -> Value:
    """A plain fact or constant of a type as a value."""
    match kind:
        case YesNo():
            return YES if plain else NO
        case Number():
            return exactly(Fraction(int(plain), 10**kind.scale))
        case Date():
            return exactly(int(plain))
        case Choice():
            return Labels(frozenset({str(plain)}))
    return Name(str(plain))


def is_known(value: Value) -> bool:
    """Whether only one thing is left that it may be."""
    match value:
        case Truth():
            return value.low == value.high
        case Range():
            return value.low is not None and value.low == value.high
        case Labels():
            return len(value.names) == 1
        case Name():
            return value.text is not None
        case Ratio():
            return is_known(settled(value))


def floor(value: Range) -> Extended:
    """The lower end."""
    return (-1, Fraction(0)) if value.low is None else (0, value.low)


def ceiling(value: Range) -> Extended:
    """The upper end."""
    return (1, Fraction(0)) if value.high is None else (0, value.high)


def between(low: Extended, high: Extended) -> Range:
    """The range with these ends."""
    return Range(low[1] if low[0] == 0 else None, high[1] if high[0] == 0 else None)


def join(first: Value, second: Value) -> Value:
    """Everything that either may be."""
    match first, second:
        case Truth(), Truth():
            return Truth(first.low and second.low, first.high or second.high)
        case Range(), Range():
            return between(min(floor(first), floor(second)), max(ceiling(first), ceiling(second)))
        case Labels(), Labels():
            return Labels(first.names | second.names)
        case Name(), Name():
            return first if first == second else Name(None)
    return _join_ratios(as_ratio(first), as_ratio(second))


def _join_ratios(first: Ratio, second: Ratio) -> Ratio:
    if first == second:
        return first
    if not is_defined(first) or not is_defined(second):
        return UNDEFINED
    both = join(settled(first), settled(second))
    assert isinstance(both, Range)
    return Ratio(both, ONE)


def join_all(values: list[Value]) -> Value:
    """Everything that any of them may be."""
    return reduce(join, values)


# ---- quotients


def as_ratio(value: Value) -> Ratio:
    """A number as a quotient by one."""
    if isinstance(value, Ratio):
        return value
    assert isinstance(value, Range)
    return Ratio(value, ONE)


def is_defined(ratio: Ratio) -> bool:
    """Whether the divisor is surely above zero."""
    return floor(ratio.bottom) > ZERO


def settled(ratio: Ratio) -> Range:
    """Every number that the quotient may be; anything where the divisor may be zero."""
    if not is_defined(ratio):
        return ANYTHING
    low, high, bottom = ratio.top.low, ratio.top.high, ratio.bottom
    return Range(
        None if low is None else _over(low, bottom.high if low >= 0 else bottom.low),
        None if high is None else _over(high, bottom.low if high >= 0 else bottom.high),
    )


def _over(top: Fraction, bottom: Fraction | None) -> Fraction:
    return Fraction(0) if bottom is None else top / bottom


def number_range(value: Value) -> Range:
    """A number, or a quotient as the numbers that it may be."""
    if isinstance(value, Ratio):
        return settled(value)
    assert isinstance(value, Range)
    return value

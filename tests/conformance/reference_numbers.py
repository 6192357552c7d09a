"""Arithmetic and tests of the reference, on the ends of what values may be."""

from __future__ import annotations

from fractions import Fraction

from ejps_core.model.kinds import Comparison, Rounding
from tests.conformance.reference_values import (
    NO,
    UNKNOWN,
    YES,
    ZERO,
    Extended,
    Range,
    Ratio,
    Truth,
    Value,
    as_ratio,
    between,
    ceiling,
    floor,
    is_defined,
    is_known,
)

# ---- arithmetic


def plus(first: Extended, second: Extended) -> Extended:
    """The sum of two ends of the same side."""
    infinite = first[0] or second[0]
    return (infinite, Fraction(0)) if infinite else (0, first[1] + second[1])


def times(first: Extended, second: Extended) -> Extended:
    """The product of two ends; 0 times anything is 0."""
    if ZERO in (first, second):
        return ZERO
    if first[0] == 0 and second[0] == 0:
        return (0, first[1] * second[1])
    return (1 if (first > ZERO) == (second > ZERO) else -1, Fraction(0))


def add(first: Range, second: Range) -> Range:
    """first + second."""
    return between(plus(floor(first), floor(second)), plus(ceiling(first), ceiling(second)))


def negative(value: Range) -> Range:
    """0 - value."""
    return Range(None if value.high is None else -value.high, None if value.low is None else -value.low)


def multiply(first: Range, second: Range) -> Range:
    """first * second."""
    ends = [times(x, y) for x in (floor(first), ceiling(first)) for y in (floor(second), ceiling(second))]
    return between(min(ends), max(ends))


def product(first: Value, second: Value) -> Value:
    """first * second, where one of them may be a quotient."""
    if isinstance(first, Range) and isinstance(second, Range):
        return multiply(first, second)
    one, other = as_ratio(first), as_ratio(second)
    return Ratio(multiply(one.top, other.top), multiply(one.bottom, other.bottom))


def rounded(number: Fraction, step: Fraction, how: Rounding) -> Fraction:
    """The multiple of `step` that the rounding picks."""
    steps = number / step
    match how:
        case Rounding.DOWN:
            return _whole(steps) * step
        case Rounding.UP:
            return -_whole(-steps) * step
        case Rounding.HALF_EVEN:
            return round(steps) * step
        case Rounding.HALF_UP:
            away = _whole(abs(steps) + Fraction(1, 2))
            return (away if steps >= 0 else -away) * step


def _whole(number: Fraction) -> int:
    """The largest whole number that is not above it."""
    return number.numerator // number.denominator


# ---- tests


def opposite(truth: Truth) -> Truth:
    """Yes where no."""
    return Truth(not truth.high, not truth.low)


def both(items: list[Truth]) -> Truth:
    """Yes where all are."""
    return Truth(all(item.low for item in items), all(item.high for item in items))


def either(items: list[Truth]) -> Truth:
    """Yes where one is."""
    return Truth(any(item.low for item in items), any(item.high for item in items))


def at_least(count: int, items: list[Truth]) -> Truth:
    """Yes where `count` or more are."""
    return Truth(sum(item.low for item in items) >= count, sum(item.high for item in items) >= count)


def below(first: Range, second: Range) -> Truth:
    """first < second."""
    return Truth(ceiling(first) < floor(second), not floor(first) >= ceiling(second))


def same(first: Range, second: Range) -> Truth:
    """first = second: yes if both are known and equal, no if the ranges do not touch."""
    apart = ceiling(first) < floor(second) or ceiling(second) < floor(first)
    return Truth(is_known(first) and first == second, not apart)


def compare(how: Comparison, first: Value, second: Value) -> Truth:
    """Compares two yes/no values, or two numbers, dates or quotients."""
    if isinstance(first, Truth) and isinstance(second, Truth):
        equal = UNKNOWN if not (is_known(first) and is_known(second)) else (YES if first == second else NO)
        return equal if how is Comparison.EQUAL else opposite(equal)
    if isinstance(first, Range) and isinstance(second, Range):
        return _compare_ranges(how, first, second)
    one, other = as_ratio(first), as_ratio(second)
    if not (is_defined(one) and is_defined(other)):
        return UNKNOWN
    return _compare_ranges(how, multiply(one.top, other.bottom), multiply(other.top, one.bottom))


def _compare_ranges(how: Comparison, left: Range, right: Range) -> Truth:
    match how:
        case Comparison.BELOW:
            return below(left, right)
        case Comparison.AT_LEAST:
            return opposite(below(left, right))
        case Comparison.ABOVE:
            return below(right, left)
        case Comparison.AT_MOST:
            return opposite(below(right, left))
        case Comparison.EQUAL:
            return same(left, right)
        case Comparison.UNEQUAL:
            return opposite(same(left, right))

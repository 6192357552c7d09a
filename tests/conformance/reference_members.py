"""Aggregates of the reference over a known list of members, given as what the expressions say of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.conformance.reference_numbers import plus
from tests.conformance.reference_values import (
    NO,
    YES,
    ZERO,
    Extended,
    Range,
    Truth,
    Value,
    between,
    ceiling,
    exactly,
    floor,
    is_known,
    join,
    join_all,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A member: whether it satisfies the condition, and its value."""

    where: Truth
    value: Range


@dataclass(frozen=True, slots=True)
class Aged:
    """A member with its birth date and key, for the oldest and the youngest."""

    where: Truth
    value: Value
    birth: Range
    key: str | int | None


def count(wheres: list[Truth]) -> Range:
    """How many satisfy the condition."""
    return Range(Fraction(sum(where.low for where in wheres)), Fraction(sum(where.high for where in wheres)))


def total(members: list[Weighed]) -> Range:
    """The sum of the values of those who satisfy the condition."""
    low = high = ZERO
    for member in members:
        if member.where == YES:
            low, high = plus(low, floor(member.value)), plus(high, ceiling(member.value))
        elif member.where != NO:
            nothing = exactly(0)
            low = plus(low, min(floor(nothing), floor(member.value)))
            high = plus(high, max(ceiling(nothing), ceiling(member.value)))
    return between(low, high)


def total_largest(how_many: int, members: list[Weighed]) -> Range:
    """The sum of the largest values among those who satisfy the condition."""
    lows = sorted((max(ZERO, floor(m.value)) for m in members if m.where == YES), reverse=True)
    highs = sorted((ceiling(m.value) for m in members if m.where != NO), reverse=True)
    low = high = ZERO
    for end in lows[:how_many]:
        low = plus(low, end)
    for end in highs[:how_many]:
        high = plus(high, end)
    return between(low, high)


def total_largest_capped(how_many: int, members: list[Weighed], kinds: list[Value], caps: list[Range]) -> Range:
    """The same, where of each kind only so many count. A member whose kind is unknown surely counts for nothing, and may
    count beside any."""
    sure = [Weighed(m.where if is_known(k) else NO, m.value) for m, k in zip(members, kinds, strict=True)]
    low = total_largest(how_many, _within_caps(sure, kinds, [cap.low or Fraction(0) for cap in caps], floor, YES))
    high = total_largest(how_many, _within_caps(members, kinds, [cap.high for cap in caps], ceiling, None))
    limitless = any(m.where != NO and m.value.high is None for m in members)
    return Range(low.low, None if limitless else high.high)


def _within_caps(
    members: list[Weighed],
    kinds: list[Value],
    caps: Sequence[Fraction | None],
    end: Callable[[Range], Extended],
    must: Truth | None,
) -> list[Weighed]:
    """Who counts: fewer than their cap of the same kind have a greater value, or the same one and stand earlier."""

    def counts(m: Weighed) -> bool:
        return m.where == must if must is not None else m.where != NO

    kept: list[Weighed] = []
    for place, (member, kind, cap) in enumerate(zip(members, kinds, caps, strict=True)):
        before = sum(
            counts(other) and same == kind and (end(other.value), -i) > (end(member.value), -place)
            for i, (other, same) in enumerate(zip(members, kinds, strict=True))
        )
        if counts(member) and (not is_known(kind) or cap is None or before < cap):
            kept.append(member)
    return kept


def extreme(largest: bool, members: list[Weighed], if_none: Range | None) -> Range:
    """The largest or smallest value among those who satisfy the condition."""
    sure = [m.value for m in members if m.where == YES]
    possible = [m.value for m in members if m.where != NO]
    if not possible:
        assert if_none is not None, "the checker proves that there is somebody"
        return if_none
    if sure and largest:
        return between(max(map(floor, sure)), max(map(ceiling, possible)))
    if sure:
        return between(min(map(floor, possible)), min(map(ceiling, sure)))
    reach = between(min(map(floor, possible)), max(map(ceiling, possible)))
    if if_none is None:
        return reach
    joined = join(reach, if_none)
    assert isinstance(joined, Range)
    return joined


def surely_before(first: Aged, second: Aged, oldest: bool) -> bool:
    """Whether `first` comes before `second` whatever is still unknown (of the two alone)."""
    if not is_known(first.birth) or not is_known(second.birth):
        return False
    one, other = floor(first.birth), floor(second.birth)
    if one != other:
        return one < other if oldest else one > other
    if isinstance(first.key, str) and isinstance(second.key, str):
        return first.key < second.key
    if isinstance(first.key, int) and isinstance(second.key, int):
        return first.key < second.key
    return False


def possible_oldest(oldest: bool, members: list[Aged]) -> list[int]:
    """Who could be the oldest (or youngest), by position."""
    sure = [m for m in members if m.where == YES]
    return [i for i, m in enumerate(members) if m.where != NO and not any(surely_before(other, m, oldest) for other in sure)]


def unsettled_ties(members: list[Aged]) -> list[int]:
    """Of those who could be the oldest: whose unknown key could tell, by position, where two were born on one day."""
    dated = [i for i, m in enumerate(members) if is_known(m.birth)]
    days = {floor(members[i].birth) for i in dated}
    return [i for i in dated if members[i].key is None] if len(days) < len(dated) else []


def of_oldest(oldest: bool, members: list[Aged], if_none: Value | None) -> Value:
    """The value of the oldest (or youngest) among those who satisfy the condition."""
    values = [members[i].value for i in possible_oldest(oldest, members)]
    somebody_sure = any(m.where == YES for m in members)
    if not somebody_sure and if_none is not None:
        values.append(if_none)
    return join_all(values)

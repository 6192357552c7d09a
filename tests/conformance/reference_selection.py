"""The reference's ranking: who has a seat, who could still lose it, who is next, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family
from ejps_core.model.decisions import NO_SEAT, PROVISIONAL, SEAT, WAITS
from ejps_core.model.ruleset import Choose, Direction, OrderKey, Ruleset, Verdict
from tests.conformance.reference import Outcome
from tests.conformance.reference_expressions import range_of
from tests.conformance.reference_scene import Scene
from tests.conformance.reference_values import (
    Name,
    Truth,
    Value,
    ceiling,
    floor,
    is_known,
    number_range,
)

Sortable = str | tuple[int, Fraction]
Keys = list[tuple[int, Sortable]]
"""A family's keys: -1 first of all, 0 by the value, 1 after all known ones; smaller values first."""

FIRST: tuple[int, Sortable] = (-1, "")
LAST: tuple[int, Sortable] = (1, "")


@dataclass(frozen=True, slots=True)
class Place:
    """A family's rank in its area (0: none), its seat, and its number in the reserve (0: none)."""

    rank: int = 0
    seat: int = NO_SEAT
    reserve: int = 0


def select(ruleset: Ruleset, as_of: AsOf, outcomes: Sequence[Outcome], families: Sequence[Family]) -> tuple[Place, ...]:
    """A place for each family, in their order."""
    choose = ruleset.choose
    if choose is None:
        return tuple(Place() for _ in outcomes)
    places = [Place() for _ in outcomes]
    ranked: list[int] = []
    could_come: list[int] = []
    for i, outcome in enumerate(outcomes):
        if outcome.verdict is Verdict.ELIGIBLE and not _waits(outcome, choose):
            ranked.append(i)
        elif outcome.verdict is not Verdict.INELIGIBLE:
            could_come.append(i)
            if outcome.verdict is Verdict.ELIGIBLE:
                places[i] = Place(seat=WAITS)
    for area in {outcomes[i].area for i in ranked}:
        here = {i: _keys(outcomes[i], choose, best=False) for i in ranked if outcomes[i].area == area}
        open_cases = [i for i in could_come if outcomes[i].area == area or not _area_known(outcomes[i])]
        best = [_keys(outcomes[i], choose, best=True) for i in open_cases]
        ordered = _in_order(here, choose)
        ahead = [sum(_order(keys, here[i], choose) < 0 for keys in best) for i in ordered]
        limits = _limits(ruleset, choose, as_of, families[ordered[0]])
        found = _seated(limits, [outcomes[i] for i in ordered], ahead, choose.reserve)
        places = [dict(zip(ordered, found, strict=True)).get(i, place) for i, place in enumerate(places)]
    return tuple(places)


def _in_order(keys: dict[int, Keys], choose: Choose) -> list[int]:
    def order(first: int, second: int) -> int:
        return _order(keys[first], keys[second], choose)

    return sorted(keys, key=cmp_to_key(order))


@dataclass(frozen=True, slots=True)
class Limits:
    """Quota and budget of one area; None: without. `lacking`: there should be one, but none is known."""

    quota: Fraction | None
    budget: Fraction | None
    lacking: bool


def _limits(ruleset: Ruleset, choose: Choose, as_of: AsOf, family: Family) -> Limits:
    """What the area of this family has; the same for each of its families."""
    found: list[Fraction | None] = []
    lacking = False
    for item in (choose.quota, choose.budget):
        value = None if item is None else range_of(item, Scene(ruleset, as_of, family))
        lacking = lacking or (value is not None and not is_known(value))
        found.append(None if value is None else value.low)
    quota, budget = found
    return Limits(quota, None if budget is None else budget * 10**ruleset.minor_digits, lacking)


def _seated(limits: Limits, ordered: Sequence[Outcome], ahead: Sequence[int], reserve: int) -> list[Place]:
    """The places of one area's families in their order."""
    places: list[Place] = []
    spent, costs_known, still_giving, seats = 0, True, True, 0
    for rank, (outcome, coming) in enumerate(zip(ordered, ahead, strict=True), start=1):
        if limits.lacking:
            places.append(Place(rank, WAITS))
            continue
        spent += outcome.total.amount
        costs_known = costs_known and not outcome.total.open
        within = limits.quota is None or rank <= limits.quota
        still_giving = still_giving and within and (limits.budget is None or spent <= limits.budget)
        if still_giving:
            seats += 1
            firm = limits.quota is None or rank + coming <= limits.quota
            if limits.budget is not None:
                firm = firm and coming == 0 and costs_known
            places.append(Place(rank, SEAT if firm else PROVISIONAL))
        else:
            number = rank - seats
            places.append(Place(rank, NO_SEAT, number if reserve < 0 or number <= reserve else 0))
    return places


def _area_known(outcome: Outcome) -> bool:
    return outcome.area is None or is_known(outcome.area)


def _waits(outcome: Outcome, choose: Choose) -> bool:
    keys = zip(outcome.keys, choose.order, strict=True)
    return not _area_known(outcome) or any(not is_known(value) and not key.unknown_last for value, key in keys)


def _keys(outcome: Outcome, choose: Choose, best: bool) -> Keys:
    """The family's keys as they are, or at the best that they may still be."""
    keys: Keys = []
    for value, key in zip(outcome.keys, choose.order, strict=True):
        if is_known(value) or best:
            keys.append(_best_end(value, key))
        else:
            keys.append(LAST)
    return keys


def _best_end(value: Value, key: OrderKey) -> tuple[int, Sortable]:
    """The end of the value that would come first; no limit: before everything."""
    if isinstance(value, Name):
        return FIRST if value.text is None else (0, value.text)
    if isinstance(value, Truth):
        return (0, (0, Fraction(value.high)))
    numbers = number_range(value)
    end = floor(numbers) if key.direction is Direction.LOWEST else ceiling(numbers)
    return (0, end) if end[0] == 0 else FIRST


def _order(first: Keys, second: Keys, choose: Choose) -> int:
    """Below 0 if the first comes before the second."""
    for (group, value), (other_group, other), key in zip(first, second, choose.order, strict=True):
        if group != other_group:
            return group - other_group
        if value != other:
            lower = value < other  # type: ignore[operator]  # both are texts or both are numbers
            return -1 if lower == (key.direction is Direction.LOWEST) else 1
    return 0

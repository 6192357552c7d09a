"""Random families for a rule set: unknowns, ties, leap days, missing members, values on and beside every limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from random import Random

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number, shifted
from ejps_core.model.candidates import Family, Value
from ejps_core.model.expr import Literal
from ejps_core.model.kinds import Unit
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.types import Choice, Code, Date, Number, Region, Type, YesNo

LEAP_DAYS = tuple(
    day_number(date(*day))
    for day in ((1960, 2, 29), (2000, 2, 29), (2004, 2, 29), (2020, 2, 29), (2003, 2, 28), (2003, 3, 1))
)
DECISION_DAYS = tuple(
    day_number(date(*day)) for day in ((2020, 2, 28), (2020, 2, 29), (2020, 3, 1), (2021, 2, 28), (2021, 3, 1))
)
REGIONS = (
    *("71.01.02", "75", "75.01", "75.01.02", "75.01.02.2003", "75.01.02.2003", "75.01.03.2001"),
    *("75.04", "75.04.01", "75.04.01.1001", "75.04.02.1002", "75.05.03.2002", "75.71.01.1001"),
)
CODES = ("1", "10", "2", "02", "A", "a", "B7", "É", "é", "z9", "7501010101019001", "7501010101019002")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules compare with: numbers as they are, and days."""

    numbers: tuple[Fraction, ...]
    days: tuple[int, ...]


def some_as_of(ruleset: Ruleset, rng: Random) -> AsOf:
    """A decision date in force, often one on which something changes, and a known date."""
    days = [ruleset.first, ruleset.last, *DECISION_DAYS]
    days.extend(row.since for parameter in ruleset.parameters for row in parameter.rows)
    days.extend(row.published for parameter in ruleset.parameters for row in parameter.rows)
    days.extend(phase.first for calendar in ruleset.calendars for phase in calendar.phases)
    days.extend(rng.randint(ruleset.first, ruleset.last) for _ in range(4))
    on = rng.choice([day for day in days if ruleset.first <= day <= ruleset.last])
    return AsOf(on, on if rng.random() < 0.7 else on + rng.choice((1, 60, 800)))


def some_families(ruleset: Ruleset, as_of: AsOf, rng: Random, count: int) -> tuple[Family, ...]:
    """Families for one list; their keys are unique in it, and here and there unknown."""
    limits = limits_of(ruleset, as_of)
    favourites = {
        field: tuple(some_value(field.type, limits, rng) for _ in range(rng.choice((1, 2, 4))))
        for field in (*ruleset.family_fields, *ruleset.member_fields)
    }
    keys = _keys(ruleset.key, rng, count)
    return tuple(_family(ruleset, limits, favourites, key, rng) for key in keys)


def _family(ruleset: Ruleset, limits: Limits, favourites: dict[Field, tuple[Value, ...]], key: Value, rng: Random) -> Family:
    unknown = rng.choice((0.0, 0.0, 0.03, 0.1, 0.3, 0.7, 1.0))

    def facts(declared: tuple[Field, ...], share: float) -> dict[str, Value]:
        row: dict[str, Value] = {}
        for field in declared:
            if rng.random() < share:
                row[field.name] = None
            elif rng.random() < 0.5:
                row[field.name] = rng.choice(favourites[field])
            else:
                row[field.name] = some_value(field.type, limits, rng)
        return row

    values = {**facts(ruleset.family_fields, unknown), ruleset.key.name: key}
    members = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4, 6))):
        share = 1.0 if rng.random() < 0.08 else rng.choice((0.0, unknown))
        members.append(facts(ruleset.member_fields, share))
    return Family(values, tuple(members))


def _keys(field: Field, rng: Random, count: int) -> list[Value]:
    keys: list[Value] = []
    while len(keys) < count:
        key: Value
        if isinstance(field.type, Number):
            key = rng.randint(field.type.low, min(field.type.high, field.type.low + 3 * count))
        else:
            key = rng.choice(CODES) if rng.random() < 0.2 else str(rng.randrange(10 ** rng.choice((2, 3, 16))))
        if key not in keys:
            keys.append(key)
    return [None if rng.random() < 0.02 else key for key in keys]


# ---- values


def some_value(kind: Type, limits: Limits, rng: Random) -> Value:
    """A value of a type, often on or beside a limit."""
    match kind:
        case YesNo():
            return rng.random() < 0.5
        case Number():
            return _number(kind, limits, rng)
        case Date():
            day = rng.choice((*limits.days, *LEAP_DAYS)) + rng.choice((-1, 0, 0, 1))
            return min(max(day, kind.low), kind.high)
        case Choice():
            return rng.choice(kind.names)
        case Region():
            return rng.choice(REGIONS)
    assert isinstance(kind, Code)
    return rng.choice(CODES)


def _number(kind: Number, limits: Limits, rng: Random) -> int:
    ends = (kind.low, kind.low + 1, kind.high - 1, kind.high, rng.randint(kind.low, kind.high))
    near = int(rng.choice(limits.numbers) * 10**kind.scale) + rng.choice((-1, 0, 0, 1)) if limits.numbers else 0
    small = rng.randint(kind.low, min(kind.high, max(kind.low, 5 * 10**kind.scale)))
    return min(max(rng.choice((rng.choice(ends), near, near, near, small)), kind.low), kind.high)


def limits_of(ruleset: Ruleset, as_of: AsOf) -> Limits:
    """The constants of the rules; small numbers also as ages, and so as birth dates."""
    numbers: set[Fraction] = set()
    days = {as_of.on, ruleset.first, ruleset.last}
    constants = [(literal.type, literal.value) for literal in _literals(ruleset)]
    constants.extend((p.type, row.value) for p in ruleset.parameters for row in p.rows)
    for kind, value in constants:
        if isinstance(kind, Number):
            numbers.add(Fraction(int(value), 10**kind.scale))
        elif isinstance(kind, Date):
            days.add(int(value))
    days.update(day for calendar in ruleset.calendars for phase in calendar.phases for day in (phase.first, phase.last))
    years = [int(number) for number in numbers if 0 < number <= 100 and number.denominator == 1] or [17]
    days.update(shifted(day, -number, Unit.YEAR) for number in years for day in (as_of.on, ruleset.first))
    return Limits(tuple(sorted(numbers)), tuple(sorted(days)))


def _literals(node: object) -> Iterator[Literal]:
    """Every literal anywhere below."""
    if isinstance(node, Literal):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _literals(item)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _literals(getattr(node, each.name))

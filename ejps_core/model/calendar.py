"""Exact calendar arithmetic on days since 1970-01-01: ages, shifted dates, phases. Source of the rules: the rule set."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta, timezone

from ejps_core.model.kinds import Unit
from ejps_core.model.ruleset import Calendar, LeapRule, Phase

WITA = timezone(timedelta(hours=8))
"""The time of Gorontalo: Waktu Indonesia Tengah."""

EPOCH = date(1970, 1, 1).toordinal()
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """The date that is `number` days after 1970-01-01."""
    return date.fromordinal(number + EPOCH)


def shifted(number: int, amount: int, unit: Unit) -> int:
    """The day `amount` units later; a month without that day gives its last day."""
    if unit is Unit.DAY:
        return number + amount
    day = day_of(number)
    months = day.year * 12 + day.month - 1 + amount * MONTHS[unit]
    year, month = divmod(months, 12)
    return day_number(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def age(birth: int, on: int, rule: LeapRule) -> int:
    """Whole years completed on the day `on`; negative before birth."""
    born, day = day_of(birth), day_of(on)
    birthday = (born.month, born.day)
    if birthday == (2, 29) and monthrange(day.year, 2)[1] == 28:
        birthday = (2, 28) if rule is LeapRule.FEBRUARY_28 else (3, 1)
    return day.year - born.year - ((day.month, day.day) < birthday)


def latest_birth(years: int, on: int, rule: LeapRule) -> int:
    """The latest birth date at which `years` are completed on the day `on`: age >= years is birth <= this."""
    day = day_of(on)
    year = day.year - years
    leap = monthrange(year, 2)[1] == 29
    if (day.month, day.day) == (2, 29) and not leap:
        return day_number(date(year, 2, 28))
    if (day.month, day.day) == (2, 28) and leap and monthrange(day.year, 2)[1] == 28 and rule is LeapRule.FEBRUARY_28:
        return day_number(date(year, 2, 29))
    return day_number(date(year, day.month, day.day))


def phase_on(calendar: Calendar, on: int) -> Phase | None:
    """The phase that holds the day."""
    return next((phase for phase in calendar.phases if phase.first <= on <= phase.last), None)


def calendar_of(calendars: tuple[Calendar, ...], region: str) -> Calendar | None:
    """The calendar of a region: the one that names the longest area around it, else the one without areas."""
    best: tuple[int, Calendar | None] = (-1, None)
    for calendar in calendars:
        for area in calendar.areas or ("",):
            inside = not area or region == area or region.startswith(area + ".")
            if inside and len(area) > best[0]:
                best = (len(area), calendar)
    return best[1]

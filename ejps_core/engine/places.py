"""Regions: functions of a region field, worked out once for each different code of a list; phases by area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ejps_core.engine.pairs import Range, Truth
from ejps_core.engine.plan import Lookup, Rows
from ejps_core.model.calendar import calendar_of, phase_on
from ejps_core.model.kinds import AreaLevel, Level
from ejps_core.model.ruleset import Calendar, Phase, Ruleset
from ejps_core.model.types import Region

if TYPE_CHECKING:
    from ejps_core.engine.lower import Lowering

PARTS = {AreaLevel.PROVINCE: 1, AreaLevel.DISTRICT: 2, AreaLevel.SUBDISTRICT: 3}


def lies_in(code: str, area: str) -> bool:
    """Whether a region is the area or lies below it."""
    return code == area or code.startswith(area + ".")


@dataclass(frozen=True, slots=True)
class Places:
    """A region: a field's code after `steps`, each ('area', parts to keep) or ('default', code where unknown)."""

    rows: Rows
    name: str
    steps: tuple[tuple[str, int | str], ...] = ()

    def area(self, level: AreaLevel) -> Places:
        """The province, district or sub-district around it."""
        return replace(self, steps=(*self.steps, ("area", PARTS[level])))

    def default(self, code: str) -> Places:
        """The same, or `code` where it is unknown."""
        return replace(self, steps=(*self.steps, ("default", code)))

    def code(self, entry: str | None) -> str | None:
        """The region for a code as it stands in the list; None: unknown."""
        for kind, what in self.steps:
            if kind == "default":
                entry = str(what) if entry is None else entry
            elif entry is not None:
                parts = entry.split(".")
                entry = ".".join(parts[: int(what)]) if len(parts) >= int(what) else None
        return entry

    def lookup(self, lowering: Lowering, name: tuple[object, ...], function: Lookup) -> int:
        """A node for a function of the code."""
        p = lowering.plan
        if (self.rows, self.name) in lowering.shape.absent:
            return p.const(function.function(None))
        return p.lookup(self.rows, self.name, replace(function, name=(name, self.steps)))

    def test(self, lowering: Lowering, areas: tuple[str, ...]) -> Truth:
        """Whether it lies in one of the areas."""

        def surely(entry: str | None) -> bool:
            code = self.code(entry)
            return code is not None and any(lies_in(code, area) for area in areas)

        def possibly(entry: str | None) -> bool:
            code = self.code(entry)
            return code is None or any(lies_in(code, area) or lies_in(area, code) for area in areas)

        low = self.lookup(lowering, ("in", areas), Lookup("", surely))
        high = self.lookup(lowering, ("may be in", areas), Lookup("", possibly))
        return Truth(low, high)

    def unknown(self, lowering: Lowering) -> int:
        """Where it is unknown."""
        if not self.steps:
            return lowering.plan.not_(lowering.known(self.rows, self.name))
        return self.lookup(lowering, ("unknown",), Lookup("", lambda entry: self.code(entry) is None))


def region_field(ruleset: Ruleset) -> str | None:
    """The field that says in which area's calendar a family is: the first family field of type region."""
    return next((field.name for field in ruleset.family_fields if isinstance(field.type, Region)), None)


def phases_of(ruleset: Ruleset, on: int, code: str | None) -> list[Phase | None]:
    """The phases that may be running for a family at this code, None: perhaps none; one if it is known well enough."""
    inner = [
        calendar
        for calendar in ruleset.calendars
        if any(code is None or (lies_in(area, code) and area != code) for area in calendar.areas)
    ]
    own = calendar_of(ruleset.calendars, code) if code is not None else _general(ruleset.calendars)
    calendars = [own, *(calendar for calendar in inner if calendar is not own)]
    return [phase_on(calendar, on) if calendar else None for calendar in calendars]


def _general(calendars: tuple[Calendar, ...]) -> Calendar | None:
    return next((calendar for calendar in calendars if not calendar.areas), None)


def _phase_lookup(lowering: Lowering, name: str, function: Lookup) -> int:
    """A function of the region field; without one, or with one calendar for all, a constant."""
    field = region_field(lowering.ruleset)
    if field is None or all(not calendar.areas for calendar in lowering.ruleset.calendars):
        return lowering.plan.const(function.function(None))
    calendars, day = lowering.ruleset.calendars, lowering.as_of.on
    return Places(Rows.FAMILY, field).lookup(lowering, (name, calendars, day), function)


def phase_days(lowering: Lowering, last: bool) -> Range:
    """The first or last day of the running phase; without limits where perhaps none is running."""

    def running(entry: str | None) -> list[Phase | None]:
        return phases_of(lowering.ruleset, lowering.as_of.on, entry)

    def days(entry: str | None) -> list[int]:
        return [phase.last if last else phase.first for phase in running(entry) if phase] or [0]

    side = "last" if last else "first"
    low = _phase_lookup(lowering, f"least {side}", Lookup("", lambda entry: min(days(entry))))
    high = _phase_lookup(lowering, f"most {side}", Lookup("", lambda entry: max(days(entry))))
    none = _phase_lookup(lowering, "without", Lookup("", lambda entry: None in running(entry)))
    return Range(low, high, none, none)


def phase_number(lowering: Lowering) -> int:
    """The number of the running phase; 0 where there is none or it isn't known which."""

    def number(entry: str | None) -> int:
        numbers = {phase.number if phase else 0 for phase in phases_of(lowering.ruleset, lowering.as_of.on, entry)}
        return numbers.pop() if len(numbers) == 1 else 0

    return _phase_lookup(lowering, "phase", Lookup("", number))


def phase_fact(ruleset: Ruleset) -> tuple[Level, str] | None:
    """The fact that a phase depends on."""
    field = region_field(ruleset)
    return (Level.FAMILY, field) if field else None

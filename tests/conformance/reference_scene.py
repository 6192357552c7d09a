"""What the reference decides: one family, by one rule set, as of one date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.calendar import calendar_of, phase_on
from ejps_core.model.candidates import Family, Value
from ejps_core.model.ruleset import Field, Phase, Ruleset
from ejps_core.model.types import Region

Member = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is decided: one family, by one rule set, as of one date."""

    ruleset: Ruleset
    as_of: AsOf
    family: Family

    @property
    def list_unknown(self) -> bool:
        """No rows at all mean that the list is unknown, unless a family may be without members."""
        return not self.family.members and self.ruleset.least_members > 0

    @property
    def region_field(self) -> Field | None:
        """The family field that says where the family lives: the first of type region."""
        return next((f for f in self.ruleset.family_fields if isinstance(f.type, Region)), None)


def parameter_value(name: str, scene: Scene) -> bool | int | str:
    """The parameter's value in force and published."""
    row = row_at(scene.ruleset.parameter(name), scene.as_of)
    assert row is not None, "no row in force: told before anything is decided"
    return row.value


def possible_phases(scene: Scene) -> list[Phase | None]:
    """The phases that may hold the decision date in the family's area; None: there may be none."""
    calendars = scene.ruleset.calendars
    field = scene.region_field
    region = scene.family.values.get(field.name) if field else None
    if isinstance(region, str):
        below = [c for c in calendars if any(area.startswith(region + ".") for area in c.areas)]
        chosen = [calendar_of(calendars, region), *below]
    else:
        elsewhere = [] if any(not calendar.areas for calendar in calendars) else [None]
        chosen = [*calendars, *elsewhere]
    return [phase_on(calendar, scene.as_of.on) if calendar else None for calendar in chosen]

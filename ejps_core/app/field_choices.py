"""What a column of a list can stand for, to be chosen by a person; and the mapping as he left it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ejps_core.app.applying import Where
from ejps_core.app.fields import merged
from ejps_core.app.programs import choose
from ejps_core.hooks.manager import Plugins
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import DecisionUnit, Field
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A fact of the rules. value: what a form sends for it."""

    value: str
    title: Words
    level: str


HEAD = FieldChoice(f"{Level.FAMILY.value}:nik", Words("NIK kepala keluarga", "NIK of the family head"), Level.FAMILY.value)
"""In a list of heads it is checked, though no rule asks for it."""


def field_choices(plugins: Plugins) -> tuple[FieldChoice, ...]:
    """All facts that lists may hold, of families and of members."""
    asked = ",".join(loaded.what.id for loaded in plugins.programs)
    chosen = choose(asked, plugins, Where(None, 0, True))
    rulesets = tuple(each for each in chosen.rulesets if each.unit is DecisionUnit.FAMILY)
    columns = merged(rulesets)
    found = tuple(map(_choice, (*columns.family, *columns.members)))
    return found if any(each.value == HEAD.value for each in found) else (HEAD, *found)


def mapping_as_chosen(proposed: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """The proposed mapping as the person left it; a pair that he changed says so. Headers he did not touch stay.

    proposed: as `Mapping.as_record()` gives it. chosen: header -> 'level:field', or '' for a column that is not used.
    """
    before = {header: f"{level}:{field}" for header, field, level, _ in proposed["columns"]}
    columns = [each for each in proposed["columns"] if chosen.get(each[0], before[each[0]]) == before[each[0]]]
    unused = [header for header in proposed["unused"] if not chosen.get(header)]
    for header, value in chosen.items():
        if value == before.get(header, ""):
            continue
        if not value:
            unused.append(header)
            continue
        level, _, field = value.partition(":")
        columns.append([header, field, Level(level).value, "person"])
    layout = [header for header in proposed.get("layout", ()) if not chosen.get(header)]
    return {"shape": proposed["shape"], "columns": columns, "unused": unused, "layout": layout}


def _choice(field: Field) -> FieldChoice:
    title = Words(field.title.id or field.name, field.title.en or field.title.id or field.name)
    return FieldChoice(f"{field.level.value}:{field.name}", title, field.level.value)

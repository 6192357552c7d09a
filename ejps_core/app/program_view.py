"""Programs as they are looked at: the installed ones and the rule sets of districts, each as a whole, and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ejps_core.app.compiled_programs import CompiledProgram, compiled_programs
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.types import Choice
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Listed:
    """A program or a rule set that changes one. broken: why it can't be used."""

    id: str
    title: Words
    parent: str | None
    unit: str
    broken: Words | None = None


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A fact that the rules ask for. labels: the answers there are, for a choice."""

    name: str
    title: Words
    level: str
    kind: str
    key: bool
    source: str | None
    labels: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class ProgramShown:
    """A program or rule set as a whole: its text, fields, and record."""

    id: str
    title: Words
    text: str
    fields: tuple[FieldShown, ...]
    legal: tuple[str, ...]
    record: Mapping[str, Any]
    ruleset: Ruleset


def programs(plugins: Plugins) -> tuple[Listed, ...]:
    """All that can be used, programs first, and those that can't be with the reason."""
    found = sorted(compiled_programs(plugins).values(), key=lambda each: each.parent is not None)
    lost = [Listed(each.program or each.name, Words(each.name, each.name), None, "", each.why) for each in plugins.broken]
    return (*map(_listed, found), *lost)


def program(id: str, plugins: Plugins) -> ProgramShown | Diagnostic:
    """One program or rule set; a Diagnostic: there is none, or it can't be used."""
    found = compiled_programs(plugins).get(id)  # a name is no path here: nobody reads files through it
    if found is None:
        return unknown_program(id)
    if isinstance(found.compiled, Diagnostic):
        return found.compiled
    ruleset, text, record = found.compiled
    return ProgramShown(
        id=ruleset.id, title=title_of(ruleset), text=text, fields=fields_shown(ruleset),
        legal=tuple(ruleset.legal), record=record, ruleset=ruleset,
    )  # fmt: skip


def unknown_program(id: str) -> Diagnostic:
    """What is said of an id that no program or rule set has."""
    words = Words(f"Program {id[:60]} tidak dikenal.", f"Unknown program {id[:60]}.")
    return Diagnostic("not-found", Severity.ERROR, None, words)


def title_of(ruleset: Ruleset) -> Words:
    """What a rule set is called."""
    return Words(ruleset.title.id or ruleset.id, ruleset.title.en or ruleset.title.id or ruleset.id)


def fields_shown(ruleset: Ruleset) -> tuple[FieldShown, ...]:
    """The facts that the rules ask for, as they are shown."""
    return tuple(map(_field, fields_of(ruleset)))


def fields_of(ruleset: Ruleset) -> tuple[Field, ...]:
    """The facts of the family, then those of its members."""
    return (*ruleset.family_fields, *ruleset.member_fields)


def _listed(found: CompiledProgram) -> Listed:
    if isinstance(found.compiled, Diagnostic):
        return Listed(found.id, Words(found.id, found.id), found.parent, "", found.compiled.words)
    ruleset = found.compiled.ruleset
    return Listed(found.id, title_of(ruleset), found.parent, ruleset.unit.value)


def _field(field: Field) -> FieldShown:
    labels = field.type.labels if isinstance(field.type, Choice) else ()
    return FieldShown(
        name=field.name,
        title=Words(field.title.id or field.name, field.title.en or field.title.id or field.name),
        level="family" if field.level is Level.FAMILY else "member",
        kind=type(field.type).__name__.lower(),
        key=field.key,
        source=field.source,
        labels=tuple((each.name, each.title) for each in labels),
    )

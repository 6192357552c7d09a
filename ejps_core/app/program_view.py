"""Programs as they are looked at: the installed ones and the rule sets of districts, each as a whole, and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ejps_core.app.library import Library
from ejps_core.app.show import as_record, as_text, show
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
    library = Library(plugins)
    own = [_listed(loaded.what.id, None, library) for loaded in plugins.programs]
    theirs = [_listed(entry.id, entry.parent, library) for entry in library.entries]
    lost = [Listed(each.program or each.name, Words(each.name, each.name), None, "", each.why) for each in plugins.broken]
    return (*own, *theirs, *lost)


def program(id: str, plugins: Plugins) -> ProgramShown | Diagnostic:
    """One program or rule set; a Diagnostic: there is none, or it can't be used."""
    library = Library(plugins)
    known = {loaded.what.id for loaded in plugins.programs} | {entry.id for entry in library.entries}
    if id not in known:  # a name is no path here: nobody reads files through it
        return unknown_program(id)
    shown = show(id, library)
    if shown.ruleset is None:
        return shown.findings[0]
    ruleset = shown.ruleset
    return ProgramShown(
        id=ruleset.id, title=title_of(ruleset), text=as_text(shown), fields=fields_shown(ruleset),
        legal=tuple(ruleset.legal), record=as_record(shown), ruleset=ruleset,
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


def _listed(id: str, parent: str | None, library: Library) -> Listed:
    shown = show(id, library)
    if shown.ruleset is None:
        return Listed(id, Words(id, id), parent, "", shown.findings[0].words)
    return Listed(id, title_of(shown.ruleset), parent, shown.ruleset.unit.value)


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

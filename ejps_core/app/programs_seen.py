"""The programs and rule sets as they are listed: in force when and where, where they decide; the versions that decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import col

from ejps_core.app.compiled_programs import CompiledProgram, compiled_programs
from ejps_core.app.evaluating_stored import version_of_rules
from ejps_core.app.program_states import states
from ejps_core.app.program_view import title_of
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number, day_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Words
from ejps_core.store.opening import open_store
from ejps_core.store.tables import Run
from ejps_core.store.words import ProgramState


@dataclass(frozen=True, slots=True)
class ProgramSeen:
    """A program or rule set. first, last: when it is in force; areas: where; None, (): it can't be used, or everywhere.

    parent: what it changes. version: by its text and its parents', as runs name it. active: where it decides today.
    when: -1 no longer in force, 0 in force today, 1 not yet.
    """

    id: str
    title: Words
    program: str
    parent: str | None
    first: date | None
    last: date | None
    areas: tuple[str, ...]
    version: str
    active: tuple[str, ...]
    laid_aside: tuple[str, ...]
    when: int
    broken: Words | None = None


@dataclass(frozen=True, slots=True)
class VersionUsed:
    """A version of a rule set by which was decided. current: it is the one that is installed."""

    version: str
    runs: int
    first: datetime
    last: datetime
    current: bool


def programs_seen(options: StoreOptions, today: date, plugins: Plugins) -> tuple[ProgramSeen, ...] | Diagnostic:
    """Each installed program followed by the rule sets that change it; then what could not be loaded."""
    found = states(options, today, plugins)
    if isinstance(found, Diagnostic):
        return found
    decides = {program: dict(districts) for program, _, districts in found.now}
    seen: list[ProgramSeen] = []
    for each in compiled_programs(plugins).values():
        seen.append(_seen(each, today, decides.get(each.id, {}) if each.parent is None else {}))
    for lost in plugins.broken:
        name = lost.program or lost.name
        seen.append(ProgramSeen(name, Words(name, name), name, None, None, None, (), "", (), (), 0, lost.why))
    return tuple(seen)


def _seen(found: CompiledProgram, today: date, decides: Mapping[str, str | None]) -> ProgramSeen:
    id, now = found.id, day_number(today)
    if isinstance(found.compiled, Diagnostic):
        why = found.compiled.words
        return ProgramSeen(id, Words(id, id), found.program, found.parent, None, None, (), "", (), (), 0, why)
    ruleset = found.compiled.ruleset
    active = tuple(code for code, state in decides.items() if state == ProgramState.ACTIVE.value)
    aside = tuple(code for code, state in decides.items() if state == ProgramState.QUARANTINED.value)
    when = -1 if ruleset.last < now else 1 if ruleset.first > now else 0
    return ProgramSeen(
        id, title_of(ruleset), found.program, found.parent, day_of(ruleset.first), day_of(ruleset.last), ruleset.areas,
        version_of_rules(ruleset), active, aside, when,
    )  # fmt: skip


def versions_used(options: StoreOptions, ruleset: Ruleset) -> tuple[VersionUsed, ...] | Diagnostic:
    """The versions of a rule set that decided in the scope, the newest first."""

    def found() -> tuple[VersionUsed, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            asked = (
                select(
                    col(Run.ruleset_hash),
                    func.count(col(Run.id)),
                    func.min(col(Run.decided_at)),
                    func.max(col(Run.decided_at)),
                )
                .where(col(Run.program) == ruleset.program, col(Run.rule_set) == ruleset.id)
                .group_by(col(Run.ruleset_hash))
                .order_by(func.max(col(Run.id)).desc())
            )
            own = version_of_rules(ruleset)
            return tuple(
                VersionUsed(version, runs, first, last, version == own)
                for version, runs, first, last in session.execute(asked)
            )

    return attempt(found)

"""A run on record, opened for a report: its decisions, the rules of then, where its families live, what they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from sqlmodel import Session

from ejps_core.app.deciding_stored import Asked, decide_stored
from ejps_core.app.pseudonyms import PID
from ejps_core.app.recording import other_district
from ejps_core.app.stored_facts import Facts, Stored, facts_of_version, version_of
from ejps_core.app.stored_runs import asked_then, beheld_then, ruleset_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import WITA
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import SEAT
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.run import Run
from ejps_core.model.types import Region
from ejps_core.model.words import Language, Words
from ejps_core.reports.columns import Shown, cells, declared, values
from ejps_core.store.acts import Act
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decisions_of, run_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Decision, ReceivedList
from ejps_core.store.tables import Run as RunRecord

Plain = str | int | bool | None
"""A value for machines; None: unknown."""


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run. where: pseudonym -> region of its village. shown: fact or definition -> pseudonym -> its cell, in words.

    values: the same as plain values: a yes/no, a choice by its name, a number in units of its scale, a day as text.
    members: pseudonym -> how many persons its family has on the list. unpayable: families whose NIK follows.
    """

    number: int
    record: RunRecord
    matter: ReceivedList
    stored: Stored
    ruleset: Ruleset
    title: Words
    decisions: tuple[Decision, ...]
    where: Mapping[str, str]
    members: Mapping[str, int]
    unpayable: frozenset[str]
    shown: Mapping[str, Mapping[str, Shown]]
    values: Mapping[str, Mapping[str, Plain]]

    @property
    def at(self) -> datetime:
        """When it was decided, in the province's time."""
        return self.record.decided_at.astimezone(WITA)

    @property
    def phase(self) -> int | None:
        """The phase of the list, or the one that all decisions are for."""
        if self.matter.phase is not None and self.matter.phase.isdigit():
            return int(self.matter.phase)
        phases = {each.phase for each in self.decisions}
        return phases.pop() if len(phases) == 1 and 0 not in phases else None

    @property
    def recipients(self) -> tuple[Decision, ...]:
        """Who is to receive: the eligible, and of a program that chooses those with a firm seat."""
        return tuple(each for each in self.decisions if self.receives(each))

    def receives(self, decision: Decision) -> bool:
        """Whether this family is one of them."""
        chosen = self.ruleset.choose is None or decision.seat == SEAT
        return decision.verdict == Verdict.ELIGIBLE.value and chosen

    def head(self, phase: int | None = None) -> dict[str, Any]:
        """What every report begins with."""
        title = self.title
        named = self.phase if phase is None else phase
        return {
            "program": {"id": title.id, "en": title.en},
            "year": self.record.as_of.year,
            "at": self.at.isoformat(timespec="seconds"),
        } | ({} if named is None else {"phase": named})


def open_run(store: Store, act: Act, number: int, plugins: Plugins, names: Sequence[str] = ()) -> OpenedRun:
    """The run; names: facts and definitions to be shown, for which it is decided again by the rules and registers of then.

    Nobody's identity is opened; that the facts were read is in the audit log.
    """
    with store.reading() as session:
        record, decisions = run_of(session, number), decisions_of(session, number)
        beheld = beheld_then(session, record)
        stored = version_of(store, session, record.version_id)
        matter = _list_of(session, stored)
    if act.district not in (None, stored.district):
        raise other_district(act.district, stored.district)
    asked = asked_then(record, beheld)
    ruleset = _own(asked, record)
    facts = facts_of_version(store, act, stored, asked.fields)
    owners = _owners(facts.candidates)
    shown, plain = _shown(store, act, stored, asked, plugins, names, record) if names else ({}, {})
    return OpenedRun(
        number=number,
        record=record,
        matter=matter,
        stored=stored,
        ruleset=ruleset,
        title=ruleset_of(record, record.program).title,
        decisions=decisions,
        where=_where(ruleset, facts, stored.district, owners),
        members=_members(facts.candidates),
        unpayable=_unpayable(facts.candidates),
        shown=shown,
        values=plain,
    )


def _own(asked: Asked, record: RunRecord) -> Ruleset:
    """The rules of the run's program, among those that were decided together with it."""
    return next(each for each in asked.rulesets if each.program == record.program)


def _list_of(session: Session, stored: Stored) -> ReceivedList:
    found = session.get(ReceivedList, stored.list_id)
    assert found is not None
    return found


def _owners(candidates: Candidates) -> dict[str, str]:
    """Each member's pseudonym, and that of its family."""
    if PID not in candidates.members.column_names:
        return {}
    families: list[str] = candidates.families.column(PID).to_pylist()
    members: list[str] = candidates.members.column(PID).to_pylist()
    spans = zip(families, candidates.offsets[:-1].tolist(), candidates.offsets[1:].tolist(), strict=True)
    return {pid: family for family, first, last in spans for pid in members[first:last]}


def _where(ruleset: Ruleset, facts: Facts, district: str, owners: Mapping[str, str]) -> dict[str, str]:
    """Where each family (and person) lives: the first region among the facts, else the district the list came from."""
    families = facts.candidates.families
    pids: list[str] = families.column(PID).to_pylist()
    name = next((field.name for field in ruleset.listed_fields if isinstance(field.type, Region)), None)
    codes: list[str | None] = [None] * len(pids) if name is None else families.column(name).to_pylist()
    found = {pid: code or district for pid, code in zip(pids, codes, strict=True)}
    return found | {pid: found[family] for pid, family in owners.items()}


def _members(candidates: Candidates) -> dict[str, int]:
    pids: list[str] = candidates.families.column(PID).to_pylist()
    sizes = (candidates.offsets[1:] - candidates.offsets[:-1]).tolist()
    return {pid: size for pid, size in zip(pids, sizes, strict=True) if size}


def _unpayable(candidates: Candidates) -> frozenset[str]:
    """NIK menyusul: counted and decided, not yet payable."""
    if candidates.nik_to_follow is None:
        return frozenset()
    pids: list[str] = candidates.families.column(PID).to_pylist()
    return frozenset(pid for pid, follows in zip(pids, candidates.nik_to_follow.tolist(), strict=True) if follows)


def _shown(
    store: Store, act: Act, stored: Stored, asked: Asked, plugins: Plugins, names: Sequence[str], record: RunRecord
) -> tuple[dict[str, dict[str, Shown]], dict[str, dict[str, Plain]]]:
    """What the families' facts and definitions were, as reports say them, and as plain values."""
    from ejps_core.authoring.probe import definition_values

    decided = decide_stored(store, act, stored, asked, plugins)
    if decided.run is None:
        raise StoreError("replay-impossible", decided.findings[0].words, decided.findings[0].mend)
    if decided.input_hash != record.input_hash:
        raise StoreError(
            "store-unsound",
            Words("Masukan run ini bukan yang tercatat.", "The input of this run is not what was recorded."),
        )
    ruleset = _own(asked, record)
    own = {each.name for each in ruleset.definitions}
    run: Run = decided.run
    known = _known(ruleset, names)
    found = definition_values(ruleset, run.as_of, run.candidates, [name for name in known if name in own])
    run = replace(run, definitions={(ruleset.program, name): column for name, column in found.items()})
    decisions = next(each for each in run.programs if each.ruleset.program == record.program)
    words, plain = {}, {}
    for name in known:
        words[name] = dict(zip(decided.pids, cells(run, decisions, name, Language.ID), strict=True))
        plain[name] = dict(zip(decided.pids, _plain(values(run, decisions, name)), strict=True))
    return words, plain


def _plain(column: pa.Array | None) -> list[Plain]:
    """The values of a column as JSON holds them."""
    assert column is not None
    found: list[Any] = column.to_pylist()
    return [each.isoformat() if isinstance(each, date) else each for each in found]


def _known(ruleset: Ruleset, names: Iterable[str]) -> list[str]:
    """Those that the rules declare; another one is refused, for an empty column would say that nobody knows."""
    missing = [name for name in names if declared(ruleset, name) is None]
    if missing:
        listed = ", ".join(missing)
        raise StoreError(
            "report-facts-missing",
            Words(
                f"Aturan {ruleset.program} pada run ini tidak mempunyai: {listed}.",
                f"The rules of {ruleset.program} in this run don't have: {listed}.",
            ),
            Words("Pilih laporan atau run lain.", "Choose another report or run."),
        )
    return list(names)

"""One family's decision as it is looked at: the reasoning, the rules' own text, its facts, and what happened before."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.deciding_stored import Decided, decide_stored
from ejps_core.app.run_view import fact_words, reasons_of, ruleset_of
from ejps_core.app.stored_facts import version_of
from ejps_core.app.stored_runs import asked_then, beheld_then
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset, Verdict
from ejps_core.model.trace import Trace
from ejps_core.model.words import Words
from ejps_core.reports.explanation import UNKNOWN, Subject
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.people import Identity, district_of, masked, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import decision_of, run_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Decision, ListRow, ListVersion, OfficialDetermination, Person, Run

KEPT = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the family as the rules saw it. source: where it comes from; on: the day of its data, as text."""

    title: Words
    value: Words
    source: Words
    member: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """A decision of the same family in another run."""

    run: int
    program: str
    as_of: date
    decided_at: datetime
    verdict: Verdict
    amount: int
    here: bool


@dataclass(frozen=True, slots=True)
class FamilySeen:
    """What is known of a family's decision. people: the family and its members, masked or in clear as was asked."""

    run: int
    pid: str
    list_id: int
    district: str
    title: Words
    ruleset: Ruleset
    as_of: date
    known: date
    verdict: Verdict
    amount: int
    reasons: tuple[Words, ...]
    trace: Trace
    subject: Subject
    facts: tuple[Fact, ...]
    people: tuple[Identity, ...]
    revealed: bool
    rows: tuple[tuple[str | None, int], ...]
    received_on: date
    history: tuple[Before, ...]
    determinations: tuple[Mapping[str, Any], ...]


def family(
    options: StoreOptions, actor: Actor, run_id: int, pid: str, plugins: Plugins, purpose: Purpose | None = None
) -> FamilySeen | Diagnostic:
    """The decision about one family; purpose: identifiers in clear for it, with the actor's reason; None: masked."""

    def found() -> FamilySeen:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                run = run_of(session, run_id)
                decision = decision_of(session, run_id, pid)
                district = district_of(session, run.version_id)
            assert district is not None
            act = act_of(replace(actor, district=actor.district or district), purpose or Purpose.VERIFICATION)
            decided = _decided(store, act, run, plugins)
            people = _people(store, act, run.version_id, pid, purpose is not None)
            with store.reading() as session:
                return _seen(session, run, decision, decided, people, district, purpose is not None)

    return attempt(found)


def decided_about(options: StoreOptions, run_id: int, pid: str) -> Verdict | Diagnostic:
    """The verdict of a run about a family; a Diagnostic: there is none in the scope."""

    def found() -> Verdict:
        with open_store(place_of(options)) as store, store.reading() as session:
            return Verdict(decision_of(session, run_id, pid).verdict)

    return attempt(found)


class _Remembered:
    """The runs that were looked at last, decided again with their facts; in memory only, under pseudonyms."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int], Decided] = OrderedDict()

    def get(self, key: tuple[str, int]) -> Decided | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[str, int], decided: Decided) -> None:
        with self._lock:
            self._kept[key] = decided
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_REMEMBERED = _Remembered()


def _decided(store: Store, act: Act, run: Run, plugins: Plugins) -> Decided:
    """The run decided again from what it rested on, as a replay does; a run on record never changes."""
    assert run.id is not None
    key = (store.identity, run.id)
    if (kept := _REMEMBERED.get(key)) is not None:
        return kept
    with store.reading() as session:
        stored = version_of(store, session, run.version_id)
        beheld = beheld_then(session, run)
    decided = decide_stored(store, act, stored, asked_then(run, beheld), plugins)
    if decided.run is None:
        raise StoreError("replay-impossible", decided.findings[0].words, decided.findings[0].mend)
    _REMEMBERED.keep(key, decided)
    return decided


def _people(store: Store, act: Act, version_id: int, pid: str, in_clear: bool) -> tuple[Identity, ...]:
    """The family and its members."""
    with store.reading() as session:
        asked = select(col(Person.pid), col(Person.unit)).where(
            col(Person.version_id) == version_id, (col(Person.pid) == pid) | (col(Person.family_pid) == pid)
        )
        pids = [each for each, _ in session.execute(asked.order_by(col(Person.unit), col(Person.pid)))]
    if not pids:
        return ()
    found = reveal(store, act, version_id, pids) if in_clear else masked(store, act, version_id, pids)
    return tuple(found[each] for each in pids if each in found)


def _seen(
    session: Session,
    run: Run,
    decision: Decision,
    decided: Decided,
    people: tuple[Identity, ...],
    district: str,
    clear: bool,
) -> FamilySeen:
    from ejps_core.engine import explain

    assert decided.run is not None and run.id is not None
    place = decided.pids.index(decision.pid)
    ruleset = next(each.ruleset for each in decided.run.programs if each.ruleset.program == run.program)
    trace = explain(ruleset, decided.run.as_of, decided.run.candidates, place)
    version = session.get(ListVersion, run.version_id)
    assert version is not None
    candidates = decided.run.candidates
    size = int(candidates.offsets[place + 1]) - int(candidates.offsets[place])
    rows = select(col(ListRow.sheet), col(ListRow.row)).where(
        col(ListRow.version_id) == run.version_id, col(ListRow.pid) == decision.pid
    )
    subject = Subject(
        "", (None,) * size, "", int(candidates.family_rows[place]), version.file_name, day_number(run.as_of),
        day_number(run.known),
    )  # fmt: skip
    return FamilySeen(
        run=run.id, pid=decision.pid, list_id=version.list_id, district=district,
        title=Words(ruleset.title.id or ruleset.program, ruleset.title.en or ruleset.program), ruleset=ruleset_of(run),
        as_of=run.as_of, known=run.known, verdict=Verdict(decision.verdict), amount=decision.amount,
        reasons=reasons_of(ruleset, decision), trace=trace, subject=subject, facts=_facts(trace, ruleset), people=people,
        revealed=clear, rows=tuple((sheet, row) for sheet, row in session.execute(rows)),
        received_on=version.received_at.date(), history=_history(session, decision.pid, run.id),
        determinations=_determined(session, version.list_id, people),
    )  # fmt: skip


def _facts(trace: Trace, ruleset: Ruleset) -> tuple[Fact, ...]:
    """Each fact that the rules read of the family, with where it comes from."""
    declared = {field.name: field for field in ruleset.family_fields} | {
        f"member.{field.name}": field for field in ruleset.member_fields
    }
    found: dict[tuple[str, int | None], Fact] = {}
    steps = [s for rule in trace.rules for s in rule.steps] + [s for paid in trace.benefits for s in paid.steps]
    for step in steps:
        if step.fact is None or step.fact not in declared:
            continue
        field = declared[step.fact]
        source = step.origin.words if step.origin is not None else Words("daftar", "the list")
        if step.origin is None and field.source:
            source = Words(f"daftar (sumber: {field.source})", f"the list (source: {field.source})")
            if step.value == UNKNOWN:
                source = Words(f"belum ada; sumbernya {field.source}", f"not there yet; its source is {field.source}")
        fact = Fact(fact_words(ruleset, step.fact), step.value, source, step.member)
        found.setdefault((step.fact, step.member), fact)
    return tuple(found.values())


def _history(session: Session, pid: str, here: int) -> tuple[Before, ...]:
    asked = (
        select(Run, Decision)
        .join(Decision, col(Decision.run_id) == col(Run.id))
        .where(col(Decision.pid) == pid)
        .order_by(col(Run.decided_at).desc())
    )
    return tuple(
        Before(run.id, run.program, run.as_of, run.decided_at, Verdict(decision.verdict), decision.amount, run.id == here)
        for run, decision in session.execute(asked).all()
    )


def _determined(session: Session, list_id: int, people: tuple[Identity, ...]) -> tuple[Mapping[str, Any], ...]:
    pids = [each.pid for each in people]
    asked = select(OfficialDetermination).where(
        col(OfficialDetermination.list_id) == list_id, col(OfficialDetermination.pid).in_(pids)
    )
    return tuple(
        {
            "fact": each.fact,
            "value": each.value,
            "why": each.why,
            "document": each.document,
            "by": each.determined_by,
            "on": each.document_date.isoformat(),
            "state": each.state,
        }
        for each in session.execute(asked.order_by(col(OfficialDetermination.id).desc())).scalars()
    )

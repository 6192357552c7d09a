"""Findings of inspectors: added with a deadline, followed up, extended, closed by another person, listed when overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ejps_core.aid.inspections import (
    FindingStep,
    deadline_of,
    finding_overdue,
    finding_refusal,
    finding_state,
    made_good,
)
from ejps_core.aid.signing import Signer
from ejps_core.app.decrees_on_record import on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import sealed_paper
from ejps_core.app.stores import Actor, StoreOptions, attempt, place_of
from ejps_core.app.whom import nobody, people_meant, versions_of_run
from ejps_core.model.decreed import DocumentKind, FindingAct
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_CLOSE, OFFICERS, Act, Purpose, Role
from ejps_core.store.appeals import Doing, Found, add_finding, do_about, finding_of, finding_steps, findings
from ejps_core.store.documents import only_if_recorded, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import Finding
from ejps_core.store.tables import FindingStep as StepRecord


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding about a decree, perhaps about one family of it."""

    decree: int
    inspector: str
    found_on: date
    words: str
    recommendation: str
    answerable: str
    deadline: date
    document: str
    phase: int | None = None
    whom: str | None = None
    amount: int | None = None
    paper: Path | None = None


def add(options: StoreOptions, actor: Actor, asked: Asked) -> int | Diagnostic:
    """Records a finding; its number."""

    def made() -> int:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = on_record(session, asked.decree)
            act = act_in(actor, Purpose.AUDIT, found.decree.district)
            act.refuse_unless(OFFICERS | {Role.AUDITOR}, found.decree.district)
            pid = _pid(store, found.decree.run_id, asked.whom)
            about = f"{found.decree.district} {found.decree.program}"
            paper = None if asked.paper is None else sealed_paper(store, DocumentKind.SCAN, asked.paper, about)
            with only_if_recorded(store, paper), store.writing(act) as work:
                said = Found(
                    inspector=asked.inspector,
                    program=found.decree.program,
                    district=found.decree.district,
                    found_on=asked.found_on,
                    words=asked.words,
                    recommendation=asked.recommendation,
                    answerable=asked.answerable,
                    deadline=asked.deadline,
                    document=asked.document,
                    phase=asked.phase,
                    pid=pid,
                    decree_id=asked.decree,
                    amount=asked.amount,
                    document_id=None if paper is None else put_on_record(work, paper),
                )
                return add_finding(work, said)

    return attempt(made)


def _pid(store: Store, run: int, whom: str | None) -> str | None:
    if whom is None:
        return None
    with store.reading() as session:
        people = people_meant(store, session, versions_of_run(session, run), [whom])[whom]
    if len({each.family for each in people}) != 1:
        raise nobody(whom)
    return people[0].pid if len(people) == 1 else people[0].family


def do(options: StoreOptions, actor: Actor, number: int, doing: Doing, paper: Path | None = None) -> str | Diagnostic:
    """Records what is done about a finding; its state afterwards."""

    def done() -> str:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = finding_of(session, number)
            act = act_in(actor, Purpose.AUDIT, found.district)
            closing = doing.act in (FindingAct.CLOSE, FindingAct.REOPEN)
            act.refuse_unless(MAY_CLOSE if closing else OFFICERS | {Role.AUDITOR}, found.district)
            about = f"{found.district} {found.program}"
            sealed = None if paper is None else sealed_paper(store, DocumentKind.SCAN, paper, about)
            with only_if_recorded(store, sealed), store.writing(act) as work:
                work.alone(f"finding:{number}")
                _refuse(work.session, act, number, doing)
                document = None if sealed is None else put_on_record(work, sealed)
                said = Doing(doing.act, doing.day, doing.words, doing.document, doing.amount, doing.deadline, document)
                do_about(work, number, said)
                return finding_state(_steps(finding_steps(work.session, number))).value

    return attempt(done)


def _refuse(session: Session, act: Act, number: int, doing: Doing) -> None:
    if not doing.words.strip():
        raise StoreError("reason-missing", Words("Uraiannya belum disebut.", "It is not said what was done."))
    step = FindingStep(doing.act, Signer(act.who, act.account), doing.amount or 0, doing.deadline)
    refused = finding_refusal(_steps(finding_steps(session, number)), step)
    if refused is not None:
        raise StoreError(refused.code, refused.words, refused.mend)


def _steps(records: Sequence[StepRecord]) -> tuple[FindingStep, ...]:
    return tuple(
        FindingStep(FindingAct(each.act), Signer(each.recorded_by, each.account), each.amount or 0, each.deadline)
        for each in records
    )


def listed(
    options: StoreOptions, today: date, program: str | None = None, district: str | None = None
) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The findings with state and deadline as of a day; what is overdue is said so."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(_told(session, each, today) for each in findings(session, program, district))

    return attempt(found)


def _told(session: Session, each: Finding, today: date) -> Mapping[str, Any]:
    assert each.id is not None
    records = finding_steps(session, each.id)
    steps = _steps(records)
    closed = next((record for record in reversed(records) if record.act == FindingAct.CLOSE.value), None)
    state = finding_state(steps)
    return {
        "finding": each.id,
        "inspector": each.inspector,
        "program": each.program,
        "district": each.district,
        "phase": each.phase,
        "decree": each.decree_id,
        "pid": each.pid,
        "found_on": each.found_on.isoformat(),
        "words": each.words,
        "recommendation": each.recommendation,
        "amount": each.amount,
        "made_good": made_good(steps),
        "answerable": each.answerable,
        "deadline": deadline_of(each.deadline, steps).isoformat(),
        "state": state.value,
        "overdue": finding_overdue(each.deadline, steps, today),
        "closed_by": closed.recorded_by if closed is not None and state.value == "closed" else None,
        "steps": [
            {
                "act": record.act,
                "day": record.day.isoformat(),
                "words": record.words,
                "document": record.document,
                "amount": record.amount,
                "by": record.recorded_by,
            }
            for record in records
        ],
    }


__all__ = ["Asked", "Doing", "add", "do", "listed"]

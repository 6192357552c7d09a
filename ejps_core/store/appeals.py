"""Objections of families and findings of inspectors on record, with what was decided or done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.decreed import FindingAct, ObjectionOutcome
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Finding, FindingStep, Objection, ObjectionDecision, PublicHoliday
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class Filed:
    """An objection as it was filed. pid None: of a family that stands on no list."""

    program: str
    district: str
    known_on: date
    filed_on: date
    grounds: str
    document: str
    phase: int | None = None
    pid: str | None = None
    decree_id: int | None = None
    run_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """How an objection was decided, and what follows from it. amendment: the one that carries it out."""

    outcome: ObjectionOutcome
    decided_on: date
    why: str
    consequence: str
    document: str
    amendment: int | None = None


def file_objection(work: Work, filed: Filed) -> int:
    """Records an objection; its number."""
    act = work.act
    fields = {name: getattr(filed, name) for name in Filed.__slots__}
    made = Objection(**fields, recorded_at=act.at, recorded_by=act.who)
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    told = {"program": made.program, "phase": made.phase, "filed_on": made.filed_on.isoformat(), "pid": made.pid}
    work.tell("objection.filed", "objection", made.id, after=told | {"grounds": made.grounds})
    return made.id


def decide_objection(work: Work, number: int, ruling: Ruling) -> int:
    """Records a decision on an objection; an earlier one stays on record and no longer counts. Its number."""
    session, act = work.session, work.act
    objection_of(session, number)
    before = ruling_on(session, number)
    made = ObjectionDecision(
        objection_id=number,
        outcome=ruling.outcome.value,
        decided_on=ruling.decided_on,
        why=ruling.why,
        consequence=ruling.consequence,
        document=ruling.document,
        amendment_id=ruling.amendment,
        supersedes=None if before is None else before.id,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    old = None if before is None else {"outcome": before.outcome, "why": before.why}
    told = {"outcome": made.outcome, "why": made.why, "consequence": made.consequence, "amendment": made.amendment_id}
    work.tell("objection.decided", "objection", number, before=old, after=told)
    return made.id


def objection_of(session: Session, number: int) -> Objection:
    """The record of an objection; StoreError if there is none."""
    found = session.get(Objection, number)
    if found is None:
        raise StoreError(
            "objection-unknown", Words(f"Tidak ada keberatan nomor {number}.", f"There is no objection number {number}.")
        )
    return found


def ruling_on(session: Session, number: int) -> ObjectionDecision | None:
    """The decision on an objection that counts; None: it waits."""
    asked = select(ObjectionDecision).where(col(ObjectionDecision.objection_id) == number)
    return session.execute(asked.order_by(col(ObjectionDecision.id).desc()).limit(1)).scalar_one_or_none()


def objections(session: Session, program: str | None = None, district: str | None = None) -> tuple[Objection, ...]:
    """All objections, oldest first."""
    asked = select(Objection)
    if program is not None:
        asked = asked.where(col(Objection.program) == program)
    if district is not None:
        asked = asked.where(col(Objection.district) == district)
    return tuple(session.execute(asked.order_by(col(Objection.filed_on), col(Objection.id))).scalars())


def set_holiday(work: Work, day: date, name: str, document: str, state: Declared = Declared.MADE) -> None:
    """Records that a day is a public holiday, or that it is none after all."""
    act = work.act
    made = PublicHoliday(day=day, name=name, document=document, state=state.value, recorded_at=act.at, recorded_by=act.who)
    work.session.add(made)
    work.session.flush()
    told = {"name": name, "document": document, "state": state.value}
    work.tell("holiday.set", "day", day.isoformat(), after=told)


def holidays(session: Session) -> tuple[PublicHoliday, ...]:
    """The public holidays on record, in the order of their days."""
    newest: dict[date, PublicHoliday] = {}
    for each in session.execute(select(PublicHoliday).order_by(col(PublicHoliday.id))).scalars():
        newest[each.day] = each
    return tuple(newest[day] for day in sorted(newest) if newest[day].state == Declared.MADE.value)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the inspector wrote it. answerable: who has to settle it by the deadline."""

    inspector: str
    program: str
    district: str
    found_on: date
    words: str
    recommendation: str
    answerable: str
    deadline: date
    document: str
    phase: int | None = None
    pid: str | None = None
    decree_id: int | None = None
    amount: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done about a finding. amount: rupiah made good. deadline: the new one."""

    act: FindingAct
    day: date
    words: str
    document: str = ""
    amount: int | None = None
    deadline: date | None = None
    document_id: int | None = None


def add_finding(work: Work, found: Found) -> int:
    """Records a finding; its number."""
    act = work.act
    fields = {name: getattr(found, name) for name in Found.__slots__}
    made = Finding(**fields, recorded_at=act.at, recorded_by=act.who)
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    told = {"inspector": made.inspector, "program": made.program, "words": made.words, "amount": made.amount}
    work.tell("finding.added", "finding", made.id, after=told | {"deadline": made.deadline.isoformat()})
    return made.id


def do_about(work: Work, number: int, doing: Doing) -> None:
    """Records what is done about a finding. Whether it is allowed now is the caller's to know, under `work.alone`."""
    act = work.act
    finding_of(work.session, number)
    made = FindingStep(
        finding_id=number,
        act=doing.act.value,
        day=doing.day,
        words=doing.words,
        amount=doing.amount,
        deadline=doing.deadline,
        document=doing.document,
        document_id=doing.document_id,
        role=act.role.value,
        account=act.account,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    work.session.add(made)
    work.session.flush()
    told = {"day": made.day.isoformat(), "words": made.words, "amount": made.amount}
    work.tell(f"finding.{made.act}", "finding", number, after=told)


def finding_of(session: Session, number: int) -> Finding:
    """The record of a finding; StoreError if there is none."""
    found = session.get(Finding, number)
    if found is None:
        raise StoreError(
            "finding-unknown", Words(f"Tidak ada temuan nomor {number}.", f"There is no finding number {number}.")
        )
    return found


def finding_steps(session: Session, number: int) -> tuple[FindingStep, ...]:
    """What was done about a finding, in order."""
    asked = select(FindingStep).where(col(FindingStep.finding_id) == number).order_by(col(FindingStep.id))
    return tuple(session.execute(asked).scalars())


def findings(
    session: Session, program: str | None = None, district: str | None = None, pids: Sequence[str] | None = None
) -> tuple[Finding, ...]:
    """All findings, the first deadline first."""
    asked = select(Finding)
    if program is not None:
        asked = asked.where(col(Finding.program) == program)
    if district is not None:
        asked = asked.where(col(Finding.district) == district)
    if pids is not None:
        asked = asked.where(col(Finding.pid).in_(pids))
    return tuple(session.execute(asked.order_by(col(Finding.deadline), col(Finding.id))).scalars())

"""Objections (keberatan): filed with their clock, decided with reason and consequence, listed with what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ejps_core.aid.deadlines import Clock, clock
from ejps_core.app.decrees_on_record import on_record
from ejps_core.app.drafting import act_in
from ejps_core.app.handed_in import sealed_paper
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.app.whom import nobody, one_of, people_meant, versions_of_run
from ejps_core.model.decreed import DecreeState, DocumentKind, ObjectionOutcome
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import OFFICERS, Purpose
from ejps_core.store.appeals import (
    Filed,
    Ruling,
    decide_objection,
    file_objection,
    holidays,
    objection_of,
    objections,
    ruling_on,
    set_holiday,
)
from ejps_core.store.documents import only_if_recorded, put_on_record
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.session import Store
from ejps_core.store.tables import Objection
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class Asked:
    """An objection to be filed. against: a decree, or a run, one of them. whom None: a family that stands on no list."""

    known_on: date
    filed_on: date
    grounds: str
    document: str
    decree: int | None = None
    run: int | None = None
    whom: str | None = None
    phase: int | None = None
    letter: Path | None = None


@dataclass(frozen=True, slots=True)
class OnFile:
    """An objection on record with its clock. holidays: how many public holidays the clock knows of."""

    number: int
    clock: Clock
    holidays: int


def file(options: StoreOptions, actor: Actor, asked: Asked) -> OnFile | Diagnostic:
    """Records an objection; one that comes too late is recorded too, and said to be late."""

    def made() -> OnFile:
        with open_store(place_of(options)) as store:
            program, district, pid = _about(store, asked)
            if asked.filed_on < asked.known_on:
                raise StoreError(
                    "filed-before-known",
                    Words(
                        "Keberatan bertanggal sebelum keputusannya diketahui.", "It is filed before the decision was known."
                    ),
                )
            act = act_in(actor, Purpose.VERIFICATION, district)
            act.refuse_unless(OFFICERS, district)
            about = f"{district} {program}"
            letter = None if asked.letter is None else sealed_paper(store, DocumentKind.SCAN, asked.letter, about)
            with only_if_recorded(store, letter), store.writing(act) as work:
                filed = Filed(
                    program=program,
                    district=district,
                    known_on=asked.known_on,
                    filed_on=asked.filed_on,
                    grounds=asked.grounds,
                    document=asked.document,
                    phase=asked.phase,
                    pid=pid,
                    decree_id=asked.decree,
                    run_id=asked.run,
                    document_id=None if letter is None else put_on_record(work, letter),
                )
                number = file_objection(work, filed)
                days = frozenset(each.day for each in holidays(work.session))
            return OnFile(number, clock(asked.known_on, asked.filed_on, days), len(days))

    return attempt(made)


def _about(store: Store, asked: Asked) -> tuple[str, str, str | None]:
    """Program, district and pseudonym of an objection."""
    with store.reading() as session:
        if asked.decree is not None:
            found = on_record(session, asked.decree)
            run = run_of(session, found.decree.run_id)
        elif asked.run is not None:
            run = run_of(session, asked.run)
        else:
            raise StoreError(
                "objection-against-what",
                Words("Keberatan atas keputusan atau run mana?", "An objection against which decree or run?"),
                Words("Sebut --decree atau --run.", "Name it with --decree or --run."),
            )
        district = district_of(session, run.version_id)
        assert district is not None and run.id is not None
        if asked.whom is None:
            return run.program, district, None
        people = people_meant(store, session, versions_of_run(session, run.id), [asked.whom])[asked.whom]
        pid = one_of(people, {each.family for each in people} if len(people) != 1 else {people[0].pid})
        if pid is None:
            raise nobody(asked.whom)
        return run.program, district, pid


def decide(options: StoreOptions, actor: Actor, number: int, ruling: Ruling) -> OnFile | Diagnostic:
    """Records a decision on an objection. What is granted says what follows from it."""

    def made() -> OnFile:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                found = objection_of(session, number)
                _refuse_unfit(session, found, ruling)
                days = frozenset(each.day for each in holidays(session))
            act = act_in(actor, Purpose.VERIFICATION, found.district)
            act.refuse_unless(OFFICERS, found.district)
            with store.writing(act) as work:
                work.alone(f"objection:{number}")
                decide_objection(work, number, ruling)
            return OnFile(number, clock(found.known_on, found.filed_on, days), len(days))

    return attempt(made)


def _refuse_unfit(session: Session, found: Objection, ruling: Ruling) -> None:
    granted = ruling.outcome in (ObjectionOutcome.GRANTED, ObjectionOutcome.PARTLY)
    if not ruling.why.strip():
        raise StoreError("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
    if granted and not ruling.consequence.strip():
        raise StoreError(
            "consequence-missing",
            Words("Keberatan yang dikabulkan harus menyebut akibatnya.", "An objection that is granted says what follows."),
            Words("Sebut dengan --consequence.", "Say it with --consequence."),
        )
    if ruling.decided_on < found.filed_on:
        raise StoreError(
            "decided-before-filed",
            Words("Putusannya bertanggal sebelum keberatannya.", "The decision is dated before the objection."),
        )
    if ruling.amendment is not None and on_record(session, ruling.amendment).state is DecreeState.WITHDRAWN:
        raise StoreError("decree-withdrawn", Words("Perubahan itu dibatalkan.", "That amendment was withdrawn."))


def listed(
    options: StoreOptions, today: date, program: str | None = None, district: str | None = None
) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The objections with their clocks as of a day; what is overdue is said so."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            days = frozenset(each.day for each in holidays(session))
            return tuple(_told(session, each, today, days) for each in objections(session, program, district))

    return attempt(found)


def _told(session: Session, each: Objection, today: date, days: frozenset[date]) -> Mapping[str, Any]:
    assert each.id is not None
    ruling = ruling_on(session, each.id)
    running = clock(each.known_on, each.filed_on, days)
    decided = None if ruling is None else ruling.decided_on
    return {
        "objection": each.id,
        "program": each.program,
        "district": each.district,
        "phase": each.phase,
        "pid": each.pid,
        "decree": each.decree_id,
        "run": each.run_id,
        "filed_on": each.filed_on.isoformat(),
        "file_by": running.file_by.isoformat(),
        "late": running.late,
        "answer_by": running.answer_by.isoformat(),
        "overdue": running.overdue(today, decided),
        "grounds": each.grounds,
        "outcome": None if ruling is None else ruling.outcome,
        "decided_on": None if decided is None else decided.isoformat(),
        "why": None if ruling is None else ruling.why,
        "consequence": None if ruling is None else ruling.consequence,
        "amendment": None if ruling is None else ruling.amendment_id,
    }


def holiday(
    options: StoreOptions, actor: Actor, day: date, name: str, document: str, *, withdrawn: bool
) -> Diagnostic | None:
    """Records that a day is a public holiday, by which decision; or that it is none."""

    def done() -> None:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.ADMINISTRATION)
            state = Declared.WITHDRAWN if withdrawn else Declared.MADE
            with store.writing(act) as work:
                set_holiday(work, day, name, document, state)

    return attempt(done)


def holidays_on_record(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The public holidays that the clocks know of, in the order of their days."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(
                {
                    "day": each.day.isoformat(),
                    "name": each.name,
                    "document": each.document,
                    "recorded_by": each.recorded_by,
                    "recorded_at": each.recorded_at.isoformat(timespec="seconds"),
                }
                for each in holidays(session)
            )

    return attempt(found)


__all__ = ["Asked", "OnFile", "Ruling", "decide", "file", "holiday", "holidays_on_record", "listed"]

"""Decrees as commands tell them: which there are, and one with its steps, its phases, its amendments, what overtook it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from ejps_core.aid.entries import NOTHING
from ejps_core.aid.membership import total_of
from ejps_core.aid.payments import counting, place_of, received
from ejps_core.app.decrees_on_record import OnRecord, as_change, by_person, held_on, list_at, on_record, overtaken
from ejps_core.app.stores import StoreOptions, attempt
from ejps_core.app.stores import place_of as store_place
from ejps_core.model.decreed import Outcome
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.decrees import amendments_of, changes_of, decrees
from ejps_core.store.deliveries import deliveries, payments, unexplained
from ejps_core.store.handovers import handovers
from ejps_core.store.opening import open_store
from ejps_core.store.tables import Delivery


def listed(
    options: StoreOptions, program: str | None = None, district: str | None = None
) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The decrees and amendments on record, each with its state."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(store_place(options)) as store, store.reading() as session:
            every = [each.id for each in decrees(session, district, program) if each.id is not None]
            return tuple(head_of(on_record(session, number)) for number in every)

    return attempt(found)


def shown(options: StoreOptions, number: int, today: date) -> Mapping[str, Any] | Diagnostic:
    """One decree: steps, what each phase holds as of a day, amendments, what is newer than its run."""

    def found() -> Mapping[str, Any]:
        with open_store(store_place(options)) as store, store.reading() as session:
            one = on_record(session, number)
            told = dict(head_of(one)) | {
                "steps": [
                    {
                        "act": step.act,
                        "who": step.who,
                        "role": step.role,
                        "office": step.office,
                        "capacity": step.capacity,
                        "delegation": step.delegation_id,
                        "reason": step.reason,
                        "at": step.at.isoformat(timespec="seconds"),
                    }
                    for step in one.steps
                ],
                "overtaken": [
                    {"code": each.code, "id": each.words.id, "en": each.words.en} for each in overtaken(session, one)
                ],
            }
            if one.decree.amends is None:
                told["in_phases"] = [_phase(session, one, phase, today) for phase in one.phases]
                drafts = amendments_of(session, number, issued=False)
                told["amendments"] = [head_of(on_record(session, each.id)) for each in drafts if each.id is not None]
            else:
                told["changes"] = _changes(session, number)
            return told

    return attempt(found)


def head_of(found: OnRecord) -> Mapping[str, Any]:
    """A decree as listings tell it."""
    decree, issue = found.decree, found.issue
    return {
        "decree": found.number,
        "amends": decree.amends,
        "program": decree.program,
        "district": decree.district,
        "phases": list(decree.phases),
        "run": decree.run_id,
        "title": decree.title,
        "state": found.state.value,
        "recipients": decree.counts["recipients"],
        "reserve": decree.counts["reserve"],
        "amount": decree.amount,
        "number": None if issue is None else issue.number,
        "day": None if issue is None else issue.day.isoformat(),
        "signatory": None if issue is None else issue.signatory,
        "office": None if issue is None else issue.office,
        "capacity": None if issue is None else issue.capacity,
        "annex_hash": None if issue is None else issue.annex_hash,
        "drafted_by": decree.drafted_by,
    }


def _phase(session: Session, found: OnRecord, phase: int, today: date) -> Mapping[str, Any]:
    """A phase: who is what, and what was received, by the records of all its deliveries."""
    after = list_at(session, found.number, phase)
    held = held_on(session, found.decree.program, phase, today)
    places = Counter(place_of(each, each.pid in held).value for each in after.members)
    events = by_person(payments(session, found.decree.program, phase=phase, decree_id=found.number))
    money = {pid: received(each) for (_, pid), each in events.items()}
    failed = [pid for (_, pid), each in events.items() if _failed(each) and money[pid] == NOTHING]
    return {
        "phase": phase,
        "recipients": len(after.recipients),
        "amount": total_of(after.recipients),
        "places": dict(places),
        "received": sum(each.total > 0 for each in money.values()),
        "received_amount": sum(each.total for each in money.values()),
        "failed": len(failed),
    }


def _failed(events: tuple[Any, ...]) -> bool:
    known = counting(events)
    return bool(known) and known[-1].outcome is Outcome.FAILED


def _changes(session: Session, number: int) -> list[Mapping[str, Any]]:
    return [
        {
            "kind": change.kind.value,
            "pid": change.pid,
            "new_pid": change.new_pid,
            "recipient": change.recipient,
            "amount": change.amount,
            "payable": change.payable,
            "reason": change.reason.value,
            "why": change.why,
            "document": change.document,
        }
        for change in map(as_change, changes_of(session, number))
    ]


def delivered(options: StoreOptions, decree: int, phase: int | None = None) -> Mapping[str, Any] | Diagnostic:
    """The deliveries under a decree with their payments, the minutes of handover, and what still asks for a reason."""

    def found() -> Mapping[str, Any]:
        with open_store(store_place(options)) as store, store.reading() as session:
            one = on_record(session, decree)
            every = payments(session, one.decree.program, decree_id=decree, phase=phase)
            open_ = {each.id for each in unexplained(session, one.decree.program, one.decree.district)}
            return {
                "decree": decree,
                "deliveries": [_delivery(each, every, open_) for each in deliveries(session, decree, phase)],
                "handovers": [
                    {
                        "handover": each.id,
                        "number": each.number,
                        "at": each.at.isoformat(timespec="seconds"),
                        "phase": each.phase,
                        "region": each.region,
                        "parties": [each.first_party, each.second_party],
                        "families": each.families,
                        "amount": each.amount,
                        "missing": each.missing,
                        "cautions": each.cautions,
                        "reason": each.reason,
                    }
                    for each in handovers(session, decree, phase)
                ],
                "open": sum(each.id in open_ for each in every),
            }

    return attempt(found)


def _delivery(delivery: Delivery, every: tuple[Row[Any], ...], open_: set[int | None]) -> Mapping[str, Any]:
    return {
        "delivery": delivery.id,
        "phase": delivery.phase,
        "region": delivery.region,
        "day": delivery.day.isoformat(),
        "document": delivery.document,
        "sheet": delivery.document_id,
        "counts": delivery.counts,
        "recorded_by": delivery.recorded_by,
        "payments": [
            {
                "payment": each.id,
                "pid": each.pid,
                "outcome": each.outcome,
                "amount": each.amount,
                "shares": each.shares,
                "taker": each.taker,
                "reason": each.reason,
                "cautions": each.cautions,
                "open": each.id in open_,
                "cancels": each.cancels,
            }
            for each in every
            if each.delivery_id == delivery.id
        ],
    }

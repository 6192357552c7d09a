"""Deliveries on record: what each family received, could not be given or gave back, with its papers; holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, inspect, select
from sqlmodel import Session, col

from ejps_core.model.decreed import HoldReason, Outcome
from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Decree, Delivery, Hold, Payment, PaymentReason
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class Delivered:
    """A handing out under a decree. document: its paper, by number; document_id: the signed sheet or photo, sealed."""

    decree_id: int
    phase: int
    region: str
    day: date
    document: str
    document_id: int | None = None
    counts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paying:
    """What became of one family. Without a reason the cautions stay open."""

    pid: str
    recipient_pid: str
    region: str
    outcome: Outcome
    amount: int
    shares: Mapping[str, int]
    cautions: Sequence[str] = ()
    reason: str = ""
    taker: str = ""
    document_id: int | None = None
    cancels: int | None = None


def deliver(work: Work, delivered: Delivered, payments: Iterable[Paying]) -> int:
    """Records a delivery with all its payments, all or none; its number."""
    act, session = work.act, work.session
    decree = session.get(Decree, delivered.decree_id)
    assert decree is not None
    made = Delivery(
        decree_id=delivered.decree_id,
        phase=delivered.phase,
        region=delivered.region,
        day=delivered.day,
        document=delivered.document,
        document_id=delivered.document_id,
        counts=dict(delivered.counts),
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    number = made.id
    assert number is not None
    work.point("delivery-written")
    same = {
        "delivery_id": number,
        "decree_id": delivered.decree_id,
        "program": decree.program,
        "district": decree.district,
        "phase": delivered.phase,
        "day": delivered.day,
        "recorded_at": act.at,
        "recorded_by": act.who,
    }
    add_all(session, Payment, (same | _record(each) for each in payments))
    work.point("payments-written")
    told = {"decree": made.decree_id, "phase": made.phase, "region": made.region, "counts": made.counts}
    work.tell("delivery.recorded", "delivery", number, after=told | {"document": made.document})
    return number


def _record(paying: Paying) -> dict[str, Any]:
    return {
        "pid": paying.pid,
        "recipient_pid": paying.recipient_pid,
        "region": paying.region,
        "outcome": paying.outcome.value,
        "amount": paying.amount,
        "shares": dict(paying.shares),
        "taker": paying.taker,
        "reason": paying.reason,
        "cautions": list(paying.cautions),
        "document_id": paying.document_id,
        "cancels": paying.cancels,
    }


def explain(work: Work, payment_id: int, why: str, document: str) -> None:
    """Records why a payment that was warned of is right after all."""
    found, act = payment_of(work.session, payment_id), work.act
    made = PaymentReason(payment_id=payment_id, why=why, document=document, recorded_at=act.at, recorded_by=act.who)
    work.session.add(made)
    work.session.flush()
    told = {"payment": payment_id, "cautions": found.cautions, "why": why, "document": document}
    work.tell("payment.explained", "person", found.pid, after=told)


def payment_of(session: Session, number: int) -> Payment:
    """The record of a payment; StoreError if there is none."""
    found = session.get(Payment, number)
    if found is None:
        raise StoreError(
            "payment-unknown", Words(f"Tidak ada pembayaran nomor {number}.", f"There is no payment number {number}.")
        )
    return found


def deliveries(session: Session, decree_id: int, phase: int | None = None) -> tuple[Delivery, ...]:
    """The deliveries under a decree, oldest first."""
    asked = select(Delivery).where(col(Delivery.decree_id) == decree_id)
    if phase is not None:
        asked = asked.where(col(Delivery.phase) == phase)
    return tuple(session.execute(asked.order_by(col(Delivery.id))).scalars())


def payments(
    session: Session,
    program: str,
    *,
    phase: int | None = None,
    district: str | None = None,
    decree_id: int | None = None,
    delivery_id: int | None = None,
    pids: Sequence[str] | None = None,
    known: datetime | None = None,
    columns: Sequence[str] = (),
) -> tuple[Row[Any], ...]:
    """The payments of a program, oldest first, cancelled ones and cancellations too; as recorded by `known`.

    They are rows with the names of Payment's columns (all, or those asked for), not objects: there are tens of thousands
    in each phase.
    """
    table = inspect(Payment).local_table
    asked = select(*(table.c[name] for name in columns)) if columns else select(table)
    asked = asked.where(col(Payment.program) == program)
    chosen = {"phase": phase, "district": district, "decree_id": decree_id, "delivery_id": delivery_id}
    for name, value in chosen.items():
        if value is not None:
            asked = asked.where(getattr(Payment, name) == value)
    if pids is not None:
        asked = asked.where(col(Payment.pid).in_(pids))
    if known is not None:
        asked = asked.where(col(Payment.recorded_at) <= known)
    return tuple(session.execute(asked.order_by(col(Payment.id))))


def unexplained(session: Session, program: str | None = None, district: str | None = None) -> tuple[Payment, ...]:
    """The payments that were warned of and have no reason yet, oldest first; those that were cancelled are left out."""
    told = select(col(PaymentReason.id)).where(col(PaymentReason.payment_id) == col(Payment.id))
    again = inspect(Payment).local_table.alias("again")
    gone = select(again.c.id).where(again.c.cancels == col(Payment.id))
    asked = select(Payment).where(col(Payment.reason) == "", ~told.exists(), ~gone.exists())
    if program is not None:
        asked = asked.where(col(Payment.program) == program)
    if district is not None:
        asked = asked.where(col(Payment.district) == district)
    return tuple(each for each in session.execute(asked.order_by(col(Payment.id))).scalars() if each.cautions)


@dataclass(frozen=True, slots=True)
class Holding:
    """A family's aid is put on hold from a day, or the hold is lifted on one."""

    program: str
    district: str
    pid: str
    phase: int | None
    state: Declared
    day: date
    reason: HoldReason
    why: str
    document: str = ""


def hold(work: Work, holding: Holding) -> int:
    """Records a hold, or that one is lifted; its number."""
    act, session = work.act, work.session
    newest = select(func.max(col(Hold.id))).where(
        col(Hold.program) == holding.program,
        col(Hold.pid) == holding.pid,
        col(Hold.phase).is_(None) if holding.phase is None else col(Hold.phase) == holding.phase,
    )
    made = Hold(
        program=holding.program,
        district=holding.district,
        pid=holding.pid,
        phase=holding.phase,
        state=holding.state.value,
        day=holding.day,
        reason=holding.reason.value,
        why=holding.why,
        document=holding.document,
        supersedes=session.execute(newest).scalar_one_or_none(),
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    told = {"program": made.program, "phase": made.phase, "day": made.day.isoformat(), "reason": made.reason}
    action = "hold.set" if holding.state is Declared.MADE else "hold.lifted"
    work.tell(action, "person", made.pid, after=told | {"why": made.why})
    return made.id


def holds(session: Session, program: str, pids: Sequence[str] | None = None) -> tuple[Hold, ...]:
    """All records of holds of a program, oldest first."""
    asked = select(Hold).where(col(Hold.program) == program)
    if pids is not None:
        asked = asked.where(col(Hold.pid).in_(pids))
    return tuple(session.execute(asked.order_by(col(Hold.id))).scalars())

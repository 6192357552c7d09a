"""What is known of a phase of a decree when something is paid in it, and the recording of what is paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from ejps_core.aid.membership import Member
from ejps_core.aid.payments import Event, Place, Terms, place_of
from ejps_core.app.decrees_on_record import OnRecord, by_person, held_on, list_at, on_record, terms_of
from ejps_core.app.drafting import act_in
from ejps_core.app.stores import Actor
from ejps_core.model.decreed import DecreeState, Outcome
from ejps_core.model.words import Words
from ejps_core.store.acts import OFFICERS, Act, Purpose
from ejps_core.store.deliveries import Delivered, Paying, deliver, payments
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import Decree


@dataclass(frozen=True, slots=True)
class Recorded:
    """A delivery on record. again: it was there before. counts: families by what became of them; left_out: those of the
    place who were not paid by it, by why. open: payments that still ask for a reason."""

    delivery: int
    again: bool = False
    received: int = 0
    failed: int = 0
    amount: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    cautions: tuple[tuple[str, str], ...] = ()
    open: int = 0


def begin(store: Store, actor: Actor, decree: int, phase: int) -> tuple[Act, OnRecord]:
    """Who delivers under which decree. Payments belong to the decree itself; its amendments say who is on it."""
    with store.reading() as session:
        found = on_record(session, decree)
    if found.decree.amends is not None:
        raise StoreError(
            "delivery-under-amendment",
            Words(
                f"{decree} adalah perubahan; catat penyaluran pada keputusan {found.root_number}.",
                f"{decree} is an amendment; record deliveries under the decree {found.root_number}.",
            ),
        )
    if found.state is DecreeState.WITHDRAWN:
        raise StoreError("decree-withdrawn", Words(f"Keputusan {decree} dibatalkan.", f"The decree {decree} was withdrawn."))
    act = act_in(actor, Purpose.DELIVERY, found.decree.district)
    act.refuse_unless(OFFICERS, found.decree.district)
    return act, found


@dataclass(frozen=True, slots=True)
class PhaseLedger:
    """What is known of a phase when something is paid in it."""

    terms: Terms
    phase: int
    members: Mapping[str, Member]
    held: Collection[str]
    before: Mapping[tuple[int, str], tuple[Event, ...]]

    def place(self, pid: str) -> Place:
        return place_of(self.members.get(pid), pid in self.held)

    def events(self, pid: str) -> tuple[Event, ...]:
        return self.before.get((self.phase, pid), ())


def phase_ledger(session: Session, found: OnRecord, phase: int, day: date) -> PhaseLedger:
    decree: Decree = found.decree
    listed = list_at(session, found.number, phase)
    members = {each.pid: each for each in listed.members}
    on_hold = held_on(session, decree.program, phase, day)
    before = by_person(payments(session, decree.program, phase=phase, district=decree.district))
    return PhaseLedger(terms_of(found), phase, members, on_hold, before)


def record(work: Work, delivered: Delivered, paying: Sequence[Paying], left: Mapping[str, int]) -> Recorded:
    done = [each for each in paying if each.outcome is Outcome.RECEIVED]
    failed = sum(each.outcome is Outcome.FAILED for each in paying)
    amount = sum(each.amount for each in done)
    counts = {"received": len(done), "failed": failed, "amount": amount, "left_out": dict(left)}
    known = Delivered(
        delivered.decree_id,
        delivered.phase,
        delivered.region,
        delivered.day,
        delivered.document,
        delivered.document_id,
        counts,
    )
    number = deliver(work, known, paying)
    warned = tuple((each.pid, code) for each in paying for code in each.cautions)
    asked = sum(bool(each.cautions) and not each.reason for each in paying)
    return Recorded(number, False, len(done), failed, amount, left, warned, asked)

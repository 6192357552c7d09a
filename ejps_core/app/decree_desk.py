"""Decrees as a district works with them: a page of them, what waits for whom, villages of a phase and their families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.aid.decree import refusal
from ejps_core.aid.payments import Place, counting, received
from ejps_core.aid.signing import Signer
from ejps_core.app.decrees_on_record import OnRecord, acts_of, on_record
from ejps_core.app.decrees_told import head_of
from ejps_core.app.drafting import act_in
from ejps_core.app.pages import Page, limit_of, page_of
from ejps_core.app.phase_ledger import PhaseLedger, phase_ledger
from ejps_core.app.regions import place_names
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.decreed import DecreeAct, Outcome, Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import MAY_DO, Act, Purpose
from ejps_core.store.deliveries import unexplained
from ejps_core.store.opening import open_store
from ejps_core.store.people import masked
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.tables import Decree

ASKED = (DecreeAct.CHECK, DecreeAct.APPROVE, DecreeAct.ISSUE)
"""What moves a decree on; what waits for somebody is one of these."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decree that waits for an act of whoever looks, and how many payments of it still ask for a reason."""

    decree: Mapping[str, Any]
    act: DecreeAct | None
    unexplained: int = 0


@dataclass(frozen=True, slots=True)
class Village:
    """A village in a phase: its recipients, and what they are. payable: enrolled and unpaid, nothing was said of them."""

    region: str
    name: str
    recipients: int
    amount: int
    payable: int
    received: int
    failed: int
    held: int
    nik_to_follow: int


@dataclass(frozen=True, slots=True)
class Receiver:
    """A family of a village in a phase. line: its place on the sheet. kk: masked. payable: it could be paid now."""

    line: int
    pid: str
    name: str
    kk: str
    amount: int
    place: Place
    received: int
    failed: bool

    @property
    def payable(self) -> bool:
        """Whether "all received" means this family too."""
        return self.place is Place.ENROLLED and self.received == 0


def decrees(options: StoreOptions, after: int, limit: int) -> Page[Mapping[str, Any]] | Diagnostic:
    """The decrees and amendments of the scope, the newest first. after: the number of the last one seen."""

    def found() -> Page[Mapping[str, Any]]:
        with open_store(place_of(options)) as store, store.reading() as session:
            most = limit_of(limit)
            asked = select(Decree).order_by(col(Decree.id).desc()).limit(most + 1)
            if after:
                asked = asked.where(col(Decree.id) < after)
            total = session.execute(select(func.count(col(Decree.id)))).scalar_one()
            numbers = [each.id or 0 for each in session.execute(asked).scalars()]
            return page_of(numbers, most, lambda number: number, lambda n: head_of(on_record(session, n)), total)

    return attempt(found)


def waiting(options: StoreOptions, actor: Actor) -> tuple[Waiting, ...] | Diagnostic:
    """What waits for this very person: acts that role and four eyes allow now, and payments without their reason."""

    def found() -> tuple[Waiting, ...]:
        act = act_of(actor, Purpose.DECISION)
        with open_store(place_of(options)) as store, store.reading() as session:
            open_ = Counter(_decrees_of(session, (each.delivery_id for each in unexplained(session))))
            every = [on_record(session, number) for number in session.execute(select(col(Decree.id))).scalars() if number]
            items = [Waiting(head_of(each), _next(each, act), open_[each.number]) for each in every]
            return tuple(
                each for each in items if each.act is not None or (each.unexplained and act.role in MAY_DO[DecreeAct.ISSUE])
            )

    return attempt(found)


def _next(found: OnRecord, act: Act) -> DecreeAct | None:
    """The act that moves a decree on, if whoever acts may do it now."""
    signer = Signer(act.who, act.account)
    steps = acts_of(found.steps)
    return next((each for each in ASKED if act.role in MAY_DO[each] and refusal(steps, each, signer) is None), None)


def acts_open(options: StoreOptions, actor: Actor, number: int) -> frozenset[DecreeAct] | Diagnostic:
    """What this person may do with a decree now; a reason is asked for when it is done."""

    def found() -> frozenset[DecreeAct]:
        act = act_of(actor, Purpose.DECISION)
        with open_store(place_of(options)) as store, store.reading() as session:
            steps = acts_of(on_record(session, number).steps)
            signer = Signer(act.who, act.account)
            return frozenset(
                each for each in DecreeAct if act.role in MAY_DO[each] and refusal(steps, each, signer, "…") is None
            )

    return attempt(found)


def villages(options: StoreOptions, number: int, phase: int, today: date) -> tuple[Village, ...] | Diagnostic:
    """The villages of a decree in a phase as of a day."""

    def found() -> tuple[Village, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            ledger = _ledger(session, number, phase, today)
            regions = dict.fromkeys(each.region for each in ledger.members.values() if each.standing is Standing.RECIPIENT)
            return tuple(_village(ledger, region) for region in sorted(regions))

    return attempt(found)


def receivers(
    options: StoreOptions, actor: Actor, number: int, phase: int, region: str, today: date
) -> tuple[Receiver, ...] | Diagnostic:
    """The families of one village in the order of its sheet, numbers masked; that they were shown is on record."""

    def found() -> tuple[Receiver, ...]:
        with open_store(place_of(options)) as store:
            with store.reading() as session:
                one = on_record(session, number)
                version = run_of(session, one.root.run_id).version_id
                ledger = _ledger(session, number, phase, today)
            act = act_in(actor, Purpose.DELIVERY, one.decree.district)
            inside = [m for m in ledger.members.values() if m.standing is Standing.RECIPIENT and m.region == region]
            if not inside:
                raise _no_village(region)
            people = masked(store, act, version, sorted({pid for m in inside for pid in (m.family, m.recipient)}))
            told = []
            for line, member in enumerate(inside, 1):
                named, family = people.get(member.recipient), people.get(member.family)
                events = ledger.events(member.pid)
                told.append(
                    Receiver(
                        line, member.pid, (named and named.name) or "", (family and family.kk) or "", member.amount,
                        ledger.place(member.pid), received(events).total, _failed(events),
                    )
                )  # fmt: skip
            return tuple(told)

    return attempt(found)


def _ledger(session: Session, number: int, phase: int, today: date) -> PhaseLedger:
    one = on_record(session, number)
    if one.decree.amends is not None or phase not in one.phases:
        raise StoreError(
            "phase-not-in-decree",
            Words("Keputusan ini bukan untuk tahap itu.", "This decree is not for that phase."),
        )
    return phase_ledger(session, one, phase, today)


def _village(ledger: PhaseLedger, region: str) -> Village:
    inside = [each for each in ledger.members.values() if each.standing is Standing.RECIPIENT and each.region == region]
    places = Counter(ledger.place(each.pid) for each in inside)
    paid = {each.pid for each in inside if received(ledger.events(each.pid)).total > 0}
    failed = {each.pid for each in inside if _failed(ledger.events(each.pid))}
    enrolled = {each.pid for each in inside if ledger.place(each.pid) is Place.ENROLLED}
    return Village(
        region, _name(region), len(inside), sum(each.amount for each in inside), len(enrolled - paid - failed), len(paid),
        len(failed - paid), places[Place.HELD], places[Place.NIK_TO_FOLLOW],
    )  # fmt: skip


def _failed(events: tuple[Any, ...]) -> bool:
    known = counting(events)
    return bool(known) and known[-1].outcome is Outcome.FAILED


def _name(region: str) -> str:
    village, subdistrict, district = place_names(region)
    return ", ".join(part for part in (village, subdistrict) if part) or district or region


def _no_village(region: str) -> StoreError:
    return StoreError(
        "village-unknown",
        Words(f"Tidak ada penerima di {region} pada keputusan ini.", f"There is no recipient in {region} on this decree."),
    )


def _decrees_of(session: Session, numbers: Iterable[int]) -> list[int]:
    """The decree of each of these deliveries."""
    from ejps_core.store.tables import Delivery

    wanted = list(numbers)
    if not wanted:
        return []
    asked = select(col(Delivery.id), col(Delivery.decree_id)).where(col(Delivery.id).in_(set(wanted)))
    of = {row.id: row.decree_id for row in session.execute(asked)}
    return [of[number] for number in wanted if number in of]

"""Delegations on record: who acts for the holder of an office (Plt., Plh.), from which day to which, by which paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.decreed import Capacity, Power
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Delegation
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class Deputising:
    """A delegation as its paper says it. district None: an office of the province."""

    district: str | None
    office: str
    capacity: Capacity
    deputy: str
    powers: Collection[Power]
    first: date
    last: date
    document: str
    document_date: date


def delegate(work: Work, said: Deputising) -> int:
    """Records a delegation; its number."""
    act = work.act
    made = Delegation(
        district=said.district,
        office=said.office,
        capacity=said.capacity.value,
        deputy=said.deputy,
        powers=sorted(each.value for each in said.powers),
        first=said.first,
        last=said.last,
        document=said.document,
        document_date=said.document_date,
        state=Declared.MADE.value,
        why=act.why,
        recorded_at=act.at,
        recorded_by=act.who,
        account=act.account,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.tell("delegation.made", "delegation", made.id, after=_told(made))
    return made.id


def end_delegation(work: Work, number: int, last: date) -> int:
    """Records that a delegation ended earlier, on the day `last`; before its first day: it never held. The new number."""
    act, before = work.act, delegation_of(work.session, number)
    state = Declared.WITHDRAWN if last < before.first else Declared.MADE
    told = before.model_dump(exclude={"id"})
    ended = {"last": before.last if state is Declared.WITHDRAWN else last, "state": state.value, "why": act.why}
    who = {"supersedes": number, "recorded_at": act.at, "recorded_by": act.who, "account": act.account}
    made = Delegation(**(told | ended | who))
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.tell("delegation.ended", "delegation", made.id, before=_told(before), after=_told(made))
    return made.id


def delegation_of(session: Session, number: int) -> Delegation:
    """A delegation that counts; StoreError if there is none, or another record took its place."""
    found = session.get(Delegation, number)
    newer = session.execute(select(col(Delegation.id)).where(col(Delegation.supersedes) == number)).first()
    if found is None or newer is not None or found.state != Declared.MADE.value:
        raise StoreError(
            "delegation-unknown",
            Words(f"Tidak ada penunjukan nomor {number} yang berlaku.", f"There is no delegation {number} in force."),
        )
    return found


def delegations(session: Session, known: datetime | None = None) -> tuple[Delegation, ...]:
    """The delegations that count, as recorded by `known` (None: now), oldest first."""
    asked = select(Delegation)
    if known is not None:
        asked = asked.where(col(Delegation.recorded_at) <= known)
    found = session.execute(asked.order_by(col(Delegation.id))).scalars().all()
    gone = {each.supersedes for each in found}
    return tuple(each for each in found if each.id not in gone and each.state == Declared.MADE.value)


def _told(each: Delegation) -> dict[str, str]:
    days = {"first": each.first.isoformat(), "last": each.last.isoformat()}
    return {"office": each.office, "capacity": each.capacity, "deputy": each.deputy, "state": each.state} | days

"""Minutes of handing over goods (BAST) on record: what can be counted in clear, the parties' numbers sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Handover


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a handover (BAST), without what only the sealed values hold (numbers and addresses of the parties)."""

    decree_id: int
    district: str
    phase: int
    region: str
    number: str
    at: datetime
    place: str
    basis: str
    parties: tuple[str, str]
    items: Sequence[Mapping[str, Any]]
    families: int
    amount: int
    missing: str
    data_id: int
    scan_id: int | None = None
    cautions: Sequence[str] = ()
    reason: str = ""


def record_handover(work: Work, minutes: Minutes) -> int:
    """Records minutes of a handover; a number is given once in a district. The number of the record."""
    act, session = work.act, work.session
    twin = select(col(Handover.id)).where(col(Handover.district) == minutes.district, col(Handover.number) == minutes.number)
    if (other := session.execute(twin).scalar_one_or_none()) is not None:
        raise StoreError(
            "handover-number-taken",
            Words(
                f"BAST nomor {minutes.number} sudah tercatat ({other}).", f"BAST {minutes.number} is on record ({other})."
            ),
        )
    made = Handover(
        decree_id=minutes.decree_id,
        district=minutes.district,
        phase=minutes.phase,
        region=minutes.region,
        number=minutes.number,
        at=minutes.at,
        place=minutes.place,
        basis=minutes.basis,
        first_party=minutes.parties[0],
        second_party=minutes.parties[1],
        items=[dict(each) for each in minutes.items],
        families=minutes.families,
        amount=minutes.amount,
        missing=minutes.missing,
        cautions=list(minutes.cautions),
        reason=minutes.reason,
        data_id=minutes.data_id,
        scan_id=minutes.scan_id,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    work.point("handover-written")
    told = {"number": made.number, "decree": made.decree_id, "phase": made.phase, "families": made.families}
    work.tell("handover.recorded", "handover", made.id, after=told | {"amount": made.amount, "missing": made.missing})
    return made.id


def handovers(session: Session, decree_id: int, phase: int | None = None) -> tuple[Handover, ...]:
    """The minutes of handovers under a decree, oldest first."""
    asked = select(Handover).where(col(Handover.decree_id) == decree_id)
    if phase is not None:
        asked = asked.where(col(Handover.phase) == phase)
    return tuple(session.execute(asked.order_by(col(Handover.id))).scalars())


def handover_of(session: Session, number: int) -> Handover:
    """The record of a handover; StoreError if there is none."""
    found = session.get(Handover, number)
    if found is None:
        raise StoreError("handover-unknown", Words(f"Tidak ada BAST {number}.", f"There is no handover {number}."))
    return found

"""Official determinations: an unknown settled on record by somebody who answers for it, such as by SPTJM."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.model.candidates import Value
from ejps_core.store.session import Work
from ejps_core.store.tables import OfficialDetermination
from ejps_core.store.words import Declared, Unit


@dataclass(frozen=True, slots=True)
class Determination:
    """The value of one fact of one family or person: who determined it, why, by which document of which date.

    value: in units of the fact's type, as in Candidates. state: made, or withdrawn again.
    """

    pid: str
    unit: Unit
    list_id: int
    fact: str
    value: Value
    determined_by: str
    why: str
    document: str
    document_date: date
    state: Declared = Declared.MADE


def determine(work: Work, determination: Determination) -> int:
    """Records a determination, or its withdrawal; what stood before stays on record. Its number."""
    session, act = work.session, work.act
    before = standing(session, determination.pid, determination.fact)
    made = OfficialDetermination(
        pid=determination.pid,
        unit=determination.unit.value,
        list_id=determination.list_id,
        fact=determination.fact,
        value={"value": determination.value},
        why=determination.why,
        document=determination.document,
        document_date=determination.document_date,
        determined_by=determination.determined_by,
        state=determination.state.value,
        supersedes=None if before is None else before.id,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    old = None if before is None else {"fact": before.fact, "value": before.value["value"], "state": before.state}
    new = {"fact": made.fact, "value": determination.value, "state": made.state, "by": made.determined_by}
    work.tell("determination.made", "person", made.pid, before=old, after=new | {"document": made.document})
    return made.id


def standing(session: Session, pid: str, fact: str, known: datetime | None = None) -> OfficialDetermination | None:
    """The newest record for a fact of somebody, as recorded by `known` (None: now); look at its state."""
    asked = select(OfficialDetermination).where(
        col(OfficialDetermination.pid) == pid, col(OfficialDetermination.fact) == fact
    )
    if known is not None:
        asked = asked.where(col(OfficialDetermination.recorded_at) <= known)
    return session.execute(asked.order_by(col(OfficialDetermination.id).desc()).limit(1)).scalar_one_or_none()


def determined(
    session: Session, list_id: int, known: datetime | None = None
) -> Mapping[tuple[str, str], OfficialDetermination]:
    """What is determined for a list, as recorded by `known`: (pseudonym, fact) -> record; withdrawn ones are left out."""
    newest = select(func.max(col(OfficialDetermination.id))).where(col(OfficialDetermination.list_id) == list_id)
    if known is not None:
        newest = newest.where(col(OfficialDetermination.recorded_at) <= known)
    newest = newest.group_by(col(OfficialDetermination.pid), col(OfficialDetermination.fact))
    asked = select(OfficialDetermination).where(
        col(OfficialDetermination.id).in_(newest), col(OfficialDetermination.state) == Declared.MADE.value
    )
    return {(each.pid, each.fact): each for each in session.execute(asked.order_by(col(OfficialDetermination.id))).scalars()}

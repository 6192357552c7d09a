"""Which districts there are, and which programs decide in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.store.session import Work
from ejps_core.store.tables import District, ProgramEnabled
from ejps_core.store.words import ProgramState


@dataclass(frozen=True, slots=True)
class Enabling:
    """A program's state in a district within a period; without an end it stays."""

    program: str
    district: str
    period_from: date
    state: ProgramState
    why: str
    period_to: date | None = None
    rule_set: str | None = None
    document: str | None = None


def ensure_district(work: Work, code: str, name: str) -> None:
    """The district is on record."""
    if work.session.get(District, code) is None:
        if work.session.get_bind().dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert

            values = {"code": code, "name": name, "added_at": work.act.at}
            work.session.execute(insert(District).values(**values).on_conflict_do_nothing())
        else:
            work.session.add(District(code=code, name=name, added_at=work.act.at))
            work.session.flush()
        work.tell("district.added", "district", code, after={"name": name})


def set_state(work: Work, enabling: Enabling) -> int:
    """Records the state of a program in a district; earlier records stay. Its number."""
    act, session = work.act, work.session
    before = state_on(session, enabling.program, enabling.district, enabling.period_from)
    made = ProgramEnabled(
        program=enabling.program,
        rule_set=enabling.rule_set,
        district=enabling.district,
        period_from=enabling.period_from,
        period_to=enabling.period_to,
        state=enabling.state.value,
        why=enabling.why,
        document=enabling.document,
        supersedes=None if before is None else before.id,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    old = None if before is None else {"state": before.state, "rule_set": before.rule_set}
    new = {"state": made.state, "rule_set": made.rule_set, "district": made.district, "from": made.period_from.isoformat()}
    work.tell("program.state", "program", made.program, before=old, after=new)
    return made.id


def state_on(
    session: Session, program: str, district: str, day: date, known: datetime | None = None
) -> ProgramEnabled | None:
    """The state of a program in a district on a day, as it was recorded by `known` (None: now); None: never enabled."""
    asked = select(ProgramEnabled).where(
        col(ProgramEnabled.program) == program,
        col(ProgramEnabled.district) == district,
        col(ProgramEnabled.period_from) <= day,
        (col(ProgramEnabled.period_to).is_(None)) | (col(ProgramEnabled.period_to) >= day),
    )
    if known is not None:
        asked = asked.where(col(ProgramEnabled.recorded_at) <= known)
    return session.execute(asked.order_by(col(ProgramEnabled.id).desc()).limit(1)).scalar_one_or_none()

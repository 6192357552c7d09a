"""Decrees on record: drafted from a run with their members, amended by changes, each with its steps and its issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, inspect, select
from sqlmodel import Session, col

from ejps_core.model.decreed import Capacity, DecreeAct
from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.column_types import discreet_text
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Decree, DecreeChange, DecreeIssue, DecreeMember, DecreeStep


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft. amends None: a decree of its own, with members; else an amendment, with changes."""

    program: str
    district: str
    phases: Sequence[int]
    from_phase: int
    run_id: int
    title: str
    counts: Mapping[str, Any]
    amount: int
    content_hash: str
    amends: int | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """An act on a decree by whom in which capacity. office: the one that is held, empty: none is needed."""

    act: DecreeAct
    reason: str = ""
    office: str = ""
    capacity: Capacity = Capacity.DEFINITIVE
    delegation: int | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The signed decree. document: its scan among the sealed documents."""

    number: str
    day: date
    signatory: str
    office: str
    annex_hash: str
    capacity: Capacity = Capacity.DEFINITIVE
    delegation: int | None = None
    document: int | None = None


def draft(
    work: Work,
    drafted: Drafted,
    members: Iterable[Mapping[str, Any]] = (),
    changes: Iterable[Mapping[str, Any]] = (),
    signed: Signed | None = None,
) -> int:
    """Records a draft with its members, or an amendment with its changes, all or none; its number.

    members, changes: columns of their tables but `decree_id` and `position`, in their order.
    """
    act, session = work.act, work.session
    made = Decree(
        program=drafted.program,
        district=drafted.district,
        phases=list(drafted.phases),
        from_phase=drafted.from_phase,
        run_id=drafted.run_id,
        amends=drafted.amends,
        title=drafted.title,
        counts=dict(drafted.counts),
        amount=drafted.amount,
        content_hash=drafted.content_hash,
        drafted_at=act.at,
        drafted_by=act.who,
    )
    session.add(made)
    session.flush()
    number = made.id
    assert number is not None
    work.point("decree-written")
    count = add_all(session, DecreeMember, _numbered(number, members))
    work.point("members-written")
    changed = add_all(session, DecreeChange, _numbered(number, changes))
    work.point("changes-written")
    told = {
        "program": made.program,
        "district": made.district,
        "run": made.run_id,
        "amends": made.amends,
        "members": count,
        "changes": changed,
        "amount": made.amount,
        "hash": made.content_hash,
    }
    work.tell("decree.drafted", "decree", number, after=told)
    _step(work, number, signed or Signed(DecreeAct.DRAFT))
    return number


def _numbered(number: int, records: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for position, record in enumerate(records, 1):
        yield {**record, "decree_id": number, "position": position}


def take_step(work: Work, decree_id: int, signed: Signed) -> None:
    """Records an act on a decree. Whether it is allowed now is the caller's to know, under `work.alone`."""
    decree_of(work.session, decree_id)
    _step(work, decree_id, signed)
    work.point("step-written")
    told = {"reason": signed.reason, "office": signed.office, "capacity": signed.capacity.value}
    work.tell(f"decree.{signed.act.value}", "decree", decree_id, after=told | {"delegation": signed.delegation})


def issue(work: Work, decree_id: int, issued: Issued, reason: str = "") -> None:
    """Records that a decree was signed, with the step; a number is given once in a district."""
    found, act = decree_of(work.session, decree_id), work.act
    number = issued.number.strip()
    if not number or discreet_text(number) != number:
        raise StoreError(
            "decree-number-bad",
            Words(f"“{number}” tidak dapat dipakai sebagai nomor keputusan.", f"“{number}” can't be a decree's number."),
            Words("Tulis seperti 188.4/12/2020, tanpa deretan angka sepanjang NIK.", "Write it like 188.4/12/2020."),
        )
    twin = select(col(DecreeIssue.decree_id)).where(
        col(DecreeIssue.district) == found.district, col(DecreeIssue.number) == number
    )
    if (other := work.session.execute(twin).scalar_one_or_none()) is not None:
        raise StoreError(
            "decree-number-taken",
            Words(f"Nomor {number} sudah dipakai keputusan {other}.", f"The number {number} is decree {other}'s."),
        )
    made = DecreeIssue(
        decree_id=decree_id,
        district=found.district,
        number=number,
        day=issued.day,
        signatory=issued.signatory,
        office=issued.office,
        capacity=issued.capacity.value,
        delegation_id=issued.delegation,
        annex_hash=issued.annex_hash,
        document_id=issued.document,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    work.session.add(made)
    work.session.flush()
    work.point("issue-written")
    told = {"number": number, "day": made.day.isoformat(), "signatory": made.signatory, "hash": made.annex_hash}
    work.tell("decree.signed", "decree", decree_id, after=told | {"office": made.office, "capacity": made.capacity})
    take_step(work, decree_id, Signed(DecreeAct.ISSUE, reason, issued.office, issued.capacity, issued.delegation))


def _step(work: Work, decree_id: int, signed: Signed) -> None:
    act = work.act
    made = DecreeStep(
        decree_id=decree_id,
        act=signed.act.value,
        reason=signed.reason,
        office=signed.office,
        capacity=signed.capacity.value,
        delegation_id=signed.delegation,
        role=act.role.value,
        who=act.who,
        account=act.account,
        at=act.at,
    )
    work.session.add(made)
    work.session.flush()


def decree_of(session: Session, decree_id: int) -> Decree:
    """The record of a decree; StoreError if there is none."""
    found = session.get(Decree, decree_id)
    if found is None:
        raise StoreError(
            "decree-unknown",
            Words(f"Tidak ada keputusan nomor {decree_id}.", f"There is no decree number {decree_id}."),
            Words("Lihat yang ada: ejps decree list", "See which there are: ejps decree list"),
        )
    return found


def decrees(session: Session, district: str | None = None, program: str | None = None) -> tuple[Decree, ...]:
    """All decrees and amendments, oldest first."""
    asked = select(Decree)
    if district is not None:
        asked = asked.where(col(Decree.district) == district)
    if program is not None:
        asked = asked.where(col(Decree.program) == program)
    return tuple(session.execute(asked.order_by(col(Decree.id))).scalars())


def steps_of(session: Session, decree_id: int) -> tuple[DecreeStep, ...]:
    """The steps of a decree in their order."""
    asked = select(DecreeStep).where(col(DecreeStep.decree_id) == decree_id).order_by(col(DecreeStep.id))
    return tuple(session.execute(asked).scalars())


def members_of(session: Session, decree_id: int) -> tuple[Row[Any], ...]:
    """The members of a decree as drafted, in their order; amendments are not looked at.

    They are rows with the names of DecreeMember's columns, not objects: a decree has tens of thousands.
    """
    asked = select(inspect(DecreeMember).local_table).where(col(DecreeMember.decree_id) == decree_id)
    return tuple(session.execute(asked.order_by(col(DecreeMember.position))))


def changes_of(session: Session, decree_id: int) -> tuple[DecreeChange, ...]:
    """The changes of an amendment in their order."""
    asked = select(DecreeChange).where(col(DecreeChange.decree_id) == decree_id).order_by(col(DecreeChange.position))
    return tuple(session.execute(asked).scalars())


def issue_of(session: Session, decree_id: int) -> DecreeIssue | None:
    """How a decree was signed; None: it was not yet."""
    return session.get(DecreeIssue, decree_id)


def amendments_of(session: Session, decree_id: int, *, issued: bool = True) -> tuple[Decree, ...]:
    """The amendments of a decree in the order in which they were signed; with issued=False all, as they were drafted."""
    asked = select(Decree).where(col(Decree.amends) == decree_id)
    if issued:
        signed = asked.join(DecreeIssue, col(DecreeIssue.decree_id) == col(Decree.id))
        asked = signed.order_by(col(DecreeIssue.day), col(DecreeIssue.recorded_at), col(Decree.id))
    else:
        asked = asked.order_by(col(Decree.id))
    return tuple(session.execute(asked).scalars())

"""Decrees as they stand on record: state, the list of a phase after amendments, what was paid, what has overtaken them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from ejps_core.aid.decree import Step, state_of
from ejps_core.aid.entries import NOTHING
from ejps_core.aid.membership import Change, Member, Resulting, resulting
from ejps_core.aid.payments import Event, HoldRecord, Terms, held, received
from ejps_core.aid.signing import Signer
from ejps_core.aid.targeting import Receipt
from ejps_core.model.decreed import ChangeKind, ChangeReason, DecreeAct, DecreeState, Outcome, Standing
from ejps_core.model.words import Words
from ejps_core.store.decrees import amendments_of, changes_of, decree_of, issue_of, members_of, steps_of
from ejps_core.store.deliveries import holds, payments
from ejps_core.store.lists import newest_version
from ejps_core.store.runs import run_of
from ejps_core.store.tables import (
    Decision,
    Decree,
    DecreeChange,
    DecreeIssue,
    DecreeMember,
    DecreeStep,
    Hold,
    ListVersion,
    Payment,
    Run,
)
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A decree or amendment with its steps and its issue, if it was signed. root: the decree it amends, or itself."""

    number: int
    decree: Decree
    root: Decree
    steps: tuple[DecreeStep, ...]
    issue: DecreeIssue | None

    @property
    def state(self) -> DecreeState:
        """Where it stands."""
        return state_of(acts_of(self.steps))

    @property
    def root_number(self) -> int:
        """The number of the decree that it amends, or its own."""
        return self.number if self.decree.amends is None else self.decree.amends

    @property
    def phases(self) -> tuple[int, ...]:
        """The phases it holds for."""
        return tuple(self.decree.phases)


def on_record(session: Session, number: int) -> OnRecord:
    """A decree with all that says where it stands; StoreError if there is none."""
    decree = decree_of(session, number)
    root = decree if decree.amends is None else decree_of(session, decree.amends)
    return OnRecord(number, decree, root, steps_of(session, number), issue_of(session, number))


def acts_of(steps: Iterable[DecreeStep]) -> tuple[Step, ...]:
    """Steps as the rules of a decree see them."""
    return tuple(Step(DecreeAct(each.act), Signer(each.who, each.account)) for each in steps)


def as_member(record: DecreeMember | Row[Any]) -> Member:
    """A member as drafted."""
    return Member(
        pid=record.pid,
        family=record.family_pid,
        recipient=record.recipient_pid,
        standing=Standing(record.standing),
        rank=record.rank,
        area=record.area,
        region=record.region,
        amount=record.amount,
        shares=tuple(record.shares.items()),
        payable=record.payable,
    )


def as_change(record: DecreeChange) -> Change:
    """A change of an amendment."""
    return Change(
        kind=ChangeKind(record.kind),
        pid=record.pid,
        reason=ChangeReason(record.reason),
        why=record.why,
        document=record.document,
        new_pid=record.new_pid,
        recipient=record.recipient_pid,
        amount=record.amount,
        shares=tuple((record.shares or {}).items()),
        payable=record.payable,
    )


def list_at(session: Session, decree_id: int, phase: int, proposed: Sequence[Change] = (), *, without: int = 0) -> Resulting:
    """The list of a decree in a phase: its members after all signed amendments that hold by then.

    decree_id: of the decree itself. proposed: changes to be made after those. without: an amendment that is left out.
    """
    members = tuple(map(as_member, members_of(session, decree_id)))
    signed = [
        as_change(change)
        for each in amendments_of(session, decree_id)
        if each.from_phase <= phase and each.id is not None and each.id != without
        for change in changes_of(session, each.id)
    ]
    return resulting(members, (*signed, *proposed))


def terms_of(found: OnRecord) -> Terms:
    """What the decree says of its payments."""
    return Terms(found.phases, None if found.issue is None else found.issue.day)


def as_event(record: Payment | Row[Any]) -> Event:
    """A payment as its rules see it."""
    assert record.id is not None
    shares = tuple(record.shares.items())
    return Event(record.id, Outcome(record.outcome), record.amount, shares, record.day, record.cancels)


def by_person(records: Iterable[Row[Any]]) -> dict[tuple[int, str], tuple[Event, ...]]:
    """The payments on record by phase and pseudonym."""
    found: dict[tuple[int, str], list[Event]] = {}
    for record in records:
        found.setdefault((record.phase, record.pid), []).append(as_event(record))
    return {key: tuple(events) for key, events in found.items()}


def held_on(session: Session, program: str, phase: int, day: date, pids: Sequence[str] | None = None) -> frozenset[str]:
    """Whose aid of a phase is on hold on a day."""
    found: dict[str, list[HoldRecord]] = {}
    for record in holds(session, program, pids):
        found.setdefault(record.pid, []).append(_hold(record))
    return frozenset(pid for pid, records in found.items() if held(records, phase, day))


def _hold(record: Hold) -> HoldRecord:
    assert record.id is not None
    return HoldRecord(record.id, record.phase, record.state == Declared.MADE.value, record.day)


OF_A_RECEIPT = ("id", "phase", "pid", "region", "outcome", "amount", "shares", "day", "cancels")
"""The columns of a payment that say what was received."""


def receipts_of(
    session: Session,
    program: str,
    *,
    phase: int | None = None,
    district: str | None = None,
    decree_id: int | None = None,
    known: datetime | None = None,
) -> tuple[Receipt, ...]:
    """What families have received, one record a family and phase with money in it: for targeting and reports.

    family: the pseudonym under which it was decided. known: as it was on record then.
    """
    records = payments(
        session, program, phase=phase, district=district, decree_id=decree_id, known=known, columns=OF_A_RECEIPT
    )
    regions = {(record.phase, record.pid): record.region for record in records}
    found = ((key, received(events)) for key, events in by_person(records).items())
    return tuple(Receipt(program, key[0], key[1], regions[key], money) for key, money in sorted(found) if money != NOTHING)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Something newer than what a decree rests on."""

    code: str
    words: Words


def overtaken(session: Session, found: OnRecord) -> tuple[Overtaken, ...]:
    """What is newer than the run of a decree: a run of the same program and phases on the list, a version of the list."""
    return overtaking(session, run_of(session, found.decree.run_id), found.phases)


def overtaking(session: Session, run: Run, phases: Sequence[int]) -> tuple[Overtaken, ...]:
    """The same for a run that is to become a decree for these phases."""
    version = session.get(ListVersion, run.version_id)
    assert version is not None
    said = []
    newest = newest_version(session, version.list_id)
    if newest.number > version.number:
        words = Words(
            f"Daftar {version.list_id} sudah versi {newest.number}; run {run.id} dari versi {version.number}.",
            f"List {version.list_id} is at version {newest.number}; run {run.id} is of version {version.number}.",
        )
        said.append(Overtaken("list-newer", words))
    newer = _newer_run(session, run, version.list_id, phases)
    if newer is not None:
        words = Words(f"Ada run {newer}, lebih baru daripada run {run.id}.", f"Run {newer} is newer than run {run.id}.")
        said.append(Overtaken("run-newer", words))
    return tuple(said)


def _newer_run(session: Session, run: Run, list_id: int, phases: Sequence[int]) -> int | None:
    """The newest run of the program on the list that decided one of these phases, if it is newer than this one."""
    versions = select(col(ListVersion.id)).where(col(ListVersion.list_id) == list_id)
    here = select(col(Decision.run_id)).where(col(Decision.run_id) == col(Run.id), col(Decision.phase).in_((0, *phases)))
    newest = select(func.max(col(Run.id))).where(
        col(Run.version_id).in_(versions),
        col(Run.program) == run.program,
        col(Run.basis) == run.basis,
        col(Run.replay_of).is_(None),
        here.exists(),
    )
    found = session.execute(newest).scalar_one_or_none()
    return found if found is not None and run.id is not None and found > run.id else None

"""Awards that the store knows itself: families that issued decrees of other lists name, or that were paid under them.

They stand beside the rows of the register `penerima`. Nothing counts that was not on record, or not dated, by what may be
known; what counted is kept with the run, so that it counts again when the run is decided again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.aid.membership import Member, resulting
from ejps_core.aid.payments import counting, received
from ejps_core.app.decrees_on_record import as_change, as_member, by_person
from ejps_core.app.stored_facts import Stored
from ejps_core.model.calendar import day_number
from ejps_core.model.registers import Awards
from ejps_core.store.decrees import changes_of, members_of
from ejps_core.store.deliveries import payments
from ejps_core.store.tables import Decree, DecreeIssue, ListVersion, Person, Run

ON_RECORD = "keputusan tercatat"
"""What stands as the file of such an award."""


@dataclass(frozen=True, slots=True)
class AwardsSeen:
    """Which decrees and amendments, and which payments beside them, a run has counted."""

    decrees: tuple[int, ...] = ()
    payments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreAwards:
    """The awards, what they rest on, and their hash. unmatched: those of lists whose family cards can't be compared."""

    awards: Awards
    seen: AwardsSeen
    digest: str
    unmatched: int


@dataclass(frozen=True, slots=True)
class Knowing:
    """Of which program, and what may be known: dated by `day`, recorded by `moment`; decided again: exactly `then`."""

    program: str
    day: date
    moment: datetime | None
    then: AwardsSeen | None = None


@dataclass(frozen=True, slots=True)
class _Award:
    """One award before its numbers are looked up."""

    family: str
    recipient: str
    phase: int
    words: str
    district: str
    day: date


def awards_on_record(session: Session, stored: Stored, knowing: Knowing) -> StoreAwards | None:
    """The awards of a program under decrees of other lists; None: there are none."""
    found: list[_Award] = []
    decrees: list[int] = []
    named: set[tuple[int, str]] = set()
    for root, issue in _issued(session, knowing, stored.list_id):
        amendments = [each for each in _amendments(session, knowing, root) if each.id is not None]
        decrees += [root.id or 0, *(each.id or 0 for each in amendments)]
        for phase in root.phases:
            for member in _recipients(session, root, amendments, phase):
                named.add((phase, member.pid))
                words = f"SK {issue.number}"
                found.append(_Award(member.family, member.recipient, phase, words, root.district, issue.day))
    paid, numbers = _paid(session, knowing, stored.list_id, named)
    found += paid
    if not found:
        return None
    return _numbered(session, stored, knowing, found, AwardsSeen(tuple(sorted(decrees)), numbers))


def _issued(session: Session, knowing: Knowing, own_list: int) -> list[tuple[Decree, DecreeIssue]]:
    """The decrees of other lists that were signed, with their issue."""
    asked = (
        select(Decree, DecreeIssue)
        .join(DecreeIssue, col(DecreeIssue.decree_id) == col(Decree.id))
        .join(Run, col(Run.id) == col(Decree.run_id))
        .join(ListVersion, col(ListVersion.id) == col(Run.version_id))
        .where(col(Decree.program) == knowing.program, col(Decree.amends).is_(None), col(ListVersion.list_id) != own_list)
        .order_by(col(Decree.id))
    )
    return [(decree, issue) for decree, issue in session.execute(asked) if _known(knowing, decree, issue)]


def _amendments(session: Session, knowing: Knowing, root: Decree) -> list[Decree]:
    """Its amendments that were signed, in the order in which they were."""
    asked = (
        select(Decree, DecreeIssue)
        .join(DecreeIssue, col(DecreeIssue.decree_id) == col(Decree.id))
        .where(col(Decree.amends) == root.id)
        .order_by(col(DecreeIssue.day), col(DecreeIssue.recorded_at), col(Decree.id))
    )
    return [decree for decree, issue in session.execute(asked) if _known(knowing, decree, issue)]


def _known(knowing: Knowing, decree: Decree, issue: DecreeIssue) -> bool:
    if knowing.then is not None:
        return decree.id in knowing.then.decrees
    return issue.day <= knowing.day and (knowing.moment is None or issue.recorded_at <= knowing.moment)


def _recipients(session: Session, root: Decree, amendments: Iterable[Decree], phase: int) -> tuple[Member, ...]:
    assert root.id is not None
    changes = [
        as_change(change)
        for each in amendments
        if each.from_phase <= phase and each.id is not None
        for change in changes_of(session, each.id)
    ]
    return resulting(tuple(map(as_member, members_of(session, root.id))), changes).recipients


def _paid(
    session: Session, knowing: Knowing, own_list: int, named: set[tuple[int, str]]
) -> tuple[list[_Award], tuple[int, ...]]:
    """Who received under decrees of other lists without being named by them; and the records that say so."""
    own = (
        select(col(Decree.id))
        .join(Run, col(Run.id) == col(Decree.run_id))
        .join(ListVersion, col(ListVersion.id) == col(Run.version_id))
        .where(col(Decree.program) == knowing.program, col(ListVersion.list_id) == own_list)
    )
    ours = set(session.execute(own).scalars())
    records = [
        each
        for each in payments(session, knowing.program, known=knowing.moment)
        if each.decree_id not in ours
        and (each.phase, each.pid) not in named
        and (each.day <= knowing.day if knowing.then is None else each.id in knowing.then.payments)
    ]
    district = {(each.phase, each.pid): each.district for each in records}
    recipient = {(each.phase, each.pid): each.recipient_pid for each in records}
    found, numbers = [], []
    for key, events in by_person(records).items():
        if received(events).total <= 0:
            continue
        kept = counting(events)
        numbers += [each.number for each in kept]
        day = max(each.day for each in kept)
        words = f"pembayaran {kept[-1].number}"
        found.append(_Award(key[1], recipient[key], key[0], words, district[key], day))
    return found, tuple(sorted(numbers))


def _numbered(session: Session, stored: Stored, knowing: Knowing, found: Sequence[_Award], seen: AwardsSeen) -> StoreAwards:
    """The awards with the blind numbers of card and person, as far as these are under the key of this list."""
    keys = select(col(Person.index_key)).where(col(Person.version_id) == stored.version_id).limit(1)
    key = session.execute(keys).scalar_one_or_none()
    cards, niks, others = _blind_numbers(
        session, knowing, {pid for each in found for pid in (each.family, each.recipient)}, key
    )
    known = [each for each in found if each.family in cards or each.recipient in niks]
    awards = Awards(
        families=pa.array([cards.get(each.family) for each in known], pa.string()),
        persons=pa.array([niks.get(each.recipient) for each in known], pa.string()),
        programs=(knowing.program,) * len(known),
        phases=tuple(each.phase for each in known),
        lists=tuple(each.words for each in known),
        areas=tuple(each.district for each in known),
        days=tuple(day_number(each.day) for each in known),
        sources=(ON_RECORD,) * len(known),
    )
    told = [[each.family, each.recipient, each.phase, each.words, each.day.isoformat()] for each in found]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    return StoreAwards(awards, seen, digest, sum(each.family in others for each in found))


def _blind_numbers(
    session: Session, knowing: Knowing, pids: set[str], key: str | None
) -> tuple[Mapping[str, str], Mapping[str, str], set[str]]:
    """Family cards and NIK by pseudonym, as the newest list by then has them; and who stands under another key only."""
    versions = select(col(ListVersion.id), col(ListVersion.received_at)).order_by(col(ListVersion.id))
    then = [number for number, at in session.execute(versions) if knowing.moment is None or at <= knowing.moment]
    asked = select(col(Person.pid), col(Person.kk_index), col(Person.nik_index), col(Person.index_key)).where(
        col(Person.version_id).in_(then)
    )
    cards, niks, others = dict[str, str](), dict[str, str](), set[str]()
    for pid, kk, nik, own in session.execute(asked.order_by(col(Person.version_id))):
        if pid not in pids:
            continue
        if own != key:
            others.add(pid)
            continue
        if kk is not None:
            cards[pid] = kk
        if nik is not None:
            niks[pid] = nik
    return cards, niks, others - set(cards)

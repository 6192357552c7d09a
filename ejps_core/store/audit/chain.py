"""The chain of the audit log: each entry authenticates the one before it, each segment all that was there when it began.

A writer fills a segment of its own, so that no two wait for one head. The authentication code needs the audit key, which
is not in the database: whoever has only the database can't forge a chain.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.store.acts import Act
from ejps_core.store.column_types import discreet_data, discreet_text
from ejps_core.store.sealing import new_id
from ejps_core.store.tables.audit import AuditEntry, AuditSeal, AuditSegment


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be told of one thing: its state before and after, None where there was none."""

    action: str
    about: str
    about_id: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """How far a segment goes: the number of its entries and the code of the last (of the segment itself when 0)."""

    segment: str
    length: int
    mac: str


def open_segment(session: Session, act: Act, writer: str, key_id: str, key: bytes) -> tuple[Head, tuple[Head, ...]]:
    """A new segment that seals every segment as far as it goes now, unless an earlier one has done so; and what it seals."""
    segment = AuditSegment(id=new_id("s"), opened_at=act.at, writer=discreet_text(writer), key_id=key_id, mac="")
    seals = tuple(_unsealed(session))
    segment.mac = segment_mac(key, segment, seals)
    session.add(segment)
    session.flush()
    session.add_all(
        AuditSeal(segment_id=segment.id, sealed_id=head.segment, length=head.length, mac=head.mac) for head in seals
    )
    session.flush()
    return Head(segment.id, 0, segment.mac), seals


def append(session: Session, act: Act, notes: Iterable[Note], head: Head, key: bytes) -> Head:
    """Writes the notes behind the head; the new head."""
    for note in notes:
        entry = AuditEntry(
            segment_id=head.segment,
            seq=head.length + 1,
            at=act.at,
            who=discreet_text(act.who),
            role=act.role.value,
            purpose=act.purpose.value,
            why=discreet_text(act.why),
            action=note.action,
            about=note.about,
            about_id=note.about_id,
            before=as_text(note.before),
            after=as_text(note.after),
            mac="",
        )
        entry.mac = entry_mac(key, head.mac, entry)
        session.add(entry)
        head = Head(head.segment, entry.seq, entry.mac)
    session.flush()
    return head


def as_text(state: Mapping[str, Any] | None) -> str | None:
    """A state as JSON text in one spelling, its texts masked."""
    return None if state is None else json.dumps(discreet_data(dict(state)), ensure_ascii=False, sort_keys=True)


def segment_mac(key: bytes, segment: AuditSegment, seals: Iterable[Head]) -> str:
    """The code of a segment's beginning and of all that it seals."""
    sealed = sorted([head.segment, head.length, head.mac] for head in seals)
    return _mac(key, [segment.id, _moment(segment.opened_at), segment.writer, segment.key_id, sealed])


def entry_mac(key: bytes, before: str, entry: AuditEntry) -> str:
    """The code of an entry, which holds for this place in the chain only."""
    told = [entry.who, entry.role, entry.purpose, entry.why, entry.action, entry.about, entry.about_id]
    return _mac(key, [before, entry.segment_id, entry.seq, _moment(entry.at), *told, entry.before, entry.after])


def heads(session: Session) -> dict[str, Head]:
    """How far each segment goes, by its id."""
    lengths = (
        select(col(AuditEntry.segment_id).label("segment"), func.max(col(AuditEntry.seq)).label("length"))
        .group_by(col(AuditEntry.segment_id))
        .subquery()
    )
    last = select(col(AuditEntry.segment_id), col(AuditEntry.seq), col(AuditEntry.mac)).join(
        lengths, (lengths.c.segment == col(AuditEntry.segment_id)) & (lengths.c.length == col(AuditEntry.seq))
    )
    found = {
        segment: Head(segment, 0, mac)
        for segment, mac in session.execute(select(col(AuditSegment.id), col(AuditSegment.mac)))
    }
    return found | {segment: Head(segment, seq, mac) for segment, seq, mac in session.execute(last)}


def _unsealed(session: Session) -> Iterable[Head]:
    sealed = {(seal, length) for seal, length in session.execute(select(col(AuditSeal.sealed_id), col(AuditSeal.length)))}
    return (head for head in heads(session).values() if (head.segment, head.length) not in sealed)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _mac(key: bytes, told: list[Any]) -> str:
    return hmac.digest(key, json.dumps(told, ensure_ascii=False).encode(), "sha256").hex()

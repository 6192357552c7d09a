"""Frozen positions on record: content, hash and signature; what was frozen stays as it is."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.column_types import discreet_text
from ejps_core.store.money import hold_year
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import BudgetYear, FrozenPosition
from ejps_core.store.words import KeyKind

_PURPOSE = b"ejps frozen position"
"""What the signing key is derived for, so that a code of the audit log is no signature."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A position on record; again: it was there before, and nothing was changed."""

    number: int
    digest: str
    again: bool


def freeze(work: Work, year_id: int, as_of: datetime, content: bytes) -> Frozen:
    """Puts a position on record and signs it. The same content again changes nothing."""
    session, act = work.session, work.act
    hold_year(work, year_id)
    digest = hashlib.sha256(content).hexdigest()
    known = session.execute(
        select(col(FrozenPosition.id)).where(col(FrozenPosition.year_id) == year_id, col(FrozenPosition.digest) == digest)
    ).scalar_one_or_none()
    if known is not None:
        work.tell("position.frozen-again", "position", known)
        return Frozen(int(known), digest, True)
    if as_of > act.at:
        raise StoreError(
            "position-in-future",
            Words("Posisi tidak dapat dibekukan untuk waktu yang belum tiba.", "A moment yet to come can't be frozen."),
        )
    key_id = work.store.current_key(session, KeyKind.AUDIT)
    made = FrozenPosition(
        year_id=year_id,
        as_of=as_of,
        content=content.decode("utf-8"),
        digest=digest,
        why=discreet_text(act.why),
        frozen_at=act.at,
        frozen_by=act.who,
        key_id=key_id,
        signature="",
    )
    made.signature = signature_of(work.store, made)
    session.add(made)
    session.flush()
    assert made.id is not None
    work.point("position-written")
    told = {"as_of": as_of.astimezone(UTC).isoformat(), "digest": digest, "signature": made.signature}
    work.tell("position.frozen", "position", made.id, after=told)
    return Frozen(made.id, digest, False)


def signature_of(store: Store, frozen: FrozenPosition) -> str:
    """HMAC-SHA-256 over all that is on record of a frozen position, under a key derived from the store's."""
    key = hmac.digest(store.keys.key(frozen.key_id), _PURPOSE, "sha256")
    moments = [each.astimezone(UTC).isoformat(timespec="microseconds") for each in (frozen.as_of, frozen.frozen_at)]
    told = [frozen.year_id, *moments, frozen.digest, frozen.content, frozen.why, frozen.frozen_by, frozen.key_id]
    return hmac.digest(key, json.dumps(told, ensure_ascii=False).encode(), "sha256").hex()


def whole(store: Store, frozen: FrozenPosition) -> bool:
    """Whether content, hash and signature belong together, and nothing beside them was changed."""
    content = frozen.content.encode("utf-8")
    signed = hmac.compare_digest(signature_of(store, frozen), frozen.signature)
    return signed and hashlib.sha256(content).hexdigest() == frozen.digest


def position_of(session: Session, number: int) -> FrozenPosition:
    """A frozen position by its number; StoreError if there is none."""
    found = session.get(FrozenPosition, number)
    if found is None:
        raise StoreError(
            "position-unknown",
            Words(f"Tidak ada posisi nomor {number}.", f"There is no position number {number}."),
            Words("Lihat yang ada: ejps position list", "See which there are: ejps position list"),
        )
    return found


def positions(session: Session, program: str | None = None) -> tuple[tuple[FrozenPosition, BudgetYear], ...]:
    """The frozen positions with their budget year, of one program or of all, in the order of freezing."""
    asked = select(FrozenPosition, BudgetYear).join(BudgetYear, col(BudgetYear.id) == col(FrozenPosition.year_id))
    if program is not None:
        asked = asked.where(col(BudgetYear.program) == program)
    return tuple((each, year) for each, year in session.execute(asked.order_by(col(FrozenPosition.id))))

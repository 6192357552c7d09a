"""Registers on record: sealed snapshots that never change, and for which areas somebody declares them complete."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.problems import StoreError, unsound
from ejps_core.store.retention import living_key, record_key, usable
from ejps_core.store.sealed_files import open_file, seal_file
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import CompletenessDeclaration, RegisterSnapshot
from ejps_core.store.words import Declared, KeyKind


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A register as it was on a day. kind: which register (dtks, pkh, bpnt, dukcapil …). area: a region's code."""

    kind: str
    source: str
    area: str
    as_of: date
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Somebody answers for a snapshot's being complete for an area; or takes that back."""

    snapshot_id: int
    area: str
    as_of: date
    declared_by: str
    document: str | None = None
    state: Declared = Declared.MADE


def add_snapshot(store: Store, act: Act, snapshot: Snapshot, content: bytes) -> tuple[int, bool]:
    """Seals and records a snapshot (Parquet); its number, and whether it was there before, when nothing changes.

    The file is there before the record: stopped in between, there is a file that nobody knows, and no record without one.
    """
    content_hash = hashlib.sha256(content).hexdigest()
    with store.reading() as session:
        if (known := _known(session, snapshot, content_hash)) is not None:
            return known, True
    key_id = store.keys.make()
    path = f"{snapshot.kind}-{snapshot.as_of.isoformat()}-{content_hash[:16]}-{key_id}.sealed"
    seal_file(store.keys, key_id, content, store.files / path)
    store.faults("snapshot-sealed")
    with store.writing(act) as work:
        session = work.session
        work.alone(f"register:{snapshot.kind}")
        if (known := _known(session, snapshot, content_hash)) is not None:
            work.tell("register.received-again", "register", known)
            return known, True
        record_key(work, key_id, KeyKind.REGISTER, f"{snapshot.kind} {snapshot.as_of.isoformat()}")
        before = newest_snapshot(session, snapshot.kind, snapshot.area)
        made = RegisterSnapshot(
            kind=snapshot.kind,
            source=snapshot.source,
            area=snapshot.area,
            as_of=snapshot.as_of,
            counts=dict(snapshot.counts),
            content_hash=content_hash,
            path=path,
            key_id=key_id,
            supersedes=None if before is None else before.id,
            received_at=act.at,
            received_by=act.who,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        told = {"kind": made.kind, "as_of": made.as_of.isoformat(), "hash": content_hash, "counts": made.counts}
        work.tell("register.received", "register", made.id, after=told)
    return made.id, False


def of_list(list_id: int) -> str:
    """The area of a snapshot that holds the people of one list only: no other list sees it, and it is never complete."""
    return f"list:{list_id}"


def newest_snapshot(
    session: Session, kind: str, area: str, *, by: date | None = None, known: datetime | None = None
) -> RegisterSnapshot | None:
    """The latest snapshot of a register for an area: as of `by` at most, received by `known` at most (None: any)."""
    asked = select(RegisterSnapshot).where(col(RegisterSnapshot.kind) == kind, col(RegisterSnapshot.area) == area)
    if by is not None:
        asked = asked.where(col(RegisterSnapshot.as_of) <= by)
    if known is not None:
        asked = asked.where(col(RegisterSnapshot.received_at) <= known)
    newest = asked.order_by(col(RegisterSnapshot.as_of).desc(), col(RegisterSnapshot.id).desc())
    return session.execute(newest.limit(1)).scalar_one_or_none()


def read_snapshot(store: Store, act: Act, snapshot_id: int) -> bytes:
    """The clear content of a snapshot; the reading is in the audit log first. StoreError if destroyed or changed."""
    with store.writing(act) as work:
        found = snapshot_of(work.session, snapshot_id)
        work.tell("register.read", "register", snapshot_id)
    with store.reading() as session:
        usable(living_key(session, found.key_id))
    content = open_file(store.keys, store.files / found.path)
    if hashlib.sha256(content).hexdigest() != found.content_hash:
        raise unsound(
            Words(f"Isi register {snapshot_id} bukan yang tercatat.", f"Register {snapshot_id} is not what was recorded.")
        )
    return content


def snapshot_of(session: Session, snapshot_id: int) -> RegisterSnapshot:
    """The record of a snapshot; StoreError if there is none."""
    found = session.get(RegisterSnapshot, snapshot_id)
    if found is None:
        raise StoreError(
            "register-unknown",
            Words(f"Tidak ada register nomor {snapshot_id}.", f"There is no register number {snapshot_id}."),
        )
    return found


def declare(work: Work, declaration: Declaration) -> int:
    """Records that a snapshot is complete for an area, or that this is taken back; the number of the record."""
    session, act = work.session, work.act
    if snapshot_of(session, declaration.snapshot_id).area.startswith(of_list(0)[:-1]):
        raise StoreError(
            "answers-never-complete",
            Words(
                f"Register {declaration.snapshot_id} hanya jawaban tentang satu daftar: tidak pernah lengkap untuk wilayah.",
                f"Register {declaration.snapshot_id} holds answers about one list only: it is complete for no area.",
            ),
        )
    before = _newest_declaration(session, declaration.snapshot_id, declaration.area, None)
    made = CompletenessDeclaration(
        snapshot_id=declaration.snapshot_id,
        area=declaration.area,
        as_of=declaration.as_of,
        declared_by=declaration.declared_by,
        document=declaration.document,
        state=declaration.state.value,
        supersedes=None if before is None else before.id,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    told = {"area": made.area, "as_of": made.as_of.isoformat(), "state": made.state, "declared_by": made.declared_by}
    old = None if before is None else {"state": before.state, "declared_by": before.declared_by}
    work.tell("register.completeness", "register", made.snapshot_id, before=old, after=told)
    return made.id


def complete_for(
    session: Session, snapshot_id: int, area: str, known: datetime | None = None
) -> CompletenessDeclaration | None:
    """The declaration by which a snapshot is complete for an area or one that holds it (75 holds 75.04); None: none stands.

    known: as it was recorded by then.
    """
    parts = area.split(".")
    for length in range(len(parts), 0, -1):
        found = _newest_declaration(session, snapshot_id, ".".join(parts[:length]), known)
        if found is not None:
            return found if found.state == Declared.MADE.value else None
    return None


def _newest_declaration(
    session: Session, snapshot_id: int, area: str, known: datetime | None
) -> CompletenessDeclaration | None:
    asked = select(CompletenessDeclaration).where(
        col(CompletenessDeclaration.snapshot_id) == snapshot_id, col(CompletenessDeclaration.area) == area
    )
    if known is not None:
        asked = asked.where(col(CompletenessDeclaration.recorded_at) <= known)
    return session.execute(asked.order_by(col(CompletenessDeclaration.id).desc()).limit(1)).scalar_one_or_none()


def _known(session: Session, snapshot: Snapshot, content_hash: str) -> int | None:
    asked = select(col(RegisterSnapshot.id)).where(
        col(RegisterSnapshot.kind) == snapshot.kind,
        col(RegisterSnapshot.as_of) == snapshot.as_of,
        col(RegisterSnapshot.content_hash) == content_hash,
    )
    found: int | None = session.execute(asked).scalar_one_or_none()
    return found

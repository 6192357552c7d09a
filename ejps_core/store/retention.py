"""The end of data: until when it is kept, and the destruction of its key, after which nobody can read it.

A destruction is recorded first and carried out then. If the machine stops in between, the data counts as destroyed, and
`finish_destructions` does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.problems import StoreError, destroyed, key_unknown
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import (
    AnswerBatch,
    DataKey,
    Document,
    KeyDestruction,
    ListVersion,
    Person,
    ReceivedList,
    RegisterSnapshot,
    RetentionTerm,
    SealedPart,
)
from ejps_core.store.words import KeyKind

SEALED = (Person, SealedPart, AnswerBatch)
"""The tables of what a key sealed: it is deleted once the key was destroyed."""


def record_key(work: Work, key_id: str, kind: KeyKind, about: str) -> None:
    """Records a key that `store.keys.make()` has made, in the transaction of what it seals."""
    act = work.act
    work.session.add(DataKey(id=key_id, kind=kind.value, about=about, made_at=act.at, made_by=act.who))
    work.session.flush()
    work.tell("key.made", "key", key_id, after={"kind": kind.value, "about": about})


def keep_until(work: Work, key_id: str, until: date, why: str) -> None:
    """Sets until when a key is kept."""
    before = term_of(work.session, key_id)
    work.session.add(RetentionTerm(key_id=key_id, until=until, why=why, set_at=work.act.at, set_by=work.act.who))
    old = None if before is None else {"until": before.isoformat()}
    work.tell("retention.set", "key", key_id, before=old, after={"until": until.isoformat(), "why": why})


def term_of(session: Session, key_id: str) -> date | None:
    """Until when a key is kept; None: no term was set."""
    newest = select(col(RetentionTerm.until)).where(col(RetentionTerm.key_id) == key_id)
    return session.execute(newest.order_by(col(RetentionTerm.id).desc()).limit(1)).scalar_one_or_none()


def due(session: Session, day: date) -> tuple[DataKey, ...]:
    """The keys whose term has ended by the day and that were not destroyed."""
    newest = select(func.max(col(RetentionTerm.id))).group_by(col(RetentionTerm.key_id))
    over = select(col(RetentionTerm.key_id)).where(col(RetentionTerm.id).in_(newest), col(RetentionTerm.until) < day)
    gone = select(col(KeyDestruction.key_id))
    found = select(DataKey).where(col(DataKey.id).in_(over), col(DataKey.id).not_in(gone))
    return tuple(session.execute(found.order_by(col(DataKey.made_at))).scalars())


def destroy(store: Store, act: Act, key_id: str, why: str) -> None:
    """Destroys a key: recorded, its file overwritten and removed, what it sealed deleted. Nobody can read it any more."""
    with store.writing(act) as work:
        work.alone(f"key:{key_id}")
        key = work.session.get(DataKey, key_id)
        if key is None:
            raise key_unknown(key_id)
        if key.kind == KeyKind.AUDIT.value:
            raise StoreError(
                "audit-key-kept",
                Words("Kunci log audit tidak dapat dimusnahkan.", "The key of the audit log can't be destroyed."),
            )
        if key.kind == KeyKind.INDEX.value and work.store.current_key(work.session, KeyKind.INDEX) == key_id:
            raise StoreError(
                "index-key-used",
                Words("Kunci indeks ini masih dipakai.", "This index key is in use."),
                Words("Buat yang baru dahulu: ejps keys rotate --index", "Make a new one first: ejps keys rotate --index"),
            )
        if work.session.get(KeyDestruction, key_id) is None:
            record_destruction(work, key, why)
        else:
            work.tell("key.destroyed-again", "key", key_id)
    store.faults("destruction-recorded")
    finish_destructions(store, act)


def record_destruction(work: Work, key: DataKey, why: str, replaced_by: str | None = None) -> None:
    """Records that a key is destroyed, perhaps because another has taken its place; `finish_destructions` does it."""
    act = work.act
    gone = KeyDestruction(key_id=key.id, why=why, replaced_by=replaced_by, destroyed_at=act.at, destroyed_by=act.who)
    work.session.add(gone)
    work.session.flush()
    work.tell("key.destroyed", "key", key.id, after={"why": why, "replaced_by": replaced_by, "about": key.about})


def finish_destructions(store: Store, act: Act) -> tuple[str, ...]:
    """Carries out the destructions on record: key files, sealed files, sealed records; the keys that still had something."""
    with store.reading() as session:
        recorded = tuple(session.execute(select(col(KeyDestruction.key_id))).scalars())
        kept = {
            key_id
            for table in SEALED
            for key_id in session.execute(
                select(col(table.key_id)).where(col(table.key_id).in_(recorded)).distinct()
            ).scalars()
        }
        files = _files_of(store, session, recorded)
    unfinished = tuple(
        key_id
        for key_id in recorded
        if store.keys.has(key_id) or key_id in kept or any(file.exists() for file in files.get(key_id, ()))
    )
    for key_id in unfinished:
        store.keys.forget(key_id)
        store.faults("key-gone")
        for file in files.get(key_id, ()):
            file.unlink(missing_ok=True)
    if any(key_id in kept for key_id in unfinished):
        with store.writing(act) as work:
            for key_id in sorted(kept):
                for table in SEALED:
                    work.session.execute(delete(table).where(col(table.key_id) == key_id))
                work.tell("key.sealed-data-deleted", "key", key_id)
    return unfinished


def _files_of(store: Store, session: Session, keys: Sequence[str]) -> dict[str, list[Path]]:
    """The sealed files under each key: registers and documents."""
    files: dict[str, list[Path]] = {}
    for table in (RegisterSnapshot, Document):
        asked = select(col(table.key_id), col(table.path)).where(col(table.key_id).in_(keys))
        for key_id, path in session.execute(asked):
            files.setdefault(key_id, []).append(store.files / path)
    return files


def living_key(session: Session, key_id: str) -> str | KeyDestruction:
    """The key that now seals what this one sealed: itself, or the one that replaced it; or how the last was destroyed."""
    while (gone := session.get(KeyDestruction, key_id)) is not None:
        if gone.replaced_by is None:
            return gone
        key_id = gone.replaced_by
    return key_id


def key_of_version(session: Session, version_id: int) -> str | KeyDestruction:
    """The key that now seals a list version, or how it was destroyed."""
    key = (
        select(col(ReceivedList.key_id))
        .join(ListVersion, col(ListVersion.list_id) == col(ReceivedList.id))
        .where(col(ListVersion.id) == version_id)
    )
    return living_key(session, session.execute(key).scalar_one())


def refuse_destroyed(session: Session, version_id: int) -> str:
    """The key of the version; StoreError `input-destroyed`, with day and name, if its data was destroyed."""
    return usable(key_of_version(session, version_id))


def usable(found: str | KeyDestruction) -> str:
    """The key; StoreError `input-destroyed` if it was destroyed."""
    if isinstance(found, KeyDestruction):
        raise destroyed(found.destroyed_at.date().isoformat(), found.destroyed_by, found.why)
    return found


@dataclass(frozen=True, slots=True)
class KeyState:
    """A key as the store knows it. until: the end of its term. present: its file is in the folder of keys."""

    key: DataKey
    until: date | None
    destroyed: KeyDestruction | None
    present: bool


def keys_of(store: Store, session: Session) -> tuple[KeyState, ...]:
    """All keys on record, oldest first."""
    gone = {each.key_id: each for each in session.execute(select(KeyDestruction)).scalars()}
    keys = session.execute(select(DataKey).order_by(col(DataKey.made_at), col(DataKey.id))).scalars()
    return tuple(KeyState(key, term_of(session, key.id), gone.get(key.id), store.keys.has(key.id)) for key in keys)

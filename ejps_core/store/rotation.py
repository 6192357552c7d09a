"""New keys for old: a list sealed anew under a new key, and a new key for the blind index of what comes."""

from __future__ import annotations

from sqlalchemy import inspect, select
from sqlmodel import col

from ejps_core.store.acts import Act
from ejps_core.store.bulk import add_all
from ejps_core.store.facts import part_bound
from ejps_core.store.people import IDENTIFIERS, bound
from ejps_core.store.problems import key_unknown
from ejps_core.store.retention import finish_destructions, record_destruction, record_key
from ejps_core.store.sealing import Lock, Sealed
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import DataKey, KeyDestruction, Person, SealedPart
from ejps_core.store.words import KeyKind


def new_index_key(store: Store, act: Act) -> str:
    """A new key for the blind index of people yet to come; look-ups go through all living keys. Its id."""
    key_id = store.keys.make()
    with store.writing(act) as work:
        record_key(work, key_id, KeyKind.INDEX, "")
    return key_id


def seal_anew(store: Store, act: Act, key_id: str, why: str) -> str:
    """All that a list's key sealed, sealed under a new key; the old one is destroyed. The new id.

    Copies and the destruction are recorded in one transaction: stopped half-way, either the old or the new key counts.
    """
    old = store.keys.lock(key_id)
    new_id = store.keys.make()
    new = store.keys.lock(new_id)
    with store.writing(act) as work:
        work.alone(f"key:{key_id}")
        key = work.session.get(DataKey, key_id)
        if key is None or key.kind != KeyKind.LIST.value or work.session.get(KeyDestruction, key_id) is not None:
            raise key_unknown(key_id)
        record_key(work, new_id, KeyKind.LIST, key.about)
        _people(work, old, new)
        work.point("people-sealed-anew")
        _parts(work, old, new)
        record_destruction(work, key, why, new_id)
    store.faults("rotation-recorded")
    finish_destructions(store, act)
    return new_id


def _people(work: Work, old: Lock, new: Lock) -> None:
    asked = (
        select(inspect(Person).local_table)
        .where(col(Person.key_id) == old.key_id)
        .order_by(col(Person.version_id), col(Person.pid))
    )
    found = [dict(row) for row in work.session.execute(asked).mappings()]

    def anew(record: dict[str, object]) -> dict[str, object]:
        pid = str(record["pid"])
        sealed = {
            name: new.seal(old.open(box, bound(name, pid)), bound(name, pid))
            for name in IDENTIFIERS
            if isinstance(box := record[name], Sealed)
        }
        return record | sealed | {"key_id": new.key_id}

    add_all(work.session, Person, (anew(each) for each in found))


def _parts(work: Work, old: Lock, new: Lock) -> None:
    asked = select(SealedPart).where(col(SealedPart.key_id) == old.key_id)
    for part in work.session.execute(asked).scalars().all():
        where = part_bound(part.kind, part.hash, part.part, part.parts)
        content = new.seal(old.open(Sealed(bytes(part.content)), where), where).box
        work.session.add(SealedPart(**{**part.model_dump(), "key_id": new.key_id, "content": content}))
    work.session.flush()


def rotate_master(store: Store, act: Act) -> str:
    """A new master key wraps all keys; the data stays as it is. Its id."""
    new_id = store.keys.rotate_master()
    with store.writing(act) as work:
        work.tell("master.rotated", "key", new_id)
    return new_id

"""Puts the places of keys of a list on record that was received before they were kept: numbers are opened once, audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.key_places import KIND, PLACE, places_of
from ejps_core.app.pseudonyms import PID
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.facts import PLACES, as_bytes, read_facts, read_places, record_places, sealed_parts
from ejps_core.store.lists import key_replaced, newest_version
from ejps_core.store.opening import open_store
from ejps_core.store.people import IDENTIFIERS, Identity, reveal
from ejps_core.store.retention import refuse_destroyed
from ejps_core.store.session import Store
from ejps_core.store.tables import ListRow, ListVersion
from ejps_core.store.words import RowVerdict, Unit


@dataclass(frozen=True, slots=True)
class Ordered:
    """The versions of a list, by their numbers, that got the places of their keys now, and those that had them."""

    list_id: int
    now: tuple[int, ...]
    before: tuple[int, ...]


def order_keys(options: StoreOptions, actor: Actor, list_id: int) -> Ordered | Diagnostic:
    """Puts the places of keys on record for every version of a list that lacks them; nothing else changes."""

    def made() -> Ordered:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.IMPORT)
            with store.reading() as session:
                newest_version(session, list_id)
                asked = select(col(ListVersion.id), col(ListVersion.number)).where(col(ListVersion.list_id) == list_id)
                versions = session.execute(asked.order_by(col(ListVersion.number))).all()
            done = {number: _ordered(store, act, version_id) for version_id, number in versions}
            now = tuple(number for number, made_now in done.items() if made_now)
            return Ordered(list_id, now, tuple(number for number in done if number not in now))

    return attempt(made)


def _ordered(store: Store, act: Act, version_id: int) -> bool:
    """Whether the version got the places of its keys now; no: it had them, or nobody is in it."""
    families, _, _ = read_facts(store, act, version_id)
    with store.reading() as session:
        there = read_places(store, session, version_id)
    if there is not None or not len(families) or any(name.startswith(PLACE) for name in families.column_names):
        return False
    people = reveal(store, act, version_id)
    with store.reading() as session:
        key_id, apart = refuse_destroyed(session, version_id), _set_apart(session, version_id)
    tables = [_places(people, apart, unit) for unit in Unit]
    parts = list(sealed_parts(store, key_id, PLACES, as_bytes(pa.concat_tables(tables))))
    with store.writing(act) as work:
        work.alone(f"key:{key_id}")
        if refuse_destroyed(work.session, version_id) != key_id:
            raise key_replaced()
        if read_places(store, work.session, version_id) is not None:
            work.tell("list.keys-ordered-again", "version", version_id)
            return False
        record_places(work, version_id, parts, len(people))
    return True


def _set_apart(session: Session, version_id: int) -> frozenset[str]:
    """Who stands in a row that was set apart: their facts count as unknown, their numbers too."""
    asked = select(col(ListRow.pid)).where(
        col(ListRow.version_id) == version_id,
        col(ListRow.verdict) == RowVerdict.SET_APART.value,
        col(ListRow.pid).is_not(None),
    )
    return frozenset(session.execute(asked).scalars())


def _places(people: Mapping[str, Identity], apart: frozenset[str], unit: Unit) -> pa.Table:
    """The places of all numbers and names of the families, or of the members, as when they are received."""
    own = [each for each in people.values() if each.unit is unit]
    columns = {PID: pa.array([each.pid for each in own], pa.string())}
    for kind in IDENTIFIERS:
        numbers = [None if each.pid in apart else getattr(each, kind) for each in own]
        columns[f"{KIND}{kind}"] = places_of(pa.array(numbers, pa.string()))
    return pa.table(columns)

"""Making a store, opening it, and bringing it to the newest schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ejps_core.store import database, schema
from ejps_core.store.acts import Act
from ejps_core.store.failures import as_problem
from ejps_core.store.keyring import Keyring
from ejps_core.store.problems import StoreError, no_store, store_exists, store_newer, store_older
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store
from ejps_core.store.tables import DataKey, StoreIdentity
from ejps_core.store.words import KeyKind


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where a store is: its database, the folder of all keys (one folder a store in it), the folder of its sealed files.

    master: the file of the master key, where it lies apart from the other keys. opened: the store itself, where a service
    has opened it and says for whom it is seen; the rest is then of no use.
    """

    database: str
    keys: Path
    files: Path
    master: Path | None = None
    opened: Store | None = None


def create_store(place: StorePlace, act: Act) -> Store:
    """A new store with new keys; StoreError if there is one. Stopped half-way, there is none, and it can be repeated."""
    url = database.store_url(place.database)
    identity = new_id("e")
    with _kept_if_right(url, create=True) as engine:
        with database.writing(engine).begin() as connection:
            schema.hold(connection)
            if schema.revision_of(connection) is not None:
                raise store_exists(database.shown(url))
            keys = Keyring.create(place.keys / identity, place.master)
            schema.upgrade(connection)
            _first_records(connection, identity, keys, act)
        store = Store(engine, identity, keys, place.files, scope=EVERYWHERE)
        with store.writing(act) as work:
            work.tell("store.made", "store", identity, after={"revision": schema.newest()})
        return store


def open_store(place: StorePlace) -> Store:
    """The store that is there; StoreError if there is none, its schema is another version's, or its keys are missing.

    It sees everything, as the command line does; `Store.seen_by` narrows it.
    """
    if place.opened is not None:
        return place.opened
    url = database.store_url(place.database)
    with _kept_if_right(url) as engine:
        with database.reading(engine).connect() as connection:
            revision = schema.revision_of(connection)
            if revision is None:
                raise no_store(database.shown(url))
            if revision != schema.newest():
                raise store_older() if schema.known(revision) else store_newer()
            identity = _identity(connection)
        keys = Keyring(place.keys / identity, place.master)
        return Store(engine, identity, keys, place.files, scope=EVERYWHERE)


def upgrade_store(place: StorePlace, act: Act) -> tuple[str, str]:
    """Brings the schema to the newest revision; the revisions before and after."""
    url = database.store_url(place.database)
    with _kept_if_right(url) as engine:
        with database.writing(engine).begin() as connection:
            schema.hold(connection)
            before = schema.revision_of(connection)
            if before is None:
                raise no_store(database.shown(url))
            if not schema.known(before):
                raise store_newer()
            schema.upgrade(connection)
        engine.dispose()
    after = schema.newest()
    if before != after:
        with open_store(place) as store, store.writing(act) as work:
            work.tell("store.upgraded", "store", store.identity, before={"revision": before}, after={"revision": after})
    return before, after


@contextmanager
def _kept_if_right(url: URL, *, create: bool = False) -> Iterator[Engine]:
    """An engine that is closed when the block fails; failures of the database are said in words."""
    engine = database.engine_for(url, create=create)
    try:
        yield engine
    except DBAPIError as problem:
        engine.dispose()
        raise as_problem(problem, recorded=False) from problem
    except BaseException:
        engine.dispose()
        raise


def _identity(connection: Connection) -> str:
    return connection.execute(select(col(StoreIdentity.store))).scalar_one()


def _first_records(connection: Connection, identity: str, keys: Keyring, act: Act) -> None:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        session.add(StoreIdentity(id=1, store=identity, made_at=act.at))
        for kind in (KeyKind.AUDIT, KeyKind.INDEX):
            session.add(DataKey(id=keys.make(), kind=kind.value, about="", made_at=act.at, made_by=act.who))
        session.commit()


__all__ = ["StoreError", "StorePlace", "create_store", "open_store", "upgrade_store"]

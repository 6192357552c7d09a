"""Connections to the database of a store: SQLite in WAL or PostgreSQL, with the same promises.

A writing transaction in SQLite takes the write lock at its beginning, so that it never fails half-way because another
came first. Commits are on the disk before they are reported.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError, no_store

WRITES = "ejps_writes"
BUSY_SECONDS = 60
CONNECT_SECONDS = 10
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else INSERT OR REPLACE would delete unseen
    "secure_delete = ON",  # what retention deletes is overwritten
    "cache_size = -65536",  # 64 MiB: indexes of a large list stay in memory
    f"busy_timeout = {BUSY_SECONDS * 1000}",
)
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def store_url(text: str) -> URL:
    """The address of a database: a URL of SQLite or PostgreSQL, or the path of an SQLite file."""
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    match url.get_backend_name() if url is not None else "":
        case "sqlite" if url is not None and url.database:
            return url.set(drivername="sqlite")
        case "postgresql" if url is not None:
            return url.set(drivername="postgresql+psycopg")
    raise StoreError(
        "store-url",
        Words("Alamat penyimpanan ini tidak dikenal.", "This address of a store is not known."),
        Words(
            "Tulis path berkas SQLite atau postgresql://pengguna@host/basisdata.",
            "Write the path of an SQLite file or postgresql://user@host/database.",
        ),
    )


def shown(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else str(url.database)


def engine_for(url: URL, *, create: bool = False) -> Engine:
    """An engine for the database; an SQLite file must be there, or is made readable by its owner only."""
    if url.get_backend_name() == "sqlite":
        _sqlite_file(url, create)
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    settings = {"connect_timeout": CONNECT_SECONDS}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=settings)


def _sqlite_file(url: URL, create: bool) -> None:
    path = Path(str(url.database))
    if path.is_file():
        return
    if not create:
        raise no_store(shown(url))
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = bool(connection.get_execution_options().get(WRITES))
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: Engine) -> Engine:
    """The engine for transactions that change something."""
    return engine.execution_options(**{WRITES: True})


def reading(engine: Engine) -> Engine:
    """The engine for transactions that only read, all of it as of one moment; the database refuses changes."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine

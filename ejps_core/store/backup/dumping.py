"""The database as a file, of one moment: SQLite by its online backup, PostgreSQL by pg_dump; and back again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, inspect, text
from sqlmodel import Session

from ejps_core.store import database
from ejps_core.store.audit.chain import heads
from ejps_core.store.audit.reading import entries
from ejps_core.store.backup.manifest import LogHead
from ejps_core.store.backup.problems import changed, no_program, place_taken, program_failed
from ejps_core.store.column_types import discreet_text
from ejps_core.store.database import PRIVATE_FILE
from ejps_core.store.problems import no_room

SQLITE, POSTGRES = "sqlite", "postgresql"
NAMES = {SQLITE: "database.sqlite", POSTGRES: "database.pgdump"}
DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of several versions; only the wrappers are on the path."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a database holds: its revision, the rows of each table, how far the log goes."""

    revision: str
    counts: dict[str, int]
    head: LogHead | None


def dump(engine: Engine, folder: Path) -> Content:
    """Writes the database into the folder, as it is at one moment while others go on; what is in it."""
    kind = engine.dialect.name
    target = folder / NAMES[kind]
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    content = _dump_sqlite(engine, target) if kind == SQLITE else _dump_postgres(engine, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return content


def content_of(session: Session) -> Content:
    """What the database of the session holds."""
    tables = inspect(session.connection()).get_table_names()
    counts = {
        table: int(session.execute(text(f'select count(*) from "{table}"')).scalar_one())
        for table in sorted(tables)
        if table != "alembic_version"
    }
    revision = session.execute(text("select version_num from alembic_version")).scalar_one()
    newest = entries(session, last=1)
    head = heads(session)[newest[0].segment_id] if newest else None
    kept = None if head is None else LogHead(segment=head.segment, length=head.length, mac=head.mac)
    return Content(str(revision), counts, kept)


def _dump_sqlite(engine: Engine, target: Path) -> Content:
    raw = engine.raw_connection()
    try:
        source: Any = raw.driver_connection
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error as problem:
        raise no_room(target.name, OSError(0, str(problem))) from problem
    finally:
        raw.close()
    with unmoved(target) as session:
        return content_of(session)


@contextmanager
def unmoved(path: Path) -> Iterator[Session]:
    """A session on an SQLite file that leaves no trace beside it."""
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    engine = create_engine(URL.create(SQLITE, database=f"file:{quote(str(path))}", query=query), hide_parameters=True)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def refuse_unsound(path: Path) -> None:
    """Raises StoreError if an SQLite file is damaged inside."""
    try:
        with unmoved(path) as session:
            found = session.execute(text("pragma integrity_check(1)")).scalar_one()
    except Exception as problem:
        raise changed(path.name) from problem
    if found != "ok":
        raise changed(path.name)


def _dump_postgres(engine: Engine, target: Path) -> Content:
    with Session(database.reading(engine)) as session:
        snapshot = session.execute(text("select pg_export_snapshot()")).scalar_one()
        content = content_of(session)
        arguments = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", f"--snapshot={snapshot}"]
        _run("pg_dump", engine.url, [*arguments, f"--file={target}"])
    return content


def load_postgres(engine: Engine, source: Path) -> None:
    """Brings a dump into an empty database, wholly or not at all."""
    if inspect(engine).get_table_names():
        raise place_taken(database.shown(engine.url))
    arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run("pg_restore", engine.url, arguments, source)


def refuse_unreadable(source: Path) -> None:
    """Raises StoreError if pg_restore can't read the list of what is in a dump."""
    done = subprocess.run(
        [_program("pg_restore"), "--list", str(source)], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise changed(source.name)


def _run(name: str, url: URL, arguments: list[str], source: Path | None = None) -> None:
    """Runs a program of PostgreSQL; the password goes through the environment, where other users don't see it."""
    address = url.set(drivername=POSTGRES, password=None).render_as_string(hide_password=False)
    command = [_program(name), *arguments, f"--dbname={address}", *([str(source)] if source else [])]
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    environment = {**os.environ, "LC_ALL": "C", **secret}
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        errors = [line for line in said if "error:" in line] or said
        raise program_failed(name, discreet_text(errors[0]) if errors else f"{done.returncode}")


def _program(name: str) -> str:
    """The newest program of that name; the one on the path where there are no others."""
    versions = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise no_program(name)
    return found

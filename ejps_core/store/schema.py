"""The schema of a store: which revision it has, and the way to the newest (Alembic, one tree for both databases)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from ejps_core.store import fences

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 7504_2020
"""An advisory lock of PostgreSQL: two who upgrade at once do it one after the other."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here: there is no ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


@cache
def newest() -> str:
    """The revision this software works with; looked up once, for each opening of a store asks."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


def known(revision: str) -> bool:
    """Whether this software has heard of a revision."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None: no store is in it."""
    return MigrationContext.configure(connection).get_current_revision()


def hold(connection: Connection) -> None:
    """Waits until nobody else makes or upgrades this store; SQLite's write lock does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest revision, within the transaction of the connection: wholly or not at all."""
    command.upgrade(config(connection), "head")
    fences.put_up(connection)

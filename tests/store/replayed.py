"""New stores for hundreds of tests: the migrations run once a kind of database, not for each of them.

SQLite is told again what the migrations told the first one; PostgreSQL copies a database that has the schema already.
That the migrations make what the tables say, and lead every earlier store to it, `test_schema.py` and `test_upgrade.py`
prove with the migrations themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, inspect, text

from ejps_core.store import database, schema

VERSION = "alembic_version"
Statement = tuple[str, Any]
Upgrade = Callable[[Connection], None]
migrate: Upgrade = schema.upgrade
"""The migrations themselves, whatever stands in their place."""


@contextmanager
def replayed_schema() -> Iterator[None]:
    """While it lasts, an empty database gets its schema without the migrations, and a prepared one has it."""
    told: list[Statement] = []

    def upgrade(connection: Connection) -> None:
        if schema.revision_of(connection) is not None:
            migrate(connection)
        elif connection.dialect.name != "sqlite":
            _finish(connection)
        elif told:
            for statement, parameters in told:
                connection.exec_driver_sql(statement, parameters or None)
        else:
            told.extend(_recorded(connection))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "upgrade", upgrade)
        yield


def prepare(url: str) -> None:
    """Puts the schema into a database, which still counts as one without a store."""
    engine = database.engine_for(database.store_url(url))
    with database.writing(engine).begin() as connection:
        migrate(connection)
        connection.execute(text(f"delete from {VERSION}"))
    engine.dispose()


def _finish(connection: Connection) -> None:
    """Makes a prepared database one of the newest revision; an empty one gets the migrations."""
    if not inspect(connection).has_table(VERSION):
        migrate(connection)
        return
    connection.execute(text(f"insert into {VERSION} values (:newest)"), {"newest": schema.newest()})


def _recorded(connection: Connection) -> list[Statement]:
    """Upgrades, and keeps the statements that change something."""
    statements: list[Statement] = []

    def keep(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if statement.split(maxsplit=1)[0].lower() not in ("select", "pragma"):
            statements.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", keep)
    try:
        migrate(connection)
    finally:
        event.remove(connection, "before_cursor_execute", keep)
    return statements

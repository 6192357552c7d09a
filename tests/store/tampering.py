"""How somebody with the database in hand would go about it: triggers off, then whatever SQL."""

from __future__ import annotations

from sqlalchemy import text

from ejps_core.store import database
from ejps_core.store.session import Store


def tamper(store: Store, table: str, *statements: str) -> None:
    """Runs the statements with the table's triggers and foreign keys out of the way."""
    with database.writing(store.engine).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for kind in ("no_update", "no_delete"):
                connection.execute(text(f"drop trigger if exists {table}_{kind}"))
        else:
            connection.execute(text("set session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()
        connection.invalidate()

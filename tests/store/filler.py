"""Rows for any table, made from what the database itself says of it: so that no table stays empty in a test."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from ejps_core.store import database
from ejps_core.store.tables import WORKING, Record

QUOTED = re.compile(r"'((?:[^']|'')*)'")
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
VERSION = "alembic_version"
DESTROYED = "kdestroyed000000"
"""A key on record as destroyed, which has sealed nothing."""
Row = tuple[Any, ...]


def reflected(engine: Engine | Connection) -> MetaData:
    """The tables as the database has them."""
    found = MetaData()
    found.reflect(engine)
    return found


def fill_empty_tables(engine: Engine) -> dict[str, int]:
    """Puts two rows (one, where no more fit) into each table that has none; how many each table has now.

    The key that is on record as destroyed sealed nothing, so that the store stays in use.
    """
    tables = reflected(engine)
    with database.writing(engine).begin() as connection:
        key = {"id": DESTROYED, "kind": "list", "about": "x", "made_at": NOON, "made_by": "x"}
        connection.execute(tables.tables["data_keys"].insert().values(key))
        gone = {"key_id": key["id"], "why": "x", "destroyed_at": NOON, "destroyed_by": "x"}
        connection.execute(tables.tables["key_destructions"].insert().values(gone))
        for table in tables.sorted_tables:
            if table.name != VERSION and not _count(connection, table):
                _fill(connection, table)
        return {table.name: _count(connection, table) for table in tables.sorted_tables}


def all_rows(engine: Engine, columns: dict[str, list[str]] | None = None) -> dict[str, list[Row]]:
    """Every row of every table (or of these columns), in one order and spelling whatever the database."""
    found = {}
    with engine.connect() as connection:
        for table in reflected(connection).sorted_tables:
            names = [column.name for column in table.columns] if columns is None else columns.get(table.name, [])
            if table.name != VERSION and names:
                asked = select(*(table.c[name] for name in names))
                found[table.name] = sorted((tuple(map(_plain, row)) for row in connection.execute(asked)), key=repr)
    return found


def columns_of(engine: Engine) -> dict[str, list[str]]:
    """The columns of each table."""
    return {table.name: [column.name for column in table.columns] for table in reflected(engine).sorted_tables}


def triggers_of(engine: Engine) -> set[str]:
    """The names of all triggers."""
    asked = "select name from sqlite_master where type = 'trigger'"
    if engine.dialect.name == "postgresql":
        asked = "select tgname from pg_trigger where not tgisinternal"
    with engine.connect() as connection:
        return set(connection.execute(text(asked)).scalars())


def triggers_due(engine: Engine) -> set[str]:
    """The names of the triggers that a store must have: on every table of records, on none of the working state."""
    kinds = ("no_update", "no_delete", *(("no_truncate",) if engine.dialect.name == "postgresql" else ()))
    return {f"{table}_{kind}" for table in set(Record.metadata.tables) - set(WORKING) for kind in kinds}


def _fill(connection: Connection, table: Table) -> None:
    choices = _choices(connection, table)
    before: dict[str, Any] | None = None
    for number in (1, 2):
        row = {column.name: _value(connection, table, column, number, choices, before) for column in table.columns}
        fits = before is None or any(row[key.name] != before[key.name] for key in table.primary_key)
        if fits:
            before = _insert(connection, table, row)


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Puts the row in as far as the table's checks let it: with all that may be empty, with none of it, or in between."""
    maybe = [column.name for column in table.columns if column.nullable]
    wanted = [set(), *({name} for name in maybe), *(set(maybe) - {name} for name in maybe), set(maybe)]
    for empty in wanted:
        tried = {name: None if name in empty else value for name, value in row.items()}
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(table.insert().values(tried))
            return tried
    raise AssertionError(f"no row fits into {table.name}: {row}")


def _value(
    connection: Connection,
    table: Table,
    column: Column[Any],
    number: int,
    choices: dict[str, list[str]],
    before: dict[str, Any] | None,
) -> Any:
    for link in column.foreign_keys:
        if link.column.table is table:
            return None if before is None else before[link.column.name]
        asked = select(link.column).order_by(link.column).limit(2)
        if link.column.table.name == "data_keys":
            asked = asked.where(link.column != DESTROYED)
        found = connection.execute(asked).scalars().all()
        return found[min(number, len(found)) - 1]
    if column.name in choices:
        own = choices[column.name]
        return own[(number - 1) % len(own)]
    match column.type:
        case Boolean():
            return number == 1
        case DateTime():
            return NOON
        case Date():
            return date(2026, 3, number)
        case Integer() | Numeric():
            return number
        case LargeBinary():
            return b"\x01" + bytes([number]) * 40
        case String():
            return f"{column.name}{number}"[: column.type.length or 64]
    return {"number": number}


def _choices(connection: Connection, table: Table) -> dict[str, list[str]]:
    """Column -> the values that a check of the table allows."""
    found = {}
    for check in inspect(connection).get_check_constraints(table.name):
        values = [each.replace("''", "'") for each in QUOTED.findall(check["sqltext"])]
        named = [column.name for column in table.columns if re.search(rf"\b{column.name}\b", check["sqltext"])]
        if values and named:
            found[named[0]] = values
    return found


def _count(connection: Connection, table: Table) -> int:
    return len(connection.execute(select(*table.columns)).all())


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value

"""Many records at once, past the object mapper: a prepared statement in SQLite, COPY in PostgreSQL.

Every value still goes through the type of its column: clear text stays out of sealed columns, and texts are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, inspect
from sqlmodel import Session

from ejps_core.store.column_types import SealedColumn
from ejps_core.store.sealing import Sealed
from ejps_core.store.tables import Record

Bind = Callable[[Any], Any]


def add_all(session: Session, table: type[Record], records: Iterable[dict[str, Any]]) -> int:
    """Adds records given as column -> value, in the order given; how many. A column that numbers itself is left out."""
    target: Table = inspect(table).local_table
    own_number = target.autoincrement_column
    columns = [each for each in target.columns if each is not own_number]
    session.flush()
    connection = session.connection()
    rows = _bound(connection, columns, records)
    names = ", ".join(f'"{each.name}"' for each in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        count = 0
        with driver.cursor() as cursor, cursor.copy(f'copy "{target.name}" ({names}) from stdin') as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        return count
    places = ", ".join("?" * len(columns))
    cursor = driver.executemany(f'insert into "{target.name}" ({names}) values ({places})', rows)
    try:
        return max(int(cursor.rowcount), 0)
    finally:
        cursor.close()


def _bound(
    connection: Connection, columns: list[Column[Any]], records: Iterable[dict[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    binds = [(each.name, _bind(connection, each)) for each in columns]
    for record in records:
        yield tuple(record.get(name) if bind is None else bind(record.get(name)) for name, bind in binds)


def _bind(connection: Connection, column: Column[Any]) -> Bind | None:
    """How a value of the column is prepared for the driver; None: it goes as it is."""
    if isinstance(column.type, SealedColumn):
        return _box
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def _box(value: object) -> bytes | None:
    if value is None or isinstance(value, Sealed):
        return None if value is None else value.box
    raise TypeError("clear text in a sealed column")

"""Many records at once, past the object mapper: a prepared statement in SQLite, COPY in PostgreSQL.

Every value still goes through the type of its column: clear text stays out of sealed columns, and texts are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ejps_core.store.column_types import SealedColumn
from ejps_core.store.scoping import refuse_any_beyond
from ejps_core.store.sealing import Sealed
from ejps_core.store.tables import Record

AT_ONCE = 5_000
Bind = Callable[[Any], Any]


def add_all(session: Session, table: type[Record], records: Iterable[dict[str, Any]]) -> int:
    """Adds records given as column -> value, in the order given; how many. A column that numbers itself is left out."""
    target: Table = inspect(table).local_table
    own_number = target.autoincrement_column
    columns = [each for each in target.columns if each is not own_number]
    session.flush()
    connection = session.connection()
    rows = _bound(connection, columns, refuse_any_beyond(session, target, records))
    names = ", ".join(f'"{each.name}"' for each in columns)
    put = _copied_past_fence if connection.dialect.name == "postgresql" else _inserted
    count = 0
    # Read before they are written: what a record needs to have looked up can't be asked for while COPY goes on.
    while some := list(islice(rows, AT_ONCE)):
        put(connection, target.name, names, some)
        count += len(some)
    return count


def _inserted(connection: Connection, name: str, names: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.exec_driver_sql(f'insert into "{name}" ({names}) values ({marks})', rows)


def _copied_past_fence(connection: Connection, name: str, names: str, rows: list[tuple[Any, ...]]) -> None:
    """COPY, which PostgreSQL refuses where a row-level policy holds: there the rows go through a table of our own."""
    fenced = connection.exec_driver_sql(f"select row_security_active('\"{name}\"'::regclass)").scalar()
    if not fenced:
        _copied(connection, f'copy "{name}" ({names}) from stdin', rows)
        return
    connection.exec_driver_sql(f'create temporary table "copied_{name}" as select {names} from "{name}" with no data')
    _copied(connection, f'copy "copied_{name}" ({names}) from stdin', rows)
    connection.exec_driver_sql(f'insert into "{name}" ({names}) select {names} from "copied_{name}"')
    connection.exec_driver_sql(f'drop table "copied_{name}"')


def _copied(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """COPY, past SQLAlchemy: what the driver raises is put in SQLAlchemy's terms here."""
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    error = dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except error as problem:
        lost = dialect.is_disconnect(problem, driver, None)
        raise DBAPIError.instance(
            statement, None, problem, error, hide_parameters=True, connection_invalidated=lost, dialect=dialect
        ) from None


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

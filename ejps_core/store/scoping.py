"""The first fence: a session adds its scope to every statement, and refuses what would be written beyond it.

Which tables belong to a district is read from the tables themselves: a column `district`, or a foreign key that leads to a
table that belongs to one. The second fence, in PostgreSQL itself, is made of the same (`fences.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, event, false, or_, select, true
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql.elements import ClauseElement, TextClause
from sqlalchemy.sql.util import find_tables
from sqlmodel import Session

from ejps_core.store.scope import Scope, no_scope, out_of_scope
from ejps_core.store.tables import WORKING, Record

SCOPE, WORKING_ONLY, SEEN = "scope", "working-only", "seen"
FREE = {"ejps_free_of_districts": True}
"""Execution options of a statement in plain text that reads no district's data."""
OWN = "district"
OF_AREA = frozenset({"register_snapshots"})
"""Tables whose column `area` may hold the province: its registers are everybody's to read."""
OF_ACCOUNT = frozenset({"jobs", "uploads"})
"""Working tables of which everybody sees his own."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """How a table belongs to a district: by a column of its own, or by the records it points at (any of them)."""

    own: str | None
    links: tuple[tuple[str, str, str], ...]
    """(column, table it points at, column there)"""


@cache
def belongings() -> dict[str, Belonging]:
    """The tables that belong to districts, by name."""
    found: dict[str, Belonging] = {}
    for table in Record.metadata.sorted_tables:
        own = OWN if OWN in table.columns else "area" if table.name in OF_AREA else None
        links = [
            (column.name, key.column.table.name, key.column.name, bool(column.nullable))
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table.name in found
        ]
        firm = [link[:3] for link in links if not link[3]][:1]
        chosen = firm or [link[:3] for link in links]
        if own is not None or chosen or table.name in OF_ACCOUNT:
            found[table.name] = Belonging(own, () if own else tuple(chosen))
    return found


class ScopedSession(Session):
    """A session of the store. info[SCOPE] says how far it sees; None: nowhere where a district's data is."""


def within(table: Table, scope: Scope, of: Callable[[str], ColumnElement[Any]]) -> ColumnElement[bool]:
    """The condition under which records of the table are in the scope. of: its columns, as the statement has them."""
    if scope.areas is None:
        return true()
    belonging = belongings().get(table.name)
    if belonging is None:
        return true()
    if table.name in OF_ACCOUNT:
        return of("account_id") == scope.account if scope.account is not None else false()
    if belonging.own is not None:
        wider = {area.rpartition(".")[0] for area in scope.areas} if table.name in OF_AREA else set()
        return of(belonging.own).in_(sorted(scope.areas | wider))
    return or_(*(_linked(of(column), name, key, scope) for column, name, key in belonging.links))


def _linked(column: ColumnElement[Any], name: str, key: str, scope: Scope) -> ColumnElement[bool]:
    parent = Record.metadata.tables[name].alias()
    inside = within(Record.metadata.tables[name], scope, lambda each: parent.c[each])
    return column.in_(select(parent.c[key]).where(inside))


@cache
def _classes() -> dict[str, type[Record]]:
    """The class of each table that belongs to districts."""
    named = {str(each.__tablename__): each for each in Record.__subclasses__()}
    return {name: named[name] for name in belongings()}


@lru_cache(maxsize=512)
def _criteria(scope: Scope) -> tuple[ORMOption, ...]:
    return tuple(
        with_loader_criteria(each, within(Record.metadata.tables[name], scope, partial(getattr, each)), include_aliases=True)
        for name, each in _classes().items()
    )


def _touched(state: ORMExecuteState) -> set[str]:
    """The names of all tables in a statement, wherever in it they stand."""
    found = find_tables(
        cast(ClauseElement, state.statement),
        check_columns=True,
        include_aliases=True,
        include_joins=True,
        include_selects=True,
        include_crud=True,
    )
    return {str(getattr(each, "name", "")) for each in found} | {
        str(getattr(getattr(each, "element", None), "name", "")) for each in found
    }


@event.listens_for(ScopedSession, "do_orm_execute")
def _confine(state: ORMExecuteState) -> None:
    """Adds the scope to a statement, or refuses it."""
    info, scope = state.session.info, state.session.info.get(SCOPE)
    if info.get(WORKING_ONLY) and not state.is_select and not _touched(state) <= {"", *WORKING}:
        raise AssertionError("records are written in writing(), not among the working state")
    if scope is not None and scope.areas is None:
        return
    if isinstance(state.statement, TextClause):
        if not state.execution_options.get(next(iter(FREE))):
            raise no_scope()
        return
    touched = _touched(state) & set(belongings())
    if not touched:
        return
    if scope is None or not state.is_orm_statement or state.is_insert:
        raise no_scope()
    state.statement = state.statement.options(*_criteria(scope))


@event.listens_for(ScopedSession, "before_flush")
def _check_new(session: Session, *_: object) -> None:
    """Refuses new records beyond the scope, and among the working state all that is a record."""
    if session.info.get(WORKING_ONLY):
        changed = {each.__tablename__ for each in (*session.new, *session.dirty, *session.deleted)}
        if not changed <= set(WORKING):
            raise AssertionError("records are written in writing(), not among the working state")
    for each in session.new:
        refuse_beyond(session, each.__table__, partial(getattr, each))


def refuse_beyond(session: Session, table: Table, of: Callable[[str], Any]) -> None:
    """Raises StoreError if a new record lies beyond the session's scope. of: its values by column."""
    belonging = belongings().get(table.name)
    if belonging is None:
        return
    scope: Scope | None = session.info.get(SCOPE)
    if scope is None:
        raise no_scope()
    if scope.areas is None or table.name in OF_ACCOUNT:
        return
    if belonging.own is not None:
        if of(belonging.own) not in scope.areas:
            raise out_of_scope()
        return
    if not any(_seen(session, scope, name, key, of(column)) for column, name, key in belonging.links):
        raise out_of_scope()


def refuse_any_beyond(session: Session, table: Table, records: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The records as they come; StoreError at the first that lies beyond the scope."""
    for record in records:
        refuse_beyond(session, table, record.get)
        yield record


def _seen(session: Session, scope: Scope, name: str, key: str, value: object) -> bool:
    """Whether the record that a new one points at is in the scope; each is looked up once a session."""
    if value is None:
        return False
    seen: dict[tuple[str, object], bool] = session.info.setdefault(SEEN, {})
    if (name, value) not in seen:
        table = Record.metadata.tables[name]
        asked = select(table.c[key]).where(table.c[key] == value, within(table, scope, lambda column: table.c[column]))
        found = session.connection().execute(asked).first()
        seen[name, value] = found is not None
    return seen[name, value]

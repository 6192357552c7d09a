"""The second fence: row-level security in PostgreSQL. What a program forgets to ask for, the database does not give.

The policies are made from the tables, as the first fence is (`scoping.py`), and put in place whenever the schema is brought
up to date. A session says its areas with `ejps.areas`; one that says nothing sees nothing. Superusers pass every policy:
the service must not connect as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text
from sqlmodel import Session

from ejps_core.store.scope import ALL, Scope
from ejps_core.store.scoping import FREE, OF_ACCOUNT, OF_AREA, belongings

SETTING = "ejps.areas"
_AREAS = f"""
create or replace function ejps_areas() returns text[] language sql stable as $$
    select string_to_array(coalesce(current_setting('{SETTING}', true), ''), ',')
$$
"""
_EVERYWHERE = f"coalesce(current_setting('{SETTING}', true), '') = '{ALL}'"
_TELL = text(f"select set_config('{SETTING}', :areas, true)").execution_options(**FREE)


def tell_areas(session: Session, scope: Scope | None) -> None:
    """Tells PostgreSQL, for this transaction, which districts may be seen; SQLite has the first fence alone."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_TELL, {"areas": "" if scope is None else scope.as_setting()})


def put_up(connection: Connection) -> None:
    """Every table that belongs to districts gets its policy; to be repeated whenever the schema has changed."""
    if connection.dialect.name != "postgresql":
        return
    for statement in statements():
        connection.execute(text(statement))


def statements() -> Iterator[str]:
    """What puts the policies in place."""
    yield _AREAS
    for name in fenced():
        yield f"alter table {name} enable row level security"
        yield f"alter table {name} force row level security"
        yield f"drop policy if exists ejps_area on {name}"
        yield f"create policy ejps_area on {name} using ({_EVERYWHERE} or {_visible(name)})"


def fenced() -> tuple[str, ...]:
    """The tables with a policy. Of one's own jobs and uploads the first fence speaks: they hold nobody's data."""
    return tuple(name for name in belongings() if name not in OF_ACCOUNT)


def _visible(name: str) -> str:
    belonging = belongings()[name]
    if belonging.own is not None:
        own = f"{name}.{belonging.own} = any(ejps_areas())"
        wider = f" or exists (select 1 from unnest(ejps_areas()) as a where a like {name}.{belonging.own} || '.%')"
        return f"({own}{wider if name in OF_AREA else ''})"
    parents = (
        f"exists (select 1 from {parent} as p where p.{key} = {name}.{column})" for column, parent, key in belonging.links
    )
    return f"({' or '.join(parents)})"

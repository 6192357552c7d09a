"""A store of every earlier revision, with data in every table, comes to the newest: same data, all triggers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from ejps_core.store import database, schema
from ejps_core.store.audit.verify import verify
from ejps_core.store.opening import StorePlace, create_store, open_store, upgrade_store
from ejps_core.store.problems import StoreError
from tests.store.filler import all_rows, columns_of, fill_empty_tables, triggers_due, triggers_of
from tests.store.sample import SYSTEM, later

REVISIONS = [each.revision for each in ScriptDirectory.from_config(schema.config()).walk_revisions()][::-1]
EARLIER = [each for each in REVISIONS if each != schema.newest()]
pytestmark = pytest.mark.bare


@contextmanager
def engine_of(place: StorePlace) -> Iterator[Engine]:
    """The database of a store by itself, closed again whatever a test finds."""
    engine = database.engine_for(database.store_url(place.database))
    try:
        yield engine
    finally:
        engine.dispose()


def made_at(place: StorePlace, revision: str) -> None:
    """A store as the software of that revision would have made it, with rows in every table, used on two days."""

    def to_then(connection: Connection) -> None:
        command.upgrade(schema.config(connection), revision)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "upgrade", to_then)
        patch.setattr(schema, "newest", lambda: revision)
        with create_store(place, SYSTEM) as store, store.writing(later(SYSTEM, days=1)) as work:
            work.tell("thing.done", "thing", 1)
        with open_store(place) as store, store.writing(later(SYSTEM, days=2)) as work:
            work.tell("thing.done", "thing", 2)
        with open_store(place) as store:
            counts = fill_empty_tables(store.engine)
    assert {table: count for table, count in counts.items() if not count} == {}


@pytest.mark.parametrize("revision", EARLIER)
def test_from_an_earlier_revision_with_data_in_every_table(place: StorePlace, revision: str) -> None:
    made_at(place, revision)
    with engine_of(place) as engine:
        columns, before = columns_of(engine), all_rows(engine)
        with pytest.raises(StoreError, match="older version"):
            open_store(place)
        assert upgrade_store(place, later(SYSTEM, days=3)) == (revision, schema.newest())
        after = all_rows(engine, columns)
    log = ("audit_segments", "audit_seals", "audit_entries")
    assert {table: after[table] for table in before if table not in log} == {
        table: rows for table, rows in before.items() if table not in log
    }
    assert all(set(before[table]) <= set(after[table]) for table in log)
    with open_store(place) as store:
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()
        _refuses_changes(place)


def _refuses_changes(place: StorePlace) -> None:
    """The triggers of an upgraded store are those of a new one, and work on old rows."""
    with engine_of(place) as engine, database.writing(engine).connect() as connection:
        assert triggers_of(engine) == triggers_due(engine)
        for table in ("store_identity", "audit_entries", "data_keys"):
            with pytest.raises(DBAPIError, match=f"append-only: {table}"), connection.begin_nested():
                connection.execute(text(f"delete from {table}"))


def test_an_upgrade_that_fails_changes_nothing(place: StorePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """All revisions in one transaction: whatever fails at its end, the store is as it was."""
    revision = EARLIER[-1]
    made_at(place, revision)
    real = schema.upgrade

    def failing(connection: Connection) -> None:
        real(connection)
        raise KeyboardInterrupt

    with engine_of(place) as engine:
        before = all_rows(engine), columns_of(engine), triggers_of(engine)
        monkeypatch.setattr(schema, "upgrade", failing)
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(place, later(SYSTEM, days=3))
        monkeypatch.undo()
        assert (all_rows(engine), columns_of(engine), triggers_of(engine)) == before
        assert upgrade_store(place, later(SYSTEM, days=4)) == (revision, schema.newest())


def test_revisions_form_one_line() -> None:
    heads = ScriptDirectory.from_config(schema.config()).get_heads()
    assert heads == [schema.newest()]
    assert len(EARLIER) >= 4

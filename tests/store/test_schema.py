"""The schema: one migration tree, the same in both databases, and every table refuses changes."""

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from ejps_core.store import database, schema
from ejps_core.store.askings import Question, add_answers, begin
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, create_store, open_store, upgrade_store
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from ejps_core.store.tables import UNTIL_KEY_DESTROYED, WORKING, Asking, Record
from tests.store.filler import triggers_due, triggers_of
from tests.store.sample import OFFICER, PROVINCE, SYSTEM, sample

TABLES = sorted(Record.metadata.tables)
RECORDS = sorted(set(TABLES) - set(WORKING))


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    with database.writing(store.engine).connect() as connection:
        command.check(schema.config(connection))


def test_every_table_is_there(store: Store) -> None:
    assert set(inspect(store.engine).get_table_names()) == {*TABLES, "alembic_version"}


@pytest.mark.parametrize("statement", ["update {table} set {column} = {column}", "delete from {table}"])
def test_every_record_refuses_changes(store: Store, statement: str) -> None:
    receipt = receive(store, OFFICER, sample())
    question = Question(receipt.version_id, "dukcapil", "http-json", "Dukcapil", ("status",), 2)
    number = begin(store, PROVINCE, question)
    with store.reading() as session:
        asking = session.get(Asking, number)
    assert asking is not None
    add_answers(store, PROVINCE, asking, {"p": {"found": False}})
    refused = set()
    with database.writing(store.engine).connect() as connection:
        for table in RECORDS:
            column = next(iter(Record.metadata.tables[table].columns)).name
            if connection.execute(text(f"select count(*) from {table}")).scalar_one() == 0:
                continue
            with pytest.raises(DBAPIError, match=f"append-only: {table}"), connection.begin_nested():
                connection.execute(text(statement.format(table=table, column=column)))
            refused.add(table)
    assert {"audit_entries", "lists", "list_rows", "data_keys", *UNTIL_KEY_DESTROYED} <= refused


def test_every_table_of_records_has_its_triggers(store: Store) -> None:
    assert triggers_of(store.engine) == triggers_due(store.engine)


def test_reading_can_change_nothing(store: Store) -> None:
    with pytest.raises((DBAPIError, StoreError)), store.reading() as session:
        session.execute(text("insert into districts values ('75.09', 'x', '2026-01-01')"))


def test_a_store_is_made_once(store: Store, place: StorePlace) -> None:
    with pytest.raises(StoreError, match="There is a store"):
        create_store(place, SYSTEM)
    with open_store(place) as opened:
        assert opened.identity == store.identity
    assert upgrade_store(place, SYSTEM) == (schema.newest(), schema.newest())


def test_a_store_of_another_version_is_not_touched(store: Store, place: StorePlace) -> None:
    for revision, words in (("0003", "older version"), ("9999", "newer version")):
        with database.writing(store.engine).begin() as connection:
            connection.execute(text(f"update alembic_version set version_num = '{revision}'"))
        with pytest.raises(StoreError, match=words):
            open_store(place)


def test_opening_makes_no_store(place: StorePlace) -> None:
    with pytest.raises(StoreError, match="no store"):
        open_store(place)


def test_keys_elsewhere_are_missed(store: Store, place: StorePlace) -> None:
    elsewhere = StorePlace(place.database, place.keys / "none", place.files)
    with pytest.raises(StoreError, match="keys of this store are not in"):
        open_store(elsewhere)

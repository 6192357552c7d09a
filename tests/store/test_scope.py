"""Two fences: a scope on every statement, and row-level security in PostgreSQL. What is foreign is not there at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Executable, delete, func, insert, select, text, update
from sqlmodel import Session, col

from ejps_core.store.acts import Role
from ejps_core.store.fences import fenced
from ejps_core.store.lists import newest_version, receive
from ejps_core.store.opening import StorePlace, create_store
from ejps_core.store.people import reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import EVERYWHERE, Scope
from ejps_core.store.scoping import OF_ACCOUNT, belongings
from ejps_core.store.session import Store
from ejps_core.store.tables import Account, District, ListRow, ListVersion, Person, ReceivedList, Record, SealedPart
from ejps_core.store.working_state import keeping
from tests.store.postgres import Cluster
from tests.store.sample import OFFICER, SYSTEM, later, sample

OWN = Scope("Rahma", Role.DISTRICT, frozenset({"75.04"}), 1)
FOREIGN = Scope("Yusuf", Role.DISTRICT, frozenset({"75.03"}), 2)
FREE = {
    "account_identities": "of accounts",
    "account_roles": "who may do what",
    "account_secrets": "of accounts",
    "account_standings": "of accounts",
    "accounts": "who may sign in",
    "alembic_version": "the schema's",
    "api_token_ends": "of tokens",
    "api_tokens": "of accounts",
    "audit_entries": "the log is one; the right to read it is asked for by name",
    "audit_seals": "the log's",
    "audit_segments": "the log's",
    "breach_events": "of breaches",
    "breaches": "the data-protection officer's: what happened, nobody's data",
    "budget_terms": "of budget years",
    "budget_years": "a program's money in the province",
    "data_keys": "that keys were made; nobody's data",
    "districts": "names of districts",
    "documents": "sealed; found through the delivery, decree or objection that names it",
    "frozen_positions": "published figures of the whole province",
    "given_answers": "asked for by account and key",
    "key_destructions": "that keys were destroyed",
    "matching_settings": "the province's thresholds",
    "money_file_rows": "of money files",
    "money_files": "amounts by district, nobody's data",
    "public_holidays": "days",
    "reconciliations": "amounts by district, nobody's data",
    "request_events": "of requests",
    "retention_terms": "until when keys are kept",
    "service_keys": "that keys were made",
    "sessions": "asked for by the hash of a token",
    "sign_in_attempts": "of accounts",
    "store_identity": "the store's",
    "subject_requests": "the data-protection officer's; the right to read them is asked for by name",
    "used_codes": "of accounts",
}
"""Tables that belong to no district, and why: a new table is named here, or belongs to one."""


def test_every_table_belongs_to_a_district_or_says_why_not() -> None:
    assert set(belongings()) | set(FREE) == {*Record.metadata.tables, "alembic_version"}
    assert not set(belongings()) & set(FREE)


STATEMENTS: dict[str, Executable] = {
    "records": select(col(ReceivedList.id)),
    "a column": select(col(ListVersion.number)),
    "a count": select(col(ListRow.position)),
    "a join": select(col(Person.pid)).join(ListVersion, col(ListVersion.id) == col(Person.version_id)),
    "a subquery": select(col(Account.id)).union_all(select(col(SealedPart.version_id))),
    "inside": select(col(ListRow.row)).where(col(ListRow.version_id).in_(select(col(ListVersion.id)))),
}


@pytest.mark.parametrize("case", [name for name in STATEMENTS if name != "a subquery"])
def test_a_foreign_scope_sees_nothing(store: Store, case: str) -> None:
    receive(store, OFFICER, sample())
    found = {}
    for name, scope in (("own", OWN), ("foreign", FOREIGN), ("all", EVERYWHERE)):
        with store.seen_by(scope).reading() as session:
            found[name] = len(session.execute(STATEMENTS[case]).all())
    assert found["foreign"] == 0
    assert found["own"] == found["all"] > 0


def test_counts_are_within_the_scope_too(store: Store) -> None:
    receive(store, OFFICER, sample())
    asked = select(func.count()).select_from(ListRow)
    with store.seen_by(FOREIGN).reading() as session:
        assert session.execute(asked).scalar_one() == 0
        assert session.get(ListVersion, 1) is None
    with store.seen_by(OWN).reading() as session:
        assert session.execute(asked).scalar_one() == 3
        assert session.get(ListVersion, 1) is not None


def test_a_foreign_list_and_a_missing_one_are_the_same(store: Store) -> None:
    receive(store, OFFICER, sample())
    said = []
    for number in (1, 99):
        with store.seen_by(FOREIGN).reading() as session, pytest.raises(StoreError) as problem:
            newest_version(session, number)
        said.append(problem.value.finding.words.id.replace(str(number), "N"))
    assert said[0] == said[1]


@pytest.mark.parametrize("case", STATEMENTS)
def test_without_a_scope_everything_is_refused(store: Store, case: str) -> None:
    with store.seen_by(None).reading() as session, pytest.raises(StoreError, match="for whom"):
        session.execute(STATEMENTS[case])


BULK: dict[str, Executable] = {
    "insert": insert(ReceivedList).values(district="75.03"),
    "insert of the table": insert(ReceivedList.__table__).values(district="75.03"),  # type: ignore[attr-defined]
    "select of the table": select(ReceivedList.__table__),  # type: ignore[attr-defined]
    "text": text("select * from lists"),
}


@pytest.mark.parametrize("case", BULK)
@pytest.mark.parametrize("scope", [None, FOREIGN])
def test_what_a_scope_cannot_be_added_to_is_refused(store: Store, scope: Scope | None, case: str) -> None:
    with (
        pytest.raises(StoreError, match="for whom"),
        store.seen_by(scope).writing(later(SYSTEM, hours=1)) as work,
    ):
        work.session.execute(BULK[case])


def test_nobody_writes_into_another_district(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    with pytest.raises(StoreError, match="not of your area"):
        receive(store.seen_by(FOREIGN), later(OFFICER, hours=1), sample(file=b"another"))
    with pytest.raises(StoreError, match="not of your area"), store.seen_by(FOREIGN).writing(SYSTEM) as work:
        work.session.add(ListVersion(list_id=receipt.list_id, number=7))
    assert receive(store.seen_by(OWN), later(OFFICER, hours=2), sample(file=b"own")).version_id


def test_reading_in_clear_is_within_the_scope(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    assert len(reveal(store.seen_by(OWN), OFFICER, receipt.version_id)) == 2
    with pytest.raises(StoreError):
        reveal(store.seen_by(FOREIGN), OFFICER, receipt.version_id)


def test_records_are_no_working_state(store: Store) -> None:
    for change in (update(District).values(name="x"), delete(ListRow)):
        with pytest.raises(AssertionError, match="working state"), keeping(store) as session:
            session.execute(change)
    with pytest.raises(AssertionError, match="working state"), keeping(store) as session:
        session.add(District(code="75.09", name="x", added_at=SYSTEM.at))


# ---- the second fence -----------------------------------------------------------------------


@pytest.fixture
def behind_fence(postgres: Cluster, tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A store in PostgreSQL whose owner is no superuser, as in use; and the address of its database."""
    name = f"f{uuid4().hex}"
    postgres.run(f"create role {name} login")
    postgres.run(f"create database {name} owner {name}")
    url = f"postgresql://{name}@/{name}?host={postgres.folder}"
    try:
        with create_store(StorePlace(url, tmp_path / "keys", tmp_path / "files"), SYSTEM) as made:
            yield made, url
    finally:
        postgres.run(f"drop database {name} with (force)")
        postgres.run(f"drop role {name}")


def test_the_database_itself_keeps_districts_apart(behind_fence: tuple[Store, str]) -> None:
    store, url = behind_fence
    receive(store, OFFICER, sample())
    tables = ("lists", "list_versions", "list_rows", "people", "sealed_parts")
    with psycopg.connect(url) as connection:
        for areas, seen in (("", False), ("75.03", False), ("75.04", True), ("75.03,75.04", True), ("*", True)):
            connection.execute("select set_config('ejps.areas', %s, false)", [areas])
            for table in tables:
                found = connection.execute(f"select count(*) from {table}".encode()).fetchone()
                assert found is not None and (found[0] > 0) is seen, (areas, table)
        connection.execute("select set_config('ejps.areas', '75.03', false)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "insert into lists (district, title, key_id, opened_at, opened_by) values ('75.04', 'x', 'k', now(), 'x')"
            )


def test_every_fenced_table_has_its_policy(behind_fence: tuple[Store, str]) -> None:
    _, url = behind_fence
    with psycopg.connect(url) as connection:
        kept = connection.execute(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity and relkind = 'r'"
        ).fetchall()
    assert {name for (name,) in kept} == set(fenced()) == set(belongings()) - OF_ACCOUNT


def test_the_second_fence_stands_where_the_first_is_forgotten(behind_fence: tuple[Store, str]) -> None:
    store, _ = behind_fence
    receive(store, OFFICER, sample())
    with store.seen_by(FOREIGN).reading() as session:
        past = Session(session.connection())
        assert past.execute(select(func.count()).select_from(ReceivedList)).scalar_one() == 0

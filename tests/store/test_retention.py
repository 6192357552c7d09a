"""The end of data: destroyed on record, in every copy that has no key, and said so when it is asked for."""

from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from ejps_core.store import database
from ejps_core.store.facts import read_facts
from ejps_core.store.lists import Receipt, receive, rows_of
from ejps_core.store.people import find, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Snapshot, add_snapshot, read_snapshot
from ejps_core.store.retention import destroy, due, finish_destructions, keep_until, keys_of, refuse_destroyed
from ejps_core.store.rotation import new_index_key, rotate_master, seal_anew
from ejps_core.store.session import Store
from ejps_core.store.tables import KeyDestruction, Person, ReceivedList, SealedPart
from tests.store.sample import DAY, NIKS, OFFICER, PROVINCE, SYSTEM, later, sample

AFTER = later(SYSTEM, days=400)
SAID = "destroyed on 2027-04-06 by Sistem: JRA habis"


def received(store: Store) -> tuple[Receipt, str]:
    receipt = receive(store, OFFICER, sample())
    with store.reading() as session:
        opened = session.get(ReceivedList, receipt.list_id)
        assert opened is not None
        return receipt, opened.key_id


def sealed_left(store: Store) -> int:
    with store.reading() as session:
        counts = [session.execute(select(func.count()).select_from(each)).scalar_one() for each in (Person, SealedPart)]
    return int(sum(counts))


def test_what_a_destroyed_key_sealed_is_gone_and_said_so(store: Store) -> None:
    receipt, key_id = received(store)
    destroy(store, AFTER, key_id, "JRA habis")
    assert sealed_left(store) == 0
    assert not store.keys.has(key_id)
    for read in (lambda: reveal(store, PROVINCE, receipt.version_id), lambda: read_facts(store, SYSTEM, receipt.version_id)):
        with pytest.raises(StoreError, match=SAID):
            read()
    with store.reading() as session:
        assert len(rows_of(session, receipt.version_id)) == 3
        assert find(store, session, "nik", NIKS) == {}
    with pytest.raises(StoreError, match=SAID):
        receive(store, later(OFFICER, days=500), sample(file=b"new", list_id=receipt.list_id))


@pytest.mark.parametrize("point", ["destruction-recorded", "key-gone"])
def test_a_destruction_that_was_interrupted_counts_and_is_finished(store: Store, point: str) -> None:
    receipt, key_id = received(store)

    def stop(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    store.faults = stop
    with pytest.raises(KeyboardInterrupt):
        destroy(store, AFTER, key_id, "JRA habis")
    store.faults = lambda _: None
    with store.reading() as session, pytest.raises(StoreError, match=SAID):
        refuse_destroyed(session, receipt.version_id)
    assert finish_destructions(store, AFTER) == (key_id,)
    assert sealed_left(store) == 0 and not store.keys.has(key_id)
    assert finish_destructions(store, AFTER) == ()


def test_only_what_a_destroyed_key_sealed_can_be_deleted(store: Store) -> None:
    received(store)
    for table in ("people", "sealed_parts"):
        with pytest.raises(Exception, match="append-only"), database.writing(store.engine).begin() as connection:
            connection.execute(text(f"delete from {table}"))


def test_a_list_is_sealed_anew_and_reads_as_before(store: Store) -> None:
    receipt, key_id = received(store)
    people = reveal(store, PROVINCE, receipt.version_id)
    facts = read_facts(store, SYSTEM, receipt.version_id)
    new_id = seal_anew(store, AFTER, key_id, "kunci bocor")
    assert not store.keys.has(key_id)
    assert reveal(store, PROVINCE, receipt.version_id) == people
    assert read_facts(store, SYSTEM, receipt.version_id)[2] == facts[2]
    with store.reading() as session:
        assert set(session.execute(select(col(Person.key_id)).distinct()).scalars()) == {new_id}
    second = receive(store, AFTER, sample(file=b"new", list_id=receipt.list_id))
    assert len(reveal(store, PROVINCE, second.version_id)) == 2
    destroy(store, AFTER, new_id, "JRA habis")
    with pytest.raises(StoreError, match=SAID):
        reveal(store, PROVINCE, receipt.version_id)


@pytest.mark.parametrize("point", ["people-sealed-anew", "before-commit", "rotation-recorded", "key-gone"])
def test_sealing_anew_may_stop_anywhere(store: Store, point: str) -> None:
    receipt, key_id = received(store)
    people = reveal(store, PROVINCE, receipt.version_id)

    def stop(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    store.faults = stop
    with pytest.raises(KeyboardInterrupt):
        seal_anew(store, AFTER, key_id, "kunci bocor")
    store.faults = lambda _: None
    finish_destructions(store, AFTER)
    assert reveal(store, PROVINCE, receipt.version_id) == people


def test_the_newest_term_counts(store: Store) -> None:
    _, key_id = received(store)
    with store.writing(SYSTEM) as work:
        keep_until(work, key_id, date(2026, 12, 31), "JRA")
        keep_until(work, key_id, date(2031, 12, 31), "pemeriksaan BPK")
    with store.reading() as session:
        assert due(session, date(2031, 12, 31)) == ()
        assert [key.id for key in due(session, date(2032, 1, 1))] == [key_id]
        state = next(each for each in keys_of(store, session) if each.key.id == key_id)
        assert (state.until, state.destroyed, state.present) == (date(2031, 12, 31), None, True)


def test_a_new_index_key_leaves_everyone_to_be_found(store: Store) -> None:
    first, _ = received(store)
    new_index_key(store, later(SYSTEM, hours=1))
    second = receive(store, later(OFFICER, hours=2), sample(file=b"new", list_id=first.list_id))
    with store.reading() as session:
        assert [each.version_id for each in find(store, session, "nik", NIKS[:1])[NIKS[0]]] == [
            first.version_id,
            second.version_id,
        ]
        assert len(set(session.execute(select(col(Person.index_key))).scalars())) == 2


def test_the_key_of_the_log_and_the_index_in_use_are_kept(store: Store) -> None:
    with store.reading() as session:
        keys = {each.key.kind: each.key.id for each in keys_of(store, session)}
    for kind, words in (("audit", "can't be destroyed"), ("index", "in use")):
        with pytest.raises(StoreError, match=words):
            destroy(store, AFTER, keys[kind], "x")
    with pytest.raises(StoreError, match="no key"):
        destroy(store, AFTER, "k" + "0" * 15, "x")


def test_a_destroyed_register_is_said_so(store: Store) -> None:
    number, again = add_snapshot(store, SYSTEM, Snapshot("pkh", "Kemensos", "75", DAY, {"rows": 1}), b"PAR1")
    assert not again and read_snapshot(store, SYSTEM, number) == b"PAR1"
    with store.reading() as session:
        key_id = next(each.key.id for each in keys_of(store, session) if each.key.kind == "register")
    destroy(store, AFTER, key_id, "JRA habis")
    assert list(store.files.iterdir()) == []
    with pytest.raises(StoreError, match=SAID):
        read_snapshot(store, SYSTEM, number)


def test_a_new_master_key_changes_no_data(store: Store) -> None:
    receipt, _ = received(store)
    people = reveal(store, PROVINCE, receipt.version_id)
    rotate_master(store, AFTER)
    assert reveal(store, PROVINCE, receipt.version_id) == people
    with store.reading() as session:
        assert session.execute(select(func.count()).select_from(KeyDestruction)).scalar_one() == 0

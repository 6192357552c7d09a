"""Lists on record: whole, once, and with nothing in clear."""

from dataclasses import replace

import pytest

from ejps_core.store.facts import read_facts, read_file
from ejps_core.store.lists import confirm_mapping, confirmed_mapping, newest_version, receive, row_digests, rows_of
from ejps_core.store.people import find, reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store
from tests.store.sample import KKS, NIKS, OFFICER, PROVINCE, SYSTEM, later, sample


def test_a_list_is_on_record_whole(store: Store) -> None:
    incoming = sample()
    receipt = receive(store, OFFICER, incoming)
    assert (receipt.number, receipt.again) == (1, False)
    with store.reading() as session:
        rows = rows_of(session, receipt.version_id)
        assert [(row.row, row.verdict) for row in rows] == [(5, "accepted"), (6, "accepted"), (7, "set_apart")]
        assert rows[2].codes[0]["code"] == "NIK_FORMAT"
        assert NIKS[9] not in str(rows[2].codes)
        version = newest_version(session, receipt.list_id)
    families, members, facts_hash = read_facts(store, OFFICER, receipt.version_id)
    assert families.equals(incoming.families)
    assert members.num_rows == 0
    assert facts_hash == version.facts_hash
    assert read_file(store, OFFICER, receipt.version_id) == incoming.file


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    first = receive(store, OFFICER, sample())
    again = receive(store, later(OFFICER, hours=1), sample())
    assert (again.list_id, again.version_id, again.again) == (first.list_id, first.version_id, True)


def test_a_corrected_file_is_a_version_of_its_list(store: Store) -> None:
    first = receive(store, OFFICER, sample())
    second = receive(store, later(OFFICER, hours=1), sample(4, file=b"PK corrected", list_id=first.list_id))
    assert (second.list_id, second.number) == (first.list_id, 2)
    with pytest.raises(StoreError, match="no list number 99"):
        receive(store, OFFICER, sample(file=b"other", list_id=99))


def test_people_are_found_by_number_across_lists(store: Store) -> None:
    first = receive(store, OFFICER, sample())
    second = receive(store, OFFICER, sample(file=b"another", list_id=first.list_id))
    with store.reading() as session:
        found = find(store, session, "nik", [NIKS[0], NIKS[8]])
        assert [each.version_id for each in found[NIKS[0]]] == [first.version_id, second.version_id]
        assert NIKS[8] not in found
        assert len(find(store, session, "kk", KKS)) == 2


def test_identifiers_come_out_through_reveal_only(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    people = reveal(store, PROVINCE, receipt.version_id)
    assert {each.nik for each in people.values()} == set(NIKS[:2])
    one = next(iter(people))
    assert reveal(store, OFFICER, receipt.version_id, [one])[one] == people[one]
    assert people[one].masked().nik == "••••••••••••" + str(people[one].nik)[-4:]
    assert str(people[one]) == f"Identity({one})"


def test_mappings_are_confirmed_once_and_corrected_by_new_records(store: Store) -> None:
    receive(store, OFFICER, sample())
    for mapping in ({"NO KK": "kk"}, {"NO KK": "kk", "NAMA": "name"}):
        with store.writing(SYSTEM) as work:
            confirm_mapping(work, "75.04", "b" * 64, mapping)
    with store.reading() as session:
        confirmed = confirmed_mapping(session, "75.04", "b" * 64)
        assert confirmed is not None and confirmed.mapping == {"NO KK": "kk", "NAMA": "name"}
        assert confirmed_mapping(session, "75.04", "c" * 64) is None


def test_a_row_is_known_again_and_cannot_be_guessed(store: Store) -> None:
    with store.reading() as session:
        one, same, other, empty = row_digests(store, session, [["a", None], ["a", None], ["a", ""], []])
    assert one == same and len({one, other, empty}) == 3


def test_damaged_characters_are_kept_sealed_and_marked_in_the_open(store: Store) -> None:
    incoming = sample()
    odd = replace(incoming.people[0], name="\ud83d\x00 Siti\u202e")
    row = replace(incoming.rows[0], sheet="Desa \ud83d\x00", codes=({"code": "X", "why": "\udc00\x00"},))
    incoming = replace(incoming, people=[odd], rows=[row], file_name="\x00daftar.xlsx", title="\ud800")
    receipt = receive(store, OFFICER, incoming)
    assert reveal(store, PROVINCE, receipt.version_id)[odd.pid].name == odd.name
    with store.reading() as session:
        (found,) = rows_of(session, receipt.version_id)
    assert (found.sheet, found.codes[0]["why"]) == ("Desa \ufffd\u2400", "\ufffd\u2400")

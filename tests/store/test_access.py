"""Reading in clear: by role and purpose, with a reason, in one's own district; and what is held on one person."""

from dataclasses import replace

import pytest

from ejps_core.store.acts import MAY_SEE, OF_ONE_DISTRICT, Act, Purpose, Role
from ejps_core.store.audit.reading import entries
from ejps_core.store.facts import read_file
from ejps_core.store.lists import receive
from ejps_core.store.people import reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.retention import destroy
from ejps_core.store.session import Store
from ejps_core.store.subject import held_on
from ejps_core.store.tables import ReceivedList
from tests.store.sample import NIKS, NOON, OFFICER, PROTECTION, PROVINCE, SYSTEM, later, sample
from tests.store.tampering import tamper


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_for_its_purposes_only(store: Store, role: Role) -> None:
    receipt = receive(store, OFFICER, sample())
    for purpose in Purpose:
        act = Act("Siapa", role, purpose, NOON, "alasan", "75.04" if role in OF_ONE_DISTRICT else None)
        if purpose in MAY_SEE[role]:
            assert len(reveal(store, act, receipt.version_id)) == 2
        else:
            with pytest.raises(StoreError, match="may not read personal data"):
                reveal(store, act, receipt.version_id)


REFUSED = {
    "no reason": replace(OFFICER, why=" "),
    "another district": replace(OFFICER, district="75.03"),
    "no district": replace(OFFICER, district=None),
    "auditor": Act("Pemeriksa", Role.AUDITOR, Purpose.AUDIT, NOON, "pemeriksaan"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_on_record(store: Store, case: str) -> None:
    receipt = receive(store, OFFICER, sample())
    for read in (reveal, read_file):
        with pytest.raises(StoreError):
            read(store, REFUSED[case], receipt.version_id)
    with store.reading() as session:
        last = entries(session, last=2)
    assert [each.action for each in last] == ["people.refused", "file.refused"]
    assert "refused" in str(last[0].after)


def test_the_record_comes_before_the_reading(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())

    def stop(name: str) -> None:
        if name == "before-commit":
            raise KeyboardInterrupt

    store.faults = stop
    with pytest.raises(KeyboardInterrupt):
        reveal(store, PROVINCE, receipt.version_id)


def test_nobody_acts_without_a_name() -> None:
    with pytest.raises(StoreError, match="who acts"):
        replace(OFFICER, who=" ")
    with pytest.raises(StoreError, match="who acts"):
        replace(OFFICER, who="a" * 201)
    assert replace(OFFICER, who=f"Budi {NIKS[0]}").who == "Budi ••••••••••••9010"
    with pytest.raises(ValueError, match="zone"):
        replace(OFFICER, at=NOON.replace(tzinfo=None))


def test_a_sealed_value_moved_to_another_person_is_found(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    one, two = reveal(store, PROVINCE, receipt.version_id)
    moved = f"update people set nik = (select nik from people where pid = '{one}') where pid = '{two}'"
    tamper(store, "people", moved)
    with pytest.raises(StoreError, match=f"nik of {two} was changed from outside"):
        reveal(store, PROVINCE, receipt.version_id)


def test_all_that_is_held_and_who_looked(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    receive(store, later(OFFICER, hours=1), sample(file=b"corrected", list_id=receipt.list_id))
    reveal(store, PROVINCE, receipt.version_id)
    held = held_on(store, PROTECTION, NIKS[0])
    assert [each["version"] for each in held.lists] == [1, 2]
    assert {who.nik for _, who in held.identities} == {NIKS[0]}
    assert [facts["in_dtks"] for _, facts in held.facts] == [True, True]
    assert [row["verdict"] for row in held.rows] == ["accepted", "accepted"]
    actions = [each.action for each in held.looked]
    assert actions.count("list.received") == 2
    assert {"people.revealed", "subject.access"} <= set(actions)
    assert held_on(store, PROTECTION, NIKS[8]).lists == ()


def test_subject_access_is_for_its_role(store: Store) -> None:
    receive(store, OFFICER, sample())
    with pytest.raises(StoreError, match="may not read personal data"):
        held_on(store, PROVINCE, NIKS[0])
    with store.reading() as session:
        assert entries(session, last=1)[0].action == "subject.refused"


def test_what_was_destroyed_is_no_longer_found(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    with store.reading() as session:
        opened = session.get(ReceivedList, receipt.list_id)
    assert opened is not None
    destroy(store, later(SYSTEM, days=1), opened.key_id, "JRA habis")
    held = held_on(store, later(PROTECTION, days=2), NIKS[0])
    assert held.identities == () and held.lists == ()

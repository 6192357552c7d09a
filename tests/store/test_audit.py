"""The audit log: told with every change, and whatever is done to it from outside is found."""

import random

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from ejps_core.store.acts import Act
from ejps_core.store.audit.reading import entries
from ejps_core.store.audit.verify import Verified, verify
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.people import reveal
from ejps_core.store.session import Store
from ejps_core.store.tables import AuditEntry, AuditSeal, AuditSegment, District
from tests.store.sample import NIKS, NOON, OFFICER, PROVINCE, SYSTEM, later, sample
from tests.store.tampering import tamper


def told(store: Store, act: Act, *things: str) -> None:
    with store.writing(act) as work:
        for thing in things:
            work.tell("thing.done", "thing", thing, before={"n": 0}, after={"n": 1})


def looked_at(store: Store) -> Verified:
    with store.reading() as session:
        return verify(session, store.keys)


def codes(store: Store) -> set[str]:
    return {finding.code for finding in looked_at(store).findings}


@pytest.fixture
def log(store: Store, place: StorePlace) -> Store:
    """A log of three segments of which the first two are sealed: 1 + 4, 3 and 2 entries."""
    told(store, later(SYSTEM, minutes=1), "a", "b", "c", "d")
    for minute, things in ((2, "efg"), (3, "hi")):
        with open_store(place) as again:
            told(again, later(SYSTEM, minutes=minute), *things)
    return store


def of(store: Store, thing: str) -> AuditEntry:
    with store.reading() as session:
        return next(each for each in entries(session) if each.about_id == thing)


def test_who_what_when_why_before_and_after(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    reveal(store, PROVINCE, receipt.version_id)
    with store.reading() as session:
        log = entries(session)
        assert [each.action for each in log] == [
            "store.made", "district.added", "key.made", "list.received", "people.revealed",
        ]  # fmt: skip
        assert entries(session, about=[("version", str(receipt.version_id))]) == log[-2:]
        assert entries(session, who=PROVINCE.who, last=1)[0].why == "pemadanan Maret"
        assert entries(session, since=later(SYSTEM, hours=1).at) == ()
    received = log[3]
    assert (received.who, received.role, received.purpose, received.at) == (OFFICER.who, "district", "import", NOON)
    assert received.before is None and '"accepted": 2' in str(received.after)
    assert looked_at(store).findings == ()


def test_a_change_without_a_word_is_taken_back(store: Store) -> None:
    with pytest.raises(AssertionError, match="tells the audit log nothing"), store.writing(SYSTEM) as work:
        work.session.add(District(code="75.01", name="x", added_at=NOON))
    with store.reading() as session:
        assert session.get(District, "75.01") is None


def test_what_is_taken_back_is_not_told(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.writing(SYSTEM) as work:
        work.tell("x", "thing", "taken-back")
        raise KeyboardInterrupt
    told(store, SYSTEM, "kept")
    with store.reading() as session:
        assert [each.about_id for each in entries(session)] == [store.identity, "kept"]
    assert looked_at(store).findings == ()


def test_a_text_with_a_number_is_masked(store: Store) -> None:
    act = Act(f"Budi {NIKS[0]}", SYSTEM.role, SYSTEM.purpose, NOON, f"karena {NIKS[1]}")
    with store.writing(act) as work:
        work.tell("x", "thing", "1", after={"text": NIKS[2]})
    with store.reading() as session:
        entry = entries(session)[-1]
    assert not any(nik in f"{entry.who} {entry.why} {entry.after}" for nik in NIKS)
    assert entry.after is not None and "•9012" in entry.after


def test_a_day_begins_a_segment_and_each_seals_the_others(store: Store, place: StorePlace) -> None:
    told(store, later(SYSTEM, minutes=1), "a")
    told(store, later(SYSTEM, days=1), "b")
    with open_store(place) as again:
        told(again, later(SYSTEM, days=1), "c")
    with store.reading() as session:
        assert session.execute(select(func.count()).select_from(AuditSegment)).scalar_one() == 3
        lengths = session.execute(select(col(AuditSeal.length)).order_by(col(AuditSeal.length))).scalars().all()
        assert lengths == [1, 2]


def test_transactions_side_by_side_take_segments_of_their_own(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        told(store, SYSTEM, "one")
    else:
        with store.writing(SYSTEM) as first:
            first.tell("x", "thing", "outer")
            told(store, SYSTEM, "inner")
    assert looked_at(store).findings == ()


CHANGES = {
    "a": "who = 'Orang Lain'",
    "b": "at = '2026-03-01 00:00:00'",
    "c": "why = 'alasan lain'",
    "d": "action = 'nothing'",
    "e": "after = '{}'",
    "f": "before = null",
    "h": "mac = '00'",
    "i": "about = 'other'",
}


def test_changed_entries_are_found_each_in_its_place(log: Store) -> None:
    places = [of(log, thing) for thing in CHANGES]
    for thing, change in CHANGES.items():
        tamper(log, "audit_entries", f"update audit_entries set {change} where about_id = '{thing}'")
    said = [finding.words.en for finding in looked_at(log).findings if finding.code == "audit-entry-changed"]
    for place in places:
        assert any(f"Entry {place.seq} of segment {place.segment_id}" in each for each in said), place.about_id


@pytest.mark.parametrize("thing", [*"adegi"])
def test_a_removed_entry_is_found_even_at_an_end(log: Store, thing: str) -> None:
    assert codes(log) == set()
    tamper(log, "audit_entries", f"delete from audit_entries where about_id = '{thing}'")
    assert "audit-entry-removed" in codes(log)


def test_reordered_and_added_entries_are_found(log: Store) -> None:
    first, second = of(log, "b"), of(log, "c")
    where = f"segment_id = '{first.segment_id}' and seq ="
    tamper(
        log,
        "audit_entries",
        f"update audit_entries set seq = 99 where {where} {first.seq}",
        f"update audit_entries set seq = {first.seq} where {where} {second.seq}",
        f"update audit_entries set seq = {second.seq} where {where} 99",
    )
    assert codes(log) == {"audit-entry-changed"}


def test_an_entry_added_from_outside_is_found(log: Store) -> None:
    last = of(log, "i")
    columns = "at, who, role, purpose, why, action, about, about_id, before, after, mac"
    same = f"select segment_id, seq + 1, {columns} from audit_entries where about_id = 'i'"
    tamper(log, "audit_entries", f"insert into audit_entries (segment_id, seq, {columns}) {same}")
    assert f"Entry {last.seq + 1} " in looked_at(log).findings[0].words.en


@pytest.mark.parametrize("place_of_segment", [0, 1, 2])
def test_a_removed_segment_is_found(log: Store, place_of_segment: int) -> None:
    with log.reading() as session:
        gone = (
            session.execute(select(col(AuditSegment.id)).order_by(col(AuditSegment.opened_at)))
            .scalars()
            .all()[place_of_segment]
        )
    for table in ("audit_entries", "audit_seals"):
        tamper(log, table, f"delete from {table} where segment_id = '{gone}'")
    tamper(log, "audit_segments", f"delete from audit_segments where id = '{gone}'")
    assert "audit-segment-removed" in codes(log)


def test_changed_beginnings_and_seals_are_found(log: Store) -> None:
    tamper(log, "audit_seals", "delete from audit_seals where length = 5")
    assert codes(log) == {"audit-segment-changed"}


def test_a_sealed_end_is_found_missing_without_the_notes(log: Store) -> None:
    for note in (log.keys.folder / "heads").iterdir():
        note.unlink()
    tamper(log, "audit_entries", "delete from audit_entries where about_id = 'g'")
    assert codes(log) == {"audit-entry-removed"}
    tamper(log, "audit_entries", "delete from audit_entries where about_id = 'i'")
    assert codes(log) == {"audit-entry-removed"}


def test_notes_stay_few(log: Store) -> None:
    assert len(list((log.keys.folder / "heads").iterdir())) == 1


def test_any_one_value_changed_at_random_is_found(log: Store) -> None:
    """Planted at random: each text column of each entry in turn would take long; a seed draws thirty."""
    draw = random.Random(7504)
    names = [each.name for each in AuditEntry.__table__.columns if each.name not in ("segment_id", "seq", "at")]  # type: ignore[attr-defined]
    for _ in range(30 if log.engine.dialect.name == "sqlite" else 10):
        name, thing = draw.choice(names), draw.choice("abcdefghi")
        with log.reading() as session:
            asked = text(f"select {name} from audit_entries where about_id = '{thing}'")
            kept = session.execute(asked).scalar_one()
        where = f"where action = 'thing.done' and about_id = '{thing}'"
        tamper(log, "audit_entries", f"update audit_entries set {name} = 'zz' {where}")
        assert codes(log), (name, thing)
        undo = {"about_id": "about_id = 'zz'", "action": f"action = 'zz' and about_id = '{thing}'"}.get(
            name, f"about_id = '{thing}'"
        )
        tamper(log, "audit_entries", f"update audit_entries set {name} = '{kept}' where {undo}")
        assert codes(log) == set()

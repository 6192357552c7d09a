"""Money on record: entries only added, files once, positions that do not move; killed at any point, whole or not at all."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.aid.canonical import canonical, restored
from ejps_core.aid.entries import Event, Money, Step
from ejps_core.aid.position import position
from ejps_core.app.library import core_only
from ejps_core.app.money import entering, freezing, importing
from ejps_core.app.money.books import Opening, book_of, open_book
from ejps_core.app.money.drafts import UNSET
from ejps_core.app.money.entering import enter
from ejps_core.app.money.freezing import freeze_position, held_position, verify_positions
from ejps_core.app.money.importing import File, import_entries
from ejps_core.app.money.reconciling import (
    Comparing,
    Flow,
    answers_on_record,
    reconcile_file,
    reconciliations_on_record,
)
from ejps_core.app.stores import Actor, StoreOptions, act_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store import database
from ejps_core.store.acts import Purpose, Role
from ejps_core.store.audit.verify import verify
from ejps_core.store.money import Since
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.session import Store
from ejps_core.store.tables import FrozenPosition, MoneyEntry, MoneyFile, MoneyFileRow
from tests.store.crowd import context

PROGRAM = "jps_food_aid"
BURSAR = Actor("Rina", Role.PROVINCE, "uji")
AT = datetime(2021, 1, 1, tzinfo=UTC)
HEAD = "langkah,tahap,kabupaten/kota,tanggal,dokumen,porsi provinsi\n"
ROWS = "pagu,1,75.04,2020-04-28,DPA 5,1000\nsalur,1,75.04,2020-05-11,SP2D 1,600\n"


def options_of(place: StorePlace) -> StoreOptions:
    return StoreOptions(place.database, place.keys, place.files)


T = TypeVar("T")


def sure(found: T | Diagnostic) -> T:
    assert not isinstance(found, Diagnostic), found
    return found


@pytest.fixture
def options(store: Store, place: StorePlace) -> StoreOptions:
    """A store with an open budget year."""
    made = options_of(place)
    opening = Opening(PROGRAM, 2020, (1, 2), Words("Bantuan", "Aid"), ("75.02", "75.04"))
    sure(open_book(made, BURSAR, opening, core_only()))
    return made


def transfer(amount: int, document: str = "SP2D 9") -> Event:
    day = datetime(2020, 6, 1, tzinfo=UTC).date()
    return Event(
        number="", step=Step.TRANSFER, phase=1, district="75.04", money=Money(amount, 0), on=day, document=document,
        entered=UNSET,
    )  # fmt: skip


def before(days: int) -> Since:
    return Since(AT - timedelta(days=days), "Rina, buku lama")


def file(folder: Path, text: str = HEAD + ROWS) -> File:
    path = folder / "catatan.csv"
    path.write_text(text, encoding="utf-8")
    return File(path)


def count(session: Session, table: type) -> int:
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_largest_amounts_come_back_exactly(store: Store, options: StoreOptions) -> None:
    sure(enter(options, BURSAR, PROGRAM, None, transfer(999_999_999_999_999), before(9)))
    with store.reading() as session:
        (entry,) = book_of(session, PROGRAM).ledger.entries
    assert isinstance(entry, Event)
    assert entry.money == Money(999_999_999_999_999, 0)
    assert (entry.entered.at, entry.entered.by) == (AT - timedelta(days=9), "Rina, buku lama")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (transfer(10**15 + 1), "amount-bounds"),
        (transfer(5, "kuitansi 7504044107859010"), "document-is-identity"),
        (transfer(5, "x" * 201), "document-long"),
    ],
)
def test_what_can_not_stand_on_record_is_refused(options: StoreOptions, event: Event, code: str) -> None:
    found = enter(options, BURSAR, PROGRAM, None, event)
    assert isinstance(found, Diagnostic)
    assert found.code == code


def test_a_district_enters_for_itself(options: StoreOptions) -> None:
    other = Actor("Budi", Role.DISTRICT, "uji", "75.02")
    found = enter(options, other, PROGRAM, None, transfer(5))
    assert isinstance(found, Diagnostic)
    assert found.code == "other-district"


def test_nothing_is_entered_within_a_frozen_position(options: StoreOptions) -> None:
    sure(enter(options, BURSAR, PROGRAM, None, transfer(5), before(9)))
    frozen, found = sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    assert found.of(Step.TRANSFER) == Money(5, 0)
    for since in (before(0), before(5)):
        refused = enter(options, BURSAR, PROGRAM, None, transfer(7, "SP2D 10"), since)
        assert isinstance(refused, Diagnostic)
        assert refused.code == "position-frozen"
    sure(enter(options, BURSAR, PROGRAM, None, transfer(7, "SP2D 10")))
    assert sure(held_position(options, frozen.number)).position == found
    assert all(each.sound for each in sure(verify_positions(options)))
    again, _ = sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    assert (again.number, again.again) == (frozen.number, True)


def test_an_entry_under_way_when_a_position_is_frozen(options: StoreOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever began before and comes to the record after is told, and does it again."""
    began = act_of(BURSAR, Purpose.ADMINISTRATION)
    sure(freeze_position(options, BURSAR, PROGRAM, None, datetime.now(UTC)))
    with monkeypatch.context() as patch:
        patch.setattr(entering, "act_of", lambda actor, purpose: began)
        refused = enter(options, BURSAR, PROGRAM, None, transfer(5))
    assert isinstance(refused, Diagnostic)
    assert refused.code == "position-frozen"
    assert sure(enter(options, BURSAR, PROGRAM, None, transfer(5))) == "1"
    assert sure(verify_positions(options))[0].sound


def test_several_enter_at_once(store: Store, options: StoreOptions) -> None:
    with ThreadPoolExecutor(3) as pool:
        numbers = list(pool.map(lambda n: enter(options, BURSAR, PROGRAM, None, transfer(n, f"SP2D {n}")), range(1, 10)))
    assert sorted(map(str, numbers)) == [str(n) for n in range(1, 10)]
    with store.reading() as session:
        assert position(book_of(session, PROGRAM).ledger, datetime.now(UTC)).of(Step.TRANSFER) == Money(45, 0)
        assert verify(session, store.keys).findings == ()


def test_a_moment_yet_to_come_is_not_frozen(options: StoreOptions) -> None:
    found = freeze_position(options, BURSAR, PROGRAM, None, datetime.now(UTC) + timedelta(hours=1))
    assert isinstance(found, Diagnostic)
    assert found.code == "position-in-future"


def test_terms_that_change_later_do_not_move_a_position(options: StoreOptions) -> None:
    frozen, found = sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    later = Opening(PROGRAM, 2020, (1, 2, 3), Words("Lain", "Other"), ("75.02", "75.04", "75.71"))
    sure(open_book(options, BURSAR, later, core_only()))
    assert found.phases == (1, 2)
    assert sure(verify_positions(options, frozen.number))[0].sound
    now, _ = sure(freeze_position(options, BURSAR, PROGRAM, None, datetime.now(UTC)))
    assert sure(held_position(options, now.number)).position.phases == (1, 2, 3)


@pytest.mark.parametrize("column", ["content", "frozen_by", "why"])
def test_a_changed_position_is_found(store: Store, options: StoreOptions, column: str) -> None:
    sure(enter(options, BURSAR, PROGRAM, None, transfer(5), before(9)))
    frozen, _ = sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    what = "replace(content, '\"province\":5', '\"province\":6')" if column == "content" else f"{column} || 'x'"
    _change(store, "frozen_positions", f"{column} = {what}")
    (checked,) = sure(verify_positions(options))
    assert not checked.signed
    held = held_position(options, frozen.number)
    assert isinstance(held, Diagnostic)
    assert held.code == "store-unsound"


def test_changed_entries_are_found_by_the_position(store: Store, options: StoreOptions) -> None:
    sure(enter(options, BURSAR, PROGRAM, None, transfer(5), before(9)))
    sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    _change(store, "money_entries", "province = 6")
    (checked,) = sure(verify_positions(options))
    assert (checked.signed, checked.same) == (True, False)


def _change(store: Store, table: str, what: str) -> None:
    """What only somebody with the rights of the database's owner could do."""
    with database.writing(store.engine).begin() as connection:
        on = f" on {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"drop trigger {table}_no_update{on}")
        connection.exec_driver_sql(f"update {table} set {what}")


def test_a_file_counts_once_and_a_mended_one_adds_what_is_new(store: Store, options: StoreOptions, tmp_path: Path) -> None:
    bad = HEAD + ROWS + "salur,1,75.02,kemarin,SP2D 2,400\n"
    first = sure(import_entries(options, BURSAR, PROGRAM, None, file(tmp_path, bad), core_only()))
    assert (dict(first.counts), first.numbers) == ({"rows": 3, "accepted": 2, "with_remark": 0, "set_apart": 1}, ("1", "2"))
    assert sure(import_entries(options, BURSAR, PROGRAM, None, file(tmp_path, bad), core_only())).again
    mended = sure(
        import_entries(options, BURSAR, PROGRAM, None, file(tmp_path, bad.replace("kemarin", "2020-05-12")), core_only())
    )
    assert mended.numbers == ("3",)
    assert [each.code for each in mended.findings] == ["entry-already-recorded"] * 2
    with store.reading() as session:
        assert (count(session, MoneyFile), count(session, MoneyFileRow), count(session, MoneyEntry)) == (2, 6, 3)
        codes = session.execute(select(MoneyFileRow).where(col(MoneyFileRow.verdict) == "set_apart")).scalars().one().codes
    assert codes[0]["code"] == "not-a-date"


def test_reconciled_with_who_looked(options: StoreOptions, tmp_path: Path) -> None:
    sure(import_entries(options, BURSAR, PROGRAM, None, file(tmp_path), core_only()))
    path = tmp_path / "koran.csv"
    path.write_text("tanggal;uraian;debet;kredit\n11-05-2020;SP2D 1 RKUD;600;\n12-05-2020;lain;9;\n", encoding="utf-8")
    unsaid = reconcile_file(options, BURSAR, PROGRAM, None, Comparing(path), core_only())
    assert isinstance(unsaid, Diagnostic)
    done = sure(reconcile_file(options, BURSAR, PROGRAM, None, Comparing(path, flow=Flow.DEBIT), core_only()))
    assert [pair.answer.value for pair in done.pairs] == ["matched", "missing_here"]
    assert not done.whole
    (told,) = sure(reconciliations_on_record(options))
    assert (told["compared_by"], told["counts"]["matched"]) == ("Rina", 1)
    first, second = sure(answers_on_record(options, done.number))
    assert (first["amount_here"], first["amount_there"], second["amount_here"]) == (600, 600, None)


@dataclass(frozen=True)
class Orders:
    """What a process does, and the point at which it kills itself with -9."""

    place: StorePlace
    do: str
    path: Path
    die_at: str


def obey(orders: Orders) -> None:
    """Imports the file or freezes the position, dying at the point."""

    def dying(place: StorePlace) -> Store:
        store = open_store(place)

        def point(name: str) -> None:
            if name == orders.die_at:
                os.kill(os.getpid(), signal.SIGKILL)

        store.faults = point
        return store

    for module in (importing, freezing, entering):
        module.__dict__["open_store"] = dying
    options = options_of(orders.place)
    doing: dict[str, Callable[[], object]] = {
        "import": lambda: import_entries(options, BURSAR, PROGRAM, None, File(orders.path), core_only()),
        "freeze": lambda: freeze_position(options, BURSAR, PROGRAM, None, AT),
    }
    sure(doing[orders.do]())


@pytest.mark.parametrize("point", ["money-file-written", "entries-written", "before-audit", "before-commit", "after-commit"])
def test_killed_while_importing(store: Store, place: StorePlace, options: StoreOptions, tmp_path: Path, point: str) -> None:
    asked = file(tmp_path)
    _killed(Orders(place, "import", asked.path, point))
    kept = point == "after-commit"
    with store.reading() as session:
        found = (count(session, MoneyFile), count(session, MoneyFileRow), count(session, MoneyEntry))
        assert found == ((1, 2, 2) if kept else (0, 0, 0))
        assert verify(session, store.keys).findings == ()
    assert sure(import_entries(options, BURSAR, PROGRAM, None, asked, core_only())).again is kept
    with store.reading() as session:
        assert (count(session, MoneyFile), count(session, MoneyEntry)) == (1, 2)


@pytest.mark.parametrize("point", ["position-written", "before-audit", "before-commit", "after-commit"])
def test_killed_while_freezing(store: Store, place: StorePlace, options: StoreOptions, tmp_path: Path, point: str) -> None:
    sure(enter(options, BURSAR, PROGRAM, None, transfer(5), before(9)))
    _killed(Orders(place, "freeze", tmp_path, point))
    kept = point == "after-commit"
    with store.reading() as session:
        assert count(session, FrozenPosition) == int(kept)
        assert verify(session, store.keys).findings == ()
    frozen, found = sure(freeze_position(options, BURSAR, PROGRAM, None, AT))
    assert frozen.again is kept
    assert sure(verify_positions(options))[0].sound
    with store.reading() as session:
        (record,) = session.execute(select(FrozenPosition)).scalars()
    assert canonical(restored(record.content.encode())) == canonical(found)
    assert json.loads(record.content)["cells"]


def _killed(orders: Orders) -> None:
    process = context().Process(target=obey, args=(orders,))
    process.start()
    process.join()
    assert process.exitcode == -9

"""Whatever breaks off a transaction, it is recorded wholly or not at all, once, and told in the log if and only if it is."""

import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from ejps_core.store import database
from ejps_core.store.acts import Act
from ejps_core.store.audit.verify import verify
from ejps_core.store.facts import MEMBERS, hash_of, sealed_parts
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, create_store, open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Snapshot, add_snapshot
from ejps_core.store.retention import destroy
from ejps_core.store.rotation import seal_anew
from ejps_core.store.session import Store
from ejps_core.store.tables import AuditEntry, ListRow, ListVersion, Person, ReceivedList, RegisterSnapshot, SealedPart
from tests.store.crowd import Orders, context, kill, make, start
from tests.store.postgres import own_cluster
from tests.store.sample import DAY, OFFICER, SYSTEM, later, sample

pytestmark = pytest.mark.slow

POINTS = ("version-written", "people-written", "rows-written", "before-audit", "before-commit", "after-commit")
KILLS = int(os.environ.get("EJPS_KILLS", "20"))
LARGER = 150
"""Rows of a list whose transaction takes long enough to be hit."""
PARTS = 3
"""A list is sealed in three: the file, the families, the members."""


def whole(store: Store, rows: int = 3) -> int:
    """How many lists there are: each with all its rows, people, parts and its entry in the log, which is whole."""
    with store.reading() as session:
        lists = count(session, ListVersion)
        assert count(session, ListRow) == lists * rows
        assert count(session, Person) == lists * (rows - 1)
        assert count(session, SealedPart) == lists * PARTS
        received = select(func.count()).where(col(AuditEntry.action) == "list.received")
        assert session.execute(received).scalar_one() == lists
        assert verify(session, store.keys).findings == ()
    return lists


def count(session: Session, table: type) -> int:
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def orders(place: StorePlace, folder: Path, *files: bytes, die_at: str | None = None, rows: int = 3) -> Orders:
    return Orders(place, files, folder / "inside", folder / "done", die_at, rows)


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point(store: Store, place: StorePlace, tmp_path: Path, point: str) -> None:
    receive(store, OFFICER, sample(file=b"before"))
    process = start(orders(place, tmp_path, b"killed", die_at=point))
    process.join()
    assert process.exitcode == -9
    kept = point == "after-commit"
    assert whole(store) == 1 + kept
    assert receive(store, later(OFFICER, minutes=1), sample(file=b"killed")).again is kept
    assert whole(store) == 2


def test_killed_at_any_time(store: Store, place: StorePlace, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """EJPS_KILLS=200 for the long run. What was reported as received is there, and nothing is there by half or twice."""
    draw = random.Random(request.node.name)
    inside = 0
    for kill_number in range(KILLS):
        files = tuple(f"k{kill_number}-{each}".encode() for each in range(200))
        process = start(orders(place, tmp_path, *files, rows=LARGER))
        first = tmp_path / "done" / files[0].decode()
        while not first.exists() and process.is_alive():
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.08))
        kill(process)
        inside += (tmp_path / "inside").read_bytes() == b"1"
        reported = {hash_of(each.name.encode()) for each in (tmp_path / "done").iterdir()}
        with store.reading() as session:
            hashes = session.execute(select(col(ListVersion.file_hash))).scalars().all()
        assert len(set(hashes)) == len(hashes) == whole(store, LARGER)
        assert reported <= set(hashes)
        assert len(hashes) - len(reported) <= kill_number + 1
    print(f"{KILLS} kills, {inside} inside a transaction")
    assert inside > 0


@pytest.mark.parametrize("same", [False, True])
def test_several_receive_at_once(store: Store, place: StorePlace, tmp_path: Path, same: bool) -> None:
    each_files = [tuple(f"{0 if same else who}-{n}".encode() for n in range(8)) for who in range(3)]
    running = []
    for who, files in enumerate(each_files):
        folder = tmp_path / f"p{who}"
        folder.mkdir()
        running.append(start(orders(place, folder, *files)))
    for process in running:
        process.join()
        assert process.exitcode == 0
    said = [each.read_text() for each in tmp_path.glob("p*/done/*")]
    assert (said.count("new"), said.count("again")) == ((8, 16) if same else (24, 0))
    assert whole(store) == (8 if same else 24)


def test_threads_share_a_store(store: Store) -> None:
    def act(number: int) -> None:
        with store.writing(later(SYSTEM, seconds=number)) as work:
            work.tell("thing.done", "thing", number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(60)))
    with store.reading() as session:
        done = select(func.count()).where(col(AuditEntry.action) == "thing.done")
        assert session.execute(done).scalar_one() == 60
        assert verify(session, store.keys).findings == ()


@pytest.mark.parametrize("ending", [destroy, seal_anew])
def test_a_key_that_ends_while_a_list_is_received(store: Store, ending: Callable[[Store, Act, str, str], object]) -> None:
    """Sealed under the old key but not yet recorded: it is refused, and nothing lies under a key that is gone."""
    first = receive(store, OFFICER, sample())
    with store.reading() as session:
        opened = session.get(ReceivedList, first.list_id)
    assert opened is not None
    with pytest.MonkeyPatch.context() as patch:

        def ended(made: Store, key_id: str, kind: str, content: bytes) -> list[dict[str, Any]]:
            parts = list(sealed_parts(made, key_id, kind, content))
            if kind == MEMBERS:
                ending(store, later(SYSTEM, days=1), opened.key_id, "JRA habis")
            return parts

        patch.setattr("ejps_core.store.lists.sealed_parts", ended)
        with pytest.raises(StoreError, match=r"destroyed on|just been replaced"):
            receive(store, later(OFFICER, days=2), sample(file=b"late", list_id=first.list_id))
    with store.reading() as session:
        keys = set(session.execute(select(col(Person.key_id))).scalars())
    assert opened.key_id not in keys


@pytest.mark.bare
def test_two_make_a_store_at_once(place: StorePlace, tmp_path: Path) -> None:
    running = [context().Process(target=make, args=(place, tmp_path / f"r{who}")) for who in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    said = sorted((tmp_path / f"r{who}").read_text() for who in range(3))
    assert said == ["made", "store-exists", "store-exists"]
    with open_store(place) as store:
        assert whole(store) == 0


def test_a_full_disk(store: Store) -> None:
    """SQLite may grow no further; PostgreSQL gives its error for a full disk. Room again, and all is well."""
    receive(store, OFFICER, sample(file=b"before"))
    _fill(store, True)
    with pytest.raises(StoreError, match=r"disk is full.*nothing was recorded"):
        receive(store, OFFICER, sample(3, file=b"x" * 3_000_000))
    _fill(store, False)
    assert whole(store) == 1
    receive(store, OFFICER, sample(file=b"after"))
    assert whole(store) == 2


def _fill(store: Store, full: bool) -> None:
    store.engine.dispose()
    if store.engine.dialect.name == "sqlite":

        def limited(connection: Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 5
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full else 1_000_000_000}")

        event.listen(store.engine, "begin", limited)
        return
    statements = ["drop trigger if exists full_disk on sealed_parts"]
    if full:
        statements = [
            "create or replace function full_disk() returns trigger language plpgsql as "
            "$$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$",
            "create trigger full_disk before insert on sealed_parts for each row execute function full_disk()",
        ]
    with database.writing(store.engine).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_no_room_for_a_sealed_file_or_a_key(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ejps_core.store.keyring.os.fsync", full)
    with pytest.raises(StoreError, match=r"can't be written \(No space left on device\); nothing was recorded"):
        add_snapshot(store, SYSTEM, Snapshot("pkh", "Kemensos", "75", DAY, {}), b"PAR1")
    monkeypatch.undo()
    assert [each for each in store.keys.folder.iterdir() if each.name.startswith(".")] == []
    with store.reading() as session:
        assert count(session, RegisterSnapshot) == 0


def test_a_snapshot_broken_off_leaves_no_record(store: Store) -> None:
    def stop(name: str) -> None:
        if name == "snapshot-sealed":
            raise KeyboardInterrupt

    store.faults = stop
    snapshot = Snapshot("pkh", "Kemensos", "75", DAY, {})
    with pytest.raises(KeyboardInterrupt):
        add_snapshot(store, SYSTEM, snapshot, b"PAR1")
    store.faults = lambda _: None
    assert add_snapshot(store, SYSTEM, snapshot, b"PAR1") == (1, False)
    assert add_snapshot(store, later(SYSTEM, days=1), snapshot, b"PAR1") == (1, True)


@pytest.mark.parametrize("landed", [True, False])
def test_a_commit_whose_answer_is_lost(store: Store, monkeypatch: pytest.MonkeyPatch, landed: bool) -> None:
    """The connection breaks during the commit: the store asks whether it was recorded, and tells the truth."""
    real = Session.commit

    def broken(session: Session) -> None:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        if landed:
            real(session)
        elif store.engine.dialect.name == "postgresql":
            driver.close()
        raise OperationalError("COMMIT", {}, Exception("server closed the connection"), connection_invalidated=True)

    monkeypatch.setattr(Session, "commit", broken)
    if landed:
        receive(store, OFFICER, sample())
    else:
        with pytest.raises(StoreError, match="nothing was recorded"):
            receive(store, OFFICER, sample())
    monkeypatch.undo()
    assert whole(store) == int(landed)
    receive(store, later(OFFICER, minutes=1), sample(file=b"next"))
    assert whole(store) == 1 + landed


def created(url: str, folder: Path) -> Store:
    return create_store(StorePlace(url, folder / "keys", folder / "files"), SYSTEM)


def test_postgresql_is_restarted(tmp_path: Path) -> None:
    with own_cluster() as cluster, cluster.database("own") as url, created(url, tmp_path) as store:
        receive(store, OFFICER, sample(file=b"before"))
        cluster.stop("immediate")
        with pytest.raises(StoreError, match=r"connection to the database is lost.*nothing was recorded"):
            receive(store, OFFICER, sample(file=b"down"))
        cluster.start()
        receive(store, OFFICER, sample(file=b"between"))
        for number, point in enumerate(POINTS[:-1]):

            def restart(name: str, at: str = point) -> None:
                if name == at:
                    cluster.stop("immediate")
                    cluster.start()

            store.faults = restart
            with pytest.raises(StoreError, match="nothing was recorded"):
                receive(store, OFFICER, sample(file=f"r{number}".encode()))
            store.faults = lambda _: None
            assert whole(store) == 2 + number
            receive(store, OFFICER, sample(file=f"r{number}".encode()))
        assert whole(store) == 2 + len(POINTS[:-1])

"""Whatever breaks off a backup or a restore, nothing half-done looks whole, and the same command goes on afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest

from ejps_core.store.audit.verify import verify
from ejps_core.store.backup.checking import check
from ejps_core.store.backup.restoring import restore_data, restore_keys
from ejps_core.store.backup.taking import back_up_data, back_up_keys
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Snapshot, add_snapshot
from ejps_core.store.session import Store
from tests.store.crowd import context
from tests.store.filler import all_rows
from tests.store.postgres import Cluster
from tests.store.sample import DAY, OFFICER, SYSTEM, later, sample

SOFTWARE = "ejps test"
DATA_POINTS = ("database-dumped", "file-copied", "before-manifest", "before-rename", "backup-made")
KEY_POINTS = ("master-copied", "key-copied", "before-manifest", "before-rename", "backup-made")
RESTORE_POINTS = ("backup-checked", "file-placed", "database-placed", "schema-upgraded")
RESTORE_KEYS_POINTS = ("keys-copied", "before-rename")


@dataclass(frozen=True)
class Order:
    """What a process does with a backup, until it kills itself with -9 at the point."""

    what: str
    place: StorePlace
    folder: Path
    master: Path
    point: str

    def obey(self) -> None:
        def die(name: str) -> None:
            if name == self.point:
                os.kill(os.getpid(), signal.SIGKILL)

        act = later(SYSTEM, days=1)
        if self.what == "restore data":
            restore_data(self.place, act, self.folder, die)
        elif self.what == "restore keys":
            restore_keys(self.place, act, self.folder, self.master, die)
        else:
            with open_store(self.place) as store:
                store.faults = die
                if self.what == "data":
                    back_up_data(store, act, self.folder, SOFTWARE, beside_keys=True)
                else:
                    back_up_keys(store, act, self.folder, SOFTWARE, master=self.master, beside_data=True)


def killed(order: Order) -> None:
    """Runs the order in another process, which dies at the point."""
    process = context().Process(target=order.obey)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, order


@pytest.fixture
def used(store: Store) -> Store:
    receive(store, OFFICER, sample())
    for number, kind in enumerate(("pkh", "bpnt")):
        snapshot = Snapshot(kind, "Dinas Sosial", "75", DAY, {})
        add_snapshot(store, later(SYSTEM, minutes=number), snapshot, b"PAR1" + os.urandom(100_000))
    return store


@pytest.fixture
def new_place(place: StorePlace, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StorePlace]:
    new = StorePlace(str(tmp_path / "new" / "store.db"), tmp_path / "new-keys", tmp_path / "new-files")
    if not place.database.startswith("postgresql"):
        yield new
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    with cluster.database(f"t{uuid4().hex}") as url:
        yield replace(new, database=url)


def is_whole(folder: Path, store: Store) -> bool:
    """Whether somebody who looks would take the folder for a backup; one that is taken for it must be whole."""
    try:
        found = check(folder, store.keys)
    except StoreError as problem:
        assert problem.finding.code == "backup-unfinished"
        return False
    assert (found.findings, found.authentic) == ((), True)
    return True


@pytest.mark.parametrize("what", ["data", "keys"])
def test_a_backup_killed_at_a_named_point(used: Store, place: StorePlace, tmp_path: Path, what: str) -> None:
    used.engine.dispose()
    for point in DATA_POINTS if what == "data" else KEY_POINTS:
        target = tmp_path / "backups" / point
        killed(Order(what, place, target, tmp_path / "master.json", point))
        assert is_whole(target, used) is (point == "backup-made")
        left = list(target.parent.glob(".*"))
        assert bool(left) is (point not in ("backup-made", "master-copied")), point
        assert not any(is_whole(each, used) for each in left if point != "before-rename")
        if point != "backup-made":
            _again(what, used, target, tmp_path / "master.json")
        assert list(target.parent.glob(".*")) == []
    with used.reading() as session:
        assert verify(session, used.keys).findings == ()


def _again(what: str, store: Store, target: Path, master: Path) -> None:
    act = later(SYSTEM, days=2)
    if what == "data":
        back_up_data(store, act, target, SOFTWARE, beside_keys=True)
    else:
        back_up_keys(store, act, target, SOFTWARE, master=master, beside_data=True)
    assert is_whole(target, store)


@pytest.fixture
def backups(used: Store, tmp_path: Path) -> tuple[Path, Path, Path]:
    data, keys, master = tmp_path / "b-data", tmp_path / "b-keys", tmp_path / "master.json"
    back_up_data(used, later(SYSTEM, minutes=5), data, SOFTWARE, beside_keys=True)
    back_up_keys(used, later(SYSTEM, minutes=6), keys, SOFTWARE, master=master, beside_data=True)
    return data, keys, master


def test_a_restore_killed_at_every_point_goes_on(
    used: Store, new_place: StorePlace, backups: tuple[Path, Path, Path]
) -> None:
    """The same restore is killed at one point after the other, and at last comes through to the same store."""
    data, keys, master = backups
    for point in RESTORE_KEYS_POINTS:
        killed(Order("restore keys", new_place, keys, master, point))
        assert not (new_place.keys / used.identity).exists()
    restore_keys(new_place, later(SYSTEM, days=2), keys, master)
    assert [path for path in new_place.keys.iterdir() if path.name.startswith(".")] == []
    for point in RESTORE_POINTS:
        killed(Order("restore data", new_place, data, master, point))
        try:
            with open_store(new_place) as store, store.reading() as session:
                assert verify(session, store.keys).findings != ()  # its machine has seen more, and it doesn't say why yet
                assert point in ("database-placed", "schema-upgraded")
        except StoreError as problem:
            assert problem.finding.code == "store-missing"
            assert point in ("backup-checked", "file-placed")
    restore_data(new_place, later(SYSTEM, days=2), data)
    assert [path for path in new_place.files.rglob("*") if path.name.startswith(".")] == []
    with open_store(new_place) as store:
        assert all_rows(store.engine)["list_rows"] == all_rows(used.engine)["list_rows"]
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()
    with pytest.raises(StoreError, match="nothing is overwritten"):
        restore_data(new_place, later(SYSTEM, days=3), data)


def test_what_is_at_the_place_is_not_mixed_in(
    used: Store, new_place: StorePlace, backups: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Another sealed file of the name, a log that an earlier database left: refused, and still as it was."""
    data, keys, master = backups
    restore_keys(new_place, later(SYSTEM, days=2), keys, master)
    name = next((data / "files").rglob("*.sealed")).relative_to(data / "files")
    (new_place.files / name).parent.mkdir(parents=True)
    (new_place.files / name).write_bytes(b"another")
    with pytest.raises(StoreError, match="nothing is overwritten"):
        restore_data(new_place, later(SYSTEM, days=2), data)
    assert (new_place.files / name).read_bytes() == b"another"
    (new_place.files / name).unlink()
    if used.engine.dialect.name == "sqlite":
        left = Path(new_place.database + "-wal")
        left.parent.mkdir(parents=True)
        left.write_bytes(b"x")
        with pytest.raises(StoreError, match="nothing is overwritten"):
            restore_data(new_place, later(SYSTEM, days=2), data)
        left.unlink()
    restore_data(new_place, later(SYSTEM, days=2), data)


def test_a_backup_of_one_moment_while_lists_come_in(used: Store, place: StorePlace, tmp_path: Path) -> None:
    """Each backup holds whole lists only, however many are being recorded."""
    stop, failed = Event(), list[BaseException]()

    def busy() -> None:
        number = 0
        try:
            with open_store(place) as other:
                while not stop.is_set():
                    number += 1
                    receive(other, later(OFFICER, days=1, seconds=number), sample(20, file=f"n{number}".encode()))
        except BaseException as problem:
            failed.append(problem)

    thread = Thread(target=busy)
    thread.start()
    try:
        for number in range(4):
            made = back_up_data(used, later(SYSTEM, minutes=number), tmp_path / f"d{number}", SOFTWARE)
            counts = made.manifest.counts
            lists = counts["list_versions"]
            assert counts["list_rows"] == 3 + (lists - 1) * 20
            assert counts["people"] == 2 + (lists - 1) * 19
            assert is_whole(tmp_path / f"d{number}", used)
    finally:
        stop.set()
        thread.join()
    assert failed == []

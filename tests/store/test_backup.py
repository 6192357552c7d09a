"""A backup restored is the store it was taken of: every table, every sealed file, every key; and what is not is refused."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col

from ejps_core.store import schema
from ejps_core.store.audit.verify import verify
from ejps_core.store.backup.checking import check
from ejps_core.store.backup.dumping import NAMES
from ejps_core.store.backup.manifest import NAME, as_text, authenticated, read_manifest
from ejps_core.store.backup.restoring import restore_data, restore_keys
from ejps_core.store.backup.taking import back_up_data, back_up_keys
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, create_store, open_store
from ejps_core.store.people import reveal
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Snapshot, add_snapshot, read_snapshot
from ejps_core.store.retention import destroy
from ejps_core.store.session import Store
from ejps_core.store.tables import ReceivedList, RegisterSnapshot
from tests.store.filler import all_rows, columns_of, fill_empty_tables, triggers_of
from tests.store.postgres import Cluster
from tests.store.sample import DAY, NIKS, OFFICER, PROVINCE, SYSTEM, later, sample
from tests.store.test_upgrade import EARLIER, made_at

SOFTWARE = "ejps test"
LOG = ("audit_segments", "audit_seals", "audit_entries")
PARQUET = b"PAR1" + b"x" * 3_000_000


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a list, a register and rows in every table."""
    receive(store, OFFICER, sample())
    receive(store, later(OFFICER, days=-1), sample(file=b"the day before"))
    add_snapshot(store, later(SYSTEM, minutes=1), Snapshot("pkh", "Dinas Sosial", "75", DAY, {"rows": 3}), PARQUET)
    counts = fill_empty_tables(store.engine)
    assert min(counts.values()) > 0
    return store


@pytest.fixture
def new_place(place: StorePlace, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StorePlace]:
    """Another place of the same kind, where nothing is."""
    keys, files = tmp_path / "new-keys", tmp_path / "new-files"
    if not place.database.startswith("postgresql"):
        yield StorePlace(str(tmp_path / "new-state" / "store.db"), keys, files)
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    with cluster.database(f"t{uuid4().hex}") as url:
        yield StorePlace(url, keys, files)


def taken(store: Store, folder: Path, at: int = 60) -> tuple[Path, Path, Path]:
    """A backup of the data, of the keys, and a copy of the master key: on one disk, since a test has only one."""
    data, keys, master = folder / "b-data", folder / "b-keys", folder / "apart" / "master.json"
    back_up_data(store, later(SYSTEM, minutes=at), data, SOFTWARE, beside_keys=True)
    back_up_keys(store, later(SYSTEM, minutes=at + 1), keys, SOFTWARE, master=master, beside_data=True)
    return data, keys, master


def living_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in all_rows(store.engine).items() if table not in LOG}


def test_every_table_file_and_key_comes_back(filled: Store, new_place: StorePlace, tmp_path: Path) -> None:
    before, log = living_rows(filled), all_rows(filled.engine)["audit_entries"]
    people = reveal(filled, PROVINCE, 1)
    data, keys, master = taken(filled, tmp_path)
    restored_keys = restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    assert (restored_keys.store, restored_keys.without_key) == (filled.identity, ())
    done = restore_data(new_place, later(SYSTEM, days=1, minutes=1), data)
    assert (done.revision, done.upgraded_to, done.behind, done.destroyed) == (schema.newest(), schema.newest(), 1, ())
    with open_store(new_place) as store:
        assert living_rows(store) == before
        assert set(log) <= set(all_rows(store.engine)["audit_entries"])
        assert triggers_of(store.engine) == triggers_of(filled.engine)
        assert reveal(store, later(PROVINCE, days=1), 1) == people
        assert {each.nik for each in people.values()} == set(NIKS[:2])
        assert read_snapshot(store, later(SYSTEM, days=1), 1) == PARQUET
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()
        receive(store, later(OFFICER, days=1), sample(file=b"after"))
    made = [path for folder in (data, keys, new_place.keys, new_place.files) for path in folder.rglob("*")]
    assert [str(path) for path in made if path.stat().st_mode & 0o077] == []


def test_data_and_keys_are_apart(filled: Store, place: StorePlace, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="who finds both can read"):
        back_up_keys(filled, SYSTEM, tmp_path / "k", SOFTWARE, master=None)
    with pytest.raises(StoreError, match="who finds both can read"):
        back_up_keys(filled, SYSTEM, place.files / "k", SOFTWARE, master=None)
    with pytest.raises(StoreError, match="who finds both can read"):
        back_up_data(filled, SYSTEM, place.keys / filled.identity / "d", SOFTWARE)
    with pytest.raises(StoreError, match="the files themselves"):
        back_up_data(filled, SYSTEM, place.files / "d", SOFTWARE, beside_keys=True)
    data = back_up_data(filled, later(SYSTEM, minutes=1), tmp_path / "d", SOFTWARE)
    assert data.keys_since == 5
    back_up_keys(filled, later(SYSTEM, minutes=2), tmp_path / "k", SOFTWARE, master=tmp_path / "m", beside_data=True)
    with pytest.raises(StoreError, match="on the disk of its keys"):
        back_up_data(filled, later(SYSTEM, minutes=3), tmp_path / "d2", SOFTWARE)
    again = back_up_data(filled, later(SYSTEM, minutes=3), tmp_path / "d2", SOFTWARE, beside_keys=True)
    assert again.keys_since == 0
    text = "".join(path.read_text(errors="replace") for path in (tmp_path / "d").rglob("*") if path.is_file())
    assert json.loads(filled.keys.master.read_text())[0]["key"] not in text
    kept = {path.name for path in (tmp_path / "k").rglob("*.json")}
    assert "master.json" not in kept and len(kept) == 1 + len(list(filled.keys.folder.glob("k*.json")))


def test_nothing_is_overwritten(filled: Store, place: StorePlace, tmp_path: Path) -> None:
    data, keys, master = taken(filled, tmp_path)
    receive(filled, later(OFFICER, days=1), sample(file=b"later"))
    before = all_rows(filled.engine)
    for again in (
        lambda: restore_data(place, later(SYSTEM, days=2), data),
        lambda: restore_keys(place, later(SYSTEM, days=2), keys, master),
        lambda: back_up_data(filled, later(SYSTEM, days=2), data, SOFTWARE, beside_keys=True),
    ):
        with pytest.raises(StoreError, match="nothing is overwritten"):
            again()
    assert all_rows(filled.engine)["list_rows"] == before["list_rows"]
    assert check(data, filled.keys).findings == ()


def tampered(folder: Path, how: str, store: Store) -> None:
    """What somebody could do to a backup of the data."""
    manifest = read_manifest(folder)
    database_file = folder / NAMES[manifest.database]
    sealed = next(path for path in (folder / "files").rglob("*.sealed"))
    match how:
        case "manifest":
            text = (folder / NAME).read_text().replace(manifest.taken_by, "Orang Lain")
            (folder / NAME).write_text(text)
        case "manifest without a code":
            (folder / NAME).write_text(as_text(manifest.model_copy(update={"mac": "", "counts": {}})))
        case "manifest of another key":
            (folder / NAME).write_text(as_text(authenticated(manifest, b"k" * 32)))
        case "no manifest":
            (folder / NAME).unlink()
        case "broken manifest":
            (folder / NAME).write_text("{")
        case "path out of it":
            files = {**manifest.files, "../../outside": manifest.files[database_file.name]}
            key = store.keys.key(manifest.key)
            (folder / NAME).write_text(as_text(authenticated(manifest.model_copy(update={"files": files}), key)))
        case "a byte of the database":
            box = bytearray(database_file.read_bytes())
            box[len(box) // 2] ^= 1
            database_file.write_bytes(bytes(box))
        case "a sealed file gone":
            sealed.unlink()
        case "a sealed file cut off":
            sealed.write_bytes(sealed.read_bytes()[:-1])
        case "a file too many":
            (folder / "files" / "extra.sealed").write_bytes(b"x")


HOWS = (
    "manifest", "manifest without a code", "manifest of another key", "no manifest", "broken manifest", "path out of it",
    "a byte of the database", "a sealed file gone", "a sealed file cut off", "a file too many",
)  # fmt: skip


def test_a_changed_backup_is_refused_and_nothing_is_left(filled: Store, new_place: StorePlace, tmp_path: Path) -> None:
    data, keys, master = taken(filled, tmp_path)
    restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    for how in HOWS:
        copy = tmp_path / how.replace(" ", "-")
        shutil.copytree(data, copy)
        tampered(copy, how, filled)
        with pytest.raises(StoreError, match=r"not what it was made as|no finished backup|not the keys|The file"):
            restore_data(new_place, later(SYSTEM, days=1), copy)
        try:
            assert check(copy, filled.keys).findings != (), how
        except StoreError as problem:
            assert problem.finding.code in ("backup-changed", "backup-unfinished"), how
        assert not new_place.files.exists(), how
        with pytest.raises(StoreError, match="no store"):
            open_store(new_place)
    restore_data(new_place, later(SYSTEM, days=1), data)


def test_wrong_keys_are_refused(filled: Store, new_place: StorePlace, tmp_path: Path) -> None:
    data, keys, master = taken(filled, tmp_path)
    with pytest.raises(StoreError, match="keys of this store are not in"):
        restore_data(new_place, later(SYSTEM, days=1), data)
    other = StorePlace(str(tmp_path / "other.db"), tmp_path / "other-keys", tmp_path / "other-files")
    with create_store(other, SYSTEM) as stranger:
        with pytest.raises(StoreError, match=f"not {filled.keys.master_id}"):
            restore_keys(new_place, later(SYSTEM, days=1), keys, stranger.keys.master)
        with pytest.raises(StoreError, match=f"not {filled.keys.master_id}"):
            restore_keys(new_place, later(SYSTEM, days=1), keys, None)
        shutil.copytree(stranger.keys.folder, new_place.keys / filled.identity)
        with pytest.raises(StoreError, match="not the keys of the store"):
            restore_data(new_place, later(SYSTEM, days=1), data)
        shutil.rmtree(new_place.keys)
    renamed = json.loads(master.read_text())
    renamed[0]["key"] = json.loads(stranger.keys.master.read_text())[0]["key"]
    master.write_text(json.dumps(renamed))
    with pytest.raises(StoreError, match=r"not the keys|is damaged"):
        restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    assert not (new_place.keys / filled.identity).exists()


@pytest.mark.parametrize("change", ["gone", "changed", "unwrapped"])
def test_a_changed_backup_of_keys_is_refused(filled: Store, new_place: StorePlace, tmp_path: Path, change: str) -> None:
    _, keys, master = taken(filled, tmp_path)
    path = next(iter(sorted((keys / "keys").glob("k*.json"))))
    if change == "gone":
        path.unlink()
    elif change == "changed":
        path.write_text(path.read_text().replace('"wrapped": "', '"wrapped": "A'))
    else:
        shutil.copy(sorted((keys / "keys").glob("k*.json"))[1], path)
    with pytest.raises(StoreError, match=r"The file|not the keys"):
        restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    assert not (new_place.keys / filled.identity).exists()
    assert check(keys, filled.keys).findings[0].code == "backup-changed"


def test_other_schemas(filled: Store, new_place: StorePlace, tmp_path: Path) -> None:
    """A newer schema is refused before anything is touched; what is no database of this kind too."""
    data, keys, master = taken(filled, tmp_path)
    restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    manifest = read_manifest(data)
    newer = manifest.model_copy(update={"revision": "9999"})
    (data / NAME).write_text(as_text(authenticated(newer, filled.keys.key(manifest.key))))
    with pytest.raises(StoreError, match="newer version"):
        restore_data(new_place, later(SYSTEM, days=1), data)
    other = "postgresql://nobody@/x" if manifest.database == "sqlite" else str(tmp_path / "x.db")
    with pytest.raises(StoreError, match=f"of a database of {manifest.database}"):
        restore_data(replace(new_place, database=other), later(SYSTEM, days=1), data)
    for restore, folder in ((restore_data, keys), (restore_keys, data)):
        with pytest.raises(StoreError, match="This is a backup of"):
            restore(new_place, later(SYSTEM, days=1), folder)
    assert not new_place.files.exists()


@pytest.mark.bare
def test_a_backup_of_an_older_schema_is_brought_to_the_newest(
    place: StorePlace, new_place: StorePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same rows, all triggers; its log tells from which revision it came."""
    revision = EARLIER[-1]
    made_at(place, revision)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "newest", lambda: revision)
        with open_store(place) as store:
            data, keys, master = taken(store, tmp_path, at=60 * 24 * 3)
            before, columns = living_rows(store), columns_of(store.engine)
    restore_keys(new_place, later(SYSTEM, days=4), keys, master)
    done = restore_data(new_place, later(SYSTEM, days=4), data)
    assert (done.revision, done.upgraded_to) == (revision, schema.newest())
    with open_store(new_place) as store:
        after = all_rows(store.engine, columns)
        assert {table: after[table] for table in before} == before
        with create_store(StorePlace(str(tmp_path / "fresh.db"), tmp_path / "fk", tmp_path / "ff"), SYSTEM) as fresh:
            wanted = triggers_of(fresh.engine)
        assert wanted <= triggers_of(store.engine)
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()


def test_what_was_destroyed_since_stays_destroyed(filled: Store, place: StorePlace, tmp_path: Path) -> None:
    """An old backup of the keys brings no destroyed key back where the store knows of its destruction."""
    _, keys, master = taken(filled, tmp_path)
    with filled.reading() as session:
        key = session.execute(select(col(ReceivedList.key_id)).limit(1)).scalar_one()
        register = session.execute(select(col(RegisterSnapshot.key_id)).limit(1)).scalar_one()
    for key_id in (key, register):
        destroy(filled, later(SYSTEM, days=1), key_id, "JRA habis")
    shutil.rmtree(filled.keys.folder)
    done = restore_keys(place, later(SYSTEM, days=2), keys, master)
    assert set(done.destroyed) == {key, register}
    with open_store(place) as store:
        assert not store.keys.has(key)
        with pytest.raises(StoreError, match="destroyed on"):
            reveal(store, later(PROVINCE, days=2), 1)
        with store.reading() as session:
            assert verify(session, store.keys).findings == ()


def test_a_store_restored_behind_says_so(filled: Store, place: StorePlace, new_place: StorePlace, tmp_path: Path) -> None:
    """On the machine that has seen more, the log explains what is missing: no alarm, and no silence."""
    data, _, _ = taken(filled, tmp_path)
    for day in (1, 2):
        receive(filled, later(OFFICER, days=day), sample(file=f"lost {day}".encode()))
    back = replace(new_place, keys=place.keys)
    done = restore_data(back, later(SYSTEM, days=3), data)
    assert done.behind == 1
    with open_store(back) as store, store.reading() as session:
        found = verify(session, store.keys)
    assert found.findings == ()
    assert [each.code for each in found.explained] == ["audit-restored-behind"]
    assert "restored this store from the backup of 2026-03-02 05:00" in found.explained[0].words.en
    with open_store(back) as store:
        last = all_rows(store.engine)["audit_entries"]
        assert any("store.restored" in row for row in last)
        notes = store.keys.folder / "heads"
        segment = next(iter(sorted(notes.glob("s*"))))
        (notes / "s00000000000000x").write_text(segment.read_text())
        with store.reading() as session:
            assert [each.code for each in verify(session, store.keys).findings] == ["audit-segment-removed"]


def test_what_is_missing_is_named(filled: Store, new_place: StorePlace, tmp_path: Path) -> None:
    """A sealed file or a key that is gone from the living store: the rest is backed up, and it is said."""
    sealed = next(path for path in filled.files.rglob("*.sealed"))
    sealed.unlink()
    data = back_up_data(filled, later(SYSTEM, minutes=1), tmp_path / "d", SOFTWARE)
    assert sealed.name in data.manifest.missing
    with filled.reading() as session:
        key = session.execute(select(col(ReceivedList.key_id)).limit(1)).scalar_one()
    (filled.keys.folder / f"{key}.json").unlink()
    keys = back_up_keys(filled, later(SYSTEM, minutes=2), tmp_path / "k", SOFTWARE, master=tmp_path / "m", beside_data=True)
    assert key in keys.manifest.missing
    restore_keys(new_place, later(SYSTEM, days=1), tmp_path / "k", tmp_path / "m")
    assert key in restore_data(new_place, later(SYSTEM, days=1), tmp_path / "d").without_key


def test_programs_of_postgresql(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are missing or fail, it is said, and no backup is left. SQLite needs none of them."""
    needed = filled.engine.dialect.name == "postgresql"
    monkeypatch.setattr("ejps_core.store.backup.dumping.DEBIAN", tmp_path)
    for number, (found, said) in enumerate(((None, "pg_dump of PostgreSQL is not installed"), (FALSE, "pg_dump failed"))):
        monkeypatch.setattr("ejps_core.store.backup.dumping.shutil.which", lambda _, found=found: found)
        target = tmp_path / f"d{number}"
        if not needed:
            back_up_data(filled, later(SYSTEM, minutes=1), target, SOFTWARE)
            continue
        with pytest.raises(StoreError, match=said):
            back_up_data(filled, later(SYSTEM, minutes=1), target, SOFTWARE)
        assert not target.exists()


FALSE = "/bin/false"


@pytest.mark.parametrize("room", [1_000_000, 4_000_000])
def test_a_full_disk(filled: Store, new_place: StorePlace, tmp_path: Path, room: int) -> None:
    """No room for the database, or for a sealed file: neither a backup nor a restored store is left by half."""
    receive(filled, later(OFFICER, minutes=2), sample(file=os.urandom(2_000_000)))
    add_snapshot(filled, later(SYSTEM, minutes=3), Snapshot("bpnt", "Dinas Sosial", "75", DAY, {}), os.urandom(6_000_000))
    if filled.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(filled.engine.url.database))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with small_disk(room), pytest.raises(StoreError, match=r"can't be written|pg_dump failed"):
        back_up_data(filled, later(SYSTEM, minutes=4), tmp_path / "full", SOFTWARE)
    assert [path.name for path in tmp_path.iterdir() if "full" in path.name] == []
    data, keys, master = taken(filled, tmp_path)
    restore_keys(new_place, later(SYSTEM, days=1), keys, master)
    with small_disk(room), pytest.raises(StoreError, match="can't be written"):
        restore_data(new_place, later(SYSTEM, days=1), data)
    with pytest.raises(StoreError, match="no store"):
        open_store(new_place)
    assert [path for path in new_place.files.rglob("*") if path.name.startswith(".")] == []
    restore_data(new_place, later(SYSTEM, days=1), data)


@contextmanager
def small_disk(room: int) -> Iterator[None]:
    """No file may grow beyond this, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

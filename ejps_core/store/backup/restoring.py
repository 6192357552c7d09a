"""Bringing a backup back: into an empty place, wholly or not at all, and told in the audit log of the restored store.

Sealed files come first, the database last: until it is there, there is no store. Stopped half-way, the same command
goes on: files that are the same already are left, and a restored database to which nothing was added is taken as it is.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ejps_core.store import database, schema
from ejps_core.store.acts import Act
from ejps_core.store.audit.anchors import Anchors
from ejps_core.store.audit.chain import heads
from ejps_core.store.audit.restored import RESTORED, behind_text
from ejps_core.store.backup.checking import refuse_changed, refuse_incomplete
from ejps_core.store.backup.dumping import NAMES, POSTGRES, Content, content_of, load_postgres
from ejps_core.store.backup.folders import UNFINISHED, copied, made_whole, part_of
from ejps_core.store.backup.manifest import BackupKind, Manifest, read_manifest
from ejps_core.store.backup.problems import changed, other_database, other_kind, place_taken, wrong_keys, wrong_master
from ejps_core.store.backup.taking import FILES, KEYS
from ejps_core.store.database import PRIVATE_FOLDER
from ejps_core.store.failures import as_problem
from ejps_core.store.keyring import MASTER, Keyring, sync_folder, write_private
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.problems import StoreError, no_room, store_newer
from ejps_core.store.retention import finish_destructions
from ejps_core.store.session import Store, no_fault
from ejps_core.store.tables import DataKey, KeyDestruction

Faults = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. behind: segments of which this machine has seen more than is there now. destroyed: keys that
    were destroyed again, for their destruction is on record. without_key: living keys that are not at hand.
    """

    store: str
    taken_at: datetime
    revision: str
    upgraded_to: str
    behind: int = 0
    destroyed: tuple[str, ...] = ()
    without_key: tuple[str, ...] = ()


def restore_data(place: StorePlace, act: Act, folder: Path, faults: Faults = no_fault) -> Restored:
    """The database and its sealed files at a place where no store is; StoreError when anything is not as it was."""
    try:
        return _restored(place, act, folder, faults)
    except DBAPIError as problem:
        raise as_problem(problem, recorded=False) from problem


def _restored(place: StorePlace, act: Act, folder: Path, faults: Faults) -> Restored:
    manifest = _of_kind(folder, BackupKind.DATA)
    url = database.store_url(place.database)
    if url.get_backend_name() != manifest.database:
        raise other_database(manifest.database)
    if not schema.known(manifest.revision):
        raise store_newer()
    keys = _keys_for(place, manifest)
    refuse_changed(folder, manifest, keys)
    faults("backup-checked")
    if not _begun_before(place, manifest):
        _put_files(place.files, folder, manifest, faults)
        if manifest.database == POSTGRES:
            _load(database.engine_for(url), folder, manifest)
        else:
            _put_sqlite(Path(str(url.database)), folder, manifest, faults)
        faults("database-placed")
    engine = database.engine_for(url)
    try:
        with database.writing(engine).begin() as connection:
            schema.hold(connection)
            schema.upgrade(connection)
    finally:
        engine.dispose()
    faults("schema-upgraded")
    with open_store(place) as store:
        return _tell(store, act, manifest)


def restore_keys(
    place: StorePlace, act: Act, folder: Path, master: Path | None = None, faults: Faults = no_fault
) -> Restored:
    """The keys of a store at a place where there are none, opened with the master key; it goes where the place says.

    master: the copy of the master key; None: the one at the place itself. Keys whose destruction is on record in the
    store are destroyed again.
    """
    manifest = _of_kind(folder, BackupKind.KEYS)
    target = place.keys / manifest.store
    source = master or place.master
    if source is None or not source.is_file():
        raise wrong_master(manifest.master)
    refuse_incomplete(folder, manifest)
    with made_whole(target) as draft:
        for name, part in manifest.files.items():
            kind, _, own = name.partition("/")
            if copied(folder / name, draft / own if kind == KEYS else draft / name) != part:
                raise changed(name)
        write_private(draft / MASTER, source.read_text(encoding="ascii", errors="replace"))
        faults("keys-copied")
        keys = Keyring(draft)
        if keys.master_id != manifest.master:
            raise wrong_master(manifest.master)
        refuse_changed(folder, manifest, keys)
        for path in sorted(draft.glob("k*.json")):
            keys.key(path.stem)
        if place.master is not None:
            _master_at(place.master, draft / MASTER)
            (draft / MASTER).unlink()
        faults("before-rename")
    return _after_keys(place, act, manifest)


def _of_kind(folder: Path, kind: BackupKind) -> Manifest:
    manifest = read_manifest(folder)
    if manifest.kind is not kind:
        raise other_kind(kind.value, manifest.kind.value)
    return manifest


def _keys_for(place: StorePlace, manifest: Manifest) -> Keyring:
    keys = Keyring(place.keys / manifest.store, place.master)
    if not keys.has(manifest.key):
        raise wrong_keys()
    return keys


def _begun_before(place: StorePlace, manifest: Manifest) -> bool:
    """Whether this very backup was restored here and nothing was added since. Anything else at the place is refused."""
    url = database.store_url(place.database)
    try:
        engine = database.engine_for(url)
    except StoreError:
        return False  # there is no file
    try:
        with database.reading(engine).connect() as connection, Session(connection) as session:
            if schema.revision_of(connection) is None:
                if manifest.database == POSTGRES:
                    return False
                raise place_taken(database.shown(url))
            same = _same(content_of(session), manifest)
    finally:
        engine.dispose()
    if not same:
        raise place_taken(database.shown(url))
    return True


def _same(content: Content, manifest: Manifest) -> bool:
    counts = {table: content.counts.get(table) for table in manifest.counts}
    return counts == manifest.counts and content.head == manifest.head


def _put_files(target: Path, folder: Path, manifest: Manifest, faults: Faults) -> None:
    """The sealed files, each whole; one that is there and the same stays, one that differs is refused before any is put."""
    names = [name for name in manifest.files if name.startswith(f"{FILES}/")]
    places = {name: target / name.removeprefix(f"{FILES}/") for name in names}
    for name, path in places.items():
        if path.exists() and part_of(path) != manifest.files[name]:
            raise place_taken(str(path))
    try:
        target.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        for name, path in places.items():
            if not path.exists():
                _placed(folder / name, path, manifest, name)
            faults("file-placed")
    except OSError as problem:
        raise no_room(target.name, problem) from problem


def _placed(source: Path, path: Path, manifest: Manifest, name: str) -> None:
    """One file, copied beside its place and put there whole; nothing that is there is overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    draft = path.with_name(f".{path.name}{UNFINISHED}")
    draft.unlink(missing_ok=True)
    try:
        if copied(source, draft) != manifest.files[name]:
            raise changed(name)
        try:
            path.hardlink_to(draft)
        except FileExistsError as problem:
            raise place_taken(str(path)) from problem
        except OSError as problem:
            if problem.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
            draft.replace(path)  # a disk without links
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _put_sqlite(path: Path, folder: Path, manifest: Manifest, faults: Faults) -> None:
    """The database file. What an earlier database left beside it would be mixed into this one: it is refused."""
    for tail in ("-wal", "-shm", "-journal"):
        if path.with_name(path.name + tail).exists():
            raise place_taken(str(path.with_name(path.name + tail)))
    name = NAMES[manifest.database]
    try:
        faults("before-database")
        _placed(folder / name, path, manifest, name)
    except OSError as problem:
        raise no_room(path.name, problem) from problem


def _load(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """The dump in an empty database, in one transaction; then every row is counted."""
    try:
        load_postgres(engine, folder / NAMES[POSTGRES])
        with Session(database.reading(engine)) as session:
            if not _same(content_of(session), manifest):
                raise changed(NAMES[POSTGRES])
    finally:
        engine.dispose()


def _tell(store: Store, act: Act, manifest: Manifest) -> Restored:
    """The restored store says in its log from which backup it is, and what this machine had seen beyond it."""
    noted = Anchors(store.keys.folder).noted()
    with store.reading() as session:
        known = heads(session)
        without = _without_key(store, session)
    behind = [head for head in noted if head.segment not in known or known[head.segment].length < head.length]
    before = {"backup": manifest.id, "taken_at": manifest.taken_at.isoformat(), "revision": manifest.revision}
    with store.writing(act) as work:
        after = {"revision": schema.newest(), "behind": behind_text(behind)}
        work.tell(RESTORED, "store", store.identity, before=before, after=after)
    return Restored(
        store.identity,
        manifest.taken_at,
        manifest.revision,
        schema.newest(),
        len(behind),
        finish_destructions(store, act),
        without,
    )


def _without_key(store: Store, session: Session) -> tuple[str, ...]:
    gone = select(col(KeyDestruction.key_id))
    living = session.execute(select(col(DataKey.id)).where(col(DataKey.id).not_in(gone))).scalars()
    return tuple(key_id for key_id in living if not store.keys.has(key_id))


def _master_at(path: Path, copy: Path) -> None:
    """The master key at its own place; one that is there must be the same."""
    text = copy.read_text(encoding="ascii")
    if path.exists():
        if path.read_text(encoding="ascii", errors="replace") != text:
            raise place_taken(str(path))
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    write_private(path, text)


def _after_keys(place: StorePlace, act: Act, manifest: Manifest) -> Restored:
    """If the store of these keys is at the place, it is told, and what was destroyed is destroyed again."""
    destroyed: tuple[str, ...] = ()
    without: tuple[str, ...] = manifest.missing
    try:
        with open_store(place) as store:
            if store.identity == manifest.store:
                with store.writing(act) as work:
                    work.tell("keys.restored", "store", store.identity, after={"backup": manifest.id})
                destroyed = finish_destructions(store, act)
                with store.reading() as session:
                    without = _without_key(store, session)
    except StoreError as problem:
        if problem.finding.code not in ("store-missing", "store-older", "store-newer", "keys-missing", "store-lost"):
            raise
    return Restored(manifest.store, manifest.taken_at, manifest.revision, manifest.revision, 0, destroyed, without)

"""Taking a backup: the data in one folder, the keys in another, the master key in a third place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Table, func, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.acts import Act
from ejps_core.store.backup.dumping import NAMES, SQLITE, Content, content_of, dump
from ejps_core.store.backup.folders import copied, device_of, files_below, made_whole, part_of, refuse_near
from ejps_core.store.backup.manifest import NAME, BackupKind, Manifest, Part, as_text, authenticated
from ejps_core.store.backup.problems import place_taken
from ejps_core.store.database import PRIVATE_FOLDER
from ejps_core.store.failures import as_problem
from ejps_core.store.keyring import HEADS, write_private
from ejps_core.store.problems import no_room
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store
from ejps_core.store.tables import AuditEntry, DataKey, KeyDestruction, Record
from ejps_core.store.words import KeyKind

FILES, KEYS = "files", "keys"
BEGUN, TAKEN = "backup.begun", "backup.taken"


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken. Of data only: keys_since, the living keys made since the last backup of the keys; and
    whether it lies on the disk of the store itself, with which it would be lost.
    """

    manifest: Manifest
    folder: Path
    keys_since: int = 0
    same_disk: bool = False


def back_up_data(store: Store, act: Act, target: Path, software: str, *, beside_keys: bool = False) -> Taken:
    """The database of one moment and all sealed files, in a new folder; whole or not there at all.

    beside_keys: it may lie where keys lie. Files are written before their records, so that copying them after the
    database misses none.
    """
    places = [
        (store.keys.folder, False),
        (store.keys.master, False),
        *((path, True) for path in _kept(store, BackupKind.KEYS)),
    ]
    if not beside_keys:
        for place, disk in places:
            refuse_near(target, place, Words("kuncinya", "its keys"), disk=disk)
    refuse_near(target, store.files, Words("berkas aslinya", "the files themselves"), disk=False)
    backup = _begun(store, act, BackupKind.DATA, target)
    with made_whole(target) as draft:
        content = _dumped(store, draft)
        store.faults("database-dumped")
        parts = {NAMES[store.engine.dialect.name]: part_of(draft / NAMES[store.engine.dialect.name])}
        gone = []
        for name, path in files_below(store.files).items() if store.files.is_dir() else ():
            try:
                parts[f"{FILES}/{name}"] = copied(path, draft / FILES / name)
            except FileNotFoundError:
                gone.append(name)  # destroyed meanwhile, or it will be missed below
            store.faults("file-copied")
        missing = _missing_files(store, parts)
        manifest = _manifest(store, act, backup, BackupKind.DATA, software, content, parts, missing)
        _finish(store, draft, manifest)
    home = Path(str(store.engine.url.database)) if store.engine.dialect.name == SQLITE else store.files
    same_disk = device_of(target) == device_of(home)
    return Taken(_told(store, act, target, manifest), target, _keys_since(store), same_disk)


def back_up_keys(
    store: Store, act: Act, target: Path, software: str, *, master: Path | None, beside_data: bool = False
) -> Taken:
    """The keys, still wrapped, in a new folder; the master key copied to `master` (None: it is kept by other means)."""
    if not beside_data:
        for place in _data_places(store):
            refuse_near(target, place, Words("datanya", "the data"))
            if master is not None:
                refuse_near(master, place, Words("datanya", "the data"))
        if master is not None:
            refuse_near(target, master, Words("kunci induknya", "their master key"), disk=False)
    if master is not None:
        _put_master(store, master)
    backup = _begun(store, act, BackupKind.KEYS, target)
    with made_whole(target) as draft:
        parts = {}
        for name, path in _key_files(store):
            parts[name] = copied(path, draft / name)
            store.faults("key-copied")
        with store.reading() as session:
            content = replace(content_of(session), counts={})
            living = _living_keys(session)
        missing = tuple(key_id for key_id in living if f"{KEYS}/{key_id}.json" not in parts)
        manifest = _manifest(store, act, backup, BackupKind.KEYS, software, content, parts, missing)
        _finish(store, draft, manifest)
    return Taken(_told(store, act, target, manifest), target)


def _put_master(store: Store, path: Path) -> None:
    """A copy of the master key; the same copy a second time changes nothing."""
    text = store.keys.master.read_text(encoding="ascii")
    if path.exists():
        if path.is_file() and path.read_text(encoding="ascii", errors="replace") == text:
            return
        raise place_taken(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    except OSError as problem:
        raise no_room(path.name, problem) from problem
    write_private(path, text)
    store.faults("master-copied")


def _dumped(store: Store, draft: Path) -> Content:
    try:
        return dump(store.engine, draft)
    except DBAPIError as problem:
        raise as_problem(problem, recorded=False) from problem


def _manifest(
    store: Store,
    act: Act,
    backup: str,
    kind: BackupKind,
    software: str,
    content: Content,
    parts: dict[str, Part],
    missing: tuple[str, ...],
) -> Manifest:
    with store.reading() as session:
        key = store.current_key(session, KeyKind.AUDIT)
    manifest = Manifest(
        kind=kind,
        id=backup,
        store=store.identity,
        taken_at=act.at,
        taken_by=act.who,
        software=software,
        database=store.engine.dialect.name,
        revision=content.revision,
        counts=content.counts,
        head=content.head,
        files=parts,
        missing=missing,
        master=store.keys.master_id if kind is BackupKind.KEYS else "",
        key=key,
    )
    return authenticated(manifest, store.keys.key(key))


def _finish(store: Store, draft: Path, manifest: Manifest) -> None:
    """The manifest comes last: without it nothing is taken for a backup."""
    store.faults("before-manifest")
    write_private(draft / NAME, as_text(manifest))
    store.faults("before-rename")


def _begun(store: Store, act: Act, kind: BackupKind, target: Path) -> str:
    backup = new_id("b")
    with store.writing(act) as work:
        work.tell(BEGUN, "backup", backup, after={"kind": kind.value, "place": str(target.resolve())})
    return backup


def _told(store: Store, act: Act, target: Path, manifest: Manifest) -> Manifest:
    store.faults("backup-made")
    told = {"kind": manifest.kind.value, "place": str(target.resolve()), "files": len(manifest.files)}
    with store.writing(act) as work:
        work.tell(TAKEN, "backup", manifest.id, after=told | {"missing": len(manifest.missing)})
    return manifest


def _data_places(store: Store) -> Iterator[Path]:
    """Where data lies: the database, the sealed files, and backups of data as far as they are at hand."""
    if store.engine.dialect.name == SQLITE:
        yield Path(str(store.engine.url.database)).parent
    yield store.files
    yield from _kept(store, BackupKind.DATA)


def _kept(store: Store, kind: BackupKind) -> Iterable[Path]:
    """The places of earlier backups of a kind that are at hand now."""
    with store.reading() as session:
        told = session.execute(select(col(AuditEntry.after)).where(col(AuditEntry.action) == TAKEN)).scalars().all()
    states = [json.loads(each) for each in told if each]
    places = dict.fromkeys(Path(each["place"]) for each in states if each["kind"] == kind.value)
    return [place for place in places if place.exists()]


def _missing_files(store: Store, parts: dict[str, Part]) -> tuple[str, ...]:
    """The sealed files that a record names, under a living key, and that are not in the backup."""
    with store.reading() as session:
        gone = set(session.execute(select(col(KeyDestruction.key_id))).scalars())
        named = {
            str(path): str(key_id)
            for table in _tables_of_files()
            for path, key_id in session.execute(select(table.c.path, table.c.key_id))
        }
    return tuple(sorted(path for path, key_id in named.items() if key_id not in gone and f"{FILES}/{path}" not in parts))


def _tables_of_files() -> list[Table]:
    """The tables whose records name a sealed file and its key."""
    return [table for table in Record.metadata.sorted_tables if {"path", "key_id"} <= set(table.columns.keys())]


def _key_files(store: Store) -> Iterator[tuple[str, Path]]:
    """The wrapped keys, and the notes of how far the log was seen to go."""
    folder = store.keys.folder
    for path in sorted(folder.glob("k*.json")):
        yield f"{KEYS}/{path.name}", path
    for path in sorted((folder / HEADS).glob("s*")):
        yield f"{HEADS}/{path.name}", path


def _living_keys(session: Session) -> tuple[str, ...]:
    gone = select(col(KeyDestruction.key_id))
    return tuple(session.execute(select(col(DataKey.id)).where(col(DataKey.id).not_in(gone))).scalars())


def _keys_since(store: Store) -> int:
    """How many living keys no backup of the keys can hold."""
    with store.reading() as session:
        kept = session.execute(
            select(col(AuditEntry.at), col(AuditEntry.after)).where(col(AuditEntry.action) == TAKEN)
        ).all()
        last = max((at for at, after in kept if json.loads(after)["kind"] == BackupKind.KEYS.value), default=None)
        gone = select(col(KeyDestruction.key_id))
        asked = select(func.count()).select_from(DataKey).where(col(DataKey.id).not_in(gone))
        if last is not None:
            asked = asked.where(col(DataKey.made_at) > last)
        return int(session.execute(asked).scalar_one())

"""The keys of a store: files that only their owner reads, in a folder of their own, never beside the database.

`master.json` wraps all others, one file a key; where it lies can be chosen apart from them. The database only has a record
that a key was made or destroyed. A key whose file is gone can't be brought back from a backup of the database.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from ejps_core.store.database import PRIVATE_FILE, PRIVATE_FOLDER
from ejps_core.store.problems import key_unknown, keys_damaged, keys_missing, keys_open, no_room
from ejps_core.store.sealing import KEY_BYTES, Lock, Sealed, UnopenedError, new_id

MASTER = "master.json"
HEADS = "heads"


class Keyring:
    """The keys of one store, read when they are first needed."""

    def __init__(self, folder: Path, master: Path | None = None) -> None:
        self.folder = folder
        self.master = master or folder / MASTER
        self._raw: dict[str, bytes] = {}
        self._locks: dict[str, Lock] = {}
        if not self.master.is_file():
            raise keys_missing(str(self.master))
        self._masters = self._read_master()

    @classmethod
    def create(cls, folder: Path, master: Path | None = None) -> Keyring:
        """A new folder of keys with a new master key; an existing master key is left as it is."""
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        path = master or folder / MASTER
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
            write_private(path, _as_json([_new_master()]))
        return cls(folder, master)

    @property
    def master_id(self) -> str:
        """The id of the master key that wraps new keys."""
        return self._masters[0][0]

    def make(self) -> str:
        """A new key; its id. It is on the disk before this returns."""
        key_id, key = new_id("k"), secrets.token_bytes(KEY_BYTES)
        write_private(self._file(key_id), self._wrapped(key_id, key))
        self._raw[key_id] = key
        return key_id

    def key(self, key_id: str) -> bytes:
        """The key itself, for a blind index or a chain."""
        if key_id not in self._raw:
            path = self._file(key_id)
            if not path.is_file():
                raise key_unknown(key_id)
            self._raw[key_id] = self._unwrapped(key_id, path)
        return self._raw[key_id]

    def lock(self, key_id: str) -> Lock:
        """The key ready to seal and open."""
        if key_id not in self._locks:
            self._locks[key_id] = Lock(key_id, self.key(key_id))
        return self._locks[key_id]

    def has(self, key_id: str) -> bool:
        """Whether the key's file is there."""
        return self._file(key_id).is_file()

    def forget(self, key_id: str) -> None:
        """Destroys the key's file, overwriting it first; nothing happens if it is gone already."""
        self._raw.pop(key_id, None)
        self._locks.pop(key_id, None)
        path = self._file(key_id)
        try:
            with path.open("r+b") as file:
                file.write(b"\0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return
        sync_folder(self.folder)

    def rotate_master(self) -> str:
        """A new master key wraps all keys, the old one is destroyed; the new id. Stopped half-way, it can be repeated."""
        self._masters = [_new_master(), *self._masters]
        write_private(self.master, _as_json(self._masters))
        for path in sorted(self.folder.glob("k*.json")):
            key_id = path.stem
            write_private(path, self._wrapped(key_id, self._unwrapped(key_id, path)))
        self._masters = self._masters[:1]
        write_private(self.master, _as_json(self._masters))
        return self._masters[0][0]

    def _file(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.json"

    def _wrapped(self, key_id: str, key: bytes) -> str:
        master_id, master = self._masters[0]
        box = Lock(master_id, master).seal(key, f"key:{key_id}").box
        return json.dumps({"id": key_id, "wrapped": base64.b64encode(box).decode()}) + "\n"

    def _unwrapped(self, key_id: str, path: Path) -> bytes:
        refuse_if_open(path)
        try:
            sealed = Sealed(base64.b64decode(json.loads(path.read_text(encoding="ascii"))["wrapped"]))
            master = dict(self._masters)[sealed.key_id]
            return Lock(sealed.key_id, master).open(sealed, f"key:{key_id}")
        except (ValueError, KeyError, TypeError, UnopenedError) as problem:
            raise keys_damaged(str(path)) from problem

    def _read_master(self) -> list[tuple[str, bytes]]:
        refuse_if_open(self.master)
        try:
            return [(each["id"], base64.b64decode(each["key"])) for each in json.loads(self.master.read_text("ascii"))]
        except (ValueError, KeyError, TypeError) as problem:
            raise keys_damaged(str(self.master)) from problem


def _new_master() -> tuple[str, bytes]:
    return new_id("m"), secrets.token_bytes(KEY_BYTES)


def _as_json(masters: list[tuple[str, bytes]]) -> str:
    return json.dumps([{"id": key_id, "key": base64.b64encode(key).decode()} for key_id, key in masters]) + "\n"


def refuse_if_open(path: Path) -> None:
    """Raises StoreError when others than the owner can read the file."""
    if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise keys_open(str(path))


def write_private(path: Path, text: str) -> None:
    """Writes the file whole or not at all, for its owner only, and on the disk before this returns."""
    try:
        _replace(path, [text.encode("ascii")])
    except OSError as problem:
        raise no_room(path.name, problem) from problem


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a large file, piece by piece, in a folder that is made if it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        _replace(path, pieces)
    except OSError as problem:
        raise no_room(path.name, problem) from problem


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The folder's entries are on the disk."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

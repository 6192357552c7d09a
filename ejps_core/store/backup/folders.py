"""Folders that are there whole or not at all, copies whose hash is known, and places that are apart."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ejps_core.model.words import Words
from ejps_core.store.backup.manifest import Part
from ejps_core.store.backup.problems import place_taken, together
from ejps_core.store.database import PRIVATE_FILE, PRIVATE_FOLDER
from ejps_core.store.keyring import sync_folder
from ejps_core.store.problems import no_room

AT_ONCE = 1 << 20
UNFINISHED = ".unfinished-"


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A folder to be filled, which becomes `target` at the end of the block, and is gone when the block fails.

    What a killed run left beside it is removed first. A target that holds something is refused.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise place_taken(str(target))
    draft = target.with_name(f".{target.name}{UNFINISHED}{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        for left in target.parent.glob(f".{target.name}{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        draft.mkdir(mode=PRIVATE_FOLDER)
        yield draft
        for folder in sorted((path for path in draft.rglob("*") if path.is_dir()), reverse=True):
            sync_folder(folder)
        sync_folder(draft)
        _rename(draft, target)
    except OSError as problem:
        raise no_room(target.name, problem) from problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _rename(draft: Path, target: Path) -> None:
    try:
        draft.replace(target)
    except OSError as problem:
        if problem.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise place_taken(str(target)) from problem
        raise
    sync_folder(target.parent)


def copied(source: Path, target: Path) -> Part:
    """Copies a file for its owner only, on the disk before this returns; its size and hash."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as origin, os.fdopen(handle, "wb") as copy:
        while piece := origin.read(AT_ONCE):
            copy.write(piece)
            digest.update(piece)
            size += len(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return Part(size=size, sha256=digest.hexdigest())


def part_of(path: Path) -> Part:
    """Size and hash of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Part(size=path.stat().st_size, sha256=digest.hexdigest())


def files_below(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names within it; drafts are none."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def device_of(path: Path) -> int:
    """The disk that a place is on, or will be."""
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


def refuse_near(place: Path, other: Path, what: Words, *, disk: bool = True) -> None:
    """Raises StoreError if one place lies in the other, or (disk) both are on one disk."""
    one, two = place.resolve(), other.resolve()
    if one == two or one in two.parents or two in one.parents:
        raise together(what, Words("di tempat yang sama dengan", "at the place of"))
    if disk and device_of(one) == device_of(two):
        raise together(what, Words("di disk yang sama dengan", "on the disk of"))

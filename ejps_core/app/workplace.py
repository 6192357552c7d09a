"""Files are made in a hidden folder beside where they go, and moved there whole; what a killed run left there is found.

The folder is locked while its run lives, on systems that have such locks; elsewhere an open file can't be removed anyway.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

try:
    import fcntl
except ImportError:  # Windows
    LOCKS = False
else:
    LOCKS = True

ENDING = ".ejps-tmp"
LOCK = ".lock"
LONGEST = 40
"""Characters of the file's name in the folder's: a name has 255 bytes at most, a character up to four."""


@contextmanager
def workplace(path: Path) -> Iterator[Path]:
    """A new folder beside `path`, gone afterwards with all that was not moved out of it."""
    folder = Path(mkdtemp(prefix=_begins(path), suffix=ENDING, dir=path.parent))
    try:
        with (folder / LOCK).open("wb") as lock:
            _locked(lock.fileno())
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_disk(path: Path) -> None:
    """Returns when the file is on the disk; a disk that is full says so here at the latest."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def clear(path: Path) -> bool:
    """Removes what killed runs left that were writing `path`; whether there was anything."""
    found = [each for each in path.parent.iterdir() if each.name.startswith(_begins(path)) and each.name.endswith(ENDING)]
    left = [folder for folder in found if _deserted(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return any(not folder.exists() for folder in left)


def _begins(path: Path) -> str:
    return f".{path.name[:LONGEST]}."


def _locked(number: int) -> bool:
    """Locks an open file until it is closed or the process ends, however it ends; False: another process has it."""
    if LOCKS:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder without locks
            return True
    return True


def _deserted(folder: Path) -> bool:
    """Whether no living run works in the folder."""
    with suppress(OSError), (folder / LOCK).open("rb") as lock:
        return _locked(lock.fileno())
    return False

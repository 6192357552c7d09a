"""What the processes of one service know together: permits to ask, that the store changed, how many workers live.

It lies in memory that they share, in a file without a name of people's data: numbers and hashes only. One process alone
keeps the same in memory of its own. A lock that its holder can't keep when it is killed guards it.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUCKETS = 1 << 14
NEAR = 8
"""In how many places beside each other a bucket is looked for; the one that was quiet the longest makes room."""
COUNTS, BUCKET = struct.Struct("<QQ"), struct.Struct("<8sdd")
SIZE = COUNTS.size + BUCKETS * BUCKET.size


class Together:
    """The memory that the processes of one service share. path: None: it is this process's alone."""

    def __init__(self, path: Path | None = None) -> None:
        self.path, self._lock = path, threading.Lock()
        self._file = None if path is None else os.open(path, os.O_RDWR | os.O_CLOEXEC)
        self._map = mmap.mmap(-1, SIZE) if self._file is None else mmap.mmap(self._file, SIZE)

    @classmethod
    def new(cls) -> Together:
        """Memory for several processes; its file goes with `close`."""
        folder = "/dev/shm" if Path("/dev/shm").is_dir() else None
        file, name = tempfile.mkstemp(prefix="ejps-together-", dir=folder)
        os.truncate(file, SIZE)
        os.close(file)
        return cls(Path(name))

    def close(self) -> None:
        """Lets go of the memory; the file is gone afterwards."""
        self._map.close()
        if self._file is not None:
            os.close(self._file)
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    @property
    def count(self) -> int:
        """How often the store was changed by any of the processes."""
        return self._counts()[0]

    def note(self) -> None:
        """The store was changed."""
        with self._alone():
            changes, workers = self._counts()
            COUNTS.pack_into(self._map, 0, changes + 1, workers)

    @property
    def workers(self) -> int:
        """How many workers live, as the process that minds them has told."""
        return self._counts()[1]

    @workers.setter
    def workers(self, living: int) -> None:
        with self._alone():
            COUNTS.pack_into(self._map, 0, self._counts()[0], living)

    def take(self, kind: str, who: str, a_minute: int, now: float) -> float:
        """Takes a permit out of a bucket that fills again: 0.0, or after how many seconds there will be one."""
        mark = hashlib.blake2b(f"{kind}\0{who}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
        rate = a_minute / 60
        with self._alone():
            place, known = self._bucket(mark)
            left, at = BUCKET.unpack_from(self._map, place)[1:] if known else (float(a_minute), now)
            left = min(float(a_minute), left + (now - at) * rate)
            wait = 0.0 if left >= 1 else (1 - left) / rate
            BUCKET.pack_into(self._map, place, mark, left - 1 if not wait else left, now)
        return wait

    def _bucket(self, mark: bytes) -> tuple[int, bool]:
        """Where the bucket of a mark lies, and whether it lies there already."""
        first = int.from_bytes(mark[:4], "little")
        places = [COUNTS.size + (first + step) % BUCKETS * BUCKET.size for step in range(NEAR)]
        found = [(BUCKET.unpack_from(self._map, place), place) for place in places]
        for (there, _, _), place in found:
            if there == mark:
                return place, True
        return min(found, key=lambda each: each[0][2])[1], False

    def _counts(self) -> tuple[int, int]:
        changes, workers = COUNTS.unpack_from(self._map, 0)
        return changes, workers

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            if self._file is None:
                yield
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

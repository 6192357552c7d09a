"""Which segments of the audit log this process may write: a free one for each transaction, for one day."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ejps_core.store.audit.chain import Head


@dataclass(slots=True)
class Segments:
    """The open segments of one process that no transaction is using. A forked child starts with none."""

    free: list[tuple[date, Head]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: int = field(default_factory=os.getpid)

    def take(self, at: datetime) -> Head | None:
        """A free segment of this day, no longer free; None: a new one must be opened."""
        day = at.astimezone(UTC).date()
        with self._lock:
            if self._process != os.getpid():
                self.free, self._process = [], os.getpid()
            self.free = [each for each in self.free if each[0] == day]
            return self.free.pop()[1] if self.free else None

    def give(self, at: datetime, head: Head) -> None:
        """The segment is free again, as far as it goes now."""
        with self._lock:
            self.free.append((at.astimezone(UTC).date(), head))

"""Who was looked up just now: kept for a second, and only while nothing was written, so that nobody outlives his session.

A program that decides families one by one would else spend most of its time on being recognised.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from ejps_core.app.access.scopes import Scope, Store, StoreError
from ejps_core.app.access.secrets import digest
from ejps_core.app.access.sessions import NOTED_EVERY, Visit, note_seen, visit_of
from ejps_core.app.access.tokens import scope_of_token

FRESH = timedelta(seconds=1)
"""How long another process (the command line) may have ended a session before it is seen here."""
KEPT = 1000
GATHERED_SECONDS = 0.2
"""So long sessions that were used are gathered before they are noted together."""
T = TypeVar("T")


class Known:
    """The sessions and tokens of the last second."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._seen: dict[str, datetime] = {}
        self._noting = ThreadPoolExecutor(1, "note-seen")
        self._visits: OrderedDict[str, tuple[int, datetime, Visit]] = OrderedDict()
        self._tokens: OrderedDict[str, tuple[int, datetime, Scope]] = OrderedDict()

    def visit(self, token: str, at: datetime, *, kept_only: bool = False) -> Visit | None:
        """Whose session this is; kept_only: without asking the store, None if it is not kept."""
        look = _nobody if kept_only else lambda: visit_of(self._store, token, at)
        visit = self._found(self._visits, token, at, look)
        if visit is not None and at >= visit.seen_at + NOTED_EVERY:
            self._note(visit.session, at)
        return visit

    def close(self) -> None:
        """Notes what is left to be noted."""
        self._noting.shutdown()

    def _note(self, session: str, at: datetime) -> None:
        """A session was used: noted soon, beside the request, for a writer may be at work for a while."""
        with self._lock:
            first = not self._seen
            self._seen.setdefault(session, at)
        if first:
            self._noting.submit(self._noted)

    def _noted(self) -> None:
        time.sleep(GATHERED_SECONDS)
        with self._lock:
            seen, self._seen = self._seen, {}
        with suppress(StoreError):  # the store is away: those who go on are noted at their next request
            note_seen(self._store, seen)

    def token(self, token: str, at: datetime, *, kept_only: bool = False) -> Scope | None:
        """How far a token sees; likewise."""
        look = _nobody if kept_only else lambda: scope_of_token(self._store, token, at)
        return self._found(self._tokens, token, at, look)

    def _found(
        self, kept: OrderedDict[str, tuple[int, datetime, T]], token: str, at: datetime, look: Callable[[], T | None]
    ) -> T | None:
        key, count = digest(token), self._store.changes.count
        with self._lock:
            before = kept.get(key)
        if before is not None and before[0] == count and at - before[1] < FRESH:
            return before[2]
        found = look()
        with self._lock:
            kept.pop(key, None)
            if found is not None:
                kept[key] = (count, at, found)
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return found


def _nobody() -> None:
    """Nobody is looked up."""

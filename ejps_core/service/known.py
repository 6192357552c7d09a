"""Who was looked up just now: kept for a second, and only while nothing was written, so that nobody outlives his session.

A program that decides families one by one would else spend most of its time on being recognised.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from ejps_core.app.access.scopes import Scope, Store
from ejps_core.app.access.secrets import digest
from ejps_core.app.access.sessions import Visit, visit_of
from ejps_core.app.access.tokens import scope_of_token

FRESH = timedelta(seconds=1)
"""How long another process (the command line) may have ended a session before it is seen here."""
KEPT = 1000
T = TypeVar("T")


class Known:
    """The sessions and tokens of the last second."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._visits: OrderedDict[str, tuple[int, datetime, Visit]] = OrderedDict()
        self._tokens: OrderedDict[str, tuple[int, datetime, Scope]] = OrderedDict()

    def visit(self, token: str, at: datetime, *, kept_only: bool = False) -> Visit | None:
        """Whose session this is; kept_only: without asking the store, None if it is not kept."""
        look = _nobody if kept_only else lambda: visit_of(self._store, token, at)
        return self._found(self._visits, token, at, look)

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

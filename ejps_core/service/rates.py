"""How often somebody may ask: a bucket of permits that fills again, for each address or account."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_BUCKETS = 10_000


class Rates:
    """The buckets of one process. Whoever was quiet the longest is forgotten when there are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allow(self, kind: str, who: str, a_minute: int) -> float:
        """Takes a permit: 0.0, or after how many seconds there will be one."""
        now, rate = self._clock(), a_minute / 60
        with self._lock:
            left, at = self._buckets.pop((kind, who), (float(a_minute), now))
            left = min(float(a_minute), left + (now - at) * rate)
            wait = 0.0 if left >= 1 else (1 - left) / rate
            self._buckets[kind, who] = (left - 1 if not wait else left, now)
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        return wait

"""How often somebody may ask: a bucket of permits that fills again, for each address or account."""

from __future__ import annotations

import time
from collections.abc import Callable

from ejps_core.service.together import Together


class Rates:
    """The buckets, of all processes of the service together: more processes don't mean more permits."""

    def __init__(self, together: Together, clock: Callable[[], float] = time.monotonic) -> None:
        self._together, self._clock = together, clock

    def allow(self, kind: str, who: str, a_minute: int) -> float:
        """Takes a permit: 0.0, or after how many seconds there will be one."""
        return self._together.take(kind, who, a_minute, self._clock())

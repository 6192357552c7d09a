"""The moment of an act, and the day it is in the province."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

WITA = timezone(timedelta(hours=8), "WITA")
"""The time of Gorontalo; it has no summer time."""


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def day_in_gorontalo(at: datetime) -> date:
    """The day of a moment where the province is."""
    return at.astimezone(WITA).date()

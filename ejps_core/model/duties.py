"""Duties under UU 27/2022 (pelindungan data pribadi) that run against a clock, and until when each is due.

Articles and terms are those that the project's sources confirm; what they don't say is marked as an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ejps_core.model.words import Words

TERM = timedelta(hours=3 * 24)
"""3 × 24 hours: Art. 30 (correction), 32 (access), 41 (pause), 46 (notice of a breach)."""
CLOCK_ASSUMED = Words(
    "asumsi, perlu dikonfirmasi: jam dihitung sejak diketahui atau diterima, tanpa hari libur dikecualikan",
    "assumption, to be confirmed: the clock runs from when it was known or received, holidays included",
)


class RequestKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    CORRECTION = "correction"
    HOLD = "hold"
    ERASURE = "erasure"


class RequestOutcome(StrEnum):
    """How a request was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class Recipient(StrEnum):
    """Who is told of a breach."""

    SUBJECTS = "subjects"
    AUTHORITY = "authority"
    PUBLIC = "public"


REQUESTS: dict[RequestKind, Words] = {
    RequestKind.ACCESS: Words("akses", "access"),
    RequestKind.CORRECTION: Words("perbaikan", "correction"),
    RequestKind.HOLD: Words("penundaan pemrosesan", "hold"),
    RequestKind.ERASURE: Words("penghapusan", "erasure"),
}
OUTCOMES: dict[RequestOutcome, Words] = {
    RequestOutcome.GRANTED: Words("dikabulkan", "granted"),
    RequestOutcome.PARTLY: Words("dikabulkan sebagian", "partly granted"),
    RequestOutcome.REFUSED: Words("ditolak", "refused"),
}
RECIPIENTS: dict[Recipient, Words] = {
    Recipient.SUBJECTS: Words("subjek data", "the data subjects"),
    Recipient.AUTHORITY: Words("lembaga pelindungan data pribadi", "the data-protection authority"),
    Recipient.PUBLIC: Words("masyarakat", "the public"),
}
GROUNDS: dict[RequestKind, Words] = {
    RequestKind.ACCESS: Words("UU 27/2022 Pasal 32: 3 × 24 jam", "UU 27/2022, Art. 32: 3 × 24 hours"),
    RequestKind.CORRECTION: Words("UU 27/2022 Pasal 30: 3 × 24 jam", "UU 27/2022, Art. 30: 3 × 24 hours"),
    RequestKind.HOLD: Words("UU 27/2022 Pasal 41: 3 × 24 jam", "UU 27/2022, Art. 41: 3 × 24 hours"),
    RequestKind.ERASURE: Words(
        "UU 27/2022 Pasal 42–44; 3 × 24 jam: asumsi, perlu dikonfirmasi",
        "UU 27/2022, Art. 42–44; 3 × 24 hours: assumption, to be confirmed",
    ),
}
BREACH_GROUND = Words("UU 27/2022 Pasal 46: 3 × 24 jam", "UU 27/2022, Art. 46: 3 × 24 hours")


@dataclass(frozen=True, slots=True)
class Clock:
    """A term as it stands at a moment. due: its end. left: what is left of it, below zero once it is over."""

    due: datetime
    left: timedelta

    @property
    def overdue(self) -> bool:
        """Whether the term is over."""
        return self.left < timedelta(0)

    @property
    def hours(self) -> int:
        """Whole hours that are left, or by which it is late: an hour begun counts as late, not as left."""
        seconds = int(abs(self.left) / timedelta(seconds=1))
        return -(-seconds // 3600) if self.overdue else seconds // 3600


def clock(since: datetime, now: datetime) -> Clock:
    """The term of 3 × 24 hours that began at `since`, as it stands at `now`.

    >>> from datetime import UTC
    >>> begun = datetime(2026, 3, 2, 4, tzinfo=UTC)
    >>> clock(begun, datetime(2026, 3, 5, 3, 59, tzinfo=UTC)).overdue
    False
    >>> clock(begun, datetime(2026, 3, 5, 4, 1, tzinfo=UTC)).hours
    1
    """
    due = since + TERM
    return Clock(due, due - now)

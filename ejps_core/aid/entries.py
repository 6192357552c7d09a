"""The record of a program's money: entries that are only ever added, each with its day, who entered it, and its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ejps_core.model.steps import Step
from ejps_core.model.words import Words

__all__ = [
    "NOTHING",
    "SPENDING",
    "TITLES",
    "Cancellation",
    "DistrictReport",
    "Entered",
    "Entry",
    "Event",
    "Ledger",
    "Money",
    "Reason",
    "Stated",
    "Step",
    "Target",
    "known_at",
]

SPENDING = (Step.PACKAGE, Step.TAX, Step.DISTRIBUTION)
TITLES = {
    Step.CEILING: Words("Pagu", "Ceiling"),
    Step.REQUEST: Words("Permintaan", "Requested"),
    Step.ADVANCE: Words("Dana talangan", "Advance funding"),
    Step.TRANSFER: Words("Ditransfer ke RKUD", "Transferred to the district treasury"),
    Step.PACKAGE: Words("Dibelanjakan: paket", "Spent: packages"),
    Step.TAX: Words("Dibelanjakan: pajak", "Spent: tax"),
    Step.DISTRIBUTION: Words("Dibelanjakan: biaya distribusi", "Spent: distribution"),
    Step.RECEIPT: Words("Diterima KPM", "Received by families"),
    Step.REFUND: Words("Pengembalian", "Refunded"),
    Step.FAILURE: Words("Gagal diserahkan", "Could not be handed over"),
}


@dataclass(frozen=True, slots=True)
class Money:
    """Whole rupiah by who bears them: the province's share and the district's."""

    province: int = 0
    district: int = 0

    @property
    def total(self) -> int:
        """Both shares."""
        return self.province + self.district

    def __add__(self, other: Money) -> Money:
        return Money(self.province + other.province, self.district + other.district)

    def __sub__(self, other: Money) -> Money:
        return Money(self.province - other.province, self.district - other.district)


NOTHING = Money()


@dataclass(frozen=True, slots=True)
class Entered:
    """Who entered something, and at which moment (with its time zone): a position counts what had been entered by then."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Money at a station, of one phase in one district.

    on: the day it happened. document: the number of the paper that proves it, for a transfer the SP2D. families: how many
    received, or could not be reached. assumed: not published or proven; every report says so.
    """

    number: str
    step: Step
    phase: int
    district: str
    money: Money
    on: date
    document: str
    entered: Entered
    families: int | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a decree fixes for a phase in a district: how many families, and the price of a package. The last one holds."""

    number: str
    phase: int
    district: str
    families: int
    price: Money
    on: date
    document: str
    entered: Entered
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictReport:
    """What a district says about a phase: obstacle, follow-up, who answers for it, by when."""

    number: str
    phase: int
    district: str
    on: date
    document: str
    entered: Entered
    obstacle: str = ""
    follow_up: str = ""
    answerable: str = ""
    deadline: date | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """Takes an earlier entry out again, from the moment it is entered; the earlier entry itself stays on record."""

    number: str
    cancels: str
    because: str
    entered: Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something that a check warns of is right after all. It answers the warning; nothing is ever blocked."""

    number: str
    code: str
    phase: int | None
    district: str | None
    because: str
    entered: Entered


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A total as somebody states it, to be compared with the exact sum.

    phase None: all phases. district None: all districts. rounded_to: the unit the figure was rounded to; 1: exact. By
    the word "Rp17,12 miliar" it is 10,000,000.
    """

    number: str
    step: Step
    phase: int | None
    district: str | None
    amount: int
    rounded_to: int
    document: str
    entered: Entered


Entry = Event | Target | DistrictReport | Cancellation | Reason | Stated


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries of a program in one budget year. districts: names by region code, in the order of reports.

    notes: what every report of it must say, such as what is assumed.
    """

    program: str
    title: Words
    year: int
    phases: tuple[int, ...]
    districts: Mapping[str, str]
    entries: tuple[Entry, ...] = field(default=())
    notes: tuple[Words, ...] = ()


def known_at(ledger: Ledger, at: datetime) -> tuple[Entry, ...]:
    """The entries that had been entered by that moment and not cancelled, in the order of their entering.

    Of two entered at once, the later one of the ledger counts as later.
    """
    entered = [entry for entry in ledger.entries if entry.entered.at <= at]
    cancelled = {entry.cancels for entry in entered if isinstance(entry, Cancellation)}
    kept = [entry for entry in entered if entry.number not in cancelled]
    return tuple(sorted(kept, key=lambda entry: entry.entered.at))

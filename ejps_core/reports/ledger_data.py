"""A ledger from plain data (JSON): checked whole, every fault with its place."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt

from ejps_core.aid.entries import (
    Cancellation,
    DistrictReport,
    Entered,
    Entry,
    Event,
    Ledger,
    Money,
    Reason,
    Stated,
    Step,
    Target,
)
from ejps_core.aid.position import Position, position
from ejps_core.model.words import Words
from ejps_core.reports.terbilang import plain_day

Amount = Annotated[StrictInt, Field(ge=0, le=10**15)]
Count = Annotated[StrictInt, Field(ge=0, le=10**9)]
Phase = Annotated[StrictInt, Field(ge=1, le=99)]


class Given(BaseModel):
    """Plain data with nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TitleData(Given):
    """A title in both languages."""

    id: str
    en: str

    def words(self) -> Words:
        """The same as words."""
        return Words(self.id, self.en)


class MoneyData(Given):
    """Whole rupiah by share."""

    province: Amount = 0
    district: Amount = 0

    def money(self) -> Money:
        """The same as a value."""
        return Money(self.province, self.district)


class EntryData(Given):
    """What every entry has: a number of its own, the moment and the person of its entering."""

    number: str
    at: AwareDatetime
    by: str

    def entered(self) -> Entered:
        """Who and when."""
        return Entered(self.at, self.by)


class EventData(EntryData):
    """Money at a station."""

    kind: Literal["event"]
    step: Step
    phase: Phase
    district: str
    money: MoneyData
    on: date
    document: str
    families: Count | None = None
    assumed: StrictBool = False

    def entry(self) -> Entry:
        """The entry."""
        return Event(
            number=self.number,
            step=self.step,
            phase=self.phase,
            district=self.district,
            money=self.money.money(),
            on=self.on,
            document=self.document,
            entered=self.entered(),
            families=self.families,
            assumed=self.assumed,
        )


class TargetData(EntryData):
    """What a decree fixes."""

    kind: Literal["target"]
    phase: Phase
    district: str
    families: Count
    price: MoneyData
    on: date
    document: str
    assumed: StrictBool = False

    def entry(self) -> Entry:
        """The entry."""
        return Target(
            number=self.number,
            phase=self.phase,
            district=self.district,
            families=self.families,
            price=self.price.money(),
            on=self.on,
            document=self.document,
            entered=self.entered(),
            assumed=self.assumed,
        )


class ReportData(EntryData):
    """What a district says about a phase."""

    kind: Literal["report"]
    phase: Phase
    district: str
    on: date
    document: str
    obstacle: str = ""
    follow_up: str = ""
    answerable: str = ""
    deadline: date | None = None
    assumed: StrictBool = False

    def entry(self) -> Entry:
        """The entry."""
        given = self.model_dump(exclude={"kind", "at", "by"})
        return DistrictReport(**given, entered=self.entered())


class CancellationData(EntryData):
    """Takes an entry out again."""

    kind: Literal["cancellation"]
    cancels: str
    because: str

    def entry(self) -> Entry:
        """The entry."""
        return Cancellation(number=self.number, cancels=self.cancels, because=self.because, entered=self.entered())


class ReasonData(EntryData):
    """Answers a caution."""

    kind: Literal["reason"]
    code: str
    because: str
    phase: Phase | None = None
    district: str | None = None

    def entry(self) -> Entry:
        """The entry."""
        return Reason(**self.model_dump(exclude={"kind", "at", "by"}), entered=self.entered())


class StatedData(EntryData):
    """A total as stated elsewhere."""

    kind: Literal["stated"]
    step: Step
    amount: Amount
    document: str
    rounded_to: Annotated[StrictInt, Field(ge=1)] = 1
    phase: Phase | None = None
    district: str | None = None

    def entry(self) -> Entry:
        """The entry."""
        return Stated(**self.model_dump(exclude={"kind", "at", "by"}), entered=self.entered())


AnyEntry = EventData | TargetData | ReportData | CancellationData | ReasonData | StatedData


class LedgerData(Given):
    """A ledger, and the moment as of which it is asked."""

    program: str
    title: TitleData
    year: StrictInt
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    districts: Annotated[dict[str, str], Field(min_length=1)]
    at: AwareDatetime
    notes: tuple[TitleData, ...] = ()
    entries: tuple[Annotated[AnyEntry, Field(discriminator="kind")], ...]

    def ledger(self) -> Ledger:
        """The ledger; a ValueError where entries do not fit together."""
        entries = tuple(each.entry() for each in self.entries)
        counted = Counter(entry.number for entry in entries)
        faults = [f"{number}: nomor dipakai dua kali (number used twice)" for number, n in counted.items() if n > 1]
        for entry in entries:
            phase, district = getattr(entry, "phase", None), getattr(entry, "district", None)
            if phase is not None and phase not in self.phases:
                faults.append(f"{entry.number}: tahap {phase} tidak ada (no such phase)")
            if district is not None and district not in self.districts:
                faults.append(f"{entry.number}: kabupaten/kota {district} tidak ada (no such district)")
            if isinstance(entry, Cancellation) and entry.cancels not in counted:
                faults.append(f"{entry.number}: {entry.cancels} tidak ada (no such entry)")
        if faults:
            raise ValueError("; ".join(faults))
        notes = tuple(note.words() for note in self.notes)
        return Ledger(self.program, self.title.words(), self.year, self.phases, self.districts, entries, notes)


def read_ledger(data: object) -> tuple[Ledger, datetime]:
    """The ledger and the moment asked for; a ValueError says everything that is wrong."""
    found = LedgerData.model_validate(data)
    return found.ledger(), found.at


def read_transfers(path: Path) -> dict[tuple[int, str], str]:
    """The payment orders of a ledger's file by phase and district, as of its moment; a ValueError says what is wrong."""
    ledger, at = read_ledger(json.loads(path.read_text(encoding="utf-8-sig")))
    return payment_orders(position(ledger, at))


def payment_orders(found: Position) -> dict[tuple[int, str], str]:
    """Number and day of the payment orders (SP2D) by phase and district."""
    return {
        (cell.phase, cell.district): "; ".join(f"{each.document}, {plain_day(each.on)}" for each in cell.transfers)
        for cell in found.cells
    }

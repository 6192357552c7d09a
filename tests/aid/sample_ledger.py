"""A small ledger: two phases, two districts, with everything in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ejps_core.aid.entries import DistrictReport, Entered, Entry, Event, Ledger, Money, Step, Target
from ejps_core.model.calendar import WITA
from ejps_core.model.words import same

PRICE = Money(106_890, 71_260)
POHUWATO, BOALEMO = "75.04", "75.02"


def moment(day: int, hour: int = 8, month: int = 10) -> datetime:
    """A moment of 2020 in Gorontalo."""
    return datetime(2020, month, day, hour, tzinfo=WITA)


def entered(day: int = 1) -> Entered:
    """Entered on a day of October 2020."""
    return Entered(moment(day), "bendahara")


def event(number: str, step: Step, money: Money, *, phase: int = 1, families: int | None = None, day: int = 1) -> Event:
    """An event in Pohuwato, entered on the day it happened."""
    return Event(
        number=number,
        step=step,
        phase=phase,
        district=POHUWATO,
        money=money,
        on=date(2020, 10, day),
        document=f"dok-{number}",
        entered=entered(day),
        families=families,
    )


def times(families: int, price: Money = PRICE) -> Money:
    """The price of so many packages."""
    return Money(price.province * families, price.district * families)


def target(number: str, families: int, phase: int = 1) -> Target:
    """The decree for Pohuwato."""
    return Target(
        number=number,
        phase=phase,
        district=POHUWATO,
        families=families,
        price=PRICE,
        on=date(2020, 4, 1),
        document="SK 1",
        entered=entered(),
    )


def report(number: str, phase: int = 1, day: int = 5) -> DistrictReport:
    """What Pohuwato says about a phase."""
    return DistrictReport(
        number=number,
        phase=phase,
        district=POHUWATO,
        on=date(2020, 10, day),
        document="laporan",
        entered=entered(day),
        obstacle="SPM belum lengkap",
        follow_up="melengkapi SPM",
        answerable="Kepala BKAD",
        deadline=date(2020, 10, 30),
    )


ENTRIES: tuple[Entry, ...] = (
    target("t1", 100),
    event("c1", Step.CEILING, times(100)),
    event("s1", Step.TRANSFER, Money(times(100).province, 0), day=2),
    event("p1", Step.PACKAGE, times(98), day=3),
    event("x1", Step.TAX, Money(120_000, 80_000), day=3),
    event("r1", Step.RECEIPT, times(98), families=98, day=4),
    event("f1", Step.FAILURE, times(2), families=2, day=4),
    report("l1"),
)


def ledger(*more: Entry, without: tuple[str, ...] = ()) -> Ledger:
    """The ledger with further entries, and without some."""
    kept = tuple(entry for entry in ENTRIES if entry.number not in without)
    districts = {BOALEMO: "Kabupaten Boalemo", POHUWATO: "Kabupaten Pohuwato"}
    return Ledger("contoh", same("Contoh"), 2020, (1, 2), districts, (*kept, *more))


def later(entry: Event, day: int) -> Event:
    """The same event, entered on another day than it happened."""
    return replace(entry, entered=entered(day))

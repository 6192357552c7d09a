"""The rows of a file as entries: what each row says, whose share it is, or why nothing can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from ejps_core.aid.entries import DistrictReport, Entered, Entry, Event, Money, Stated, Step, Target
from ejps_core.app.money.step_words import ENGLISH, REPORT, SAID, TARGET, step_named
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.registry.money.cells import district_in, order_in, phase_in, read_district
from ejps_core.registry.money.forms import ENTRIES, ORDERS, part_of
from ejps_core.registry.money.pages import Line, Page
from ejps_core.registry.problems import Problem, apart
from ejps_core.store.money import NOW, Since

UNSET = Entered(datetime(1970, 1, 1, tzinfo=UTC), "")
"""Stands in an entry that is not recorded yet: the act says who enters it and when."""
T = TypeVar("T")


class Share(StrEnum):
    """Who bears amounts that a file doesn't split."""

    PROVINCE = "province"
    DISTRICT = "district"

    def of(self, amount: int) -> Money:
        """The amount as this one's share."""
        return Money(amount, 0) if self is Share.PROVINCE else Money(0, amount)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be understood. name: of the file; on: the day that its realisation is of; today: since 1970."""

    phases: tuple[int, ...]
    name: str
    today: int
    share: Share | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A row with the entries that it gives, and since when they count; faults: why it gives none."""

    line: Line
    entries: tuple[Entry, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    since: Since = NOW


class RowError(Exception):
    """Nothing can be made of a row; `column`: in which cell the trouble is."""

    def __init__(self, problem: Problem, column: str | None = None) -> None:
        super().__init__(problem.code)
        self.problem, self.column = problem, column


Make = Callable[[Line, Reading], Iterator[Entry]]


def drafts(page: Page, reading: Reading) -> tuple[Draft, ...]:
    """A draft for every row of the page."""
    assert page.form is not None
    make: Make = {ENTRIES.name: _entry, ORDERS.name: _order}.get(page.form.name, _realisation)
    return tuple(_draft(line, reading, make) for line in page.lines)


def _draft(line: Line, reading: Reading, make: Make) -> Draft:
    if line.faults:
        return Draft(line, faults=line.faults)
    try:
        return Draft(line, tuple(make(line, reading)), since=_since(line))
    except RowError as wrong:
        place = line.place if wrong.column is None else replace(line.place, column=wrong.column)
        return Draft(line, faults=(wrong.problem.at(place),))


def _since(line: Line) -> Since:
    moment = line.values.get("dicatat")
    return Since(moment if isinstance(moment, datetime) else None, line.text("oleh") or None)


def _entry(line: Line, reading: Reading) -> Iterator[Entry]:
    """A row of the form of entries."""
    if line.total:
        return
    kind = step_named(line.text("langkah"))
    phase, district = _needed(line.number("tahap"), "tahap"), _needed(line.text("kabupaten/kota"), "kabupaten/kota")
    on, document, number = _needed(line.day("tanggal"), "tanggal"), line.text("dokumen"), line.text("nomor")
    assumed = line.values.get("asumsi") is True
    if kind == REPORT:
        yield _report(line, phase, district, on, document, number=number, assumed=assumed)
    elif kind == TARGET:
        families, price = _needed(line.number("kpm"), "kpm"), _money(line, reading)
        yield Target(
            number=number, phase=phase, district=district, families=families, price=price, on=on, document=document,
            entered=UNSET, assumed=assumed,
        )  # fmt: skip
    elif isinstance(kind, Step):
        yield Event(
            number=number, step=kind, phase=phase, district=district, money=_money(line, reading), on=on,
            document=document, entered=UNSET, families=line.number("kpm"), assumed=assumed,
        )  # fmt: skip
    else:
        raise RowError(_no_step(line.text("langkah")), "langkah")


def _money(line: Line, reading: Reading) -> Money:
    """The row's amount by share: as it is split, or whose the file's amounts were said to be."""
    shares = (line.number("porsi provinsi"), line.number("porsi kabupaten/kota"))
    whole = line.number("jumlah")
    if shares == (None, None):
        if whole is None:
            raise RowError(_missing("jumlah"), "jumlah")
        return _borne(whole, reading)
    money = Money(shares[0] or 0, shares[1] or 0)
    if whole is not None and whole != money.total:
        raise RowError(_SUM, "jumlah")
    return money


def _borne(amount: int, reading: Reading) -> Money:
    if reading.share is None:
        raise RowError(_WHOSE)
    return reading.share.of(amount)


def _needed(value: T | None, column: str) -> T:
    if value is None or value == "":
        raise RowError(_missing(column), column)
    return value


def _report(
    line: Line, phase: int, district: str, on: date, document: str, *, number: str = "", assumed: bool = False
) -> DistrictReport:
    obstacle = line.text("kendala") or line.text("kendala/keterangan")
    return DistrictReport(
        number=number, phase=phase, district=district, on=on, document=document, entered=UNSET, obstacle=obstacle,
        follow_up=line.text("tindak lanjut"), answerable=line.text("penanggung jawab"), deadline=line.day("tenggat"),
        assumed=assumed,
    )  # fmt: skip


def _order(line: Line, reading: Reading) -> Iterator[Entry]:
    """A payment order of the treasury: a transfer, to the district and for the phase that it names."""
    if line.total:
        return
    told = f"{line.text('penerima')} {line.text('uraian')}"
    district = line.text("kabupaten/kota") or district_in(line.text("penerima")) or district_in(told)
    phase = line.number("tahap") or phase_in(told)
    if district is None:
        raise RowError(_NO_DISTRICT)
    if phase is None:
        raise RowError(_NO_PHASE)
    yield Event(
        number="", step=Step.TRANSFER, phase=phase, district=district,
        money=_borne(_needed(line.number("nilai sp2d"), "nilai sp2d"), reading),
        on=_needed(line.day("tanggal sp2d"), "tanggal sp2d"), document=_needed(line.text("no sp2d"), "no sp2d"),
        entered=UNSET,
    )  # fmt: skip


def _realisation(line: Line, reading: Reading) -> Iterator[Entry]:
    """A row of the realisation by district: its transfers and receipts by phase, the totals as they are stated."""
    name = line.text("kabupaten/kota")
    district = None if line.total else read_district(name)[0]
    if district is None and not line.total:
        raise RowError(read_district(name)[1][0] if name else _missing("kabupaten/kota"), "kabupaten/kota")
    for column, step in (("pagu", Step.CEILING), ("total disalurkan", Step.TRANSFER)):
        if (amount := line.number(column)) is not None:
            yield Stated(
                number="", step=step, phase=None, district=district, amount=amount, rounded_to=1, document=reading.name,
                entered=UNSET,
            )  # fmt: skip
    if district is None:
        return
    last = reading.phases[0]
    for phase in reading.phases:
        found = tuple(_of_phase(line, phase, district, reading))
        yield from found
        last = phase if found else last
    if line.text("kendala/keterangan") or line.text("tindak lanjut"):
        yield _report(line, last, district, _day(reading), reading.name)


def _of_phase(line: Line, phase: int, district: str, reading: Reading) -> Iterator[Entry]:
    def amount(part: str) -> int | None:
        return line.number(part_of(part, phase))

    def event(step: Step, money: Money, on: date, document: str, families: int | None = None) -> Event:
        return Event(
            number="", step=step, phase=phase, district=district, money=money, on=on, document=document, entered=UNSET,
            families=families,
        )  # fmt: skip

    if ceiling := amount("ceiling"):
        yield event(Step.CEILING, _borne(ceiling, reading), _day(reading), reading.name)
    transferred = amount("transferred")
    if transferred is None and (line.text(part_of("sp2d", phase)) or line.text(part_of("sp2d number", phase))):
        raise RowError(_missing(part_of("disalurkan tahap", phase)))
    if transferred:
        document, on = _sp2d(line, phase, reading)
        yield event(Step.TRANSFER, _borne(transferred, reading), on, document)
    received, reached = amount("received"), amount("reached")
    if received or reached:
        if received is None:
            raise RowError(_missing(part_of("nilai realisasi tahap", phase)))
        yield event(Step.RECEIPT, _borne(received, reading), _day(reading), reading.name, reached)


def _sp2d(line: Line, phase: int, reading: Reading) -> tuple[str, date]:
    """Number and day of the order by which a phase was transferred."""
    number, day = order_in(line.text(part_of("sp2d", phase)), reading.today)
    number = line.text(part_of("sp2d number", phase)) or number
    day = line.day(part_of("sp2d day", phase)) or day
    if not number or day is None:
        raise RowError(_no_order(phase))
    return number, day


def _day(reading: Reading) -> date:
    if reading.on is None:
        raise RowError(_NO_DAY)
    return reading.on


def _missing(column: str) -> Problem:
    return apart(
        "money-cell-missing",
        f"Baris ini tidak dicatat: {column} belum diisi.",
        f"This row is not kept: {column} is not filled in.",
        "Lengkapi barisnya.",
        "Complete the row.",
    )


def _no_step(text: str) -> Problem:
    return apart(
        "step-unknown",
        f"Baris ini tidak dicatat: “{text}” bukan langkah uang.",
        f"This row is not kept: “{text}” is no station of the money.",
        f"Pilihannya: {SAID}.",
        f"The stations: {ENGLISH}.",
    )


def _no_order(phase: int) -> Problem:
    return apart(
        "order-missing",
        f"Baris ini tidak dicatat: tahap {phase} disalurkan tanpa nomor dan tanggal SP2D.",
        f"This row is not kept: phase {phase} was transferred without number and day of the payment order.",
        "Isi nomor dan tanggalnya: 0123/SP2D/2020, 11-05-2020.",
        "Fill in number and day: 0123/SP2D/2020, 11-05-2020.",
    )


_SUM = apart(
    "shares-not-sum",
    "Baris ini tidak dicatat: porsi provinsi dan kabupaten/kota tidak berjumlah sama.",
    "This row is not kept: the shares do not add up to the amount.",
    "Perbaiki porsinya atau jumlahnya.",
    "Mend the shares or the amount.",
)
_WHOSE = apart(
    "share-unsaid",
    "Baris ini tidak dicatat: tidak disebut porsi siapa.",
    "This row is not kept: it is not said whose share it is.",
    "Pakai kolom porsi provinsi dan porsi kabupaten/kota, atau sebut --share province atau district.",
    "Use the columns of the shares, or give --share province or district.",
)
_NO_DISTRICT = apart(
    "district-unsaid",
    "Baris ini tidak dicatat: kabupaten/kota penerimanya tidak jelas.",
    "This row is not kept: which district it went to is not clear.",
    "Tambah kolom kabupaten/kota, atau sebut satu nama daerah di penerima atau uraian.",
    "Add the column district, or name one district in payee or description.",
)
_NO_PHASE = apart(
    "phase-unsaid",
    "Baris ini tidak dicatat: tahapnya tidak jelas.",
    "This row is not kept: which phase it is for is not clear.",
    "Tambah kolom tahap, atau tulis “tahap III” di uraian.",
    "Add the column phase, or write “tahap III” in the description.",
)
_NO_DAY = apart(
    "day-unsaid",
    "Baris ini tidak dicatat: keadaan per tanggal berapa tidak disebut.",
    "This row is not kept: of which day it is is not said.",
    "Sebut dengan --on 2020-10-16.",
    "Say it with --on 2020-10-16.",
)

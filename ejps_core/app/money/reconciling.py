"""A file of the treasury or a bank beside the entries on record: compared, and the answers on record with who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ejps_core.aid.entries import Event, Step
from ejps_core.aid.reconciling import Pair, Payment, Side, counted, reconcile
from ejps_core.app.money.books import Book, book_of
from ejps_core.app.money.importing import Judged, bytes_of, counted_rows, page_of, rows_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.steps import Compared
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Words
from ejps_core.registry.money.forms import ORDERS, STATEMENT
from ejps_core.registry.money.pages import Line, Page
from ejps_core.store.acts import Purpose
from ejps_core.store.money import Received, entries_of, file_with, hold_year, record_file
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.reconciling import Answers, reconciliation_of, reconciliations, record_reconciliation
from ejps_core.store.session import Work
from ejps_core.store.tables import ReconciliationLine
from ejps_core.store.words import FileKind


class Flow(StrEnum):
    """Which column of a bank's statement holds the payments: what left the account, or what came in."""

    DEBIT = "debit"
    CREDIT = "credit"

    @property
    def column(self) -> str:
        """The name of the column."""
        return "debet" if self is Flow.DEBIT else "kredit"


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is compared with what. first, last: the days that the file covers (None: as its rows say)."""

    path: Path
    step: Step = Step.TRANSFER
    flow: Flow | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A reconciliation on record. sums: each answer with how many and their rupiah; apart: rows that can't be read."""

    number: int
    form: str
    days: tuple[date, date]
    pairs: tuple[Pair, ...]
    sums: tuple[tuple[Compared, int, int], ...]
    findings: tuple[Diagnostic, ...]
    apart: int

    @property
    def whole(self) -> bool:
        """Whether every payment of both sides is matched."""
        return not self.apart and all(pair.answer is Compared.MATCHED for pair in self.pairs)


def reconcile_file(
    options: StoreOptions, actor: Actor, program: str, year: int | None, asked: Comparing, plugins: Plugins
) -> Reconciled | Diagnostic:
    """Compares a file with the entries of one station, and puts every answer on record."""
    return attempt(partial(_reconciled, options, actor, program, year, asked, plugins))


def _reconciled(
    options: StoreOptions, actor: Actor, program: str, year: int | None, asked: Comparing, plugins: Plugins
) -> Reconciled:
    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.AUDIT)
        data = bytes_of(asked.path)
        page = page_of(asked.path, (ORDERS, STATEMENT), plugins, day_number(act.at.date()))
        payments = _payments(page, asked)
        days = _days(payments, asked)
        judged = tuple(_judged(line) for line in page.lines)
        assert page.form is not None
        with store.writing(act) as work:
            book = book_of(work.session, program, year)
            hold_year(work, book.id)
            book = book_of(work.session, program, year)
            events = [each for each in book.standing if isinstance(each, Event) and each.step is asked.step]
            pairs = reconcile(events, payments, days)
            file = _file(work, book, asked.path.name, data, page.form.name, judged)
            sums = tuple(counted(pairs))
            counts = {answer.value: count for answer, count, _ in sums}
            answers = Answers(file, asked.step.value, days, counts, list(_lines(work, book, pairs)))
            number = record_reconciliation(work, answers)
        said = (*page.findings, *(finding for each in judged for finding in each.findings))
        apart = sum(each.verdict is RowVerdict.SET_APART for each in judged)
        return Reconciled(number, page.form.name, days, pairs, sums, said, apart)


def _payments(page: Page, asked: Comparing) -> list[Payment]:
    assert page.form is not None
    if page.form.name == STATEMENT.name:
        if asked.flow is None:
            raise _WHICH_FLOW
        found = [_of_statement(line, asked.flow) for line in page.lines if not (line.faults or line.total)]
    else:
        found = [_of_orders(line) for line in page.lines if not (line.faults or line.total)]
    return [each for each in found if each is not None]


def _of_orders(line: Line) -> Payment | None:
    amount, on = line.number("nilai sp2d"), line.day("tanggal sp2d")
    if amount is None or on is None:
        return None
    return Payment(line.text("no sp2d"), on, amount, line.place.row or 0, line.text("uraian"))


def _of_statement(line: Line, flow: Flow) -> Payment | None:
    amount, on = line.number(flow.column), line.day("tanggal")
    if not amount or on is None:
        return None
    told = f"{line.text('referensi')} {line.text('uraian')}"
    return Payment("", on, amount, line.place.row or 0, told)


def _days(payments: Sequence[Payment], asked: Comparing) -> tuple[date, date]:
    days = [payment.on for payment in payments]
    if not days and (asked.first is None or asked.last is None):
        raise StoreError(
            "no-payments",
            Words("Tidak ada pembayaran yang terbaca di berkas ini.", "No payment can be read in this file."),
            Words("Periksa kolomnya: docs/money.md.", "Check its columns: docs/money.md."),
        )
    return asked.first or min(days), asked.last or max(days)


def _judged(line: Line) -> Judged:
    return Judged(line, RowVerdict.SET_APART if line.faults else RowVerdict.ACCEPTED, line.faults)


def _file(work: Work, book: Book, name: str, data: bytes, form: str, judged: Sequence[Judged]) -> int:
    """The number of the file; it is put on record if it is not there."""
    digest = sha256(data).hexdigest()
    known = file_with(work.session, book.id, FileKind.COMPARISON, digest)
    if known is not None and known.id is not None:
        return known.id
    received = Received(FileKind.COMPARISON, form, name, digest, len(data), counted_rows(judged), rows_of(judged))
    return record_file(work, book.id, received)


def _lines(work: Work, book: Book, pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    ids = {each.number: each.id for each in entries_of(work.session, book.id)}
    return [
        {
            "outcome": pair.answer.value,
            "entry_id": ids[pair.here.numbers[0]] if pair.here else None,
            "file_row": pair.there.rows[0] if pair.there else None,
            "document": _document(pair),
            "amount_here": pair.here and pair.here.amount,
            "amount_there": pair.there and pair.there.amount,
            "day_here": _first(pair.here),
            "day_there": _first(pair.there),
        }
        for pair in pairs
    ]


def _document(pair: Pair) -> str:
    return next((side.document for side in (pair.here, pair.there) if side and side.document), "")[:200]


def _first(side: Side | None) -> date | None:
    return side.days[0] if side else None


def reconciliations_on_record(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The reconciliations on record: which file, who compared it when, what came of it."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(
                {
                    "reconciliation": each.id,
                    "program": year.program,
                    "year": year.year,
                    "file": file.file_name,
                    "step": each.step,
                    "days": each.days,
                    "counts": each.counts,
                    "compared_at": each.compared_at.isoformat(timespec="seconds"),
                    "compared_by": each.compared_by,
                }
                for each, file, year in reconciliations(session)
            )

    return attempt(found)


def answers_on_record(options: StoreOptions, number: int) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The answers of one reconciliation, line by line."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(_told(line) for line in reconciliation_of(session, number)[1])

    return attempt(found)


def _told(line: ReconciliationLine) -> Mapping[str, Any]:
    return {
        "outcome": line.outcome,
        "document": line.document,
        "amount_here": line.amount_here,
        "amount_there": line.amount_there,
        "day_here": line.day_here and line.day_here.isoformat(),
        "day_there": line.day_there and line.day_there.isoformat(),
        "row": line.file_row,
    }


_WHICH_FLOW = StoreError(
    "flow-unsaid",
    Words("Kolom mana dari rekening koran yang dibandingkan?", "Which column of the statement is to be compared?"),
    Words(
        "Sebut --flow debit (keluar dari rekening) atau --flow credit (masuk).",
        "Give --flow debit (what left the account) or --flow credit (what came in).",
    ),
)

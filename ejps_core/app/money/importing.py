"""A file of entries put on record: every row accepted or set apart with the reason; the same file again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ejps_core.aid.entries import Cancellation, Entry
from ejps_core.app.money.books import Book, book_of
from ejps_core.app.money.drafts import Draft, Reading, Share, drafts
from ejps_core.app.money.fitting import misfit
from ejps_core.app.money.records import as_row, content
from ejps_core.app.registers import papers, readers
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Words
from ejps_core.registry.money.forms import ENTRIES, ORDERS, realisation
from ejps_core.registry.money.pages import Line, Page, read_page
from ejps_core.registry.problems import Problem, apart, remark
from ejps_core.reports.ledger_data import read_ledger
from ejps_core.store.acts import Purpose
from ejps_core.store.money import Received, Since, add_entries, file_with, hold_year, record_file
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.words import FileKind

LEDGER = "ledger"
"""The form of entries as JSON, such as `docs/reports.md` tells."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of entries. share: whose its amounts are where it doesn't split them; on: the day of its realisation."""

    path: Path
    share: Share | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a row."""

    line: Line
    verdict: RowVerdict
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A file on record. again: it was there, and nothing was changed. numbers: of the entries that it gave."""

    number: int
    form: str
    again: bool
    counts: Mapping[str, int]
    numbers: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def partly(self) -> bool:
        """Whether a row was set apart."""
        return self.counts["set_apart"] > 0


def import_entries(
    options: StoreOptions, actor: Actor, program: str, year: int | None, file: File, plugins: Plugins
) -> Imported | Diagnostic:
    """Reads a file and puts its entries on record, all that can be kept at once, or nothing."""
    return attempt(partial(_imported, options, actor, program, year, file, plugins))


def _imported(options: StoreOptions, actor: Actor, program: str, year: int | None, file: File, plugins: Plugins) -> Imported:
    with open_store(place_of(options)) as store:
        act = act_of(actor, Purpose.IMPORT)
        content_of_file = bytes_of(file.path)
        with store.reading() as session:
            book = book_of(session, program, year)
        form, found, findings = _read(file, content_of_file, book, plugins, day_number(act.at.date()))
        with store.writing(act) as work:
            hold_year(work, book.id)
            book = book_of(work.session, program, year)
            digest = sha256(content_of_file).hexdigest()
            known = file_with(work.session, book.id, FileKind.ENTRIES, digest)
            if known is not None and known.id is not None:
                work.tell("money.file-again", "money-file", known.id)
                return Imported(known.id, known.form, True, known.counts)
            judged, kept = judge(book, found)
            counts = counted_rows(judged)
            received = Received(
                FileKind.ENTRIES, form, file.path.name, digest, len(content_of_file), counts, rows_of(judged)
            )
            number = record_file(work, book.id, received)
            numbers = add_entries(work, book.id, [_row(entry, since, number, row) for entry, since, row in kept])
        said = (*findings, *(finding for each in judged for finding in each.findings))
        return Imported(number, form, False, counts, numbers, said)


def bytes_of(path: Path) -> bytes:
    """The file's content; StoreError if it can't be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise StoreError(
            "no-such-file",
            Words(f"Berkas {path} tidak dapat dibaca: {why}.", f"The file {path} can't be read: {why}."),
        ) from problem


def _read(
    file: File, data: bytes, book: Book, plugins: Plugins, today: int
) -> tuple[str, tuple[Draft, ...], tuple[Diagnostic, ...]]:
    """The form of the file, its rows as drafts, and what is to be said of it."""
    if file.path.suffix.lower() == ".json":
        found, notes = _of_ledger(file.path, data, book)
        lost = any(note not in book.ledger.notes for note in notes)
        return LEDGER, found, (_NOTES.at(Cell(str(file.path))),) if lost else ()
    phases = book.ledger.phases
    page = page_of(file.path, (ENTRIES, ORDERS, realisation(phases)), plugins, today)
    assert page.form is not None
    reading = Reading(phases, file.path.name, today, file.share, file.on)
    return page.form.name, drafts(page, reading), page.findings


def page_of(path: Path, forms: Sequence[Any], plugins: Plugins, today: int) -> Page:
    """The rows of a file in one of these forms; StoreError if it can't be used."""
    nothing = Page(None, (), ())
    page, said = papers(lambda: (read_page(path, forms, readers(plugins), today), ()), nothing, path, plugins)
    if page.form is None:
        found = (*said, *page.findings)
        problem = next(each for each in found if each.severity is Severity.ERROR)
        raise StoreError(problem.code, problem.words, problem.mend)
    return page


def _of_ledger(path: Path, data: bytes, book: Book) -> tuple[tuple[Draft, ...], tuple[Words, ...]]:
    """The entries of a ledger in JSON, each with its own number and the moment of its entering; and its notes."""
    try:
        ledger, _ = read_ledger(json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as problem:
        why = str(problem)
        if isinstance(problem, ValidationError):
            why = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problem.errors()[:20])
        raise StoreError(
            "bad-ledger",
            Words(f"Berkas {path.name} tidak dapat dipakai: {why}", f"The file {path.name} can't be used: {why}"),
            Words("Bentuknya dijelaskan di docs/reports.md.", "docs/reports.md tells its form."),
        ) from problem
    if (ledger.program, ledger.year) != (book.ledger.program, book.ledger.year):
        raise StoreError(
            "other-book",
            Words(
                f"Berkas ini tentang {ledger.program} {ledger.year}.", f"This file is about {ledger.program} {ledger.year}."
            ),
        )
    found = tuple(
        Draft(Line({}, Cell(str(path), row=row)), (entry,), since=Since(entry.entered.at, entry.entered.by))
        for row, entry in enumerate(ledger.entries, start=1)
    )
    return found, ledger.notes


_NOTES = remark(
    "notes-not-kept",
    "Catatan laporan di berkas ini tidak ikut dicatat.",
    "The notes of reports in this file are not kept.",
    "Berikan saat membuka tahun anggaran: ejps money open … --note TEKS.",
    "Give them when the budget year is opened: ejps money open … --note TEXT.",
)


Kept = tuple[Entry, Since, int]
"""An entry, since when it counts, and its row."""


def judge(book: Book, found: Sequence[Draft]) -> tuple[tuple[Judged, ...], list[Kept]]:
    """What becomes of each row, and the entries to be kept; one that stands on record is not kept twice."""
    cancelled = {each.cancels for each in book.ledger.entries if isinstance(each, Cancellation)}
    there = {content(each): each.number for each in book.ledger.entries if each.number not in cancelled}
    numbers = {each.number for each in book.ledger.entries}
    judged, kept = [], list[Kept]()
    for draft in found:
        problems = [each.at(draft.line.place) for entry in draft.entries if (each := misfit(entry, book.ledger))]
        problems += [_used(n).at(draft.line.place) for n in _numbers_used(draft, numbers, there)]
        faults = (*draft.faults, *problems)
        if faults:
            judged.append(Judged(draft.line, RowVerdict.SET_APART, faults))
            continue
        said = []
        for entry in draft.entries:
            known = there.get(content(entry))
            if known is not None:
                said.append(_there(known).at(draft.line.place))
                continue
            there[content(entry)] = entry.number or f"baris {draft.line.place.row}"
            numbers |= {entry.number} - {""}
            kept.append((entry, draft.since, draft.line.place.row or 0))
        judged.append(Judged(draft.line, RowVerdict.WITH_REMARK if said else RowVerdict.ACCEPTED, tuple(said)))
    return tuple(judged), kept


def _numbers_used(draft: Draft, numbers: set[str], there: Mapping[Any, str]) -> list[str]:
    own = [each for each in draft.entries if each.number in numbers]
    return [each.number for each in own if there.get(content(each)) != each.number]


def counted_rows(judged: Sequence[Judged]) -> dict[str, int]:
    """How many rows there are of each verdict."""
    verdicts = [each.verdict for each in judged]
    return {"rows": len(judged)} | {each.value: verdicts.count(each) for each in RowVerdict}


def rows_of(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """What became of the rows, as columns of money_file_rows."""
    return [
        {
            "position": place,
            "sheet": each.line.place.sheet,
            "row": each.line.place.row or 0,
            "verdict": each.verdict.value,
            "codes": [{"code": f.code, "id": f.words.id, "en": f.words.en} for f in each.findings],
        }
        for place, each in enumerate(judged, start=1)
    ]


def _row(entry: Entry, since: Since, file: int, row: int) -> dict[str, Any]:
    return as_row(entry) | {"since": since, "file_id": file, "file_row": row}


def _there(number: str) -> Problem:
    return remark(
        "entry-already-recorded",
        f"Sudah tercatat ({number}): tidak dicatat dua kali.",
        f"On record already ({number}): it is not entered twice.",
        "Bila memang dua pembayaran, bedakan nomor dokumennya.",
        "If these are two payments, tell their documents apart.",
    )


def _used(number: str) -> Problem:
    return apart(
        "entry-number-used",
        f"Nomor catatan {number} sudah dipakai: baris ini tidak dicatat.",
        f"The entry number {number} is used already: this row is not kept.",
        "Kosongkan nomornya, atau pakai nomor lain.",
        "Leave the number blank, or use another.",
    )

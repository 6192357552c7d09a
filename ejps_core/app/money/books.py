"""The books of a program: its budget year opened, found again, and its ledger as the store has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ejps_core.aid.entries import Cancellation, Entry, Ledger
from ejps_core.app.money.records import as_entry
from ejps_core.app.programs import choose
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.regions import DISTRICTS, PROVINCE
from ejps_core.store.acts import Purpose
from ejps_core.store.money import NOW, Since, Terms, entries_of, find_year, open_year, terms_of, years
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.tables import BudgetYear


@dataclass(frozen=True, slots=True)
class Book:
    """A budget year on record, with all its entries."""

    id: int
    ledger: Ledger

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that nobody has cancelled, without the cancellations."""
        gone = {each.cancels for each in self.ledger.entries if isinstance(each, Cancellation)}
        kept = [each for each in self.ledger.entries if not isinstance(each, Cancellation)]
        return tuple(each for each in kept if each.number not in gone)


@dataclass(frozen=True, slots=True)
class Opening:
    """A budget year to be opened, or given other terms. title None: the program's own; districts (): all of the province."""

    program: str
    year: int
    phases: tuple[int, ...]
    title: Words | None = None
    districts: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()
    since: Since = NOW


def open_book(options: StoreOptions, actor: Actor, opening: Opening, plugins: Plugins) -> int | Diagnostic:
    """Opens a budget year of an installed program, or changes its terms from now on; its number."""

    def made() -> int:
        terms = _terms(opening, plugins)
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
            return open_year(work, opening.program, PROVINCE, opening.year, terms, opening.since)

    return attempt(made)


def _terms(opening: Opening, plugins: Plugins) -> Terms:
    title = opening.title
    if title is None:
        chosen = choose(opening.program, plugins)
        if chosen.exit:
            problem = chosen.findings[0]
            raise StoreError(problem.code, problem.words, problem.mend)
        title = chosen.rulesets[0].title
    if not opening.phases or len(set(opening.phases)) < len(opening.phases) or min(opening.phases) < 1:
        raise StoreError(
            "bad-phases",
            Words("Tahap harus angka dari 1, masing-masing sekali.", "Phases are numbers from 1, each once."),
            Words("Tulis misalnya --phases 1,2,3.", "Write for example --phases 1,2,3."),
        )
    unknown = [code for code in opening.districts if code not in DISTRICTS]
    if unknown:
        listed = ", ".join(f"{code} {name}" for code, name in DISTRICTS.items())
        raise StoreError(
            "unknown-district",
            Words(f"“{unknown[0]}” bukan kabupaten/kota di Gorontalo.", f"“{unknown[0]}” is no district of Gorontalo."),
            Words(f"Pilihannya: {listed}.", f"The districts: {listed}."),
        )
    districts = {code: DISTRICTS[code] for code in (opening.districts or DISTRICTS)}
    return Terms(_both(title), opening.phases, districts, [_both(note) for note in opening.notes])


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def book_of(session: Session, program: str, year: int | None = None, by: datetime | None = None) -> Book:
    """The book of a program in a year (None: the only one there is), with its terms as of `by`; StoreError if none."""
    found = _year(session, program, year)
    assert found.id is not None
    terms = terms_of(session, found.id, by)
    assert terms is not None
    return Book(
        found.id,
        Ledger(
            program=found.program,
            title=Words(**terms.title),
            year=found.year,
            phases=tuple(terms.phases),
            districts=dict(terms.districts),
            entries=tuple(as_entry(row) for row in entries_of(session, found.id)),
            notes=tuple(Words(**note) for note in terms.notes),
        ),
    )


def _year(session: Session, program: str, year: int | None) -> BudgetYear:
    if year is not None:
        found = find_year(session, program, PROVINCE, year)
        if found is None:
            raise _not_opened(program, year)
        return found
    all_years = years(session, program)
    if not all_years:
        raise _not_opened(program, None)
    if len(all_years) > 1:
        listed = ", ".join(str(each.year) for each in all_years)
        raise StoreError(
            "which-year",
            Words(f"Tahun anggaran mana dari {program}?", f"Which budget year of {program}?"),
            Words(f"Sebut --year; yang ada: {listed}.", f"Give --year; there are: {listed}."),
        )
    return all_years[0]


def _not_opened(program: str, year: int | None) -> StoreError:
    which = "" if year is None else f" {year}"
    return StoreError(
        "budget-year-unknown",
        Words(
            f"Tahun anggaran{which} program {program} belum dibuka.",
            f"The budget year{which} of the program {program} is not opened.",
        ),
        Words(
            f"Buka dengan: ejps money open {program} --year 2020 --phases 1,2,3",
            f"Open it with: ejps money open {program} --year 2020 --phases 1,2,3",
        ),
    )


def books_on_record(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The budget years on record."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(
                {
                    "program": each.program,
                    "year": each.year,
                    "phases": list(book.ledger.phases),
                    "districts": dict(book.ledger.districts),
                    "entries": len(book.ledger.entries),
                }
                for each in years(session)
                for book in (book_of(session, each.program, each.year),)
            )

    return attempt(found)

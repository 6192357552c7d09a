"""One entry at the desk: money, a decree's target, a district's report, a reason, a cancellation."""

from __future__ import annotations

from ejps_core.aid.checks import CODES
from ejps_core.aid.entries import Cancellation, DistrictReport, Entry, Event, Reason, Stated, Target
from ejps_core.app.money.books import Book, book_of
from ejps_core.app.money.fitting import misfit
from ejps_core.app.money.records import as_row, content
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.money import NOW, Since, add_entries, hold_year, no_entry
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError


def enter(
    options: StoreOptions, actor: Actor, program: str, year: int | None, entry: Entry, since: Since = NOW
) -> str | Diagnostic:
    """Puts one entry on record; its number. `entered` of the entry is not used: the act says who and when."""

    def made() -> str:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.ADMINISTRATION)
            with store.writing(act) as work:
                book = book_of(work.session, program, year)
                hold_year(work, book.id)
                book = book_of(work.session, program, year)
                place = _district_of(book, entry)
                _refuse_district(act.district, place)
                _refuse(book, entry)
                return add_entries(work, book.id, [as_row(entry) | {"since": since, "district": place}])[0]

    return attempt(made)


def _refuse(book: Book, entry: Entry) -> None:
    """StoreError if the entry doesn't fit the book, or says what stands there already."""
    problem = misfit(entry, book.ledger)
    if problem is not None:
        raise StoreError(problem.code, problem.words, problem.mend)
    if isinstance(entry, Cancellation):
        _refuse_cancelling(book, entry)
    if isinstance(entry, Reason) and entry.code not in CODES:
        listed = ", ".join(CODES)
        raise StoreError(
            "caution-unknown",
            Words(f"“{entry.code}” bukan kode peringatan.", f"“{entry.code}” is no code of a caution."),
            Words(f"Kodenya: {listed}.", f"The codes: {listed}."),
        )
    if isinstance(entry, Event | Target | DistrictReport | Stated):
        same = next((each.number for each in book.standing if content(each) == content(entry)), None)
        if same is not None:
            raise twice(same)


def _refuse_cancelling(book: Book, entry: Cancellation) -> None:
    there = {each.number: each for each in book.ledger.entries}
    if entry.cancels not in there:
        raise no_entry(entry.cancels)
    if entry.cancels not in {each.number for each in book.standing}:
        raise StoreError(
            "entry-cancelled",
            Words(f"Catatan {entry.cancels} sudah dibatalkan.", f"The entry {entry.cancels} is cancelled already."),
        )


def _district_of(book: Book, entry: Entry) -> str | None:
    """The district that an entry is about; a cancellation is about the one of what it cancels, where it is seen too."""
    if isinstance(entry, Cancellation):
        cancelled = next((each for each in book.ledger.entries if each.number == entry.cancels), None)
        if cancelled is None:
            raise no_entry(entry.cancels)
        return getattr(cancelled, "district", None)
    return getattr(entry, "district", None)


def _refuse_district(own: str | None, place: str | None) -> None:
    """An officer of a district enters for his own."""
    if own is not None and place != own:
        raise StoreError(
            "other-district",
            Words(f"Petugas {own} hanya mencatat untuk daerahnya.", f"An officer of {own} enters for his own district."),
        )


def twice(number: str) -> StoreError:
    """The same stands on record already."""
    return StoreError(
        "entry-already-recorded",
        Words(f"Sudah tercatat sebagai {number}.", f"It is on record already, as {number}."),
        Words(
            "Bila memang dua pembayaran, bedakan nomor dokumennya; bila salah, batalkan yang lama.",
            "If these are two payments, tell their documents apart; if the old one is wrong, cancel it.",
        ),
    )

"""What somebody says at the desk about money, as texts, made an entry; or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ejps_core.aid.entries import Cancellation, DistrictReport, Entry, Event, Money, Reason, Stated, Step, Target
from ejps_core.app.money.drafts import UNSET
from ejps_core.app.money.step_words import ENGLISH, REPORT, SAID, TARGET, step_named
from ejps_core.app.stores import attempt
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.listing import Kind
from ejps_core.model.words import Words
from ejps_core.registry.money.cells import read_cell, read_moment
from ejps_core.registry.money.forms import Holds
from ejps_core.store.money import NOW, Since
from ejps_core.store.problems import StoreError


@dataclass(frozen=True, slots=True)
class Said:
    """An entry as it is said. step: a station of the money, or target, or report; None and '': not said."""

    step: str
    phase: str | None = None
    district: str | None = None
    on: str | None = None
    province: str | None = None
    district_share: str | None = None
    amount: str | None = None
    rounded_to: str | None = None
    families: str | None = None
    document: str = ""
    number: str = ""
    assumed: bool = False
    obstacle: str = ""
    follow_up: str = ""
    answerable: str = ""
    deadline: str | None = None


@dataclass(slots=True)
class _Reader:
    """Reads the options; the first that is wrong stops it."""

    said: Said

    def read(self, option: str, holds: Holds) -> object:
        """The value of an option; None: not given."""
        text = getattr(self.said, option.replace("-", "_"))
        if text is None or not text.strip():
            return None
        value, problems = read_cell(holds, text.strip(), Kind.TEXT, 0)
        if value is None and problems:
            words = problems[0].words
            told = Words(f"--{option}: {words.id}", f"--{option}: {words.en}")
            raise StoreError.of(Diagnostic(problems[0].code, Severity.ERROR, None, told, problems[0].mend))
        return value

    def amount(self, option: str) -> int | None:
        """Whole rupiah."""
        value = self.read(option, Holds.AMOUNT)
        return value if isinstance(value, int) else None

    def count(self, option: str) -> int | None:
        """A number of families."""
        value = self.read(option, Holds.COUNT)
        return value if isinstance(value, int) else None

    def phase(self) -> int | None:
        """The phase."""
        value = self.read("phase", Holds.PHASE)
        return value if isinstance(value, int) else None

    def district(self) -> str | None:
        """The district's code."""
        value = self.read("district", Holds.DISTRICT)
        return value if isinstance(value, str) else None

    def day(self, option: str) -> date | None:
        """A day."""
        value = self.read(option, Holds.DAY)
        return value if isinstance(value, date) else None


def entry_of(said: Said) -> Entry | Diagnostic:
    """The entry that is meant, without number and moment, or what is missing."""
    return attempt(lambda: _entry(_Reader(said), said))


def _entry(reader: _Reader, said: Said) -> Entry:
    kind = step_named(said.step)
    if kind is None:
        raise StoreError.of(_no_step(said.step))
    phase, district, on = reader.phase(), reader.district(), reader.day("on")
    if phase is None or district is None or on is None or not said.document.strip():
        raise StoreError.of(_MISSING)
    if kind == REPORT:
        return DistrictReport(
            number=said.number, phase=phase, district=district, on=on, document=said.document, entered=UNSET,
            obstacle=said.obstacle, follow_up=said.follow_up, answerable=said.answerable,
            deadline=reader.day("deadline"), assumed=said.assumed,
        )  # fmt: skip
    shares = (reader.amount("province"), reader.amount("district-share"))
    if shares == (None, None):
        raise StoreError.of(_NO_MONEY)
    money, families = Money(shares[0] or 0, shares[1] or 0), reader.count("families")
    if kind == TARGET:
        if families is None:
            raise StoreError.of(_NO_FAMILIES)
        return Target(
            number=said.number, phase=phase, district=district, families=families, price=money, on=on,
            document=said.document, entered=UNSET, assumed=said.assumed,
        )  # fmt: skip
    assert isinstance(kind, Step)
    return Event(
        number=said.number, step=kind, phase=phase, district=district, money=money, on=on, document=said.document,
        entered=UNSET, families=families, assumed=said.assumed,
    )  # fmt: skip


def stated_of(said: Said) -> Stated | Diagnostic:
    """A total as a document states it."""
    return attempt(lambda: _stated(_Reader(said), said))


def _stated(reader: _Reader, said: Said) -> Stated:
    step = step_named(said.step)
    if not isinstance(step, Step):
        raise StoreError.of(_no_step(said.step))
    amount, unit = reader.amount("amount"), reader.amount("rounded-to")
    if amount is None or not said.document.strip():
        raise StoreError.of(_NO_TOTAL)
    return Stated(
        number=said.number, step=step, phase=reader.phase(), district=reader.district(), amount=amount,
        rounded_to=unit or 1, document=said.document, entered=UNSET,
    )  # fmt: skip


def reason_of(code: str, phase: str | None, district: str | None, because: str) -> Reason | Diagnostic:
    """Why something that is warned of is right."""
    reader = _Reader(Said("", phase=phase, district=district))
    return attempt(
        lambda: Reason(
            number="", code=code, phase=reader.phase(), district=reader.district(), because=because, entered=UNSET
        )
    )


def cancellation_of(number: str, because: str) -> Cancellation:
    """Takes an entry out again."""
    return Cancellation(number="", cancels=number, because=because, entered=UNSET)


def since_of(entered: str | None, by: str | None) -> Since | Diagnostic:
    """From which moment an entry counts, where it was kept elsewhere before."""
    if entered is None:
        return Since(None, by) if by else NOW
    at = moment_of(entered, "--entered")
    return at if isinstance(at, Diagnostic) else Since(at, by)


def moment_of(text: str, option: str) -> datetime | Diagnostic:
    """A moment, in Gorontalo's time (WITA) where it names no other."""
    found = read_moment(text)
    if found is not None:
        return found
    return _error(
        "bad-moment",
        Words(f"{option} {text} bukan tanggal dan jam.", f"{option} {text} is no date and time."),
        Words("Tulis misalnya “2020-10-16 08:00” (WITA).", "Write for example “2020-10-16 08:00” (WITA)."),
    )


def phases_of(text: str) -> tuple[int, ...]:
    """The phases of a list such as 1,2,3; () if it is none."""
    parts = [part.strip() for part in text.split(",")]
    return tuple(int(part) for part in parts) if all(part.isdecimal() and len(part) < 3 for part in parts) else ()


def _error(code: str, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, None, words, mend)


def _no_step(text: str) -> Diagnostic:
    return _error(
        "step-unknown",
        Words(f"“{text}” bukan langkah uang.", f"“{text}” is no station of the money."),
        Words(f"Pilihannya: {SAID}.", f"The stations: {ENGLISH}."),
    )


_MISSING = _error(
    "entry-incomplete",
    Words("Catatan ini belum lengkap.", "This entry is not complete."),
    Words("Sebut --phase, --district, --on dan --document.", "Give --phase, --district, --on and --document."),
)
_NO_MONEY = _error(
    "share-unsaid",
    Words("Berapa rupiah, porsi siapa?", "How many rupiah, and whose share?"),
    Words("Sebut --province dan/atau --district-share.", "Give --province and/or --district-share."),
)
_NO_FAMILIES = _error(
    "families-unsaid",
    Words("Berapa KPM menurut SK?", "How many families does the decree have?"),
    Words(
        "Sebut --families; --province dan --district-share adalah harga sepaket.",
        "Give --families; the shares are of a package.",
    ),
)
_NO_TOTAL = _error(
    "total-incomplete",
    Words("Jumlah menurut dokumen apa?", "Which total, by which document?"),
    Words("Sebut --amount dan --document.", "Give --amount and --document."),
)

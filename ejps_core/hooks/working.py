"""What plugins declare, at work: each call is waited for only so long, and what it gives is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, cast

from ejps_core.hooks.limits import FaultyPluginError, Lane, TooSlowError, too_slow
from ejps_core.model.declared import Connector, Lint, Reader, Register, Report, ReportWriter
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.paper import Document, Paper
from ejps_core.model.words import Words

if TYPE_CHECKING:  # what these name is loaded when something is opened or checked
    from ejps_core.model.asking import Inquiry, Line, RegistryAnswer
    from ejps_core.model.asof import AsOf
    from ejps_core.model.listing import Book, Column, Listing, Opened, Sheet
    from ejps_core.model.ruleset import Ruleset

WORK_SECONDS = 120.0
"""How long one call of what a plugin declares may take; a workbook of the core has as long."""

T = TypeVar("T")
BOOK = ("__enter__", "__exit__", "sheets", "listing")
LINE = ("source", "pace", "facts", "ask", "close")


@dataclass(frozen=True, slots=True)
class _Worker:
    """Makes the calls of one piece of work, in one thread."""

    lane: Lane
    seconds: float

    def call(self, asked: str, what: Callable[[], T]) -> T:
        """What the call gives. FaultyPluginError if it takes too long or wants to end the process."""
        try:
            return self.lane.within(self.seconds, what)
        except TooSlowError:
            raise FaultyPluginError(too_slow(asked, self.seconds)) from None
        except SystemExit as problem:
            text = f"{asked}: SystemExit: {problem}"
            raise FaultyPluginError(Words(text, text)) from None


def watched(declared: object, seconds: float) -> object:
    """The same, its work limited; what does no work stays as it is."""
    match declared:
        case Reader():
            return replace(declared, open=_reading(declared.open, seconds))
        case ReportWriter():
            return replace(declared, write=_writing(declared.write, seconds))
        case Lint():
            return replace(declared, check=_checking(declared.check, seconds))
        case Register(open=opening) if opening is not None:
            return replace(declared, open=_opening(opening, seconds))
        case Document():
            return replace(declared, build=_building(declared.build, seconds))
        case Connector():
            return replace(declared, open=_connecting(declared.open, seconds))
    return declared


def _is_book(found: object) -> TypeGuard[Book]:
    return all(callable(getattr(found, name, None)) for name in BOOK)


def _reading(opening: Callable[[Path], Opened | Book], seconds: float) -> Callable[[Path], Opened | Book]:
    def open(path: Path) -> Opened | Book:
        from ejps_core.model.listing import Opened

        worker = _Worker(Lane(), seconds)
        found: object = worker.call("open", lambda: opening(path))
        if isinstance(found, Opened):
            return _opened(found, worker)
        if _is_book(found):
            return _Book(found, worker)
        raise _must("open", "Opened atau buku berisi lembar", "Opened or a book of sheets", found)

    return open


def _opening(opening: Callable[[Path], Opened], seconds: float) -> Callable[[Path], Opened]:
    def open(path: Path) -> Opened:
        from ejps_core.model.listing import Opened

        worker = _Worker(Lane(), seconds)
        found: object = worker.call("open", lambda: opening(path))
        if not isinstance(found, Opened):
            raise _must("open", "Opened", "Opened", found)
        return _opened(found, worker)

    return open


def _opened(found: Opened, worker: _Worker) -> Opened:
    """The same; what is fetched from it later is limited too."""
    from ejps_core.model.listing import Listing

    listing: object = found.listing
    if isinstance(listing, Listing):
        return replace(found, listing=_listing(listing, worker))
    if listing is not None:
        raise _must("open", "Opened dengan Listing", "Opened with a Listing", listing)
    if all(finding.severity is not Severity.ERROR for finding in found.findings):
        raise FaultyPluginError(
            Words("open tidak memberi daftar dan tidak menyebut sebabnya", "open gave no list and no error")
        )
    return found


def _listing(listing: Listing, worker: _Worker) -> Listing:
    def fetch(places: Sequence[int]) -> list[Column]:
        return worker.call("fetch", lambda: listing.fetch(places))

    return replace(listing, fetch=fetch)


class _Book:
    """A plugin's book of sheets, every call of it limited."""

    def __init__(self, book: Book, worker: _Worker) -> None:
        self._book, self._worker = book, worker

    def __enter__(self) -> Book:
        self._book = self._worker.call("__enter__", self._book.__enter__)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if not self._worker.lane.stuck:
            self._worker.call("__exit__", lambda: self._book.__exit__(kind, value, trace))

    def sheets(self) -> tuple[Sheet, ...] | Diagnostic:
        """The sheets in the order of the file."""
        from ejps_core.model.listing import Sheet

        found: object = self._worker.call("sheets", self._book.sheets)
        if isinstance(found, Diagnostic):
            return found
        if isinstance(found, tuple | list) and all(isinstance(each, Sheet) for each in found):
            return tuple(found)
        raise _must("sheets", "daftar Sheet", "a list of Sheet", found)

    def listing(self, sheet: str) -> Listing | Diagnostic:
        """The list on a sheet."""
        from ejps_core.model.listing import Listing

        found: object = self._worker.call("listing", lambda: self._book.listing(sheet))
        if isinstance(found, Diagnostic):
            return found
        if isinstance(found, Listing):
            return _listing(found, self._worker)
        raise _must("listing", "Listing", "a Listing", found)


def _writing(writing: Callable[[Report, Path], None], seconds: float) -> Callable[[Report, Path], None]:
    def write(report: Report, path: Path) -> None:
        _Worker(Lane(), seconds).call("write", lambda: writing(report, path))
        if not path.is_file():
            raise FaultyPluginError(Words("write tidak menulis berkasnya", "write left no file"))

    return write


def _checking(
    checking: Callable[[Ruleset, AsOf | None], Iterable[Diagnostic]], seconds: float
) -> Callable[[Ruleset, AsOf | None], Iterable[Diagnostic]]:
    def check(ruleset: Ruleset, as_of: AsOf | None) -> Iterable[Diagnostic]:
        def found() -> list[Diagnostic]:
            given: object = checking(ruleset, as_of)
            if not isinstance(given, Iterable):
                raise _must("check", "daftar temuan", "findings", given)
            return list(given)

        return _Worker(Lane(), seconds).call("check", found)

    return check


def _building(
    building: Callable[[Mapping[str, Any]], Sequence[Paper]], seconds: float
) -> Callable[[Mapping[str, Any]], Sequence[Paper]]:
    def build(data: Mapping[str, Any]) -> tuple[Paper, ...]:
        found: object = _Worker(Lane(), seconds).call("build", lambda: building(data))
        if not isinstance(found, tuple | list) or not found or not all(isinstance(each, Paper) for each in found):
            raise _must("build", "daftar Paper", "a list of Paper", found)
        return tuple(found)

    return build


def _connecting(opening: Callable[[Path], Line | Diagnostic], seconds: float) -> Callable[[Path], Line | Diagnostic]:
    def open(settings: Path) -> Line | Diagnostic:
        worker = _Worker(Lane(), seconds)
        found: object = worker.call("open", lambda: opening(settings))
        if isinstance(found, Diagnostic):
            return found
        if all(hasattr(found, name) for name in LINE):
            return _Line(cast("Line", found), worker)
        raise _must("open", "Line", "a Line", found)

    return open


class _Line:
    """A plugin's line to a registry, every call of it limited."""

    def __init__(self, line: Line, worker: _Worker) -> None:
        self._line, self._worker = line, worker
        self.source, self.pace, self.facts = line.source, line.pace, line.facts

    def ask(self, people: Sequence[Inquiry], facts: Sequence[str], once: str) -> Sequence[RegistryAnswer]:
        """One request; a plugin that hangs or breaks gives no answer, and is asked no more."""
        from ejps_core.model.asking import NoAnswerError, RegistryAnswer

        try:
            found: object = self._worker.call("ask", lambda: self._line.ask(people, facts, once))
        except NoAnswerError:
            raise
        except Exception as problem:
            raise NoAnswerError("plugin-failed", stop=True) from problem
        if isinstance(found, tuple | list) and all(isinstance(each, RegistryAnswer) for each in found):
            return tuple(found)
        raise NoAnswerError("malformed")

    def close(self) -> None:
        """Ends the connection."""
        if not self._worker.lane.stuck:
            self._worker.call("close", self._line.close)


def _must(asked: str, own: str, english: str, given: object) -> FaultyPluginError:
    short = repr(given)[:60]
    return FaultyPluginError(
        Words(f"{asked} harus memberi {own}, bukan {short}", f"{asked} must give {english}, not {short}")
    )

"""The money of a program as the province looks at it: by district, as of now or as it was frozen; what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ejps_core.aid.changes import Change, Lapse, lapses
from ejps_core.aid.checks import Caution, cautions
from ejps_core.aid.entries import SPENDING, TITLES, DistrictReport, Entry, Event, Step, Target
from ejps_core.aid.position import Cell, Position
from ejps_core.app.money.books import books_on_record
from ejps_core.app.money.freezing import Differing, Held, compare_positions, frozen_positions, held_position
from ejps_core.app.money.showing import shown
from ejps_core.app.stores import StoreOptions
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

NOW = "sekarang"
FIGURES: Mapping[str, tuple[Step, ...]] = {
    "ceiling": (Step.CEILING,),
    "transfer": (Step.TRANSFER,),
    "spent": SPENDING,
    "received": (Step.RECEIPT,),
}
"""The four figures of a district that money has on its way, each with the stations it is the sum of."""
_WHATS = {
    "families": Words("KPM menurut SK", "Families by decree"),
    "reached": Words("KPM menerima", "Families reached"),
    "missed": Words("KPM tidak tercapai", "Families missed"),
    "report": Words("Laporan daerah", "Report of the district"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which money is looked at. program None: the first on record. position: a number, 'sekarang', or None: the newest."""

    program: str | None = None
    year: int | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Rupiah of a district, or of all. A figure that nobody reported is None, which is not zero.

    assumed: an assumed figure is in them, other than in what is left. The sums of all districts are published.
    """

    code: str
    name: str
    ceiling: int | None
    transfer: int | None
    spent: int | None
    received: int | None
    late: tuple[Cell, ...] = ()
    assumed: bool = False

    @property
    def rest(self) -> int:
        """What of the ceiling has not been transferred."""
        return (self.ceiling or 0) - (self.transfer or 0)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A program's money on one page. held: the frozen position it is taken from; None: what is on record now.

    since: how many figures are others by now than in the frozen position. books: the budget years there are.
    """

    books: tuple[Mapping[str, Any], ...]
    frozen: tuple[Mapping[str, Any], ...]
    position: Position
    held: Held | None
    total: Figures
    districts: tuple[Figures, ...]
    cautions: tuple[Caution, ...]
    lapses: tuple[Lapse, ...]
    since: int


def dashboard(options: StoreOptions, asked: Asked, now: datetime) -> Dashboard | Diagnostic | None:
    """The money that is asked for; None: no budget year is on record yet."""
    books = books_on_record(options)
    if isinstance(books, Diagnostic):
        return books
    chosen = asked.program or (books[0]["program"] if books else None)
    if chosen is None:
        return None
    year = asked.year or max((each["year"] for each in books if each["program"] == chosen), default=None)
    frozen = frozen_positions(options, chosen)
    if isinstance(frozen, Diagnostic):
        return frozen
    own = tuple(sorted((each for each in frozen if each["year"] == year), key=_when, reverse=True))
    found = _position(options, chosen, year, _number(asked, own), now)
    if isinstance(found, Diagnostic):
        return found
    position, held, since = found
    districts = tuple(figures_of(position, each) for each, _ in position.districts)
    told, lost = cautions(position), lapses(position)
    return Dashboard(books, own, position, held, figures_of(position), districts, told, lost, since)


def _when(frozen: Mapping[str, Any]) -> tuple[str, int]:
    return str(frozen["as_of"]), int(frozen["position"])


def _number(asked: Asked, frozen: tuple[Mapping[str, Any], ...]) -> int | None:
    """The frozen position that is meant; None: what is on record now."""
    if asked.position is None:
        return int(frozen[0]["position"]) if frozen else None
    return int(asked.position) if asked.position.isascii() and asked.position.isdecimal() else None


def _position(
    options: StoreOptions, program: str, year: int | None, number: int | None, now: datetime
) -> tuple[Position, Held | None, int] | Diagnostic:
    if number is None:
        found = shown(options, program, year, now)
        return found if isinstance(found, Diagnostic) else (found.position, None, 0)
    held = held_position(options, number)
    if isinstance(held, Diagnostic):
        return held
    later = compare_positions(options, number, None, now)
    return later if isinstance(later, Diagnostic) else (held.position, held, len(later.changes))


def figures_of(position: Position, district: str | None = None) -> Figures:
    """The figures of a district; of all together where none is named."""
    cells = [cell for cell in position.cells if district in (None, cell.district)]
    sums = {
        name: position.of(*steps, district=district).total if any(cell.reported(*steps) for cell in cells) else None
        for name, steps in FIGURES.items()
    }
    name = "" if district is None else position.names[district]
    assumed = district is not None and any(cell.assumed for cell in cells)
    return Figures(district or "", name, **sums, late=tuple(cell for cell in cells if cell.late), assumed=assumed)


@dataclass(frozen=True, slots=True)
class Behind:
    """The entries that a figure is the sum of. total: their sum, which is the figure."""

    position: Position
    held: Held | None
    entries: tuple[Entry, ...]
    cancelled: frozenset[str]
    total: int


def behind(
    options: StoreOptions, asked: Asked, district: str | None, phase: int | None, figure: str | None, now: datetime
) -> Behind | Diagnostic | None:
    """The entries behind a figure, as of the moment that it is of; all of them where no figure is named."""
    found = dashboard(options, asked, now)
    if found is None or isinstance(found, Diagnostic):
        return found
    position = found.position
    made = shown(options, position.program, position.year, position.at)
    if isinstance(made, Diagnostic):
        return made
    steps = FIGURES.get(figure or "", tuple(Step))
    entries = tuple(
        each
        for each in made.entries
        if isinstance(each, Event | Target | DistrictReport)
        and district in (None, each.district)
        and phase in (None, each.phase)
        and (each.step in steps and each.on <= position.at.date() if isinstance(each, Event) else figure is None)
    )
    standing = (each for each in entries if isinstance(each, Event) and each.number not in made.cancelled)
    return Behind(position, found.held, entries, made.cancelled, sum(each.money.total for each in standing))


def differing(options: StoreOptions, first: int, second: int | None, now: datetime) -> Differing | Diagnostic:
    """What changed since a frozen position: up to another one, or up to now."""
    return compare_positions(options, first, second, now)


def change_words(change: Change) -> Words:
    """What a figure that changed is called."""
    return _WHATS[change.what] if change.what in _WHATS else TITLES[Step(change.what)]

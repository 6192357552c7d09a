"""What is on record about the money of a program: entries and figures as of a moment, and what needs a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ejps_core.aid.changes import Lapse, lapses
from ejps_core.aid.checks import Caution, cautions
from ejps_core.aid.entries import Cancellation, Entry
from ejps_core.aid.position import Position, position
from ejps_core.app.money.books import book_of
from ejps_core.app.money.records import as_row
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.opening import open_store


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures as of a moment, the entries that had been made by then, what needs a reason, what lapses.

    cancelled: the numbers of the entries that had been taken out again by then.
    """

    position: Position
    entries: tuple[Entry, ...]
    cancelled: frozenset[str]
    cautions: tuple[Caution, ...]
    lapses: tuple[Lapse, ...]

    @property
    def open(self) -> tuple[Caution, ...]:
        """The cautions that nobody has answered yet."""
        return tuple(each for each in self.cautions if each.because is None)


def shown(options: StoreOptions, program: str, year: int | None, at: datetime) -> Shown | Diagnostic:
    """What is on record as of a moment."""

    def found() -> Shown:
        with open_store(place_of(options)) as store, store.reading() as session:
            book = book_of(session, program, year, at)
            figures = position(book.ledger, at.astimezone(WITA))
            made = sorted((e for e in book.ledger.entries if e.entered.at <= at), key=lambda each: each.entered.at)
            gone = frozenset(each.cancels for each in made if isinstance(each, Cancellation))
            return Shown(figures, tuple(made), gone, cautions(figures), lapses(figures))

    return attempt(found)


def as_data(entry: Entry, cancelled: frozenset[str]) -> Mapping[str, Any]:
    """An entry as plain data, as `--format json` prints it."""
    row = {name: value for name, value in as_row(entry).items() if value is not None and value != ""}
    plain = {name: value if isinstance(value, bool | int | str) else str(value) for name, value in row.items()}
    plain |= {"cancelled": True} if entry.number in cancelled else {}
    return plain | {"entered_at": entry.entered.at.isoformat(timespec="seconds"), "entered_by": entry.entered.by}


def cells_as_data(found: Position) -> tuple[Mapping[str, Any], ...]:
    """The cells with something in them, by phase and district, in whole rupiah by share."""
    return tuple(
        {
            "phase": cell.phase,
            "district": cell.district,
            "families": cell.target.families if cell.target else None,
            "reached": cell.reached,
            "outstanding": cell.outstanding.total,
            "money": {step.value: {"province": m.province, "district": m.district} for step, m in cell.sums},
        }
        for cell in found.cells
        if cell.sums or cell.target or cell.report
    )

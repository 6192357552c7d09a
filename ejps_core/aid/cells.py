"""The figures of a position: a cell a phase and district, and all cells as of one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ejps_core.aid.entries import NOTHING, SPENDING, DistrictReport, Money, Reason, Stated, Step, Target
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Paid:
    """One transfer: the number of its SP2D, its day, its amount."""

    document: str
    on: date
    money: Money


@dataclass(frozen=True, slots=True)
class Cell:
    """One phase in one district. sums: by station, only those with an entry: what nobody reported is absent, not zero.

    reached, missed: families that received, or could not be reached; None: nobody reported it. assumed: a figure in it is.
    """

    phase: int
    district: str
    target: Target | None = None
    sums: tuple[tuple[Step, Money], ...] = ()
    transfers: tuple[Paid, ...] = ()
    reached: int | None = None
    missed: int | None = None
    report: DistrictReport | None = None
    assumed: bool = False

    def reported(self, *steps: Step) -> bool:
        """Whether anything was entered for one of the stations."""
        return any(step in steps for step, _ in self.sums)

    def of(self, *steps: Step) -> Money:
        """The money at these stations together; nothing where nothing was entered."""
        return total(money for step, money in self.sums if step in steps)

    @property
    def outstanding(self) -> Money:
        """What of the ceiling has not been transferred."""
        return self.of(Step.CEILING) - self.of(Step.TRANSFER)

    @property
    def late(self) -> bool:
        """Whether a part of the ceiling has not been transferred."""
        return self.outstanding.total > 0


@dataclass(frozen=True, slots=True)
class Position:
    """The figures as of `at`, by phase and district. digest: SHA-256 over the canonical form of everything in it."""

    program: str
    title: Words
    year: int
    at: datetime
    districts: tuple[tuple[str, str], ...]
    phases: tuple[int, ...]
    cells: tuple[Cell, ...]
    stated: tuple[Stated, ...]
    reasons: tuple[Reason, ...]
    entries: int
    notes: tuple[Words, ...] = ()
    digest: str = ""

    def cell(self, phase: int, district: str) -> Cell:
        """One cell; an empty one where nothing was entered."""
        found = (each for each in self.cells if each.phase == phase and each.district == district)
        return next(found, Cell(phase, district))

    def of(self, *steps: Step, phase: int | None = None, district: str | None = None) -> Money:
        """The money at these stations, of all phases and districts or of one."""
        return total(cell.of(*steps) for cell in self.cells if _within(cell, phase, district))

    @property
    def late(self) -> tuple[Cell, ...]:
        """The cells of which a part has not been transferred."""
        return tuple(cell for cell in self.cells if cell.late)

    @property
    def names(self) -> dict[str, str]:
        """Names of districts by code."""
        return dict(self.districts)


def total(parts: Iterable[Money]) -> Money:
    """The sum of shares."""
    return sum(parts, NOTHING)


def _within(cell: Cell, phase: int | None, district: str | None) -> bool:
    return phase in (None, cell.phase) and district in (None, cell.district)


def spent(cell: Cell) -> Money:
    """What was spent on packages, tax and distribution."""
    return cell.of(*SPENDING)

"""The difference between two positions, and what lapses at the end of the budget year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ejps_core.aid.entries import SPENDING, Money, Step
from ejps_core.aid.position import Cell, Position, spent


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a cell that is another one in the later position. what: a station, 'families', 'reached', 'missed',
    or 'report'. None: there was or is no such figure."""

    phase: int
    district: str
    what: str
    before: Money | int | str | None
    after: Money | int | str | None


def difference(before: Position, after: Position) -> tuple[Change, ...]:
    """What changed from one position to another of the same program, cell by cell."""
    places = dict.fromkeys((cell.phase, cell.district) for position in (before, after) for cell in position.cells)
    return tuple(change for place in places for change in _cells(before.cell(*place), after.cell(*place)))


def _cells(before: Cell, after: Cell) -> Iterator[Change]:
    old, new = _figures(before), _figures(after)
    for what in dict.fromkeys((*old, *new)):
        if old.get(what) != new.get(what):
            yield Change(before.phase, before.district, what, old.get(what), new.get(what))


def _figures(cell: Cell) -> dict[str, Money | int | str | None]:
    figures: dict[str, Money | int | str | None] = {
        "families": cell.target.families if cell.target else None,
        **{step.value: money for step, money in cell.sums},
        "reached": cell.reached,
        "missed": cell.missed,
        "report": cell.report.number if cell.report else None,
    }
    return figures


@dataclass(frozen=True, slots=True)
class Lapse:
    """What is lost or must go back at the end of the year if nothing happens any more.

    untransferred: of the ceiling, never transferred: it lapses. unspent: transferred, neither spent nor refunded: it goes
    back. advanced: advances that no transfer has made good. reported: whether any spending was entered; without it the
    whole transfer counts as unspent, and reports say that nothing was reported.
    """

    phase: int
    district: str
    untransferred: Money
    unspent: Money
    advanced: Money
    reported: bool


def lapses(position: Position) -> tuple[Lapse, ...]:
    """What each cell would lose on 31 December of the position's year, as far as has been entered."""
    found = (_lapse(cell) for cell in position.cells)
    return tuple(each for each in found if any(part.total for part in (each.untransferred, each.unspent, each.advanced)))


def _lapse(cell: Cell) -> Lapse:
    transferred, advanced = cell.of(Step.TRANSFER), cell.of(Step.ADVANCE)
    left = transferred - spent(cell) - cell.of(Step.REFUND)
    return Lapse(
        cell.phase,
        cell.district,
        _above(cell.outstanding),
        _above(left),
        _above(advanced - transferred),
        cell.reported(*SPENDING),
    )


def _above(money: Money) -> Money:
    """Each share, and nothing where there is less than nothing."""
    return Money(max(money.province, 0), max(money.district, 0))

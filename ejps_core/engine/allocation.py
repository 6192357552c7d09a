"""Selection: ranking in each area, seats, reserve; which seats are firm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ejps_core.engine.source import Array
from ejps_core.model.decisions import (
    ELIGIBLE,
    NO_SEAT,
    PROVISIONAL,
    SEAT,
    UNDETERMINED,
    WAITS,
    Bools,
    Longs,
    Selection,
)

BEFORE_ALL, ORDINARY, AFTER_ALL = range(3)
"""Where a key stands besides its value: an unknown one that may be first, a known one, an unknown one put last."""


@dataclass(frozen=True, slots=True)
class Key:
    """A ranking key of all families; the smaller first. See outcome.KeyNodes."""

    value: tuple[Array, ...]
    best: tuple[Array, ...]
    limitless: Bools
    lacking: Bools
    unknown_last: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A quota or budget for the area of each family, and where none is known."""

    value: Array
    lacking: Bools


@dataclass(frozen=True, slots=True)
class Contest:
    """What a selection needs of all families."""

    status: Array
    area: Array
    area_lacking: Bools
    keys: tuple[Key, ...]
    quota: Limit | None
    budget: Limit | None
    amount: Array
    """What a seat costs; 0 where that is not known yet."""
    open: Bools
    """Where it is not known yet."""
    reserve: int


def select(contest: Contest) -> Selection:
    """Ranks, seats and reserve."""
    count = len(contest.status)
    rank, reserve = np.zeros(count, np.int64), np.zeros(count, np.int64)
    seat = np.full(count, NO_SEAT, np.uint8)
    eligible = contest.status == ELIGIBLE
    waits = contest.area_lacking.copy()
    for key in contest.keys:
        if not key.unknown_last:
            waits |= key.lacking
    seat[eligible & waits] = WAITS
    ranked = np.flatnonzero(eligible & ~waits)
    rivals = np.flatnonzero((contest.status == UNDETERMINED) | (eligible & waits))
    order = ranked[_order([contest.area[ranked], *_ranked_keys(contest, ranked)])]
    areas = contest.area[order]
    edges = np.flatnonzero(np.r_[True, areas[1:] != areas[:-1]]) if len(order) else np.zeros(0, np.int64)
    starts = np.repeat(edges, np.diff(np.r_[edges, len(order)]))
    rank[order] = np.arange(len(order)) - starts + 1
    fits = _fits(contest, order, rank[order], starts)
    seated, after = order[fits], order[~fits]
    seat[seated] = SEAT
    follows = rank[after] - _seats(fits, starts)[~fits]
    reserve[after] = np.where((follows <= contest.reserve) | (contest.reserve < 0), follows, 0)
    if contest.quota is not None or contest.budget is not None:
        ahead = _ahead(contest, seated, rivals)
        seat[seated[_shaky(contest, seated, rank[seated], ahead)]] = PROVISIONAL
    for limit in (contest.quota, contest.budget):
        if limit is not None:
            without = order[limit.lacking[order]]
            seat[without], reserve[without] = WAITS, 0
    return Selection(rank, seat, reserve)


def _fits(contest: Contest, order: Longs, rank: Longs, starts: Longs) -> Bools:
    """Who in the order has a seat: within the quota, and before the first whose cost the budget can't bear."""
    fits = np.ones(len(order), np.bool_)
    if contest.quota is not None:
        fits &= (rank <= contest.quota.value[order]) & ~contest.quota.lacking[order]
    if contest.budget is not None:
        spent = np.cumsum(np.where(fits, contest.amount[order], 0))
        before = np.concatenate(([0], spent))[starts]
        too_much = spent - before > contest.budget.value[order]
        passed: Longs = np.cumsum(too_much, dtype=np.int64)
        passed = passed - np.concatenate(([0], passed))[starts]
        fits &= (passed == 0) & ~contest.budget.lacking[order]
    return fits


def _seats(fits: Bools, starts: Longs) -> Longs:
    """How many seats there are in each family's area."""
    given = np.zeros(len(fits) + 1, np.int64)
    np.add.at(given, starts, fits)
    seats: Longs = given[starts]
    return seats


def _shaky(contest: Contest, seated: Longs, rank: Longs, ahead: Longs) -> Bools:
    """Which seats open cases could still take. With a budget, any open case ahead, or an open cost of the seat's own."""
    shaky = np.zeros(len(seated), np.bool_)
    if contest.quota is not None:
        shaky |= rank + ahead > contest.quota.value[seated]
    if contest.budget is not None:
        shaky |= (ahead > 0) | _open_before(contest, seated)
    return shaky


def _open_before(contest: Contest, seated: Longs) -> Bools:
    """Where the cost of the seat, or of one before it in its area, is not known yet. `seated` stands in order."""
    areas = contest.area[seated]
    opened: Longs = np.cumsum(contest.open[seated], dtype=np.int64)
    edges = np.flatnonzero(np.r_[True, areas[1:] != areas[:-1]]) if len(seated) else np.zeros(0, np.int64)
    starts = np.repeat(edges, np.diff(np.r_[edges, len(seated)]))
    return np.greater(opened - np.concatenate(([0], opened))[starts], 0)


def _order(columns: list[Array]) -> npt.NDArray[np.intp]:
    """The order by the first column, then the second, …"""
    return np.lexsort(columns[::-1])


def _ranked_keys(contest: Contest, rows: Longs) -> list[Array]:
    """The keys of ranked families as columns to compare one after the other."""
    columns: list[Array] = []
    for key in contest.keys:
        lacking = key.lacking[rows]
        columns.append(np.where(lacking, AFTER_ALL, ORDINARY))
        columns += [np.where(lacking, 0, part[rows]) for part in key.value]
    return columns


def _best_keys(contest: Contest, rows: Longs) -> list[Array]:
    """The best that the keys of families still open may turn out to be."""
    columns: list[Array] = []
    for key in contest.keys:
        first = key.limitless[rows]
        columns.append(np.where(first, BEFORE_ALL, ORDINARY))
        columns += [np.where(first, 0, part[rows]) for part in key.best]
    return columns


def _ahead(contest: Contest, seated: Longs, rivals: Longs) -> Longs:
    """How many open families could still come ahead of each seated one."""
    ahead = np.zeros(len(seated), np.int64)
    if not len(rivals) or not len(seated):
        return ahead
    own, best = _ranked_keys(contest, seated), _best_keys(contest, rivals)
    anywhere = contest.area_lacking[rivals]
    for area in np.unique(contest.area[seated]):
        mine = np.flatnonzero(contest.area[seated] == area)
        theirs = np.flatnonzero(anywhere | (contest.area[rivals] == area))
        columns = [np.r_[b[theirs], o[mine]] for o, b in zip(own, best, strict=True)]
        order = _order(columns)
        is_rival = order < len(theirs)
        before = np.cumsum(is_rival)[~is_rival]
        ahead[mine[order[~is_rival] - len(theirs)]] = before
    return ahead

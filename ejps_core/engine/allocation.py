"""Selection: ranking in each area, seats, reserve; which seats are firm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

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

NARROW: tuple[type[Any], ...] = (np.int8, np.int16, np.int32)
"""Signed types alone: no two of them meet in a floating-point number."""


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
    """What a selection needs of the families that may be ranked. rows: their places in a list of so many families."""

    rows: Longs
    families: int
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


def merged(contests: Sequence[Contest]) -> Contest:
    """The contests of the parts of a list as one; the parts in order."""
    if len(contests) == 1:
        return contests[0]
    starts = [0, *accumulate(contest.families for contest in contests)]
    done: dict[tuple[int, ...], Array] = {}

    def together(parts: Sequence[Array]) -> Array:
        """One array of the parts; where the same parts serve twice, the same array does."""
        own = tuple(map(id, parts))
        if own not in done:
            done[own] = _one_after_the_other(parts)
        return done[own]

    def joined(of: Callable[[Contest], Array]) -> Array:
        return together([of(contest) for contest in contests])

    def limit(of: Callable[[Contest], Limit | None]) -> Limit | None:
        if of(contests[0]) is None:
            return None
        found = [one for one in map(of, contests) if one is not None]
        return Limit(together([one.value for one in found]), together([one.lacking for one in found]))

    return Contest(
        rows=np.concatenate(
            [contest.rows.astype(np.int64) + start for contest, start in zip(contests, starts, strict=False)]
        ),
        families=starts[-1],
        status=joined(lambda one: one.status),
        area=joined(lambda one: one.area),
        area_lacking=joined(lambda one: one.area_lacking),
        keys=tuple(_merged_key([contest.keys[i] for contest in contests], together) for i in range(len(contests[0].keys))),
        quota=limit(lambda one: one.quota),
        budget=limit(lambda one: one.budget),
        amount=joined(lambda one: one.amount),
        open=joined(lambda one: one.open),
        reserve=contests[0].reserve,
    )


def _one_after_the_other(parts: Sequence[Array]) -> Array:
    """The parts as one array; where all are one constant, so is it, and takes no room."""
    filled = [part for part in parts if len(part)]
    if filled and all(part.strides == (0,) and part[0] == filled[0][0] for part in filled):
        return np.broadcast_to(filled[0][:1], (sum(map(len, parts)),))
    return np.concatenate(parts)


def light(contest: Contest) -> Contest:
    """The same in as little memory as its values allow: what waits for the other parts of a long list."""
    done: dict[int, Array] = {}

    def narrow(values: Array) -> Array:
        """Whole numbers in the narrowest type; one array stays one array wherever it stands."""
        if id(values) not in done:
            done[id(values)] = _narrow(values)
        return done[id(values)]

    def limit(one: Limit | None) -> Limit | None:
        return None if one is None else Limit(narrow(one.value), one.lacking)

    keys = [replace(k, value=tuple(map(narrow, k.value)), best=tuple(map(narrow, k.best))) for k in contest.keys]
    return replace(
        contest,
        rows=narrow(contest.rows),
        area=narrow(contest.area),
        keys=tuple(keys),
        quota=limit(contest.quota),
        budget=limit(contest.budget),
    )


def _narrow(values: Array) -> Array:
    if values.dtype != np.int64 or values.strides == (0,) or not len(values):
        return values
    least, most = int(values.min()), int(values.max())
    kinds = (kind for kind in NARROW if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)
    return values.astype(next(kinds, np.int64), copy=False)


def _merged_key(keys: Sequence[Key], together: Callable[[Sequence[Array]], Array]) -> Key:
    def ends(of: Callable[[Key], tuple[Array, ...]]) -> tuple[Array, ...]:
        return tuple(together(parts) for parts in zip(*map(of, keys), strict=True))

    return Key(
        ends(lambda key: key.value),
        ends(lambda key: key.best),
        together([key.limitless for key in keys]),
        together([key.lacking for key in keys]),
        keys[0].unknown_last,
    )


def select(contest: Contest) -> Selection:
    """Ranks, seats and reserve of all families of the list."""
    return placed(contest, selected(contest), 0, contest.families)


def placed(contest: Contest, found: Selection, low: int, high: int) -> Selection:
    """What those who may be ranked got, as a selection of the families low..high (exclusive) of the list."""
    rank, reserve = np.zeros(high - low, np.int64), np.zeros(high - low, np.int64)
    seat = np.full(high - low, NO_SEAT, np.uint8)
    own = slice(*np.searchsorted(contest.rows, (low, high)))
    rows = contest.rows[own] - low
    rank[rows], seat[rows], reserve[rows] = found.rank[own], found.seat[own], found.reserve[own]
    return Selection(rank, seat, reserve)


def selected(contest: Contest) -> Selection:
    """Ranks, seats and reserve of those who may be ranked, in the contest's order."""
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
    given: Longs = np.bincount(starts[fits], minlength=len(fits) + 1)
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
    """The order by the first column, then the second, …; equal ones as they stand.

    Columns whose values are few bits apart are put side by side into one number, with the place last: sorting numbers is
    many times faster than sorting by column after column.
    """
    rows = len(columns[0])
    spans = [(column, int(column.min(initial=0)), int(column.max(initial=0))) for column in columns]
    place = rows.bit_length()
    for wide in sorted(range(len(spans)), key=lambda i: _bits(spans[i]), reverse=True):
        if place + sum(map(_bits, spans)) <= ROOM:
            break
        spans[wide] = _narrowed(spans[wide])
    if place + sum(map(_bits, spans)) > ROOM:
        return np.lexsort(columns[::-1])
    word = np.zeros(rows, np.int64)
    for span in spans:
        if _bits(span):
            np.left_shift(word, _bits(span), out=word)
            np.add(word, np.subtract(span[0], span[1], dtype=np.int64), out=word)
    np.left_shift(word, place, out=word)
    np.add(word, np.arange(rows), out=word)
    word.sort()
    return np.bitwise_and(word, (1 << place) - 1)


ROOM = 63
"""Bits of a number that isn't negative."""
Span = tuple[Array, int, int]
"""A column, its least and its greatest value."""


def _bits(span: Span) -> int:
    return (span[2] - span[1]).bit_length()


def _narrowed(span: Span) -> Span:
    """A column by the places of its different values in order."""
    values = np.unique(span[0])
    return np.searchsorted(values, span[0]), 0, len(values) - 1 if len(values) else 0


def _ranked_keys(contest: Contest, rows: Longs) -> list[Array]:
    """The keys of ranked families as columns to compare one after the other."""
    return [part for key in contest.keys for part in _put(key.lacking[rows], AFTER_ALL, key.value, rows)]


def _best_keys(contest: Contest, rows: Longs) -> list[Array]:
    """The best that the keys of families still open may turn out to be."""
    return [part for key in contest.keys for part in _put(key.limitless[rows], BEFORE_ALL, key.best, rows)]


def _put(apart: Bools, where: int, parts: tuple[Array, ...], rows: Longs) -> list[Array]:
    """A key as columns: where it stands besides its value, and the value."""
    if not apart.any():
        return [np.broadcast_to(np.int8(ORDINARY), (len(rows),)), *(part[rows] for part in parts)]
    return [np.where(apart, np.int8(where), np.int8(ORDINARY)), *(np.where(apart, 0, part[rows]) for part in parts)]


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

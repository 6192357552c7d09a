"""Which rows of a register are compared with which of a list: only those that share one of some keys.

100,000 people against 1.2 million are 120 billion pairs. Two rows of one person nearly always share at least one key:
the birth date and a word of the name, the family card, the year and the village, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from ejps_core.registry.matching.compared import Compared, Side
from ejps_core.registry.matching.names import NONE, Longs, Names
from ejps_core.registry.matching.people import UNKNOWN
from ejps_core.registry.matching.spelling import COMMON

_TABLE = 22
_ODD = np.uint64(0x9E3779B97F4A7C15)

BATCH = 4_000_000
"""Pairs that are held at a time, about."""

Pairs = tuple[Longs, Longs]
Keys = tuple[Longs, Longs]
"""Rows, and the key each of them has; a row may stand there several times."""


@dataclass(frozen=True, slots=True)
class NameKeys:
    """Keys of distinct names: one for each telling word (0: none), and one for the whole name."""

    words: Longs
    whole: Longs


def name_keys(names: Names) -> NameKeys:
    """The keys of all distinct names: by the skeletons of their words, in any order."""
    common = np.array([*(word in COMMON for word in names.spellings), True], np.bool_)
    bones = np.array([*names.bones, 0], np.int64) + 1
    there = names.words != NONE
    telling = there & ~common[names.words]
    only_common = ~telling.any(axis=1)
    telling[only_common] = there[only_common]
    words = np.where(telling, bones[names.words], 0)
    whole = np.where(telling, mixed(words), 0).sum(axis=1)
    return NameKeys(words, whole)


def mixed(*columns: Longs) -> Longs:
    """Numbers as one key; now and then two different ones give the same key, which costs a comparison and no more."""
    key = np.zeros(columns[0].shape, np.uint64)
    for column in columns:
        key = (key ^ column.astype(np.uint64)) * _ODD
        key ^= key >> np.uint64(29)
    return key.view(np.int64)


def pairs(both: Compared, keys: NameKeys, rows: Longs) -> Iterator[Pairs]:
    """The pairs (row of the list, row of the register) to be compared, in batches; `rows`: of the list, with names.

    A batch is bounded whatever the list holds; a pair may come again in a later batch.
    """
    here, there = _sides(both, keys, rows)
    return _batches(len(both.register.nik), zip(here.all(turned=True), there.all(), strict=True))


def more_pairs(both: Compared, keys: NameKeys, rows: Longs) -> Iterator[Pairs]:
    """Further pairs for people of whom nothing was found: any word of the name within the village."""
    here, there = _sides(both, keys, rows)
    return _batches(len(both.register.nik), zip(here.last(), there.last(), strict=True))


def twice(both: Compared, keys: NameKeys) -> Iterator[Pairs]:
    """The pairs of a group laid beside itself that may be one person born on one day, the earlier row first."""
    rows = np.flatnonzero(both.named)
    here = _Keyed(both.listed, both.names, keys, rows, 0)
    for left, right in _batches(both.count, zip(here.births(turned=True), here.births(), strict=True)):
        other = left != right
        yield np.minimum(left, right)[other], np.maximum(left, right)[other]


def _sides(both: Compared, keys: NameKeys, rows: Longs) -> tuple[_Keyed, _Keyed]:
    named = np.flatnonzero(both.names.known[both.count :])
    return (
        _Keyed(both.listed, both.names, keys, rows, 0),
        _Keyed(both.register, both.names, keys, named, both.count),
    )


def _batches(count: int, sides: Iterable[tuple[Keys, Keys]]) -> Iterator[Pairs]:
    """The pairs that meet under any of the keys, in batches of some BATCH, each pair once in a batch."""
    waiting: list[Longs] = []
    for a, b in sides:
        for left, right in meet(a, b):
            waiting.append(left * count + right)
            if sum(map(len, waiting)) >= BATCH:
                yield _once(waiting, count)
                waiting = []
    yield _once(waiting, count)


def _once(waiting: list[Longs], count: int) -> Pairs:
    whole = np.unique(np.concatenate(waiting)) if waiting else np.zeros(0, np.int64)
    left, right = np.divmod(whole, max(count, 1))
    return left, right


def meet(a: Keys, b: Keys) -> Iterator[Pairs]:
    """All pairs of rows with the same key, so many at a time."""
    table = np.zeros(1 << _TABLE, np.bool_)
    table[a[1] & (len(table) - 1)] = True
    likely = table[b[1] & (len(table) - 1)]
    rows, wanted = b[0][likely], b[1][likely]
    order = np.argsort(a[1], kind="stable")
    sorted_keys = a[1][order]
    low = np.searchsorted(sorted_keys, wanted, "left")
    sizes = np.searchsorted(sorted_keys, wanted, "right") - low
    ends = np.cumsum(sizes)
    cuts = np.searchsorted(ends, np.arange(0, int(ends[-1]) if len(ends) else 0, BATCH), "left")
    for part in np.split(np.arange(len(rows)), cuts[1:]):
        some = sizes[part]
        within = np.arange(int(some.sum()), dtype=np.int64) - np.repeat(np.cumsum(some) - some, some)
        yield a[0][order[np.repeat(low[part], some) + within]], np.repeat(rows[part], some)


class _Keyed:
    """The keys of some rows of one side. Whatever is unknown gives no key."""

    def __init__(self, side: Side, names: Names, keys: NameKeys, rows: Longs, shift: int) -> None:
        of = names.of[shift + rows]
        self.rows = rows
        self.words, self.whole = keys.words[of], keys.whole[of]
        self.stamp, self.swapped = side.days.stamp[rows], side.days.swapped[rows]
        self.year = side.days.year[rows]
        self.card = np.where(side.kk == UNKNOWN, 0, side.kk)[rows]
        self.district, self.subdistrict = side.places.district[rows], side.places.subdistrict[rows]
        self.village = side.places.village[rows]
        self.named = np.where(side.places.named > 0, side.places.subdistrict * 1_000_000 + side.places.named, 0)[rows]
        self.named[self.subdistrict == 0] = 0

    def births(self, *, turned: bool = False) -> Iterator[Keys]:
        """The keys by birth date, the same kinds in the same order on both sides. turned: dates as if swapped."""
        yield from self._words(self.stamp)
        yield self._one(self.stamp, self.subdistrict)
        stamp = self.swapped if turned else self.stamp
        yield from self._words(stamp)
        yield self._one(stamp, self.subdistrict)

    def all(self, *, turned: bool = False) -> Iterator[Keys]:
        """The keys of the first round."""
        yield from self.births(turned=turned)
        yield from self._words(self.year, self.subdistrict)
        yield self._one(self.year, self.village)
        yield self._one(self.year, self.named)
        yield self._one(self.year, self.whole)
        yield self._one(self.subdistrict, self.whole)
        yield self._one(np.where(self.stamp == 0, 1, 0) if turned else np.ones_like(self.stamp), self.district, self.whole)
        yield self._one(self.card)

    def last(self) -> Iterator[Keys]:
        """The keys of the second round."""
        yield from self._words(self.village)
        yield from self._words(self.named)

    def _one(self, *columns: Longs) -> Keys:
        known = np.logical_and.reduce([column != 0 for column in columns])
        return self.rows[known], mixed(*(column[known] for column in columns))

    def _words(self, *columns: Longs) -> Iterator[Keys]:
        """One key a word of the name; the words of all columns together, since any may meet any."""
        known = np.logical_and.reduce([column != 0 for column in columns])
        place, column = np.nonzero((self.words != 0) & known[:, None])
        yield self.rows[place], mixed(*(each[place] for each in columns), self.words[place, column])

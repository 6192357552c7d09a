"""Members to their families: to which family each row belongs, and the order that brings them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.by_digits import by_digits
from ejps_core.registry.duplicates import known

Longs = npt.NDArray[np.int64]
Numbers = npt.NDArray[Any]
"""Whole numbers as narrow as they come."""
AT_A_TIME = 262_144
"""Rows whose numbers are looked up together: what is made on the way stays in the processor's cache."""

LOOKED_AT = 1024
"""Numbers of which it is looked first whether they rise."""
MOSTLY = 0.75
"""Where more of the members than this stand next to strangers, they stand in no order."""
SPARSE = 4
"""Numbers per key up to which a table of all numbers is used."""


@dataclass(frozen=True)
class Runs:
    """Members as runs of neighbours with the same family: how long each is, and its family's row (-1: none).

    A row of the family list, of `count` rows, is counted from 0; where several bear one key it is the first of them.
    single: each run is one member, for they stand in no order.
    """

    lengths: Longs
    families: Numbers
    count: int
    single: bool = False

    @cached_property
    def rising(self) -> bool:
        """Whether every member has a family and the members stand in the families' order."""
        return _rising(self.families) and (not len(self.families) or self.families[0] >= 0)

    @cached_property
    def complete(self) -> bool:
        """Whether every member has a family."""
        return bool(self.families.min(initial=0) >= 0)

    @cached_property
    def sizes(self) -> Longs:
        """How many members each row of the family list has."""
        sizes = np.zeros(self.count + 1, np.int64)  # the last place: of no family
        for low in range(0, len(self.families), AT_A_TIME):
            some = slice(low, low + AT_A_TIME)
            np.add.at(sizes, self.families[some].astype(np.intp), self.lengths[some])
        return sizes[:-1]

    def of_each(self) -> Numbers:
        """The family row of each member."""
        return self.families if self.single else np.repeat(self.families, self.lengths)


def runs(members: pa.Array, families: pa.Array) -> Runs:
    """The runs of the members' key column against the key column of the families."""
    if isinstance(families, pa.DictionaryArray):
        return _coded_runs(members, families)
    keys = members.cast(pa.int64())
    numbers = (keys.fill_null(0) if keys.null_count else keys).to_numpy(zero_copy_only=False)
    whole = families.to_numpy(zero_copy_only=False) if not families.null_count else None
    changes = _changes(numbers)
    single = int(np.count_nonzero(changes)) > len(numbers) * MOSTLY
    starts = None if single else np.flatnonzero(changes)
    own = numbers if starts is None else numbers[starts]
    lengths = _ones(len(numbers)) if starts is None else _lengths(starts, len(numbers))
    if whole is not None and not keys.null_count and np.array_equal(own, whole) and _rising(whole):
        return Runs(lengths, np.arange(len(families), dtype=np.int64), len(families))
    places = _by_number(own, whole) if whole is not None and _dense(whole) else _by_value(own, families)
    result = Runs(lengths, places, len(families), single)
    if keys.null_count:
        return _single(np.where(known(keys), result.of_each(), -1), len(families))
    return result


def _dense(keys: Longs) -> bool:
    """Whether the keys are so close together that each may have a place of its own in a table."""
    return len(keys) > 0 and int(keys.max()) - int(keys.min()) <= SPARSE * len(keys)


def _by_number(wanted: Longs, keys: Longs) -> Numbers:
    """The first place of each wanted key among the keys, -1 where it isn't, by a table of all numbers in between."""
    low, high = int(keys.min()), int(keys.max())
    outside = high - low + 1
    table = np.full(outside + 1, -1, np.int32)
    table[keys[::-1].astype(np.int64) - low] = np.arange(len(keys) - 1, -1, -1)
    places = np.empty(len(wanted), np.int32)
    for some in (slice(at, at + AT_A_TIME) for at in range(0, len(wanted), AT_A_TIME)):
        distance = np.subtract(wanted[some], low, dtype=np.int64).view(np.uint64)  # of a number below the first: beyond all
        places[some] = table.take(np.minimum(distance, outside, out=distance).view(np.int64))
    return places


def _by_value(wanted: Longs, keys: pa.Array) -> Longs:
    """The same by a hash table."""
    found = pc.index_in(pa.array(wanted), value_set=keys.cast(pa.int64()), skip_nulls=True)
    places: Longs = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return places


def _coded_runs(members: pa.Array, families: pa.DictionaryArray) -> Runs:
    if not isinstance(members, pa.DictionaryArray):
        members = members.dictionary_encode()
    codes = families.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    first = np.full(len(families.dictionary) + 1, -1, np.int64)
    rows = np.flatnonzero(codes >= 0)[::-1]
    first[codes[rows]] = rows
    found = pc.index_in(members.dictionary, value_set=families.dictionary).fill_null(-1)
    table = np.append(first[found.to_numpy(zero_copy_only=False)], -1)
    own = members.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return _single(table[own], len(families))


def _single(of_each: Longs, count: int) -> Runs:
    starts = np.flatnonzero(_changes(of_each))
    return Runs(_lengths(starts, len(of_each)), of_each[starts], count)


def _changes(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where runs of equal numbers start."""
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes


def _lengths(starts: Longs, count: int) -> Longs:
    """How long the runs are, of so many rows."""
    return np.diff(starts, append=count)


def _ones(count: int) -> Longs:
    return np.broadcast_to(np.int64(1), (count,))


@dataclass(frozen=True, slots=True)
class Joined:
    """offsets: shape (families kept + 1,). order: the member rows to take, None: all of them as they stand.

    owners: where they stand in no order, the family of each.
    """

    offsets: Longs
    order: Longs | None
    owners: Numbers | None = None


def joined(found: Runs, kept: npt.NDArray[np.bool_], dropped: set[int], loose: bool = False) -> Joined:
    """The members of the families that are `kept` (mask of family rows), without the member rows `dropped`.

    loose: members in no order may stay as they stand, if all are kept.
    """
    count = int(kept.sum())
    if count == len(kept) and found.rising and not dropped:
        return Joined(_offsets(found.sizes), None)
    families = found.families
    if loose and count == len(kept) and not dropped and found.complete:
        return Joined(_offsets(found.sizes), None, found.of_each())
    if count < len(kept):
        numbers = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int64)
        families = np.append(numbers, -1)[families]
    of_each = families.copy() if found.single else np.repeat(families, found.lengths)
    if dropped:
        of_each[list(dropped)] = -1
    rows = np.flatnonzero(of_each >= 0) if len(of_each) and of_each.min() < 0 else None
    own = of_each if rows is None else of_each[rows]
    order = by_digits(own, count)
    return Joined(_offsets(np.bincount(own, minlength=count)), order if rows is None else rows.take(order))


def _offsets(sizes: Longs) -> Longs:
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return offsets


def _rising(numbers: Longs) -> bool:
    """Whether each number is above the one before it; the first ones tell of most lists that don't."""
    first = numbers[: LOOKED_AT + 1]
    return bool(np.all(first[1:] > first[:-1])) and bool(np.all(numbers[1:] > numbers[:-1]))

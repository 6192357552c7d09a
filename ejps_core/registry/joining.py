"""Members to their families: to which family each row belongs, and the order that brings them together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.by_digits import by_digits
from ejps_core.registry.duplicates import known

Longs = npt.NDArray[np.int64]

SPARSE = 4
"""Numbers per key up to which a table of all numbers is used."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Members as runs of neighbours with the same family: starts and lengths, and the family row of each (-1: none).

    A row of the family list is counted from 0; where several bear one key it is the first of them.
    """

    starts: Longs
    lengths: Longs
    families: Longs

    @property
    def rising(self) -> bool:
        """Whether every member has a family and the members stand in the families' order."""
        return _rising(self.families) and (not len(self.families) or self.families[0] >= 0)

    def of_each(self) -> Longs:
        """The family row of each member."""
        alone = not len(self.starts) or int(self.starts[-1] + self.lengths[-1]) == len(self.starts)
        return self.families if alone else np.repeat(self.families, self.lengths)


def runs(members: pa.Array, families: pa.Array) -> Runs:
    """The runs of the members' key column against the key column of the families."""
    if isinstance(families, pa.DictionaryArray):
        return _coded_runs(members, families)
    keys = members.cast(pa.int64())
    numbers = (keys.fill_null(0) if keys.null_count else keys).to_numpy(zero_copy_only=False)
    starts, lengths = _boundaries(numbers)
    run_keys = numbers[starts]
    whole = families.to_numpy(zero_copy_only=False) if not families.null_count else None
    if whole is not None and not keys.null_count and _rising(whole) and np.array_equal(run_keys, whole):
        return Runs(starts, lengths, np.arange(len(families), dtype=np.int64))
    places = _by_number(run_keys, whole) if whole is not None and _dense(whole) else _by_value(run_keys, families)
    result = Runs(starts, lengths, places)
    if keys.null_count:
        of_each = np.where(known(keys), result.of_each(), -1)
        return _single(of_each)
    return result


def _dense(keys: Longs) -> bool:
    """Whether the keys are so close together that each may have a place of its own in a table."""
    return len(keys) > 0 and int(keys.max()) - int(keys.min()) <= SPARSE * len(keys)


def _by_number(wanted: Longs, keys: Longs) -> Longs:
    """The first place of each wanted key among the keys, -1 where it isn't, by a table of all numbers in between."""
    low, high = int(keys.min()), int(keys.max())
    table = np.full(high - low + 3, -1, np.int32)  # with a place before the first number and one after the last
    table[keys[::-1].astype(np.int64) - low + 1] = np.arange(len(keys) - 1, -1, -1)
    places: Longs = table.take(np.clip(wanted, low - 1, high + 1) - (low - 1)).astype(np.int64)
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
    return _single(table[own])


def _single(of_each: Longs) -> Runs:
    starts, lengths = _boundaries(of_each)
    return Runs(starts, lengths, of_each[starts])


def _boundaries(numbers: npt.NDArray[np.int64]) -> tuple[Longs, Longs]:
    """Where runs of equal numbers start, and how long they are."""
    if not len(numbers):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    starts: Longs = np.flatnonzero(changes)
    lengths = np.empty(len(starts), np.int64)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1] = len(numbers) - starts[-1]
    return starts, lengths


@dataclass(frozen=True, slots=True)
class Joined:
    """offsets: shape (families kept + 1,). order: the member rows to take, None: all of them as they stand.

    owners: where they stand in no order, the family of each.
    """

    offsets: Longs
    order: Longs | None
    owners: Longs | None = None


def joined(found: Runs, kept: npt.NDArray[np.bool_], dropped: set[int], loose: bool = False) -> Joined:
    """The members of the families that are `kept` (mask of family rows), without the member rows `dropped`.

    loose: members in no order may stay as they stand, if all are kept.
    """
    count = int(kept.sum())
    if count == len(kept) and found.rising and not dropped:
        sizes = np.zeros(count, np.int64)
        sizes[found.families] = found.lengths
        return Joined(_offsets(sizes), None)
    families = found.families
    if loose and count == len(kept) and not dropped and len(families) and families.min() >= 0:
        owners = found.of_each()
        return Joined(_offsets(np.bincount(owners, minlength=count)), None, owners)
    if count < len(kept):
        numbers = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int64)
        families = np.append(numbers, -1)[families]
    of_each = np.repeat(families, found.lengths)
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
    return bool(np.all(numbers[1:] > numbers[:-1]))

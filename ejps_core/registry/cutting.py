"""A list with fewer rows: the same columns, row numbers and remarks on rows, cut alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.listing import Column, Kind, Listing, Texts, Typed

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]


def kept(listing: Listing, rows: Bools) -> Listing:
    """The list with these rows only."""
    numbers = np.cumsum(rows) - 1
    cut: dict[int, Column] = {}

    def fetch(places: Sequence[int]) -> list[Column]:
        for place in places:
            if place not in cut:
                cut[place] = cut_column(listing.fetch([place])[0], rows)
        return [cut[place] for place in places]

    return replace(
        listing,
        rows=listing.rows[rows],
        fetch=fetch,
        short=tuple(int(numbers[row]) for row in listing.short if rows[row]),
        shifted=tuple(int(numbers[row]) for row in listing.shifted if rows[row]),
        sheet_of=None if listing.sheet_of is None else listing.sheet_of[rows],
    )


def row_names(listing: Listing) -> Longs:
    """What the rows are called: by their numbers, or, where several sheets make one list, by their places in it."""
    return listing.rows if len(np.unique(listing.rows)) == len(listing) else np.arange(len(listing), dtype=np.int64)


def cut_column(column: Column, rows: Bools) -> Column:
    """A column with these rows and the distinct cells that they hold."""
    if isinstance(column, Typed):
        return Typed(column.header, column.values.filter(pa.array(rows)))
    codes = column.codes[rows]
    used = np.flatnonzero(np.bincount(codes, minlength=len(column.texts)))
    places = np.zeros(len(column.texts), np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return Texts(column.header, places[codes], column.texts.take(pa.array(used)), column.kinds[used])


def blank(column: Column) -> Bools:
    """Which rows of a column hold nothing but spaces, or no cell at all."""
    if isinstance(column, Typed):
        empty: Bools = column.values.is_null().to_numpy(zero_copy_only=False)
        return empty
    nothing = np.array([not text.strip() for text in column.texts.to_pylist()], np.bool_)
    found: Bools = (nothing | (column.kinds == Kind.ABSENT))[column.codes]
    return found

"""The rows of a register that are about one person or family: for whoever asks what is held on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.listing import Column, Listing, Typed
from ejps_core.model.masking import digits_of
from ejps_core.registry.identified import person_columns
from ejps_core.registry.snapshots import CARDS, place_of


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row as the register has it. by: the number that led to it, nik or kk. values: header -> text; no blanks."""

    row: int
    by: str
    values: Mapping[str, str]


def rows_about(listing: Listing, nik: str, cards: Collection[str]) -> tuple[FoundRow, ...]:
    """The rows with this NIK, and those with one of these family cards that are about the family as a whole.

    A row with the family's card but another person's NIK is that person's, and not told.
    """
    places = person_columns(listing)
    by_nik = places.get("nik", place_of(listing, ("nik",)))
    by_card = places.get("kk", place_of(listing, ("kk", *sorted(CARDS))))
    own = _with(listing, by_nik, {nik})
    of_family = _with(listing, by_card, set(cards)) & ~own & _blank(listing, by_nik)
    found = [(int(row), "nik") for row in np.flatnonzero(own)] + [(int(row), "kk") for row in np.flatnonzero(of_family)]
    if not found:
        return ()
    columns = listing.fetch(range(len(listing.headers)))
    return tuple(
        FoundRow(
            int(listing.rows[row]),
            by,
            {
                head: text
                for head, column in zip(listing.headers, columns, strict=True)
                if (text := column.text(row).strip())
            },
        )
        for row, by in sorted(found)
    )


def _with(listing: Listing, place: int | None, wanted: set[str]) -> npt.NDArray[np.bool_]:
    """Which rows hold one of the numbers in a column."""
    if place is None or not wanted:
        return np.zeros(len(listing), np.bool_)
    texts, codes = _texts(listing.fetch([place])[0])
    held = np.array([digits_of(text) in wanted for text in texts], np.bool_)
    return held[codes] if len(held) else np.zeros(len(listing), np.bool_)


def _blank(listing: Listing, place: int | None) -> npt.NDArray[np.bool_]:
    """Which rows name no person."""
    if place is None:
        return np.ones(len(listing), np.bool_)
    texts, codes = _texts(listing.fetch([place])[0])
    blank = np.array([not text.strip() for text in texts], np.bool_)
    return blank[codes] if len(blank) else np.ones(len(listing), np.bool_)


def _texts(column: Column) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The distinct texts of a column, and the place of each row among them."""
    if isinstance(column, Typed):
        encoded = column.values.cast(pa.string()).fill_null("").dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        return encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return column.texts.to_pylist(), column.codes.astype(np.int64)

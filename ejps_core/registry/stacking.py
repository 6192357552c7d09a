"""Several sheets with the same headers, a sheet a village, read as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Column, Listing, Texts
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import remark


def alike(one: Listing, other: Listing) -> bool:
    """Whether two sheets have the same headers, in whatever order."""
    return _heads(one) == _heads(other)


def _heads(listing: Listing) -> list[str]:
    return sorted(normal(header) for header in listing.headers if header.strip())


def stacked(listings: Sequence[Listing]) -> Listing:
    """One list of the rows of all sheets, under the headers of the first."""
    first = listings[0]
    places = [_places(first, listing) for listing in listings]
    cached: dict[int, Column] = {}

    def column(place: int) -> Column:
        return _joined(first.headers[place], [_own(each, at[place]) for each, at in zip(listings, places, strict=True)])

    def fetch(wanted: Sequence[int]) -> list[Column]:
        for place in wanted:
            if place not in cached:
                cached[place] = column(place)
        return [cached[place] for place in wanted]

    counts = [len(listing) for listing in listings]
    return replace(
        first,
        rows=np.concatenate([listing.rows for listing in listings]),
        fetch=fetch,
        first_rows=(),
        above=tuple(line for listing in listings for line in listing.above),
        sheets=tuple(listing.sheet or "" for listing in listings),
        sheet_of=np.repeat(np.arange(len(listings), dtype=np.int32), counts),
        findings=(*(finding for listing in listings for finding in listing.findings), _said(listings)),
        beyond=0,
    )


def _places(first: Listing, other: Listing) -> list[int]:
    """Where each column of the first sheet stands on another one; blank headers by their order."""
    free = list(range(len(other.headers)))
    found = []
    for header in first.headers:
        place = next((place for place in free if normal(other.headers[place]) == normal(header)), -1)
        if place >= 0:
            free.remove(place)
        found.append(place)
    return found


def _own(listing: Listing, place: int) -> Texts:
    """A column of a sheet; blank cells where it has none."""
    if place < 0:
        return Texts("", np.zeros(len(listing), np.int32), pa.array([""], pa.string()), np.zeros(1, np.uint8))
    column = listing.fetch([place])[0]
    assert isinstance(column, Texts)
    return column


def _joined(header: str, columns: Sequence[Texts]) -> Texts:
    """One column of the cells of all; equal cells of the same kind are one."""
    cells: dict[tuple[int, str], int] = {}
    codes = []
    for column in columns:
        pairs = zip(column.kinds.tolist(), column.texts.to_pylist(), strict=True)
        spread = np.array([cells.setdefault(pair, len(cells)) for pair in pairs], np.int32)
        codes.append(spread[column.codes] if len(spread) else column.codes)
    texts = pa.array([text for _, text in cells], pa.string())
    return Texts(header, np.concatenate(codes).astype(np.int32), texts, np.array([kind for kind, _ in cells], np.uint8))


def _said(listings: Sequence[Listing]) -> Diagnostic:
    listed = ", ".join(f"“{listing.sheet}” ({len(listing)})" for listing in listings)
    return remark(
        "sheets-joined",
        f"{len(listings)} lembar berjudul kolom sama dibaca sebagai satu daftar: {listed}.",
        f"{len(listings)} sheets with the same headers are read as one list: {listed}.",
        "Tidak perlu apa-apa; untuk satu lembar saja pakai --sheet.",
        "Nothing to do; for one sheet alone use --sheet.",
    ).at(listings[0].cell())

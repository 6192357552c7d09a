"""One column of regions out of several: village, sub-district and district by name, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from ejps_core.model.listing import Column, Kind, Listing, Texts
from ejps_core.registry.aliases import DISTRICT, SUBDISTRICT, VILLAGE
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.regions import Doubt, read_place_name, read_region

_BEFORE = {VILLAGE: "Desa", SUBDISTRICT: "Kec.", DISTRICT: ""}
_PREFIXES = ("desa", "kel", "kec", "ds.", "ds ")
_DISTRICTS = ("kab", "kota")


def composed(listing: Listing, parts: Mapping[str, int], extra: Mapping[str, Texts], header: str) -> Listing:
    """The list with one more column, its last: the place of each row in words, or its code where a cell holds one.

    parts: level -> column; extra: level -> a column that stands in no file.
    """
    fetched = listing.fetch(list(parts.values()))
    own = {level: column for level, column in zip(parts, fetched, strict=True) if isinstance(column, Texts)}
    levels = [level for level in (VILLAGE, SUBDISTRICT, DISTRICT) if level in own or level in extra]
    made = _column([own.get(level) or extra[level] for level in levels], levels, header)
    places = len(listing.headers) + listing.beyond

    def fetch(wanted: Sequence[int]) -> list[Column]:
        others = [place for place in wanted if place != places]
        found = dict(zip(others, listing.fetch(others), strict=True))
        return [made if place == places else found[place] for place in wanted]

    blank = [""] * listing.beyond
    return replace(listing, headers=(*listing.headers, *blank, header), fetch=fetch, beyond=0)


def _column(columns: Sequence[Texts], levels: Sequence[str], header: str) -> Texts:
    """The distinct combinations of the cells as texts."""
    combined = np.zeros(len(columns[0].codes), np.int64)
    for column in columns:
        combined = combined * max(len(column.texts), 1) + column.codes
    _, first, spread = np.unique(combined, return_index=True, return_inverse=True)
    texts: dict[str, int] = {}
    places = np.zeros(len(first), np.int32)
    for i, row in enumerate(first.tolist()):
        cells = [visible(column.text(row)) for column in columns]
        places[i] = texts.setdefault(_place(cells, levels), len(texts))
    kinds = np.full(len(texts), Kind.TEXT, np.uint8)
    return Texts(header, places[spread], pa.array(list(texts), pa.string()), kinds)


def _place(cells: Sequence[str], levels: Sequence[str]) -> str:
    """The smallest code among the cells; else their names, each with the word for what it is."""
    for cell in cells:
        if any(sign.isdigit() for sign in cell) and read_region(cell) is not Doubt.FORM:
            return cell
        if len(cells) == 1 and read_place_name(cell).code is not None:
            return cell
    named = [(level, cell) for level, cell in zip(levels, cells, strict=True) if cell]
    return ", ".join(_worded(level, cell) for level, cell in named)


def _worded(level: str, cell: str) -> str:
    """A name with the word that says what it is, unless it stands there already."""
    cell = cell.replace(",", " ")
    if normal(cell) == "gorontalo":
        return cell  # a district, a town, a province: whatever the header says, lists mean all of them
    lower = cell.casefold()
    if level == DISTRICT or lower.startswith(_PREFIXES):
        return cell if level != DISTRICT or lower.startswith(_DISTRICTS) else f"Kab. {cell}"
    return f"{_BEFORE[level]} {cell}"

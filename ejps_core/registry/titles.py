"""What the rows above a table and the names of sheets say of the place that the rows come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Kind, Listing, Texts
from ejps_core.registry.aliases import DISTRICT, SUBDISTRICT, VILLAGE, means
from ejps_core.registry.gazetteer import subdistricts_called, subdistricts_with
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import remark
from ejps_core.registry.regions import read_place_name

_LEVELS = {
    VILLAGE: r"desa|kelurahan|desa\s*/\s*kelurahan",
    SUBDISTRICT: r"kecamatan|kec\.?",
    DISTRICT: r"kabupaten|kab\.?|kabupaten\s*/\s*kota|kota",
}
_ENDS = r"(?=\s*(?:[,;(\n]|\b(?:desa|kelurahan|kecamatan|kec\.|kabupaten|kab\.|kota|provinsi|tahun|tahap)\b|$))"


def titled(listing: Listing) -> dict[str, Texts]:
    """Level -> a column of what titles (for villages also names of sheets) say of each row; without levels never said."""
    sheets: Sequence[str | None] = listing.sheets or (listing.sheet,)
    inside = any(means(header, SUBDISTRICT) for header in listing.headers)
    places = [_place(_lines(listing, sheet), sheet if listing.sheets else None, inside) for sheet in sheets]
    at = listing.sheet_of if listing.sheet_of is not None else np.zeros(len(listing), np.int32)
    found = {}
    for level in (VILLAGE, SUBDISTRICT, DISTRICT):
        names = [place.get(level, "") for place in places]
        if any(names):
            texts = list(dict.fromkeys(names))
            codes = np.array([texts.index(name) for name in names], np.int32)[at]
            kinds = np.full(len(texts), Kind.TEXT, np.uint8)
            found[level] = Texts("", codes, pa.array(texts, pa.string()), kinds)
    return found


def _lines(listing: Listing, sheet: str | None) -> list[str]:
    """The titles of a sheet: the rows above its headers, a row a text."""
    rows = [texts for own, _, texts in listing.above if own == sheet or not listing.sheets]
    return [" ".join(visible(text) for text in texts if text.strip()) for texts in rows]


def _place(lines: Iterable[str], sheet: str | None, inside: bool) -> dict[str, str]:
    """The place in some titles; a sheet's name counts where the sub-district is known too (`inside`: from a column)."""
    found: dict[str, str] = {}
    for line in lines:
        for level, words in _LEVELS.items():
            for match in re.finditer(rf"(?:^|\b)(?:{words})\s*:?\s+(\S.*?){_ENDS}", line, re.IGNORECASE):
                name = match[1].strip(" :.-")
                if level not in found and _exists(level, name, match[0]):
                    found[level] = " ".join(match[0].replace(":", " ").split()) if level == DISTRICT else name
    if VILLAGE not in found and sheet is not None and (inside or SUBDISTRICT in found) and (name := _village(sheet)):
        found[VILLAGE] = name
    return found


def _exists(level: str, name: str, whole: str) -> bool:
    """Whether there is such a place; a title's other words are no names."""
    if level == VILLAGE:
        return bool(subdistricts_with(name))
    if level == SUBDISTRICT:
        return bool(subdistricts_called(name))
    return read_place_name(whole.replace(":", " ")).code is not None


def _village(sheet: str) -> str:
    """The name of a sheet if it is a village's: Desa Teratai, TERATAI; else nothing."""
    name = visible(sheet)
    words = name.split(maxsplit=1)
    if len(words) > 1 and normal(words[0]) in ("desa", "ds", "kelurahan", "kel"):
        name = words[1]
    return name if subdistricts_with(name) else ""


def told(listing: Listing, levels: Mapping[str, Texts]) -> Diagnostic:
    """That titles or names of sheets gave the place."""
    names = [name for column in levels.values() for name in column.texts.to_pylist() if name]
    shown = ", ".join(f"“{name}”" for name in names[:8]) + (" …" if len(names) > 8 else "")
    return remark(
        "region-from-titles",
        f"Wilayah diambil dari judul daftar atau nama lembar: {shown}.",
        f"The region is taken from the titles or the names of sheets: {shown}.",
        "Bila salah, tambahkan kolom kecamatan dan desa.",
        "If that is wrong, add columns of sub-districts and villages.",
    ).at(listing.cell())

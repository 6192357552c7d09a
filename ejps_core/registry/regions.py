"""Kemendagri region codes: their form everywhere, and which exist within Gorontalo Province.

Source: Kepmendagri 050-145/2022, unchanged in Kepmendagri 300.2.2-2430/2025. Villages stand in regions.json.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ejps_core.registry.gazetteer import Named, named, subdistricts_called, subdistricts_with, tables, village_called

PROVINCE = "75"

PROVINCES = frozenset(
    f"{code:02}"
    for low, high in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(low, high + 1)
)
"""The provinces that exist."""

DISTRICTS = {
    "75.01": "Kabupaten Gorontalo",
    "75.02": "Kabupaten Boalemo",
    "75.03": "Kabupaten Bone Bolango",
    "75.04": "Kabupaten Pohuwato",
    "75.05": "Kabupaten Gorontalo Utara",
    "75.71": "Kota Gorontalo",
}

_NAMES = {
    "75.01": ("kabgorontalo", "kabupatengorontalo"),
    "75.02": ("boalemo", "kabboalemo", "kabupatenboalemo"),
    "75.03": ("bonebolango", "bonbol", "kabbonebolango", "kabupatenbonebolango"),
    "75.04": ("pohuwato", "pahuwato", "kabpohuwato", "kabpahuwato", "kabupatenpohuwato", "kabupatenpahuwato"),
    "75.05": ("gorontaloutara", "gorut", "kabgorontaloutara", "kabgorut", "kabupatengorontaloutara"),
    "75.71": ("kotagorontalo",),
}
_CODES = {name: code for code, names in _NAMES.items() for name in names}
"""What the districts are called in lists, letters only, in lower case."""

SUBDISTRICTS = frozenset(tables().names)

BPS_DISTRICTS = {
    "7501": "75.02",
    "7502": "75.01",
    "7503": "75.04",
    "7504": "75.03",
    "7505": "75.05",
    "7571": "75.71",
}
"""The districts as the statistics office numbers them: four of the six cross over."""

RETIRED = frozenset({"75.01.06", "75.01.07", "75.01.08", "75.01.12", "75.01.15"})
"""Sub-districts that went to Gorontalo Utara: they live on inside NIKs and are no addresses any more."""

_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_LED = re.compile(r"([\d.]*\d)\s*[-\u2013\u2014:,]?\s*([^\W\d].*)", re.ASCII | re.DOTALL)
"""A code with the name behind it."""
_PLAIN = re.compile(r"\d{2}|\d{4}|\d{6}|\d{10}", re.ASCII)


class Doubt(StrEnum):
    """Why a text is no region code of today."""

    FORM = "form"
    """Not two, four, six or ten digits."""
    BPS = "bps"
    """Built like a code of the statistics office, whose districts are numbered otherwise."""
    NOWHERE = "nowhere"
    """There is no such province, or no such district or sub-district within Gorontalo."""
    SEVERAL = "several"
    """The name of a district and of more than that."""
    RETIRED = "retired"
    """Once a sub-district; today no address."""
    VILLAGE = "village"
    """A village without its sub-district: names of villages occur in several."""
    NO_SUCH_VILLAGE = "no-such-village"
    """The sub-district has no village of that name."""
    NO_SUCH_SUBDISTRICT = "no-such-subdistrict"


def dotted(digits: str) -> str:
    """Two, four, six or ten digits with dots: 7501022003 -> 75.01.02.2003."""
    parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    return ".".join(part for part in parts if part)


def read_region(text: str) -> str | Doubt:
    """The dotted code that a trimmed text stands for, or why it is none."""
    if led := _LED.fullmatch(text):
        text = led[1]
    if _DOTTED.fullmatch(text):
        code = text
    elif _PLAIN.fullmatch(text):
        code = dotted(text)
    else:
        return Doubt.BPS if re.fullmatch(r"\d{7}", text, re.ASCII) else Doubt.FORM
    if len(code) > 8 and code[9] not in "123":
        return Doubt.BPS
    if code[:8] in RETIRED:
        return Doubt.RETIRED
    return code if exists(code) else Doubt.NOWHERE


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for: a code (None: nothing), and the doubt that is left."""

    code: str | None
    doubt: Doubt | None = None


def read_place_name(text: str) -> Place:
    """The region that a text names: a district by its name; villages and sub-districts only if the text says which it is."""
    alone = _district(text)
    if alone.code is not None or alone.doubt is Doubt.SEVERAL:
        return alone
    parts = named(text)
    if parts == Named():
        return Place(None, Doubt.VILLAGE) if subdistricts_with(text) else alone
    return read_named(parts)


def read_named(parts: Named) -> Place:
    """The smallest region that the names surely stand for. A village counts inside its sub-district only."""
    district = None if parts.district is None else _district(parts.district)
    if district is not None and district.code is None:
        return district
    within = None if district is None else district.code
    if parts.subdistrict is None:
        return Place(within, None if parts.village is None else Doubt.VILLAGE)
    codes = _coded(parts.subdistrict, within) or subdistricts_called(parts.subdistrict, within)
    if len(codes) != 1:
        return Place(within, Doubt.NO_SUCH_SUBDISTRICT)
    if parts.village is None:
        return Place(codes[0])
    village = village_called(parts.village, codes[0])
    return Place(village or codes[0], None if village else Doubt.NO_SUCH_VILLAGE)


def _coded(text: str, within: str | None) -> tuple[str, ...]:
    """A sub-district that is given by its code."""
    code = read_region(text)
    fits = not isinstance(code, Doubt) and len(code) == len("75.01.01") and (within is None or code.startswith(within))
    return (str(code),) if fits else ()


def _district(text: str) -> Place:
    code = read_region(text)
    if code in DISTRICTS:
        return Place(str(code))
    letters = "".join(c for c in text.casefold() if c.isalpha())
    if letters == "gorontalo":
        return Place(None, Doubt.SEVERAL)
    found = _CODES.get(letters)
    return Place(found, None if found else Doubt.FORM)


def read_bps(text: str) -> str | Doubt:
    """The dotted code of the district in which a code of the statistics office lies; other provinces are not known."""
    digits = text.replace(".", "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (4, 7, 10)):
        return Doubt.FORM
    return BPS_DISTRICTS.get(digits[:4], Doubt.NOWHERE)


def where_villages_are(village: str, within: str | None = None) -> tuple[str, ...]:
    """The names of the sub-districts that have a village of that name."""
    names = tables().names
    return tuple(f"Kecamatan {names[code]} ({code})" for code in subdistricts_with(village, within))


def exists(code: str) -> bool:
    """Whether the province exists, and within Gorontalo the district and sub-district of a dotted code too."""
    if code[:2] not in PROVINCES:
        return False
    if code[:2] != PROVINCE:
        return True
    return (len(code) < 5 or code[:5] in DISTRICTS) and (len(code) < 8 or code[:8] in SUBDISTRICTS)


def apart_from(code: str, district: str) -> bool:
    """Whether a region and a district have no village in common."""
    return not (code == district or code.startswith(district + ".") or district.startswith(code + "."))

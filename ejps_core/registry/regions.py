"""Kemendagri region codes: their form everywhere, and which exist within Gorontalo Province.

Source: Kepmendagri 050-145/2022, unchanged in Kepmendagri 300.2.2-2430/2025. Villages are not listed here.
"""

from __future__ import annotations

import re
from enum import StrEnum

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

_SUBDISTRICTS = {
    "75.01": (1, 2, 3, 4, 5, 9, 10, 11, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24),
    "75.02": range(1, 8),
    "75.03": range(1, 19),
    "75.04": range(1, 14),
    "75.05": range(1, 12),
    "75.71": range(1, 10),
}
SUBDISTRICTS = frozenset(f"{district}.{number:02}" for district, numbers in _SUBDISTRICTS.items() for number in numbers)

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


def read_place_name(text: str) -> str | Doubt:
    """The district of that name; names of sub-districts and villages are not known here."""
    letters = "".join(c for c in text.casefold() if c.isalpha())
    return Doubt.SEVERAL if letters == "gorontalo" else _CODES.get(letters, Doubt.FORM)


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

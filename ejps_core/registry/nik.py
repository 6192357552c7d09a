"""NIK and family card numbers: what their sixteen digits say, and which of them can't be right.

Both are PPKKCC DDMMYY SSSS: province, district, sub-district of first registration (not of residence); a date; a serial
from 0001. In a NIK the date is the birth date, with 40 added to the day of a woman; in a family card number it is the date
of recording, with nothing added. There is no check digit. Everything here is pure: texts in, values out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ejps_core.registry.marks import APOSTROPHES, joined_up, unmarked, visible
from ejps_core.registry.regions import PROVINCE, PROVINCES, RETIRED, SUBDISTRICTS, dotted

DIGITS = 16


class Fault(StrEnum):
    """Why a text is no NIK (or no family card number)."""

    LOST_DIGITS = "lost-digits"
    """Scientific notation: a spreadsheet has thrown digits away; nothing brings them back."""
    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    PROVINCE = "province"
    DATE = "date"
    SERIAL = "serial"


class Born(StrEnum):
    """How the birth date in a NIK and the one in a list agree."""

    SAME = "same"
    SWAPPED = "swapped"
    """The same with day and month exchanged, as spreadsheets of another country do."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Parts:
    """What sixteen sound digits say. `day` is without the 40; `female` is None for a family card; region is dotted."""

    digits: str
    region: str
    day: int
    month: int
    year: int
    """The last two digits of the year."""
    female: bool | None


@dataclass(frozen=True, slots=True)
class Read:
    """A text read as a number of sixteen digits: its parts or the fault. `repaired`: obvious slips were mended.

    Spaces and invisible characters are no slip.
    """

    parts: Parts | None
    fault: Fault | None
    repaired: bool = False


_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?\s*[eE]\s*\+?\s*\d+", re.ASCII)
_SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_scientific(text: str) -> bool:
    """Whether a text is a number in scientific notation: 7,50404E+15."""
    return _SCIENTIFIC.fullmatch(visible(text).lstrip(APOSTROPHES)) is not None


def repaired(text: str) -> str:
    """The text without spaces, dots, dashes and apostrophes, with the letters O and l as the digits they stand for."""
    return unmarked(text).translate(_SLIPS)


def read_nik(text: str) -> Read:
    """A NIK read from a text. Blank texts are the caller's concern: here they have the wrong length."""
    return _read(text, person=True)


def read_family_card(text: str) -> Read:
    """A family card number read from a text; as read_nik, without the 40 for women."""
    return _read(text, person=False)


def _read(text: str, person: bool) -> Read:
    if is_scientific(text):
        return Read(None, Fault.LOST_DIGITS)
    digits = repaired(text)
    mended = digits != joined_up(text)
    if digits and not (digits.isascii() and digits.isdigit()):
        return Read(None, Fault.NOT_DIGITS, mended)
    if len(digits) != DIGITS:
        return Read(None, Fault.LENGTH, mended)
    if digits[:2] not in PROVINCES:
        return Read(None, Fault.PROVINCE, mended)
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    female = person and day > 40
    day -= 40 if female else 0
    if not possible(day, month, year):
        return Read(None, Fault.DATE, mended)
    if digits[12:] == "0000":
        return Read(None, Fault.SERIAL, mended)
    parts = Parts(digits, dotted(digits[:6]), day, month, year, female if person else None)
    return Read(parts, None, mended)


def possible(day: int, month: int, year: int) -> bool:
    """Whether a day exists in a year that ends in the two digits `year`, be it 19xx or 20xx."""
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    return (month, day) != (2, 29) or year % 4 == 0


def region_known(region: str) -> bool:
    """Whether the registering sub-district is or was one of Gorontalo; of other provinces nothing is claimed."""
    return region[:2] != PROVINCE or region in SUBDISTRICTS or region in RETIRED


def born(parts: Parts, day: date) -> Born:
    """How the birth date of a NIK and a date agree; the century is not in the NIK."""
    if (parts.day, parts.month, parts.year) == (day.day, day.month, day.year % 100):
        return Born.SAME
    if (parts.month, parts.day, parts.year) == (day.day, day.month, day.year % 100):
        return Born.SWAPPED
    return Born.OTHER


def birth_year(parts: Parts, listed: date | None, on: date) -> int | None:
    """The year of birth in four digits: the century by the listed date, else 19xx if 20xx is yet to come; None: unclear."""
    if listed is not None and listed.year % 100 == parts.year:
        return listed.year
    return 1900 + parts.year if 2000 + parts.year > on.year else None


def sound_pattern(person: bool) -> str:
    """A pattern (RE2) of texts that need no second look: sixteen plain digits, sound, of a region known here.

    It leaves out days 29 to 31, which are read one by one.
    """
    elsewhere = "|".join(sorted(PROVINCES - {PROVINCE}))
    here = "|".join(sorted(code.replace(".", "") for code in SUBDISTRICTS | RETIRED))
    day = r"0[1-9]|1\d|2[0-8]" + (r"|4[1-9]|5\d|6[0-8]" if person else "")
    serial = r"[1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9]"
    return rf"^(?:(?:{elsewhere})\d{{4}}|{here})(?:{day})(?:0[1-9]|1[0-2])\d\d(?:{serial})$"

"""Dates in cells: ISO, day-month-year, spreadsheets' dates and their serial numbers. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

from ejps_core.model.calendar import EPOCH, day_number, day_of
from ejps_core.model.listing import Kind
from ejps_core.model.types import Date
from ejps_core.registry.problems import Problem, Reading, remark, unknown

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?: 0?0[:.]00(?:[:.]00)?)?", re.ASCII)
_SHORT = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]+)\.?[\s-]+(\d{4})", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30).toordinal() - EPOCH
_SERIALS = range(61, 2_958_466)
"""From 1 March 1900 (before it spreadsheets count a day that never was) to the end of 9999."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu ags aug agt", "september sep sept",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

SERIAL = remark(
    "serial-date",
    "Tanggal di kolom ini berisi nomor seri lembar kerja, mulai dari sel ini; dibaca sebagai tanggal.",
    "Dates of this column are a spreadsheet's serial numbers, from this cell on; read as dates.",
    "Bila salah, ubah format kolom ini menjadi tanggal lalu simpan kembali.",
    "If that is wrong, format the column as dates and save again.",
)


def read_day(text: str, kind: Kind, days: Date, on: int) -> Reading:
    """The date of a trimmed, non-empty cell as days since 1970-01-01; a birth after the day `on` is out of bounds."""
    notes: tuple[Problem, ...] = ()
    if kind is Kind.NUMBER or (kind is Kind.TEXT and _SERIAL.fullmatch(text)):
        number = int(text) if text.isdigit() else 0
        found = number + _SERIAL_ZERO if number in _SERIALS else None
        notes = (SERIAL,)
    elif kind is Kind.TEXT and _SHORT.fullmatch(text):
        return unknown(
            "two-digit-year",
            f"Tahun dalam “{text}” hanya dua angka: abadnya tidak jelas",
            f"The year in “{text}” has two digits only: the century is unclear",
            "Tulis tahun dengan empat angka, misalnya 03-12-1975.",
            "Write the year with four digits, for example 03-12-1975.",
        )
    else:
        found = _written_day(text) if kind in (Kind.TEXT, Kind.DATE) else None
    if found is None:
        return unknown(
            "not-a-date",
            f"“{text}” bukan tanggal yang ada",
            f"“{text}” is not a date that exists",
            "Tulis hari-bulan-tahun, misalnya 31-12-1975.",
            "Write day-month-year, for example 31-12-1975.",
        )
    if days.birth and found > on:
        return unborn(text, on)
    if not days.low <= found <= days.high:
        return out_of_bounds(text, days)
    return found, notes


def _written_day(text: str) -> int | None:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif (match := _WORDS.fullmatch(text)) and match[2].lower() in _MONTHS:
        day, month, year = int(match[1]), _MONTHS[match[2].lower()], int(match[3])
    else:
        return None
    try:
        return day_number(date(year, month, day))
    except ValueError:
        return None


def shown(number: int) -> str:
    """A day as Indonesians write it: 31-12-1975."""
    return f"{day_of(number):%d-%m-%Y}"


def unborn(text: str, on: int) -> Reading:
    """What is said of a birth after the decision date."""
    return unknown(
        "out-of-bounds",
        f"Tanggal lahir “{text}” sesudah tanggal keputusan {shown(on)}",
        f"The birth date “{text}” is after the decision date {day_of(on)}",
        "Periksa tahun lahirnya.",
        "Check the year of birth.",
    )


def out_of_bounds(text: str, days: Date) -> Reading:
    """What is said of a date outside the declared bounds."""
    return unknown(
        "out-of-bounds",
        f"“{text}” di luar batas {shown(days.low)} sampai {shown(days.high)}",
        f"“{text}” is outside {day_of(days.low)} to {day_of(days.high)}",
        "Periksa tanggalnya.",
        "Check the date.",
    )

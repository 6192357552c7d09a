"""One cell of a file about money: an amount, a day, a district, a phase; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime

from ejps_core.model.calendar import WITA, day_of
from ejps_core.model.listing import Kind
from ejps_core.model.types import Date, Number
from ejps_core.registry.amounts import read_number
from ejps_core.registry.answers import read_yes_no
from ejps_core.registry.days import read_day
from ejps_core.registry.money.forms import ROMAN, Holds
from ejps_core.registry.problems import Problem, unknown
from ejps_core.registry.regions import DISTRICTS, read_place_name, read_region

Value = str | int | bool | date | datetime
MOST = 10**15
"""Rupiah in one amount: a thousand trillion, far beyond any budget of a province."""
_AMOUNT, _COUNT = Number(0, 0, MOST), Number(0, 0, 10**9)
_ANY_DAY = Date(-25567, 84006)
_PHASE = re.compile(r"\btahap\s*(?:ke[- ]?)?([IVX]+|\d{1,2})\b", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}[:.]\d{2}")
_NAMES = tuple((re.compile(rf"\b{name}\b", re.IGNORECASE), code) for name, code in (
    ("gorontalo utara", "75.05"), ("gorut", "75.05"), ("bone bolango", "75.03"), ("bonebol", "75.03"),
    ("pohuwato", "75.04"), ("boalemo", "75.02"), ("kota gorontalo", "75.71"),
    ("kab(?:upaten|\\.)?\\s+gorontalo(?!\\s+utara)", "75.01"),
))  # fmt: skip


def read_cell(holds: Holds, text: str, kind: Kind, on: int) -> tuple[Value | None, tuple[Problem, ...]]:
    """The value of a trimmed, non-empty cell; None: it is none of this kind, and why. A dash is blank."""
    if text.strip("-–—") == "":
        return None, ()
    match holds:
        case Holds.AMOUNT:
            return read_number(text, kind, _AMOUNT)
        case Holds.COUNT:
            return read_number(text, kind, _COUNT)
        case Holds.DAY:
            day, problems = read_day(text, kind, _ANY_DAY, on)
            return (day_of(day) if isinstance(day, int) else None), problems
        case Holds.YES_NO:
            return read_yes_no(text)
        case Holds.DISTRICT:
            return read_district(text)
        case Holds.PHASE:
            return read_phase(text)
        case Holds.MOMENT:
            return _moment(text)
    return text, ()


def read_district(text: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The code of a district, from its code or its name."""
    code = read_region(text)
    if code in DISTRICTS:
        return str(code), ()
    place = read_place_name(text)
    if place.code in DISTRICTS and place.doubt is None:
        return place.code, ()
    _, said = unknown(
        "district-unclear",
        f"“{text}” bukan kabupaten/kota yang jelas",
        f"“{text}” is no district that is clear",
        "Tulis kodenya (75.04) atau namanya lengkap: Kabupaten Pohuwato, Kota Gorontalo.",
        "Write its code (75.04) or its full name: Kabupaten Pohuwato, Kota Gorontalo.",
    )
    return None, said


def read_phase(text: str) -> tuple[int | None, tuple[Problem, ...]]:
    """A phase: 3, III, Tahap III."""
    word = re.sub(r"^(?:tahap|phase)\s*", "", text.strip(), flags=re.IGNORECASE).upper()
    if word in ROMAN[1:]:
        return ROMAN.index(word), ()
    if re.fullmatch(r"\d{1,2}", word, re.ASCII) and int(word):
        return int(word), ()
    _, said = unknown(
        "phase-unclear",
        f"“{text}” bukan tahap",
        f"“{text}” is no phase",
        "Tulis angkanya: 3 atau III.",
        "Write its number: 3 or III.",
    )
    return None, said


def phase_in(text: str) -> int | None:
    """The phase that a description names; None: none, or several."""
    found = {read_phase(each)[0] for each in _PHASE.findall(text)}
    return found.pop() if len(found) == 1 else None


def district_in(text: str) -> str | None:
    """The district that a payee or description names; None: none, or several."""
    found, left = set(), text
    for pattern, code in _NAMES:
        if pattern.search(left):
            found.add(code)
            left = pattern.sub(" ", left)
    return found.pop() if len(found) == 1 else None


def order_in(text: str, on: int) -> tuple[str, date | None]:
    """Number and day of a payment order that stand in one cell: “0123/SP2D/2020, 11-05-2020”."""
    parts = [part for part in re.split(r"\s*(?:[,;]|/(?=\s)|\btgl\.?|\btanggal)\s*|\s+(?=\d{1,2}[-/. ])", text) if part]
    days = [(part, read_cell(Holds.DAY, part, Kind.TEXT, on)[0]) for part in parts]
    day = next((day for _, day in days if isinstance(day, date)), None)
    return " ".join(part for part, found in days if found is None).strip(), day


def read_moment(text: str) -> datetime | None:
    """A moment, in Gorontalo's time where it names no other: 2020-10-16 08:00."""
    try:
        found = datetime.fromisoformat(text.strip().replace(".", ":") if _MOMENT.fullmatch(text.strip()) else text.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=WITA) if found.tzinfo is None else found


def _moment(text: str) -> tuple[datetime | None, tuple[Problem, ...]]:
    found = read_moment(text)
    if found is not None:
        return found, ()
    _, said = unknown(
        "moment-unclear",
        f"“{text}” bukan tanggal dan jam",
        f"“{text}” is no date and time",
        "Tulis tahun-bulan-hari jam:menit, misalnya 2020-10-16 08:00.",
        "Write year-month-day hour:minute, such as 2020-10-16 08:00.",
    )
    return None, said

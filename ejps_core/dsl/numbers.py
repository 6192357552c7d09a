"""Numbers and dates as each surface writes them. What could be misread by a factor of a thousand is refused with a fix."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ejps_core.model.calendar import day_number
from ejps_core.model.words import Language, Words

CHUNK = {
    Language.ID: re.compile(r"\d+(?:[._,]\d+)*"),
    Language.EN: re.compile(r"\d+(?:[._]\d+|,\d{3}(?!\d))*"),
}
"""What is read as one number: in Indonesian a comma between digits without a space belongs to it."""

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a number or date is refused, and what to write instead (None: nothing can be proposed)."""

    code: str
    words: Words
    mend: Words | None
    instead: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read: `value` * 10**-digits, and what is wrong with its writing."""

    value: int
    digits: int
    problem: Problem | None = None


def grouped(value: int, language: Language) -> str:
    """A whole number with the surface's thousands sign."""
    sign = "." if language is Language.ID else "_"
    return f"{value:_}".replace("_", sign)


def written(value: int, digits: int, language: Language) -> str:
    """A number as the surface writes it."""
    minus, value = ("-" if value < 0 else ""), abs(value)
    whole, rest = divmod(value, 10**digits)
    tail = ("," if language is Language.ID else ".") + f"{rest:0{digits}d}" if digits else ""
    return minus + grouped(whole, language) + tail


def figure(chunk: str, language: Language) -> Figure:
    """The number that a chunk of digits and separators says in this surface."""
    thousands, decimal = (".", ",") if language is Language.ID else ("_", ".")
    pattern = rf"(\d+|\d{{1,3}}(?:[{thousands}]\d{{3}})+)(?:[{decimal}](\d+))?"
    match = re.fullmatch(pattern, chunk)
    if not match:
        return _misread(chunk, language, thousands, decimal)
    whole, tail = match[1].replace(thousands, ""), match[2] or ""
    read = Figure(int(whole + tail), len(tail))
    if len(whole + tail) > MOST_DIGITS:
        return Figure(0, 0, _too_long())
    plain = match[1] == whole
    if len(tail) == 3 and plain and 0 < int(whole) < 1000:
        return Figure(read.value, 3, _thousandfold(chunk, int(whole + tail), language))
    return read


def _thousandfold(chunk: str, value: int, language: Language) -> Problem:
    meant = grouped(value, language)
    small = written(value * 10, 4, language)
    return Problem(
        "number-ambiguous",
        Words(
            f"`{chunk}` dapat dibaca sebagai {meant} atau sebagai pecahan: bedanya seribu kali",
            f"`{chunk}` may be read as {meant} or as a fraction: a thousandfold difference",
        ),
        Words(
            f"untuk ribuan tulis `{meant}`; untuk pecahan tulis satu angka lagi: `{small}`",
            f"for thousands write `{meant}`; for a fraction write one more digit: `{small}`",
        ),
        meant,
    )


def _too_long() -> Problem:
    return Problem(
        "number-too-long",
        Words("bilangan ini terlalu panjang: paling banyak 18 angka", "this number is too long: 18 digits at most"),
        Words("periksa jumlah nolnya", "check the number of zeros"),
        None,
    )


def _misread(chunk: str, language: Language, thousands: str, decimal: str) -> Figure:
    """A number in another surface's writing, or with groups that are not of three."""
    digits = re.sub(r"\D", "", chunk)
    if len(digits) > MOST_DIGITS:
        return Figure(0, 0, _too_long())
    groups = re.split(r"[._,]", chunk)
    threes = len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    signs = set(re.sub(r"\d", "", chunk))
    if threes and len(signs) == 1:
        value, tail = int(digits), 0
    elif len(groups) == 2 or (len(signs) == 2 and chunk.count(_last_sign(chunk)) == 1):
        value, tail = int(digits), len(groups[-1])
    else:
        return Figure(int(digits), 0, _groups(chunk, thousands, None))
    if tail == 0 or signs & ({"_", ",", "."} - {thousands, decimal}) or len(signs) == 2:
        return Figure(value, tail, _other_writing(chunk, written(value, tail, language), language))
    return Figure(value, tail, _groups(chunk, thousands, written(value, tail, language)))


def _last_sign(chunk: str) -> str:
    return re.sub(r"\d", "", chunk)[-1]


def _other_writing(chunk: str, instead: str, language: Language) -> Problem:
    if language is Language.ID:
        words = Words(
            f"`{chunk}` bukan tulisan bilangan di berkas berbahasa Indonesia: titik untuk ribuan, koma untuk pecahan",
            f"`{chunk}` is not how an Indonesian file writes numbers: a point for thousands, a comma for decimals",
        )
    else:
        words = Words(
            f"`{chunk}` bukan tulisan bilangan di berkas berbahasa Inggris: garis bawah untuk ribuan, titik untuk pecahan",
            f"`{chunk}` is not how an English file writes numbers: an underscore for thousands, a point for decimals",
        )
    return Problem("number-writing", words, Words(f"tulis `{instead}`", f"write `{instead}`"), instead)


def _groups(chunk: str, thousands: str, instead: str | None) -> Problem:
    words = Words(
        f"`{chunk}`: sesudah tanda ribuan `{thousands}` harus ada tiga angka",
        f"`{chunk}`: three digits must follow the thousands sign `{thousands}`",
    )
    mend = Words(f"barangkali maksudnya `{instead}`", f"perhaps `{instead}` is meant") if instead else None
    return Problem("number-groups", words, mend, instead)


def rupiah_groups(chunk: str, language: Language) -> Problem:
    """Rupiah with a group that is not of three digits: zeros may have been forgotten."""
    sign = "." if language is Language.ID else "_"
    first, *rest = re.split(r"[._,]", chunk)
    instead = sign.join([first, *(group.ljust(3, "0") for group in rest)])
    good = all(len(group) <= 3 for group in rest)
    return _groups(chunk, sign, instead if good else None)


ZEROS = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12,
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}  # fmt: skip
"""Words for zeros, in either language."""
LARGE = re.compile(rf"[ \u00a0]*(?P<word>{'|'.join(ZEROS)})(?![A-Za-z0-9_])", re.IGNORECASE)


def with_zeros(read: Figure, word: str, written: str, sign: str, language: Language) -> Figure:
    """The number that a figure and a word for its zeros say: 1,5 juta. sign: what stands in front, in the proposal."""
    value, rest = divmod(read.value * 10 ** ZEROS[word.lower()], 10**read.digits)
    unsure = read.problem is not None and (read.problem.instead is None or read.problem.code == "number-ambiguous")
    instead = None if rest or unsure or len(str(value)) > MOST_DIGITS else grouped(value, language)
    words = Words(f"`{written}`: bilangan ditulis penuh dengan angka", f"`{written}`: a number is written out in digits")
    mend = Words("tulis semua angka dan nolnya", "write all its digits and zeros")
    if instead is not None:
        mend = Words(f"tulis `{sign}{instead}`", f"write `{sign}{instead}`")
    return Figure(value if instead else read.value, 0, Problem("number-in-words", words, mend, instead))


REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
"""A region code as the ministry writes it."""


def unquoted_region(chunk: str) -> Problem | None:
    """The problem of a region code without quotes; None if the chunk doesn't look like one."""
    if not REGION.fullmatch(chunk) or "." not in chunk:
        return None
    return Problem(
        "region-quotes",
        Words(
            f"`{chunk}` bukan bilangan; kode wilayah ditulis di antara tanda kutip",
            f"`{chunk}` is not a number; a region code stands in quotes",
        ),
        Words(f'tulis `"{chunk}"`', f'write `"{chunk}"`'),
        f'"{chunk}"',
    )


DATE_LIKE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
DATE_TURNED = re.compile(r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?![\d.,])")

DATE_NAMED = re.compile(r"(?P<day>\d{1,2})[ ]+(?P<name>[A-Za-z]{3,})\.?[ ]+(?P<year>\d{4})(?![\d.,_]\d)")
DATE_NAMED_FIRST = re.compile(r"(?P<name>[A-Za-z]{3,})\.?[ ]+(?P<day>\d{1,2}),?[ ]+(?P<year>\d{4})(?![\d.,_]\d)")
MONTHS = (
    "january januari", "february februari pebruari", "march maret", "april", "may mei", "june juni", "july juli",
    "august agustus agt", "september", "october oktober", "november nopember", "december desember",
)  # fmt: skip


def month_of(name: str) -> int | None:
    """The month of that name, in either language, in full or its first three letters."""
    name = name.lower()
    names = ({word for full in names.split() for word in (full, full[:3])} for names in MONTHS)
    return next((number for number, group in enumerate(names, 1) if name in group), None)


@dataclass(frozen=True, slots=True)
class Day:
    """A date read: days since 1970-01-01, and what is wrong with its writing."""

    number: int
    problem: Problem | None = None


def day(match: re.Match[str]) -> Day:
    """The date that a match says; one of a DATE_NAMED names a month."""
    named = "name" in match.groupdict()
    month = (month_of(match["name"]) or 0) if named else int(match["month"])
    year, of_month = int(match["year"]), int(match["day"])
    text = f"{year:04d}-{month:02d}-{of_month:02d}"
    try:
        number = day_number(date(year, month, of_month))
    except ValueError:
        words = Words(f"tanggal `{match[0]}` tidak ada di kalender", f"there is no date `{match[0]}` in the calendar")
        return Day(
            _nearest(year, month, of_month),
            Problem("date-impossible", words, Words("tulis tahun-bulan-hari", "write year-month-day"), None),
        )
    if match[0] == text:
        return Day(number)
    words = Words(
        f"tanggal ditulis tahun-bulan-hari dengan dua angka untuk bulan dan hari, bukan `{match[0]}`",
        f"a date is written year-month-day with two digits for month and day, not `{match[0]}`",
    )
    return Day(number, Problem("date-writing", words, Words(f"tulis `{text}`", f"write `{text}`"), text))


def _nearest(year: int, month: int, of_month: int) -> int:
    """A day near one that isn't in the calendar, to go on with."""
    month = min(max(month, 1), 12)
    year = min(max(year, 1), 9999)
    return day_number(date(year, month, min(max(of_month, 1), monthrange(year, month)[1])))

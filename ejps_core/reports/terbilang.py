"""Numbers, rupiah and days in Indonesian words, as minutes and receipts state them beside the figures."""

from __future__ import annotations

from datetime import date

ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
MOST = 10**15 - 1
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def terbilang(number: int) -> str:
    """A whole number up to 999 triliun in words.

    >>> terbilang(178_150)
    'seratus tujuh puluh delapan ribu seratus lima puluh'
    """
    if abs(number) > MOST:
        raise ValueError(number)
    if number < 0:
        return "minus " + terbilang(-number)
    if number < 1000:
        return _hundreds(number)
    parts = []
    for scale, name in SCALES:
        count, number = divmod(number, scale)
        if count:
            parts.append("seribu" if (scale, count) == (1000, 1) else f"{_hundreds(count)} {name}")
    return " ".join([*parts, _hundreds(number)] if number else parts)


def _hundreds(number: int) -> str:
    """0..999 in words."""
    if number < 12:
        return ONES[number]
    if number < 20:
        return ONES[number - 10] + " belas"
    if number < 100:
        return _joined(ONES[number // 10] + " puluh", number % 10)
    start = "seratus" if number < 200 else ONES[number // 100] + " ratus"
    return _joined(start, number % 100)


def _joined(start: str, rest: int) -> str:
    return f"{start} {_hundreds(rest)}" if rest else start


def rupiah_words(amount: int) -> str:
    """An amount in words: seratus tujuh puluh delapan ribu seratus lima puluh rupiah."""
    return terbilang(amount) + " rupiah"


def day_words(day: date) -> str:
    """A day as the opening of minutes states it.

    >>> day_words(date(2020, 10, 16))
    'Jumat tanggal enam belas bulan Oktober tahun dua ribu dua puluh'
    """
    named = f"{DAYS[day.weekday()]} tanggal {terbilang(day.day)}"
    return f"{named} bulan {MONTHS[day.month - 1]} tahun {terbilang(day.year)}"


def plain_day(day: date) -> str:
    """16 Oktober 2020."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

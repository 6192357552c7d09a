"""Values in words, in both languages: what explanations and messages print. Exact figures, no rounding."""

from __future__ import annotations

from ejps_core.model.calendar import day_of
from ejps_core.model.types import Choice, Date, Number, Per, Type, YesNo
from ejps_core.model.words import Words, same

PER = {
    Per.ONCE: same(""),
    Per.MONTH: Words(" per bulan", " per month"),
    Per.QUARTER: Words(" per triwulan", " per quarter"),
    Per.YEAR: Words(" per tahun", " per year"),
    Per.PHASE: Words(" per tahap", " per phase"),
}
UNKNOWN = Words("belum diketahui", "unknown")
YES, NO = Words("ya", "yes"), Words("tidak", "no")
SYMBOLS = {"IDR": "Rp"}


def number(value: int, scale: int) -> Words:
    """A number in units of 10**-scale: 1.234,5 in Indonesian, 1,234.5 in English."""
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 10**scale)
    digits = str(rest).rjust(scale, "0") if scale else ""
    english = f"{whole:,}"
    indonesian = english.replace(",", ".")
    return Words(
        sign + indonesian + ("," + digits if digits else ""),
        sign + english + ("." + digits if digits else ""),
    )


def money(value: int, minor_digits: int, currency: str) -> Words:
    """An amount: Rp178.150 in Indonesian, Rp178,150 in English."""
    words, symbol = number(abs(value), minor_digits), SYMBOLS.get(currency, currency + " ")
    sign = "-" if value < 0 else ""
    return Words(f"{sign}{symbol}{words.id}", f"{sign}{symbol}{words.en}")


def value_words(value: bool | int | str | None, kind: Type, currency: str = "IDR") -> Words:
    """A plain value (None: unknown) as it is read."""
    if value is None:
        return UNKNOWN
    match kind:
        case YesNo():
            return YES if value else NO
        case Number(scale=scale, per=None):
            return number(int(value), scale)
        case Number(scale=scale, per=per) if per is not None:
            words = money(int(value), scale, currency)
            return Words(words.id + PER[per].id, words.en + PER[per].en)
        case Date():
            return same(day_of(int(value)).isoformat())
        case Choice(labels=labels):
            return next((label.title for label in labels if label.name == value), same(str(value)))
        case _:
            return same(str(value))


def range_words(low: int | None, high: int | None, kind: Type, currency: str = "IDR") -> Words:
    """A number that lies in low..high (None: without limit)."""
    if low is not None and low == high:
        return value_words(low, kind, currency)
    if low is None and high is None:
        return UNKNOWN
    if low is None or high is None:
        end = value_words(low if high is None else high, kind, currency)
        if high is None:
            return Words(f"{UNKNOWN.id} (paling sedikit {end.id})", f"{UNKNOWN.en} (at least {end.en})")
        return Words(f"{UNKNOWN.id} (paling banyak {end.id})", f"{UNKNOWN.en} (at most {end.en})")
    first, last = value_words(low, kind, currency), value_words(high, kind, currency)
    return Words(f"{UNKNOWN.id} ({first.id} sampai {last.id})", f"{UNKNOWN.en} ({first.en} to {last.en})")

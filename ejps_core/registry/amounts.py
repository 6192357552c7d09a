"""Numbers and sums of money in cells: Indonesian and plain notation, never a float, never a guess."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from ejps_core.model.listing import Kind
from ejps_core.model.types import Number
from ejps_core.registry.problems import Reading, counted, unknown

_LONGEST = 60
_EXACT = Context(prec=400)
_MARKS = re.compile(r"^(?:Rp|IDR)\.?\s*|,-+$", re.IGNORECASE)
_WHOLE = re.compile(r"\d+", re.ASCII)
_INDONESIAN = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|(?:,\d{3})+\.\d+)", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_COMMA = re.compile(r"\d+,\d+", re.ASCII)
_POINT = re.compile(r"\d+\.\d+", re.ASCII)

AMBIGUOUS = "ambiguous"


def read_number(text: str, kind: Kind, number: Number) -> Reading:
    """The number of a trimmed, non-empty cell, in units of 10**-scale of `number`."""
    value = Decimal(text) if kind is Kind.NUMBER else _decimal(text) if kind is Kind.TEXT else None
    if value == AMBIGUOUS:
        return unknown(
            "ambiguous-number",
            f"“{text}” bisa berarti {text.replace(',', '.')} (ribuan) atau pecahan dengan koma",
            f"“{text}” may be {text.replace(',', '')} or a fraction after a decimal comma",
            f"Tulis {text.replace(',', '')} tanpa tanda pemisah, atau pecahan seperti 178,15.",
            f"Write {text.replace(',', '')} without a separator, or a fraction such as 178,15.",
        )
    if not isinstance(value, Decimal) or not value.is_finite():
        return unknown(
            "not-a-number",
            f"“{text}” bukan angka",
            f"“{text}” is not a number",
            "Isi dengan angka saja, tanpa satuan dan kata: 178150, 178.150 atau 7,2.",
            "Give the number alone, without unit or word: 178150, 178.150 or 7,2.",
        )
    units = _EXACT.scaleb(value, number.scale)
    if units != units.to_integral_value():
        return _too_fine(text, number)
    if not number.low <= units <= number.high:
        return out_of_bounds(text, number)
    return int(units), ()


def _decimal(text: str) -> Decimal | str | None:
    """The number a text stands for; AMBIGUOUS for 178,150; None where it is no number."""
    plain = text.replace("\u2212", "-").replace("\u00a0", " ")
    sign = "-" if plain.startswith("-") else ""
    plain = _MARKS.sub("", plain.removeprefix("-").removeprefix("+").strip()).strip()
    if plain.startswith("-") and not sign:
        sign, plain = "-", plain[1:]
    if len(plain) > _LONGEST:
        return None
    if _EITHER.fullmatch(plain):
        return AMBIGUOUS
    if _INDONESIAN.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif not (_WHOLE.fullmatch(plain) or _POINT.fullmatch(plain)):
        return None
    return Decimal(sign + plain)


def _too_fine(text: str, number: Number) -> Reading:
    if number.scale == 0:
        return unknown(
            "too-many-decimals",
            f"“{text}” bukan bilangan bulat",
            f"“{text}” is not a whole number",
            "Isi bilangan bulat; tidak ada yang dibulatkan di sini.",
            "Give a whole number; nothing is rounded here.",
        )
    return unknown(
        "too-many-decimals",
        f"“{text}” punya lebih dari {number.scale} angka di belakang koma",
        f"“{text}” has more than {counted(number.scale, 'decimal digit', 'decimal digits')}",
        f"Tulis paling banyak {number.scale} angka di belakang koma; tidak ada yang dibulatkan di sini.",
        f"Give at most {counted(number.scale, 'decimal digit', 'decimal digits')}; nothing is rounded here.",
    )


def out_of_bounds(text: str, number: Number) -> Reading:
    """What is said of a number outside the declared bounds."""
    low, high = written(number.low, number.scale), written(number.high, number.scale)
    return unknown(
        "out-of-bounds",
        f"“{text}” di luar batas {low} sampai {high}",
        f"“{text}” is outside {english(low)} to {english(high)}",
        "Periksa angkanya, juga satuannya (bulan atau tahun, rupiah atau ribuan rupiah).",
        "Check the number, and its unit (a month or a year, rupiah or thousands of rupiah).",
    )


def written(units: int, scale: int) -> str:
    """A number of units of 10**-scale as Indonesians write it: 178.150 or 7,2."""
    whole, rest = divmod(abs(units), 10**scale)
    sign = "-" if units < 0 else ""
    fraction = f",{rest:0{scale}}".rstrip("0").rstrip(",") if scale else ""
    return f"{sign}{whole:,}".replace(",", ".") + fraction


def english(text: str) -> str:
    """An Indonesian number the English way."""
    return text.translate(str.maketrans(".,", ",."))

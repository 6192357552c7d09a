"""Types, places and numbers in the words of the field, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ejps_core.model.calendar import day_of
from ejps_core.model.types import Choice, Code, Date, Number, Per, Quotient, Region, Type, YesNo
from ejps_core.model.wording import PER
from ejps_core.model.words import Words


def type_words(kind: Type) -> Words:
    """What a value is."""
    match kind:
        case YesNo():
            return Words("ya/tidak", "yes/no")
        case Number(per=None):
            return Words("angka", "a number")
        case Number(per=Per() as per):
            return Words("uang" + PER[per].id, "money" + PER[per].en)
        case Quotient(per=None):
            return Words("hasil bagi", "a quotient")
        case Quotient(per=Per() as per):
            return Words("hasil bagi uang" + PER[per].id, "a quotient of money" + PER[per].en)
        case Date():
            return Words("tanggal", "a date")
        case Choice():
            return Words("pilihan", "a choice")
        case Region():
            return Words("wilayah", "a region")
        case Code():
            return Words("kode", "a code")
    raise AssertionError(kind)


def day_text(number: int) -> str:
    """A date as rule files write it."""
    return day_of(number).isoformat()


def meant(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like the name, if one does."""
    close = get_close_matches(name, sorted(candidates), 1, 0.7)
    return close[0] if close else None


def listed(items: Iterable[str], most: int = 8) -> str:
    """Names in backticks with commas, not too many."""
    names = [f"`{item}`" for item in items]
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")

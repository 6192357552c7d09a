"""Figures as officials write them: Rp178.150, 90,40 persen, 16 Oktober 2020. No rounding of money, ever."""

from __future__ import annotations

from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from ejps_core.model.calendar import day_of
from ejps_core.model.words import Language, Words

LOCALES = {Language.ID: "id_ID", Language.EN: "en_US"}
SYMBOLS = {"IDR": "Rp", "EUR": "€", "USD": "$"}
LATEST = day_of(0).max.toordinal() - day_of(0).toordinal()
"""The known date of a run on whatever is published: the last day there is."""


def money(amount: int, language: Language, currency: str = "IDR", minor_digits: int = 0) -> str:
    """A sum in minor units as text, exact.

    >>> money(178_150, Language.ID)
    'Rp178.150'
    """
    pattern = "#,##0" + ("." + "0" * minor_digits if minor_digits else "")
    value = Decimal(amount).scaleb(-minor_digits)
    digits = format_decimal(abs(value), format=pattern, locale=LOCALES[language])
    return ("-" if amount < 0 else "") + SYMBOLS.get(currency, currency + " ") + digits


def span(low: int, high: int | None, language: Language, currency: str = "IDR", minor_digits: int = 0) -> str:
    """A sum that lies in low..high, in minor units; high None: nobody knows how much at most.

    >>> span(0, 500_000, Language.ID)
    'Rp0 sampai Rp500.000'
    """
    least = money(low, language, currency, minor_digits)
    if high is None:
        return Words(f"paling sedikit {least}", f"at least {least}").say(language)
    most = money(high, language, currency, minor_digits)
    return Words(f"{least} sampai {most}", f"{least} to {most}").say(language)


def number(value: int, language: Language, scale: int = 0) -> str:
    """A whole number in units of 10**-scale as text.

    >>> number(7_20, Language.ID, 2)
    '7,20'
    """
    pattern = "#,##0" + ("." + "0" * scale if scale else "")
    return str(format_decimal(Decimal(value).scaleb(-scale), format=pattern, locale=LOCALES[language]))


def percent(part: int, whole: int, language: Language) -> str:
    """`part` of `whole` in percent, two decimals, halves up; a dash where there is no whole.

    >>> percent(15_472_327_500, 17_116_295_700, Language.ID)
    '90,40'
    """
    found = hundredths_of(part, whole)
    return "–" if found is None else number(found, language, 2)


def hundredths_of(part: int, whole: int) -> int | None:
    """`part` of `whole` in hundredths of a percent, halves up; None where there is no whole."""
    return None if whole == 0 else (2 * 10_000 * part + whole) // (2 * whole)


def day(number_of_day: int, language: Language) -> str:
    """A day as text: 16 Oktober 2020."""
    return str(format_date(day_of(number_of_day), "d MMMM y", locale=LOCALES[language]))


def part(hundredths: int, language: Language) -> str:
    """A share's part as text: 60% or 12,5%."""
    text = number(hundredths, language, 2)
    mark = "," if language is Language.ID else "."
    whole, _, rest = text.partition(mark)
    rest = rest.rstrip("0")
    return f"{whole}{mark}{rest}%" if rest else f"{whole}%"

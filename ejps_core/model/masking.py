"""What may be seen of a text: numbers that identify lose all but four digits, invisible characters get a mark."""

from __future__ import annotations

import re
from dataclasses import replace

from ejps_core.model.diagnostic import Diagnostic, Why
from ejps_core.model.span import Cell, Place
from ejps_core.model.words import Words

DOT, UNSEEN, LINE_END = "•", "\ufffd", "↵"
SHOWN = 4
SHORTEST = 10
"""Fewer digits than this identify nobody; more may be a NIK with some lost, or a telephone."""

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: "\u2421"}
_HIDDEN = (
    *range(0x80, 0xA0),
    *(0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *(0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB),
    *range(0xE0000, 0xE0080),
)
_MARKS = _CONTROLS | dict.fromkeys(_HIDDEN, UNSEEN)
_INVISIBLE = re.compile("[" + "".join(re.escape(chr(code)) for code in _MARKS) + "]")

_PLAIN = (
    r"(?:Rp|IDR|EUR|USD|€|\$)\s?-?[0-9][0-9.,]*"  # money
    r"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)"  # a date
    r"|(?<![\d.])\d\d\.\d\d\.\d\d\.\d{4}(?![\d.])"  # a village
)
_SCIENTIFIC = r"(?P<scientific>\d[\d.,]*[eE]\+?\d{1,2}(?!\d))"
_LONG = r"(?P<long>\d(?:[ .\-\u2013'\u00a0_]{0,2}[\dOoIl])*(?<=\d))"
_NUMBER = re.compile(f"{_PLAIN}|{_SCIENTIFIC}|{_LONG}")
_SOME_DIGIT = re.compile(r"\d")
_DIGIT = re.compile(r"[\dOoIl]")


def mask(value: str) -> str:
    """An identifier without what identifies: a long number keeps its last four digits, anything else nothing.

    The first six digits of a NIK give the sub-district and the next six the birth date, which neighbours know.

    >>> mask("7504044107859010")
    '••••••••••••9010'
    """
    if value.isdecimal() and len(value) >= SHORTEST:
        return DOT * (len(value) - SHOWN) + value[-SHOWN:]
    return DOT * 6 if value else value


def mask_numbers(text: str, shown: str | None = None) -> str:
    """The text with every number of ten digits or more masked, except `shown`; its length stays.

    Spaces, dots and dashes within the number, O and l for 0 and 1, and scientific notation hide nothing. Money, dates
    and village codes stay.

    >>> mask_numbers("NIK 7504 0441 0785 9010, Rp1.234.567.890, 7,50404E+15")
    'NIK •••• •••• •••• 9010, Rp1.234.567.890, •,•••••E+15'
    """
    if _SOME_DIGIT.search(text) is None:
        return text
    own = digits_of(shown) if shown else None

    def masked(found: re.Match[str]) -> str:
        if (number := found["scientific"]) is not None:
            mantissa, mark, power = re.split("([eE])", number, maxsplit=1)
            return _DIGIT.sub(DOT, mantissa) + mark + power if int(re.sub(r"\D", "", power)) >= SHORTEST - 1 else number
        number = found["long"]
        if number is None or len(digits := _DIGIT.findall(number)) < SHORTEST or digits_of(number) == own:
            return found[0]
        hidden = iter(range(len(digits)))
        return _DIGIT.sub(lambda digit: DOT if next(hidden) < len(digits) - SHOWN else digit[0], number)

    return _NUMBER.sub(masked, text)


def digits_of(text: str) -> str:
    """A number as it is compared: without spaces, dots, dashes and apostrophes."""
    return re.sub(r"[\s.\-\u2013'\u2019_]", "", text)


def visible(text: str) -> str:
    """The text with a mark for each character that can't be seen: control characters and turns of direction.

    >>> visible("a\\u202eb")
    'a�b'
    """
    return text.translate(_MARKS) if _INVISIBLE.search(text) else text


def discreet(finding: Diagnostic, shown: str | None = None) -> Diagnostic:
    """The finding as it may be shown to anybody: numbers masked except `shown`, one line a text, nothing invisible."""

    def text(each: str) -> str:
        return mask_numbers(visible(each).replace("\n", LINE_END).replace("\t", " "), shown)

    def words(each: Words) -> Words:
        return Words(text(each.id), text(each.en))

    def place(each: Place | None) -> Place | None:
        if not isinstance(each, Cell):
            return each
        return replace(
            each,
            sheet=None if each.sheet is None else text(each.sheet),
            column=None if each.column is None else text(each.column),
            value=None if each.value is None else text(each.value),
        )

    return replace(
        finding,
        place=place(finding.place),
        words=words(finding.words),
        mend=None if finding.mend is None else words(finding.mend),
        why=None if finding.why is None else Why(place(finding.why.place), words(finding.why.words)),
    )

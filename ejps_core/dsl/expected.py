"""A token that can't stand where it stands, and in words what could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import KEYWORDS, SIGNS, spellings
from ejps_core.model.words import Language, Words

CLASSES = {
    "NAME": Words("sebuah nama", "a name"),
    "STRING": Words("teks di antara tanda kutip", "text in quotes"),
    "DATE": Words("tanggal seperti 2020-04-27", "a date like 2020-04-27"),
    "MONEY": Words("uang seperti Rp1.000", "money like Rp 1_000"),
    "CURRENCY": Words("mata uang seperti IDR", "a currency like IDR"),
    "INT": Words("bilangan bulat", "a whole number"),
    "DECIMAL": Words("bilangan desimal", "a decimal number"),
    "PERCENT": Words("persen seperti 60%", "a percentage like 60%"),
    "FACT": Words("nama data", "the name of a fact"),
    "_NL": Words("akhir baris", "the end of the line"),
    "_INDENT": Words("isi yang menjorok di baris berikutnya", "what belongs to it, indented on the next line"),
    "_DEDENT": Words("akhir bagian ini", "the end of this part"),
}
VALUE = Words("sebuah nilai", "a value")
OPERATION = Words("tanda hitung atau perbandingan", "an operator or a comparison")
VALUE_STARTS = frozenset(
    [
        "NAME",
        "INT",
        "DECIMAL",
        "MONEY",
        "PERCENT",
        "DATE",
        "STRING",
        "YES",
        "NO",
        "MINUS",
        "_LPAR",
        "_NOT",
        "_IF",
        "_AGE",
        "_COUNT_MEMBERS",
        "_SUM",
        "LARGEST",
        "SMALLEST",
        "PROVINCE_OF",
        "DISTRICT_OF",
        "SUBDISTRICT_OF",
        "HALF_UP",
        "HALF_EVEN",
        "UP",
        "DOWN",
        "_ANY_MEMBER",
        "_EVERY_MEMBER",
        "_AT_LEAST",
        "_ALL_OF",
        "_ANY_OF",
        "PHASE_START",
        "PHASE_END",
        "_DECISION_DATE",
    ]
)
OPERATIONS = frozenset(
    [
        "EQUAL",
        "UNEQUAL",
        "BELOW",
        "AT_MOST",
        "ABOVE",
        "AT_LEAST",
        "_PLUS",
        "MINUS",
        "_STAR",
        "_SLASH",
        "_AND",
        "_OR",
        "_IN",
        "_IN_AREA",
        "_IS_UNKNOWN",
        "_IF_UNKNOWN",
        "_OF",
    ]
)
UNITS = frozenset(["DAY", "MONTH", "QUARTER", "YEAR", "PHASE"])
MOST_NAMED = 7


@dataclass(frozen=True, slots=True)
class Surprise:
    """The token at `at` is none of the acceptable terminals; `following` is the first token of the next statement."""

    tokens: Sequence[Token]
    at: int
    line_start: int
    acceptable: frozenset[str]
    following: Token | None

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    @property
    def before(self) -> Token | None:
        """The token before it on the same line."""
        return self.tokens[self.at - 1] if self.at > self.line_start else None


def fitting(surprise: Surprise, language: Language) -> Words:
    """What may stand there, in words."""
    acceptable = set(surprise.acceptable)
    named: list[Words] = []
    if {"_LPAR", "NAME", "INT"} <= acceptable:
        named.append(VALUE)
        acceptable -= VALUE_STARTS
    if len(OPERATIONS & acceptable) > 4:
        named.append(OPERATION)
        acceptable -= OPERATIONS | UNITS
    for terminal in sorted(acceptable, key=lambda terminal: (terminal not in CLASSES, terminal == "_NL", terminal)):
        named.append(_described(terminal, language))
    shown = named[:MOST_NAMED]
    more = len(named) > MOST_NAMED
    return Words(_listed([w.id for w in shown], "atau", more), _listed([w.en for w in shown], "or", more))


def _listed(items: list[str], word: str, more: bool) -> str:
    if more:
        return ", ".join(items) + ", …"
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" {word} " + items[-1]


def _described(terminal: str, language: Language) -> Words:
    if terminal in CLASSES:
        return CLASSES[terminal]
    if terminal in KEYWORDS:
        spelling = f"`{spellings(terminal, language)[0]}`"
        return Words(spelling, spelling)
    sign = next((sign for sign, group in SIGNS.items() if terminal in group), terminal)
    return Words(f"`{sign}`", f"`{sign}`")

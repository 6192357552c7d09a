"""How a word is written in a surface: the preferred keyword, numbers in one form, names and strings as they are."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl.numbers import written
from ejps_core.dsl.printing.sentences import Word
from ejps_core.dsl.words import MONTHS, spellings
from ejps_core.model.words import Language

UNITS = frozenset(["DAY", "MONTH", "QUARTER", "YEAR", "PHASE"])


def spelt(words: Sequence[Word], source: Language, to: Language) -> list[str]:
    """The texts of a logical line's words in the surface `to`; the file is in `source`."""
    texts = [_text(words, at, to) for at in range(len(words))]
    if source is not to:
        for at in range(1, len(words) - 1):
            if words[at].terminal == "LANGUAGE":
                texts[at - 1 : at + 2] = [texts[at + 1], source.value, texts[at - 1]]
    return texts


def _text(words: Sequence[Word], at: int, to: Language) -> str:
    word = words[at]
    value, digits, currency = word.token.value
    match word.terminal:
        case "INT" | "DECIMAL":
            return written(value, digits, to)
        case "PERCENT":
            return written(value, digits, to) + "%"
        case "MONEY":
            return _currency(currency, to) + written(value, digits, to)
        case "NAME" if words[0].terminal == "_LEAP_DAY":
            return _month(word.token.text, to)
        case "LANGUAGE":
            return word.token.text
        case "MEMBER" if any(earlier.terminal == "_NEEDS" for earlier in words[:at]):
            return "members"  # the member list as a fact has one name, like every fact
    own = spellings(word.terminal, to)
    if to is Language.EN and len(own) > 1:
        return _agreeing(words, at) or own[0]
    return own[0] if own else word.token.text


def _currency(currency: str, to: Language) -> str:
    if currency == "IDR":
        return "Rp" if to is Language.ID else "Rp "
    return currency + " "


def _month(text: str, to: Language) -> str:
    english, indonesian = next((names for names in MONTHS.values() if text in names), (text, text))
    return indonesian if to is Language.ID else english


def _agreeing(words: Sequence[Word], at: int) -> str | None:
    """The English form that agrees with the words around it; None: the preferred one will do."""
    terminals = {word.terminal for word in words}
    before = words[at - 1] if at else None
    one = before is not None and before.terminal == "INT" and before.token.value[0] == 1
    match words[at].terminal:
        case "_HAS":
            return "have" if "MEMBER" in terminals else "has"
        case "FAMILY":
            return "families" if before and "_TOTALS_BY" in terminals else "family"
        case "MEMBER":
            each = before is not None and before.token.text.endswith("each")
            single = one or each or (before is None and "_HAS" not in terminals)
            return "member" if single else "members"
        case unit if unit in UNITS:
            many = before is not None and before.terminal == "INT" and not one
            return unit.lower() + ("s" if many else "")
    return None

"""Habits of mathematics and of spreadsheets that the rule language writes otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl.expected import Surprise
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.hints import COMPARISONS
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.words import Language, Words

ENDS = frozenset(["_AND", "_OR", "_NOT", "_LPAR", "_RPAR", "_IF", "_THEN", "_COMMA", "_IS", "_NL", "_DEDENT"])
"""Where the operand of a comparison begins or ends."""


def chained(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """0 < desil < 5: a range."""
    tokens, at = surprise.tokens, surprise.at
    if not COMPARISONS.intersection(surprise.token.options):
        return False
    first = at - 1
    while first > surprise.line_start and not (COMPARISONS | ENDS).intersection(tokens[first].options):
        first -= 1
    if not COMPARISONS.intersection(tokens[first].options):
        return False
    start, end = first, at + 1
    while start > surprise.line_start and not (COMPARISONS | ENDS).intersection(tokens[start - 1].options):
        start -= 1
    if any("_WHERE" in token.options for token in tokens[start:at]):
        return False  # of the number of members, probably
    while end < len(tokens) and tokens[end].text and not (COMPARISONS | ENDS).intersection(tokens[end].options):
        end += 1
    low, item, high = _text(tokens[start:first]), _text(tokens[first + 1 : at]), _text(tokens[at + 1 : end])
    both, among, one, two = spellings("_AND", language)[0], spellings("_IN", language)[0], tokens[first], tokens[at]
    own = f"{low} {one.text} {item} {both} {item} {two.text} {high}"
    ranged = f"{item} {among} {low}..{high}"
    if {"AT_MOST"}.issuperset((one.type, two.type)) and first - start <= 2 and end - at <= 3:
        own = ranged
    words = Words("dua perbandingan berderet", "two comparisons in a row")
    mend = Words(
        f"tulis `{ranged}` (kedua ujungnya ikut), atau ulangi: `{item} … {both} {item} …`",
        f"write `{ranged}` (both ends belong to it), or repeat: `{item} … {both} {item} …`",
    )
    span = tokens[start].span(findings.path).to(tokens[end - 1].span(findings.path))
    good = bool(low and item and high)
    findings.error("comparison-chained", span, words, mend=mend, fix=Fix(span, own) if good else None)
    return True


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)

"""What people write instead of the rule language, and what it is called here."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl.expected import Surprise
from ejps_core.dsl.numbers import ZEROS, grouped
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import SIGNS, spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words

COMPARISONS = frozenset(["EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST"])
SYNONYMS = {
    "adalah": "EQUAL", "is": "EQUAL", "sama": "EQUAL", "equals": "EQUAL",
    "kurang": "BELOW", "less": "BELOW", "below": "BELOW", "lebih": "ABOVE", "more": "ABOVE",
    "antara": "_IN", "between": "_IN", "kali": "_STAR", "x": "_STAR", "times": "_STAR", "dibagi": "_SLASH",
    "dengan": "_WHERE", "with": "_WHERE", "who": "_WHERE", "that": "_WHERE",
    "lainnya": "_OTHERWISE", "lain": "_OTHERWISE", "else": "_OTHERWISE", "jikalau": "_IF", "kalau": "_IF", "when": "_IF",
    "selama": "_FOR", "during": "_FOR", "hingga": "_UNTIL", "to": "_UNTIL", "till": "_UNTIL",
    "serta": "_AND", "ataupun": "_OR", "lalu": "_THEN", "bernilai": "EQUAL",
}  # fmt: skip
Hint = tuple[Words | None, Fix | None]


def hint(surprise: Surprise, language: Language, span: Span) -> Hint:
    """How to mend a token that can't stand there, and the change if there is only one."""
    for find in (_synonym, _amount, _head, _value_of_case, _comparison_alone, _function, _only_sign):
        found = find(surprise, language, span)
        if found is not None:
            return found
    return None, None


def _written(terminal: str, language: Language) -> str:
    sign = next((sign for sign, group in SIGNS.items() if terminal in group), None)
    return sign or spellings(terminal, language)[0]


def _synonym(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    terminal = SYNONYMS.get(surprise.token.text)
    if terminal is None or terminal not in surprise.acceptable:
        return None
    own = _written(terminal, language)
    if surprise.token.text in ("antara", "between"):
        own = f"{own} 1..4"
    words = Words(f"barangkali maksudnya `{own}`", f"perhaps `{own}` is meant")
    alone = surprise.token.text in ("adalah", "is", "x", "kali", "dengan", "lainnya", "else", "selama", "during", "serta")
    return words, Fix(span, own) if alone else None


def _amount(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """satu juta, 60 persen."""
    text = surprise.token.text
    if text in ZEROS:
        one = grouped(10 ** ZEROS[text], language)
        return Words(f"tulis dengan angka: satu {text} adalah `{one}`", f"write digits: one {text} is `{one}`"), None
    if text in ("persen", "percent") and surprise.before is not None:
        own = surprise.before.text + "%"
        return Words(f"tulis `{own}`", f"write `{own}`"), Fix(surprise.before.span(span.path).to(span), own)
    return None


def _head(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """The first line of a rule or benefit: a name, a title; the content below."""
    first = surprise.tokens[0]
    kinds = {"REQUIRE", "REFUSE", "_PAY", "_LET", "_PARAMETER"}
    if surprise.line_start or not kinds.intersection(first.options):
        return None
    if surprise.acceptable == {"NAME"}:
        example = f"{first.text} nama_pendek"
        return Words(f"beri nama dahulu: `{example} …`", f"give it a name first: `{example} …`"), None
    if "_NL" not in surprise.acceptable or "STRING" not in surprise.acceptable:
        return None
    if surprise.token.text == ":":
        return Words("hapus `:`", "take out `:`"), Fix(span, "")
    own = f'{first.text} nama "Judul"'
    return (
        Words(
            f"baris pertama hanya nama dan judul (`{own}`); isinya di baris berikutnya, empat spasi di depan",
            f"the first line has a name and a title only (`{own}`); the rest stands below, four spaces in front",
        ),
        None,
    )


def _value_of_case(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """if a then b <= 4 otherwise …: a comparison as a value."""
    if "_OTHERWISE" in surprise.acceptable and COMPARISONS.intersection(surprise.token.options):
        then = spellings("_THEN", language)[0]
        return (
            Words(
                f"perbandingan sesudah `{then}` ditulis di antara tanda kurung",
                f"a comparison after `{then}` stands in parentheses",
            ),
            None,
        )
    return None


def _comparison_alone(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """a >= 1 and <= 4: the fact is not repeated."""
    before = surprise.before
    joins = before is not None and {"_AND", "_OR", "_NOT"}.intersection(before.options)
    if joins and COMPARISONS.intersection(surprise.token.options):
        both, among = spellings("_AND", language)[0], spellings("_IN", language)[0]
        return (
            Words(
                f"ulangi apa yang dibandingkan: `x >= 1 {both} x <= 4`, atau tulis `x {among} 1..4`",
                f"repeat what is compared: `x >= 1 {both} x <= 4`, or write `x {among} 1..4`",
            ),
            None,
        )
    return None


def _function(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """max(a, b): there are no functions."""
    before = surprise.before
    if "_LPAR" not in surprise.token.options or before is None or before.type != "NAME":
        return None
    return (
        Words(
            f"tidak ada fungsi `{before.text}(…)`; yang terbesar dari dua: `jika a > b maka a selain itu b`",
            f"there is no function `{before.text}(…)`; the larger of two: `if a > b then a otherwise b`",
        ),
        None,
    )


def _only_sign(surprise: Surprise, language: Language, span: Span) -> Hint | None:
    """Only one keyword or sign may stand here: it stands in for another sign, or was left out before a word."""
    token = surprise.token
    if token.type == "STRING" or not token.text or len(surprise.acceptable) != 1:
        return None
    (terminal,) = surprise.acceptable
    if not any(terminal in group for group in SIGNS.values()) and not spellings(terminal, language):
        return None
    own = _written(terminal, language)
    if token.options[0] in {name for group in SIGNS.values() for name in group}:
        return Words(f"tulis `{own}`", f"write `{own}`"), Fix(span, own)
    if terminal == "_LPAR":
        return _parentheses(surprise, span)
    start = Span(span.path, span.line, span.column, span.line, span.column)
    words = Words(f"tulis `{own}` di depan `{token.text}`", f"write `{own}` before `{token.text}`")
    return words, Fix(start, own + " ")


def _parentheses(surprise: Surprise, span: Span) -> Hint:
    """round down f(x) to Rp 1_000: both parentheses, around what is rounded."""
    depth, end = 0, surprise.at
    for token in surprise.tokens[surprise.at :]:
        if token.line != surprise.token.line or not token.text or (depth == 0 and "_TO" in token.options):
            break
        depth += ("_LPAR" in token.options) - ("_RPAR" in token.options)
        end += 1
    inside = surprise.tokens[surprise.at : end]
    own = f"({_as_written(inside)})"
    return Words(f"tulis `{own}`", f"write `{own}`"), Fix(span.to(inside[-1].span(span.path)), own)


def _as_written(tokens: Sequence[Token]) -> str:
    """Tokens of one line with the spaces between them."""
    text = ""
    for token, before in zip(tokens, (None, *tokens), strict=False):
        text += " " * (token.column - before.end if before else 0) + token.text
    return text

"""Slips whose one remedy is sure: they are told with it, and reading goes on as if it had been written so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.dsl.expected import Surprise, fitting
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.words import Language, Words

WORDS = {
    "dalam": "_IN", "within": "_IN",
    "descending": "HIGHEST_FIRST", "desc": "HIGHEST_FIRST", "menurun": "HIGHEST_FIRST", "turun": "HIGHEST_FIRST",
    "ascending": "LOWEST_FIRST", "asc": "LOWEST_FIRST", "menaik": "LOWEST_FIRST", "naik": "LOWEST_FIRST",
    "kuota": "_AT_MOST", "quota": "_AT_MOST", "maksimal": "_AT_MOST", "maksimum": "_AT_MOST", "maximum": "_AT_MOST",
}  # fmt: skip
"""One word for a keyword, wherever that fits and the word doesn't."""

VERDICTS = {
    "layak": "ELIGIBLE", "berhak": "ELIGIBLE", "lolos": "ELIGIBLE", "diterima": "ELIGIBLE", "accepted": "ELIGIBLE",
    "ya": "ELIGIBLE", "yes": "ELIGIBLE", "entitled": "ELIGIBLE", "memenuhi": "ELIGIBLE",
    "tidak layak": "INELIGIBLE", "tidak berhak": "INELIGIBLE", "tidak lolos": "INELIGIBLE", "tidak": "INELIGIBLE",
    "gugur": "INELIGIBLE", "ditolak": "INELIGIBLE", "not eligible": "INELIGIBLE", "no": "INELIGIBLE",
    "tidak memenuhi": "INELIGIBLE", "rejected": "INELIGIBLE", "refused": "INELIGIBLE", "not entitled": "INELIGIBLE",
    "tidak diketahui": "UNDETERMINED", "belum diketahui": "UNDETERMINED", "belum jelas": "UNDETERMINED",
    "diverifikasi": "UNDETERMINED", "verifikasi": "UNDETERMINED", "unknown": "UNDETERMINED", "unclear": "UNDETERMINED",
}  # fmt: skip
"""What people call the three outcomes."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The tokens that are meant instead of those from `at` up to `end`."""

    at: int
    end: int
    tokens: tuple[Token, ...]


def repair(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    """What is meant, when that is sure; told in `findings`."""
    for find in (_word, _verdict, _reasons, _colon, _members):
        found = find(surprise, language, findings)
        if found is not None:
            return found
    return None


def _instead(surprise: Surprise, end: int, terminal: str, language: Language, findings: Findings) -> Repair:
    """A keyword instead of the tokens up to `end`."""
    first, last = surprise.token, surprise.tokens[end - 1]
    written, own = " ".join(t.text for t in surprise.tokens[surprise.at : end]), spellings(terminal, language)[0]
    fits, span = fitting(surprise, language), first.span(findings.path).to(last.span(findings.path))
    words = Words(f"di sini harus ada {fits.id}, bukan `{written}`", f"here comes {fits.en}, not `{written}`")
    findings.error("unexpected", span, words, mend=Words(f"tulis `{own}`", f"write `{own}`"), fix=Fix(span, own))
    return Repair(surprise.at, end, (Token((terminal,), own, first.line, first.column, last.end),))


def _word(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    terminal = WORDS.get(surprise.token.text, "")
    if surprise.token.type == "STRING" or terminal not in surprise.acceptable:
        return None
    return _instead(surprise, surprise.at + 1, terminal, language, findings)


def _verdict(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    """then entitled: one of the three outcomes."""
    if not {"ELIGIBLE", "INELIGIBLE", "UNDETERMINED"} <= surprise.acceptable:
        return None
    for length in (2, 1):
        group = surprise.tokens[surprise.at : surprise.at + length]
        terminal = VERDICTS.get(" ".join(token.text for token in group).strip())
        if terminal is not None and all(token.text for token in group):
            return _instead(surprise, surprise.at + length, terminal, language, findings)
    return None


def _reasons(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    """because a, b: reasons (and facts needed) are joined by `and`; after a comma come values."""
    tokens, at = surprise.tokens, surprise.at
    if surprise.acceptable not in ({"_IS"}, {"NAME"}) or not any(
        "_THEN" in t.options for t in tokens[surprise.line_start : at]
    ):
        return None
    start = at - 1
    while start > surprise.line_start and not {"_BECAUSE", "_NEEDS"}.intersection(tokens[start].options):
        start -= 1
    first = tokens[start + 1] if start > surprise.line_start else None
    if first is None:
        return None
    end, joined = start + 1, [first]
    while _goes_on(tokens[end + 1 : end + 4]):
        joined.append(tokens[end + 2])
        end += 2
    if len(joined) < 2:
        return None
    own = spellings("_AND", language)[0]
    text = f" {own} ".join(token.text for token in joined)
    span = first.span(findings.path).to(joined[-1].span(findings.path))
    words = Words(
        f"beberapa nama di sini disambung dengan `{own}`; sesudah koma ada nilai yang diuji",
        f"several names are joined by `{own}` here; after a comma come the values that are asserted",
    )
    findings.error("because-list", span, words, mend=Words(f"tulis `{text}`", f"write `{text}`"), fix=Fix(span, text))
    meant: list[Token] = []
    for token in joined:
        meant += [token] if not meant else [Token(("_AND",), own, token.line, token.column, token.column), token]
    return Repair(start + 1, end + 1, tuple(meant))


def _goes_on(tokens: Sequence[Token]) -> bool:
    """Whether a comma or `and` and a name follow, and no value for it."""
    if len(tokens) < 2 or not {"_COMMA", "_AND"}.intersection(tokens[0].options):
        return False
    named = tokens[1].type == "FACT" or {"NAME", "MEMBER"}.intersection(tokens[1].options)
    return bool(named) and not (len(tokens) > 2 and "_IS" in tokens[2].options)


def _colon(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    """A colon at the end of a line."""
    token, after = surprise.token, surprise.tokens[surprise.at + 1 : surprise.at + 2]
    if "_COLON" not in token.options or "_NL" not in surprise.acceptable or not after or after[0].type != "_NL":
        return None
    before, span = surprise.before, token.span(findings.path)
    name = before.text if before else ""
    words = Words(f"sesudah `{name}` tidak ada `:`", f"no `:` follows `{name}`")
    findings.error("unexpected", span, words, mend=Words("hapus `:`", "take out `:`"), fix=Fix(span, ""))
    return Repair(surprise.at, surprise.at + 1, ())


def _members(surprise: Surprise, language: Language, findings: Findings) -> Repair | None:
    """count member: the keyword has its other number; count pay of members: the sum."""
    before, token = surprise.before, surprise.token
    if before is None or before.text not in ("jumlah", "count") or before.type == "STRING":
        return None
    start = surprise.at - 1
    if before.text == "count" and token.text == "member":
        own = spellings("_COUNT_MEMBERS", language)[0]
        span = before.span(findings.path).to(token.span(findings.path))
        words = Words(f"`count member` ditulis `{own}`", f"`count member` is written `{own}`")
        findings.error("unexpected", span, words, mend=Words(f"tulis `{own}`", f"write `{own}`"), fix=Fix(span, own))
        return Repair(start, surprise.at + 1, (Token(("_COUNT_MEMBERS",), own, before.line, before.column, token.end),))
    following = surprise.tokens[surprise.at + 1 : surprise.at + 3]
    if "NAME" not in token.options or len(following) < 2:
        return None
    if "_OF" not in following[0].options or "MEMBER" not in following[1].options:
        return None
    own, span = spellings("_SUM", language)[0], before.span(findings.path)
    words = Words(
        f"`{before.text}` menghitung orang; yang menjumlahkan nilai tiap anggota adalah `{own}`",
        f"`{before.text}` is of people; what adds up a value of each member is `{own}`",
    )
    mend = Words(f"tulis `{own} {token.text} …`", f"write `{own} {token.text} …`")
    findings.error("count-of-values", span, words, mend=mend, fix=Fix(span, own))
    return Repair(start, surprise.at, (Token(("_SUM",), own, before.line, before.column, before.end),))

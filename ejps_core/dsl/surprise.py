"""Plain words for a token that can't stand where it stands: what is there, what would fit, how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ejps_core.dsl.findings import Findings
from ejps_core.dsl.layout import OPENERS
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import KEYWORDS, SIGNS, spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
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
COMPARISONS = frozenset(["EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST"])
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


def report(surprise: Surprise, language: Language, findings: Findings) -> None:
    """Adds the message."""
    for case in (
        _unknown_compared,
        _second_comparison,
        _mixed,
        _parenthesis,
        _no_block,
        _region,
        _reserved,
        _too_deep_line,
        _misspelt,
        _line_ends,
    ):
        if case(surprise, language, findings):
            return
    _otherwise(surprise, language, findings)


def _unknown_compared(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """fact = unknown."""
    if "UNKNOWN" not in surprise.token.options or "INT" not in surprise.acceptable or surprise.before is None:
        return False
    asked = spellings("_IS_UNKNOWN", language)[0]
    words = Words(
        "yang belum diketahui tidak dibandingkan, tetapi ditanyakan", "the unknown is not compared; it is asked for"
    )
    mend = Words(f"tulis `… {asked}`", f"write `… {asked}`")
    span = surprise.before.span(findings.path).to(surprise.token.span(findings.path))
    fix = Fix(span, asked) if "EQUAL" in surprise.before.options else None
    findings.error("unknown-compared", span, words, mend=mend, fix=fix)
    return True


def _second_comparison(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """A comparison after `where a = b`: of the count, probably, not of the member."""
    line = surprise.tokens[surprise.line_start : surprise.at]
    if not COMPARISONS.intersection(surprise.token.options) or not any("_WHERE" in token.options for token in line):
        return False
    where, token = spellings("_WHERE", language)[0], surprise.token
    words = Words(
        f"sesudah `{where}` hanya ada satu perbandingan; `{token.text}` ini yang kedua",
        f"after `{where}` there is one comparison only; this `{token.text}` is a second one",
    )
    mend = Words(
        "bila jumlahnya yang dibandingkan, beri tanda kurung: `(jumlah anggota yang umur >= 60) >= 2`",
        "if it is the number that is compared, use parentheses: `(count members where age >= 60) >= 2`",
    )
    findings.error("where-twice", token.span(findings.path), words, mend=mend)
    return True


def _mixed(surprise: Surprise, language: Language, findings: Findings) -> bool:
    options, acceptable = surprise.token.options, surprise.acceptable
    crossed = ("_OR" in options and "_AND" in acceptable) or ("_AND" in options and "_OR" in acceptable)
    if crossed:
        both, either = spellings("_AND", language)[0], spellings("_OR", language)[0]
        words = Words(
            f"`{both}` dan `{either}` tercampur: tidak jelas mana yang lebih dahulu",
            f"`{both}` and `{either}` are mixed: which comes first isn't clear",
        )
        example = f"(a {both} b) {either} c"
        mend = Words(f"beri tanda kurung: `{example}`", f"use parentheses: `{example}`")
        findings.error("and-or-mixed", surprise.token.span(findings.path), words, mend=mend)
    return crossed


def _parenthesis(surprise: Surprise, language: Language, findings: Findings) -> bool:
    if "_RPAR" not in surprise.token.options:
        return False
    tokens = surprise.tokens[surprise.line_start : surprise.at]
    depth = sum(("_LPAR" in token.options) - ("_RPAR" in token.options) for token in tokens)
    if depth > 0:
        return False
    span = surprise.token.span(findings.path)
    words = Words("tanda kurung tutup ini tidak punya pembuka", "this closing parenthesis has no opening one")
    mend = Words("hapus, atau tambahkan `(` di depan", "take it out, or add `(` in front")
    findings.error("parenthesis-stray", span, words, mend=mend, fix=Fix(span, ""))
    return True


def _no_block(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """Something indented should follow, and nothing does."""
    if "_INDENT" not in surprise.acceptable or surprise.token.type == "_INDENT":
        return False
    first = surprise.tokens[0].span(findings.path)
    words = Words(
        "isi pernyataan ini belum ada: isinya menjorok (empat spasi) di baris-baris berikutnya",
        "this statement has no content: it stands indented (four spaces) on the lines below",
    )
    follower = surprise.following
    if follower is None or OPENERS.intersection(follower.options):
        mend = Words("tulis isinya di bawahnya, dengan empat spasi di depan", "write it below, four spaces in front")
        findings.error("block-missing", first, words, mend=mend)
        return True
    place = Span(findings.path, follower.line, 1, follower.line, 1)
    mend = Words(f"beri empat spasi di depan baris {follower.line}", f"put four spaces in front of line {follower.line}")
    findings.error(
        "indent-missing",
        follower.span(findings.path),
        words,
        mend=mend,
        fix=Fix(place, "    "),
        why=(first, Words("baris itu isi pernyataan ini", "that line belongs to this statement")),
    )
    return True


def _region(surprise: Surprise, language: Language, findings: Findings) -> bool:
    token = surprise.token
    if "STRING" not in surprise.acceptable or token.type not in ("DECIMAL", "INT") or "INT" in surprise.acceptable:
        return False
    span = token.span(findings.path)
    words = Words("kode wilayah ditulis di antara tanda kutip", "a region code stands in quotes")
    mend = Words(f'tulis `"{token.text}"`', f'write `"{token.text}"`')
    findings.error("region-quotes", span, words, mend=mend, fix=Fix(span, f'"{token.text}"'))
    return True


def _reserved(surprise: Surprise, language: Language, findings: Findings) -> bool:
    token = surprise.token
    if "NAME" not in surprise.acceptable or not set(token.options) & set(KEYWORDS) or "_NL" in surprise.acceptable:
        return False
    if len(VALUE_STARTS & surprise.acceptable) > 3:
        return False
    words = Words(
        f"di sini harus ada sebuah nama, dan `{token.text}` adalah kata kunci",
        f"a name must stand here, and `{token.text}` is a keyword",
    )
    mend = Words(
        "pilih nama lain, atau tulis nama yang terlewat di depannya",
        "choose another name, or write the one left out before it",
    )
    findings.error("name-expected", token.span(findings.path), words, mend=mend)
    return True


def _too_deep_line(surprise: Surprise, language: Language, findings: Findings) -> bool:
    if surprise.token.type != "_INDENT":
        return False
    token = surprise.tokens[surprise.at + 1]
    words = Words(
        "baris ini menjorok lebih dalam, padahal bukan isi baris di atasnya",
        "this line is indented deeper, but doesn't belong to the line above",
    )
    mend = Words("sejajarkan dengan baris di atasnya", "bring it level with the line above")
    findings.error("indent-deeper", token.span(findings.path), words, mend=mend)
    return True


def _misspelt(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """A name where a keyword fits that looks like it."""
    tokens, at = surprise.tokens, surprise.at
    if "NAME" not in surprise.token.options:
        return False
    fitting = [s for t in surprise.acceptable for s in spellings(t, language)]
    if at == 0:
        fitting = [s for t in OPENERS for s in spellings(t, language)]
    for length in (4, 3, 2, 1):
        group = tokens[at : at + length]
        if len(group) < length or any(not token.text or token.type == "STRING" for token in group):
            continue
        text = " ".join(token.text for token in group)
        candidates = [spelling for spelling in fitting if len(spelling.split()) == len(text.split())]
        close = get_close_matches(text, candidates, 1, 0.75)
        if close and close[0] != text:
            span = group[0].span(findings.path).to(group[-1].span(findings.path))
            words = Words(f"`{text}` tidak dikenal di sini", f"`{text}` is not known here")
            mend = Words(f"maksudnya `{close[0]}`?", f"did you mean `{close[0]}`?")
            findings.error("keyword-misspelt", span, words, mend=mend, fix=Fix(span, close[0]))
            return True
    return False


def _line_ends(surprise: Surprise, language: Language, findings: Findings) -> bool:
    if surprise.token.type != "_NL":
        return False
    before = surprise.before
    after = before.text if before else ""
    fits = fitting(surprise, language)
    words = Words(
        f"baris ini belum selesai: sesudah `{after}` masih harus ada {fits.id}",
        f"this line is not finished: after `{after}` comes {fits.en}",
    )
    span = (before or surprise.token).span(findings.path)
    findings.error("line-unfinished", span, words)
    return True


def _otherwise(surprise: Surprise, language: Language, findings: Findings) -> None:
    token = surprise.token
    if surprise.at == 0 or (surprise.at == surprise.line_start and token.column == 1):
        starts = ", ".join(f"`{spellings(t, language)[0]}`" for t in ("_LET", "REQUIRE", "REFUSE", "_PAY", "_EXAMPLE"))
        words = Words(
            f"baris ini tidak dimulai dengan kata kunci pernyataan: {starts} …",
            f"this line does not begin with the keyword of a statement: {starts} …",
        )
        mend = Words(
            "bila baris ini lanjutan dari yang di atas, beri empat spasi di depannya",
            "if it belongs to the line above, put four spaces in front",
        )
        findings.error("statement-unknown", token.span(findings.path), words, mend=mend)
        return
    fits = fitting(surprise, language)
    there = Words(f"`{token.text}`", f"`{token.text}`") if token.text else CLASSES.get(token.type, VALUE)
    before = surprise.before
    if before:
        words = Words(
            f"sesudah `{before.text}` harus ada {fits.id}, bukan {there.id}",
            f"after `{before.text}` comes {fits.en}, not {there.en}",
        )
    else:
        words = Words(f"di sini harus ada {fits.id}, bukan {there.id}", f"here comes {fits.en}, not {there.en}")
    span = (token if token.text else surprise.tokens[max(surprise.at - 1, 0)]).span(findings.path)
    findings.error("unexpected", span, words)


def fitting(surprise: Surprise, language: Language) -> Words:
    """What may stand there, in words."""
    acceptable = set(surprise.acceptable)
    named: list[Words] = []
    if {"_LPAR", "NAME", "INT"} <= acceptable:
        named.append(VALUE)
        acceptable -= VALUE_STARTS
    if len(OPERATIONS & acceptable) > 4:
        named.append(OPERATION)
        acceptable -= OPERATIONS
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

"""Plain words for a token that can't stand where it stands: what is there, what would fit, how to mend it."""

from __future__ import annotations

from difflib import get_close_matches

from ejps_core.dsl.expected import CLASSES, VALUE, VALUE_STARTS, Surprise, fitting
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.habits import chained
from ejps_core.dsl.hints import COMPARISONS, hint
from ejps_core.dsl.layout import OPENERS
from ejps_core.dsl.words import KEYWORDS, spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words


def report(surprise: Surprise, language: Language, findings: Findings) -> None:
    """Adds the message."""
    for case in (
        _unknown_compared,
        chained,
        _second_comparison,
        _mixed,
        _parenthesis,
        _no_block,
        _region,
        _reserved,
        _too_deep_line,
        _misspelt,
        _row_open,
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
        if surprise.tokens[0].type == "_RULESET":
            mend = Words(
                'tulis dasar hukumnya di bawahnya, dengan empat spasi di depan: dasar hukum "…"',
                'write its legal basis below, four spaces in front: under "…"',
            )
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


def _row_open(surprise: Surprise, language: Language, findings: Findings) -> bool:
    """A row of a table without its last `|`."""
    begins = surprise.tokens[surprise.line_start].options
    if surprise.token.type != "_NL" or "_BAR" not in surprise.acceptable or "_BAR" not in begins or not surprise.before:
        return False
    span = surprise.before.span(findings.path)
    end = Span(span.path, span.end_line, span.end_column, span.end_line, span.end_column)
    words = Words("baris tabel ini tidak ditutup", "this row of a table is not closed")
    mend = Words("akhiri dengan `|`", "end it with `|`")
    findings.error("row-open", span, words, mend=mend, fix=Fix(end, " |"))
    return True


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
    found = hint(surprise, language, span)
    findings.error("unexpected", span, words, mend=found[0], fix=found[1])

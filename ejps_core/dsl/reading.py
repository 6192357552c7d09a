"""Text to the syntax tree: first line, lines, statements."""

from __future__ import annotations

import re

from ejps_core.dsl.findings import Findings
from ejps_core.dsl.layout import statements
from ejps_core.dsl.lexer import read_lines
from ejps_core.dsl.parse import Parsed, parse
from ejps_core.dsl.tables import tables
from ejps_core.dsl.words import keyword_tree
from ejps_core.model.diagnostic import Fix
from ejps_core.model.rendering import with_fix
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words

FIRST_LINE = re.compile(r"ejps[ \t]+(\S+)[ \t]+(\S+)[ \t]*(?:#.*)?\r?")
VERSION = "1"
MOST_TRIED = 20
"""So many guessed changes are tried; nobody mends more at once, and each is a reading of the file."""
MOST_FOREIGN = 8
"""So many keywords of the other language are no slips: the first line is wrong."""


def read(text: str, findings: Findings) -> tuple[Parsed, Language]:
    """The syntax trees of a file's statements, and its language. A byte order mark and CRLF are accepted.

    No change is proposed that leaves its line as wrong as it was.
    """
    found = _read(text, findings)
    guesses = [item for item in findings.guessed if item.fix is not None]
    for number, guess in enumerate(guesses):
        if number >= MOST_TRIED or (guess.fix and not _mends(guess.fix, text, findings)):
            findings.not_proposed(guess)
    return found


def _mends(fix: Fix, text: str, findings: Findings) -> bool:
    """Whether the lines of the change have fewer errors with it."""
    tried = Findings(findings.path)
    _read(with_fix(text, fix), tried)
    first, last = fix.span.line, fix.span.end_line
    return _errors(tried, first, last + fix.text.count("\n")) < _errors(findings, first, last)


def _errors(findings: Findings, first: int, last: int) -> int:
    return sum(isinstance(item.place, Span) and first <= item.place.line <= last for item in findings.items)


def _read(text: str, findings: Findings) -> tuple[Parsed, Language]:
    rows = rows_of(text)
    at = next((number for number, row in enumerate(rows) if row.strip() and not row.lstrip().startswith("#")), 0)
    language = _first_line(rows[at], at + 1, findings)
    if language is None:
        return Parsed(headless=True), Language.ID
    findings.language = language
    lines = read_lines("\n".join(rows[at + 1 :]), at + 2, language, findings)
    tree = keyword_tree(language)
    parsed = parse(statements(lines, tree, findings), language, tables(), findings)
    if sum(item.code == "other-language" for item in findings.items) >= MOST_FOREIGN:
        _other_language(rows[at], at + 1, language, findings)
        return Parsed(headless=True), language
    return parsed, language


def rows_of(text: str) -> list[str]:
    """The lines of a file, counted from 0; places count from 1."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _first_line(row: str, number: int, findings: Findings) -> Language | None:
    span = Span(findings.path, number, 1, number, max(len(row.rstrip()), 1) + 1)
    match = FIRST_LINE.fullmatch(row)
    if match and match[1] == VERSION and match[2] in ("id", "en"):
        return Language(match[2])
    words = Words(
        "baris pertama berkas aturan adalah `ejps 1 id` (bahasa Indonesia) atau `ejps 1 en` (bahasa Inggris)",
        "the first line of a rule file is `ejps 1 id` (Indonesian) or `ejps 1 en` (English)",
    )
    if match and match[1] != VERSION and match[1].isdigit():
        words = Words(
            f"versi bahasa `{match[1]}` tidak dikenal; yang ada versi 1",
            f"language version `{match[1]}` is not known; there is version 1",
        )
    start = Span(findings.path, number, 1, number, 1)
    starts = row.lower().lstrip().startswith("ejps")
    fix = Fix(span, "ejps 1 id") if starts else Fix(start, "ejps 1 id\n")
    findings.error("first-line", span, words, mend=Words("tulis `ejps 1 id`", "write `ejps 1 en`"), fix=fix)
    return None


def _other_language(row: str, number: int, language: Language, findings: Findings) -> None:
    """One message instead of one for each keyword."""
    written, said, other = ("Indonesia", "Indonesian", "en") if language is Language.ID else ("Inggris", "English", "id")
    span = Span(findings.path, number, 1, number, len(row.rstrip()) + 1)
    words = Words(
        f"baris pertama mengatakan bahasa {written}, tetapi isinya berbahasa lain",
        f"the first line says {said}, but the file is in the other language",
    )
    findings.items.clear()
    mend = Words(f"tulis `ejps 1 {other}`", f"write `ejps 1 {other}`")
    findings.error("file-language", span, words, mend=mend, fix=Fix(span, f"ejps 1 {other}"))

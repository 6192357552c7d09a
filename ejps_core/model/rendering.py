"""Findings for people and for programs: as text with the author's own lines, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ejps_core.model.diagnostic import Diagnostic, Fix, Severity
from ejps_core.model.span import Cell, Place, Span
from ejps_core.model.words import Language, Words

SEVERITIES = {
    Severity.ERROR: Words("Kesalahan", "Error"),
    Severity.SET_APART: Words("Disisihkan", "Set apart"),
    Severity.REMARK: Words("Catatan", "Remark"),
}
BECAUSE = Words("Sebab", "Because")
MEND = Words("Cara memperbaiki", "To mend it")
FIXED = Words("Seharusnya", "Mended")
SHEET, ROW, COLUMN, VALUE = (
    Words("lembar", "sheet"),
    Words("baris", "row"),
    Words("kolom", "column"),
    Words("isi", "content"),
)
GUTTER = 6
NAME_SIGNS = frozenset("._/\\@=0123456789")


def render(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], language: Language) -> str:
    """All findings as text; `texts` holds the rule files by path, so that the author's lines can be shown."""
    return "\n".join(rendered(diagnostic, texts, language) for diagnostic in diagnostics)


def rendered(diagnostic: Diagnostic, texts: Mapping[str, str], language: Language) -> str:
    """One finding: what and where, the author's line with a caret, why, how to mend it."""
    head = f"{SEVERITIES[diagnostic.severity].say(language)} [{diagnostic.code}]"
    if diagnostic.place is not None:
        head += " " + place_words(diagnostic.place).say(language)
    lines = [head, "  " + _sentence(_capital(diagnostic.words.say(language))), *_marked(diagnostic.place, texts)]
    if diagnostic.why is not None:
        why = diagnostic.why
        where = f" ({place_words(why.place).say(language)})" if why.place is not None else ""
        said = _sentence(why.words.say(language).rstrip(".") + where)
        lines += [f"  {BECAUSE.say(language)}: {said}", *_marked(why.place, texts)]
    if diagnostic.mend is not None:
        lines.append(f"  {MEND.say(language)}: {_sentence(diagnostic.mend.say(language))}")
    if diagnostic.fix is not None:
        lines += _mended(diagnostic.fix, texts, language)
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    """The text with its full stop, whether or not it was written with one."""
    return text if text.endswith((".", "?", "!", "…")) else text + "."


def place_words(place: Place) -> Words:
    """Where something stands: file.ejps:12:5, or list.xlsx, sheet Anggota, row 12, column NIK."""
    if isinstance(place, Span):
        text = f"{place.path}:{place.line}:{place.column}"
        return Words(text, text)
    return Words(_cell_words(place, Language.ID), _cell_words(place, Language.EN))


def _cell_words(cell: Cell, language: Language) -> str:
    parts = [cell.path]
    for word, value in ((SHEET, cell.sheet), (ROW, cell.row), (COLUMN, cell.column)):
        if value is not None:
            parts.append(f"{word.say(language)} {value}")
    if cell.value is not None:
        parts.append(f'{VALUE.say(language)} "{cell.value}"')
    return ", ".join(parts)


def _rows(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _row(rows: Sequence[str], number: int) -> str | None:
    return rows[number - 1].replace("\t", " ") if 0 < number <= len(rows) else None


def _numbered(number: int, row: str) -> str:
    return f"{number:>{GUTTER}} | {row}".rstrip()


def _marked(place: Place | None, texts: Mapping[str, str]) -> list[str]:
    """The author's line with carets under what is meant."""
    if not isinstance(place, Span) or place.path not in texts:
        return []
    row = _row(_rows(texts[place.path]), place.line)
    if row is None:
        return []
    end = place.end_column if place.end_line == place.line else len(row.rstrip()) + 1
    carets = " " * (place.column - 1) + "^" * max(end - place.column, 1)
    return [_numbered(place.line, row), " " * GUTTER + " | " + carets]


def _mended(fix: Fix, texts: Mapping[str, str], language: Language) -> list[str]:
    """The line as it would read with the fix."""
    span = fix.span
    if span.path not in texts or span.line != span.end_line:
        return []
    row = _row(_rows(texts[span.path]), span.line)
    if row is None:
        return []
    mended = row[: span.column - 1] + fix.text + row[span.end_column - 1 :]
    shown = [_numbered(span.line + offset, part) for offset, part in enumerate(mended.split("\n"))]
    return [f"  {FIXED.say(language)}:", *shown]


def _capital(text: str) -> str:
    """The text with a capital, unless it begins with a name: of a file, a program, a rule."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if NAME_SIGNS.intersection(first.rstrip(".:,;")) else text[:1].upper() + text[1:]


def with_fix(text: str, fix: Fix) -> str:
    """The text with the fix made."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    rows = text.removeprefix(mark).split("\n")
    span = fix.span
    first, last = rows[span.line - 1], rows[span.end_line - 1]
    joined = first[: span.column - 1] + fix.text + last[span.end_column - 1 :]
    return mark + "\n".join([*rows[: span.line - 1], joined, *rows[span.end_line :]])


def as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as plain data, in both languages."""
    why, fix = diagnostic.why, diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "place": _place_json(diagnostic.place),
        "message": _words_json(diagnostic.words),
        "why": None if why is None else {"place": _place_json(why.place), "message": _words_json(why.words)},
        "mend": None if diagnostic.mend is None else _words_json(diagnostic.mend),
        "fix": None if fix is None else {"place": _place_json(fix.span), "text": fix.text},
    }


def _words_json(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def _place_json(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    if isinstance(place, Cell):
        return {
            "path": place.path,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "value": place.value,
        }
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }

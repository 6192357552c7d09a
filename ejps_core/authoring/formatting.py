"""Formatting rule files: one layout, the same meaning or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass

from ejps_core.dsl import compile_text
from ejps_core.dsl.printing import names_in_the_way, printed
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words

Compile = Callable[[str, str], tuple[Ruleset | None, tuple[Diagnostic, ...]]]
"""Text and path to a rule set and findings; no rule set exactly if there are errors."""
FORM = frozenset(["path", "text", "digest", "surface"])
"""What a rule set says of its text rather than of its meaning."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A rule file formatted; `text` None: refused, and `findings` say why."""

    text: str | None
    findings: tuple[Diagnostic, ...] = ()


def formatted(text: str, path: str, to: Language | None = None, compiled: Compile = compile_text) -> Formatted:
    """The text in the one layout, in the surface `to` (None: its own).

    Refused if the text has errors, or if what would be written doesn't mean exactly the same.
    """
    before, findings = compiled(text, path)
    if before is None:
        return Formatted(None, findings)
    result = printed(text, to)
    after, found = compiled(result, path)
    if after is not None and same_meaning(before, after) and after.surface is (to or before.surface):
        return Formatted(result)
    return Formatted(None, (_refusal(text, path, to, found),))


def same_meaning(one: Ruleset, two: Ruleset) -> bool:
    """Whether two rule sets differ at most in layout, language and places."""
    return bool(_meaning(one) == _meaning(two))


def _meaning(value: object) -> object:
    if isinstance(value, Span):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        aside = FORM if isinstance(value, Ruleset) else frozenset[str]()
        inner = tuple(_meaning(getattr(value, field.name)) for field in fields(value) if field.name not in aside)
        return (type(value).__name__, *inner)
    return tuple(map(_meaning, value)) if isinstance(value, tuple) else value


def _refusal(text: str, path: str, to: Language | None, found: tuple[Diagnostic, ...]) -> Diagnostic:
    """Why the result can't be written: mostly a name of the file that is a keyword in the other language."""
    names = names_in_the_way(text, to) if to else []
    if names:
        told = ", ".join(f"`{name}`" for name in dict.fromkeys(name.text for name in names))
        return Diagnostic(
            "translation-name",
            Severity.ERROR,
            names[0].span(path),
            Words(
                f"berkas ini tidak dapat diterjemahkan: di bahasa lain ini kata kunci: {told}",
                f"this file can't be translated: in the other language these are keywords: {told}",
            ),
            Words("pilih nama lain", "choose other names"),
        )
    return _defect(path, found)


def _defect(path: str, found: tuple[Diagnostic, ...]) -> Diagnostic:
    first = next((finding.words for finding in found if finding.severity is Severity.ERROR), None)
    why = Words(f": {first.id}", f": {first.en}") if first else Words("", "")
    return Diagnostic(
        "format-meaning",
        Severity.ERROR,
        Span(path, 1, 1, 1, 1),
        Words(
            f"hasil perapian tidak akan berarti sama, jadi tidak ditulis{why.id}",
            f"the formatted text would not mean the same, so it is not written{why.en}",
        ),
        Words(
            "ini kesalahan di dalam e-JPS: laporkan bersama berkasnya", "this is a defect of e-JPS: report it with the file"
        ),
    )

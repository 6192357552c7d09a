"""How commands speak: language, what goes to standard output, what to standard error."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Language, Words

MOST_SHOWN, MOST_ALIKE = 20, 3
"""Rows' findings beyond these, in all and of one kind, are counted, not printed; the workbook holds all."""

LANG = Annotated[
    Language | None,
    typer.Option("--lang", help="Bahasa keluaran: id atau en (language of the output).", show_default="id"),
]
QUIET = Annotated[bool, typer.Option("--quiet", "-q", help="Tanpa ringkasan, catatan dan kemajuan (quiet).")]


def language_of(arguments: Sequence[str]) -> Language:
    """The language a command line asks for, before it is parsed; Bahasa Indonesia by default."""
    for place, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value == Language.EN.value:
            return Language.EN
    return Language.ID


def remember(context: typer.Context, language: Language | None) -> None:
    """Keeps the language that was given before the command."""
    context.obj = language


def speech_of(context: typer.Context, language: Language | None, *, quiet: bool = False) -> Speech:
    """The language of a command: its own, else the one before it, else Bahasa Indonesia."""
    before = context.find_root().obj
    chosen = language or (before if isinstance(before, Language) else None) or Language.ID
    return Speech(chosen, quiet)


def _first_of_each(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The first findings of each kind."""
    seen: Counter[str] = Counter()
    first = []
    for finding in found:
        seen[finding.code] += 1
        if seen[finding.code] <= MOST_ALIKE:
            first.append(finding)
    return first[:MOST_SHOWN]


class ReaderGone(Exception):  # noqa: N818 - no error: whoever read our output has had enough (| head)
    """Nobody reads standard output any more."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One command's voice."""

    language: Language
    quiet: bool = False

    def say(self, words: Words | str) -> None:
        """To standard output."""
        text = words if isinstance(words, str) else words.say(self.language)
        try:
            sys.stdout.write(text.rstrip("\n") + "\n")
            sys.stdout.flush()
        except BrokenPipeError as problem:
            raise ReaderGone from problem

    def hint(self, words: Words | str) -> None:
        """To standard error, unless quiet."""
        if not self.quiet:
            self.error(words)

    def error(self, words: Words | str) -> None:
        """To standard error."""
        sys.stderr.write((words if isinstance(words, str) else words.say(self.language)).rstrip("\n") + "\n")

    def findings(self, found: Iterable[Diagnostic], texts: Mapping[str, str], asked: str | None = None) -> None:
        """Findings to standard error, the worst first: all errors, and the first of the others unless quiet.

        Numbers of identity are masked, except the one that was asked for.
        """
        from ejps_core.model.rendering import render
        from ejps_core.reports.words import mask_numbers

        ranks = list(Severity)
        ordered = sorted(found, key=lambda each: ranks.index(each.severity))
        errors = [each for each in ordered if each.severity is Severity.ERROR]
        others = [] if self.quiet else ordered[len(errors) :]
        first = _first_of_each(others)
        shown = [*errors, *first]
        if shown:
            self.error(mask_numbers(render(shown, texts, self.language), asked))
        left = len(others) - len(first)
        if left > 0:
            self.error(
                Words(
                    f"… dan {left} catatan lagi; semuanya ada di buku kerja (--out HASIL.xlsx).",
                    f"… and {left} more remarks; the workbook holds all of them (--out RESULT.xlsx).",
                )
            )

    def broken(self, plugins: Iterable[tuple[str, Words]]) -> None:
        """Plugins that were left out, always said."""
        for name, why in plugins:
            self.error(Words(f"! Plugin {name} tidak dimuat: {why.id}", f"! Plugin {name} was not loaded: {why.en}"))

"""How commands speak: language, what goes to standard output, what to standard error."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet, mask_numbers, visible
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
    """Nobody reads our output any more."""


class OutputLostError(Exception):
    """Standard output takes nothing: its disk is full, or it is closed."""


ALL_IN_WORKBOOK = Words(
    "semuanya ada di buku kerja (--out HASIL.xlsx) atau di samping keluaran lain (HASIL-catatan.csv)",
    "the workbook holds all of them (--out RESULT.xlsx), or a file beside another output (RESULT-remarks.csv)",
)
ALL_AS_JSON = Words("lihat semuanya dengan --format json", "see all of them with --format json")


@dataclass(frozen=True, slots=True)
class Speech:
    """One command's voice. Nothing invisible gets out, such as a turn of the writing direction from a list."""

    language: Language
    quiet: bool = False

    def say(self, words: Words | str) -> None:
        """To standard output."""
        text = words if isinstance(words, str) else words.say(self.language)
        if sys.stdout is None:
            raise OutputLostError
        try:
            sys.stdout.write(visible(text).rstrip("\n") + "\n")
            sys.stdout.flush()
        except BrokenPipeError as problem:
            raise ReaderGone from problem
        except OSError as problem:
            raise OutputLostError from problem

    def hint(self, words: Words | str) -> None:
        """To standard error, unless quiet."""
        if not self.quiet:
            self.error(words)

    def error(self, words: Words | str) -> None:
        """To standard error; where that can't be written, there is nobody to tell."""
        text = words if isinstance(words, str) else words.say(self.language)
        if sys.stderr is None:
            return
        try:
            sys.stderr.write(visible(text).rstrip("\n") + "\n")
            sys.stderr.flush()
        except BrokenPipeError as problem:
            raise ReaderGone from problem
        except OSError:
            return

    def findings(
        self,
        found: Iterable[Diagnostic],
        texts: Mapping[str, str],
        asked: str | None = None,
        rest: Words = ALL_IN_WORKBOOK,
    ) -> None:
        """Findings to standard error, the worst first: all errors, and the first of the others unless quiet.

        Numbers of identity are masked, except the one that was asked for. rest: where all the others are.
        """
        from ejps_core.model.rendering import render

        ranks = list(Severity)
        ordered = sorted(found, key=lambda each: ranks.index(each.severity))
        errors = [each for each in ordered if each.severity is Severity.ERROR]
        others = [] if self.quiet else ordered[len(errors) :]
        first = _first_of_each(others)
        if shown := [discreet(each, asked) for each in (*errors, *first)]:
            lines = {path: mask_numbers(text, asked) for path, text in texts.items()}
            self.error(render(shown, lines, self.language))
        left = len(others) - len(first)
        if left > 0:
            self.error(Words(f"… dan {left} catatan lagi; {rest.id}.", f"… and {left} more remarks; {rest.en}."))

    def all_findings(self, found: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
        """Findings about rule files to standard error, every one, in their order."""
        from ejps_core.model.rendering import render

        if found:
            self.error(render(found, texts, self.language))

    def broken(self, plugins: Iterable[tuple[str, Words]]) -> None:
        """Plugins that were left out, always said."""
        from ejps_core.model.run import incomplete

        for name, why in plugins:
            self.error("! " + incomplete(name, why).say(self.language))

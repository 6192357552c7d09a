"""Collecting what is wrong with a rule file, all at once."""

from __future__ import annotations

import re
from dataclasses import replace

from ejps_core.model.diagnostic import Diagnostic, Fix, Severity, Why
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words

SNIPPET = re.compile(r"`[^`]*`")


class Findings:
    """What was found in one file so far. `path` is the file, `language` its own as soon as it is known."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.language: Language | None = None
        self.languages: dict[str, Language] = {}
        """Those of the files that this one changes, by path."""
        self.items: list[Diagnostic] = []
        self.guessed: list[Diagnostic] = []
        """Those whose change was guessed from what may stand there: tried before it is proposed."""
        self.indents: dict[int, int] = {}
        """Lines indented with tabs (said already): the spaces that are meant."""
        self.unquoted: set[int] = set()
        """Lines with a quote too few (said already): what else seems wrong there follows from it."""

    def error(
        self,
        code: str,
        at: Span,
        words: Words,
        *,
        mend: Words | None = None,
        why: tuple[Span, Words] | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Something that makes the file unusable."""
        self._add(code, Severity.ERROR, at, words, mend, why, fix)

    def remark(
        self,
        code: str,
        at: Span,
        words: Words,
        *,
        mend: Words | None = None,
        why: tuple[Span, Words] | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Something worth a look; the file can be used."""
        self._add(code, Severity.REMARK, at, words, mend, why, fix)

    def _add(
        self,
        code: str,
        severity: Severity,
        at: Span,
        words: Words,
        mend: Words | None,
        why: tuple[Span, Words] | None,
        fix: Fix | None,
    ) -> None:
        language = self.languages.get(at.path, self.language)
        reason = Why(why[0], _in_language(why[1], language)) if why else None
        mend = mend and _in_language(mend, language)
        self.items.append(Diagnostic(code, severity, at, _in_language(words, language), mend, reason, fix))

    def take(self, read: Findings) -> None:
        """What was found while the text was read, before anything else of it was looked at."""
        self.language = read.language
        self.items += read.items
        self.guessed += read.guessed
        self.indents.update(read.indents)
        self.unquoted |= read.unquoted

    def hopeless(self, line: int) -> None:
        """Closing the quote doesn't mend that line: no change is proposed."""
        for at, item in enumerate(self.items):
            if item.code == "quote-open" and isinstance(item.place, Span) and item.place.line == line:
                self.items[at] = replace(item, fix=None)

    def not_proposed(self, guess: Diagnostic) -> None:
        """The change doesn't mend its line: the message stays without it."""
        self.items = [replace(item, fix=None) if item == guess else item for item in self.items]

    def taken_back(self, code: str, at: Span) -> None:
        """Another finding says the same better."""
        self.items = [item for item in self.items if not (item.code == code and item.place == at)]

    @property
    def sound(self) -> bool:
        """Whether the file can be used."""
        return all(item.severity is not Severity.ERROR for item in self.items)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """By place, those of this file first, without repetitions."""

        def place(item: Diagnostic) -> tuple[bool, str, int, int]:
            if not isinstance(item.place, Span):
                return (False, "", 0, 0)
            other = item.place.path != self.path
            return (other, item.place.path if other else "", item.place.line, item.place.column)

        return tuple(sorted(dict.fromkeys(self.items), key=place))


def _in_language(words: Words, language: Language | None) -> Words:
    """Rule text inside a message (between backticks) is in the file's own language, whoever reads the message."""
    one, two = SNIPPET.findall(words.id), SNIPPET.findall(words.en)
    if language is None or one == two or len(one) != len(two):
        return words
    own = one if language is Language.ID else two
    told = iter([*own, *own])
    return Words(SNIPPET.sub(lambda _: next(told), words.id), SNIPPET.sub(lambda _: next(told), words.en))

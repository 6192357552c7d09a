"""Keywords of the other language: an Indonesian file is written in Indonesian, an English one in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.dsl.machine import Machine, Mark, terminal_at
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import Branch, keyword_tree, spellings
from ejps_core.model.diagnostic import Diagnostic, Fix, Severity
from ejps_core.model.words import Language, Words


@dataclass(frozen=True, slots=True)
class Foreign:
    """A keyword of the other surface: the tokens from `at` up to `end`."""

    at: int
    end: int
    terminal: str
    first: Token
    last: Token
    written: str

    def token(self) -> Token:
        """The token that was meant."""
        return Token((self.terminal,), self.written, self.first.line, self.first.column, self.last.end, path=self.first.path)

    def diagnostic(self, path: str, language: Language) -> Diagnostic:
        """The message, with the surface's own word as the fix."""
        own = spellings(self.terminal, language)[0]
        span = self.first.span(path).to(self.last.span(path))
        if language is Language.ID:
            words = Words(
                f"`{self.written}` adalah kata kunci bahasa Inggris; berkas ini berbahasa Indonesia (`ejps 1 id`)",
                f"`{self.written}` is an English keyword; this file is written in Indonesian (`ejps 1 id`)",
            )
        else:
            words = Words(
                f"`{self.written}` adalah kata kunci bahasa Indonesia; berkas ini berbahasa Inggris (`ejps 1 en`)",
                f"`{self.written}` is an Indonesian keyword; this file is written in English (`ejps 1 en`)",
            )
        mend = Words(f"tulis `{own}`", f"write `{own}`")
        return Diagnostic("other-language", Severity.ERROR, span, words, mend, None, Fix(span, own))


def foreign(
    tokens: Sequence[Token], at: int, line_start: int, mark: Mark, machine: Machine, language: Language
) -> Foreign | None:
    """The keyword of the other surface that explains why tokens[at] doesn't fit, if one does."""
    tree = keyword_tree(Language.EN if language is Language.ID else Language.ID)
    trial = Machine(machine.tables, machine.path)
    for begin in range(at, max(line_start, at - 3) - 1, -1):
        found = _keyword(tokens, begin, tree)
        if found is None or found[0] < at:
            continue
        end, terminals = found
        trial.back_to(mark)
        for position in range(line_start, begin):
            trial.feed(tokens[position], terminal_at(trial, tokens, position) or "")
        then = tokens[end] if end == at else None
        fitting = [terminal for terminal in terminals if trial.accepts(terminal, then)]
        written = " ".join(token.text for token in tokens[begin:end])
        if fitting and written not in spellings(fitting[0], language):
            return Foreign(begin, end, fitting[0], tokens[begin], tokens[end - 1], written)
    return None


def _keyword(tokens: Sequence[Token], begin: int, tree: Branch) -> tuple[int, tuple[str, ...]] | None:
    """The longest keyword of the tree that begins at a token and ends with one: (end, terminals)."""
    branch, best = tree, None
    for end in range(begin, len(tokens)):
        words = tokens[end].text.replace("/", " / ").split()
        if not words or tokens[end].type == "STRING":
            break
        for word in words:
            if word not in branch:
                return best
            branch = branch[word]
        if branch.ends:
            best = (end + 1, branch.ends)
    return best

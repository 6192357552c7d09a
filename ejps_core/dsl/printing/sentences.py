"""A file's logical lines, each word with the one terminal as which the parser takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ejps_core.dsl.findings import Findings
from ejps_core.dsl.layout import Chunk, statements
from ejps_core.dsl.lexer import read_lines
from ejps_core.dsl.machine import LAYOUT, Machine, terminal_at
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.tables import END, tables
from ejps_core.dsl.words import keyword_tree
from ejps_core.model.words import Language


@dataclass(frozen=True, slots=True)
class Word:
    """A token as the parser took it; `signed`: the minus of a number, not a subtraction."""

    token: Token
    terminal: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A logical line: what stands on one line or goes on over several.

    `columns`: where the author began the lines of each block that is open here, the own one last, counted from 0.
    `starts`: it begins a statement. `alone`: its statement has no other line.
    """

    words: tuple[Word, ...]
    columns: tuple[int, ...]
    starts: bool
    alone: bool

    @property
    def level(self) -> int:
        """How deep it is indented."""
        return len(self.columns) - 1

    @property
    def first_row(self) -> int:
        """The number of the row on which it begins."""
        return self.words[0].token.line

    @property
    def last_row(self) -> int:
        """The number of the row on which it ends."""
        return self.words[-1].token.line


def sentences(text: str, first: int, language: Language) -> list[Sentence]:
    """The logical lines of a text without errors; `first` is the number of its first row."""
    findings = Findings("")
    tree = keyword_tree(language)
    chunks = statements(read_lines(text, first, language, findings), tree, findings)
    return [sentence for chunk in chunks for sentence in _of_statement(chunk)]


def _of_statement(chunk: Chunk) -> Iterator[Sentence]:
    alone = sum(token.type == "_NL" for token in chunk.tokens) == 1
    starts, columns, words = True, [0], list[Word]()
    for word in _taken(chunk):
        if word.terminal == "_NL":
            columns[-1] = words[0].token.column - 1
            yield Sentence(tuple(words), tuple(columns), starts, alone)
            starts, words = False, []
        elif word.terminal == "_INDENT":
            columns.append(0)
        elif word.terminal == "_DEDENT":
            columns.pop()
        else:
            words.append(word)


def _taken(chunk: Chunk) -> Iterator[Word]:
    """The statement's tokens with the terminals that the grammar accepts."""
    tokens = [*chunk.tokens, Token((END,), "", 0, 0, 0)]
    machine = Machine(tables(), "")
    for at, token in enumerate(chunk.tokens):
        terminal = token.type if token.type in LAYOUT else terminal_at(machine, tokens, at)
        assert terminal is not None, f"a statement without errors could not be read: {token}"
        machine.feed(token, terminal)
        yield Word(token, terminal, terminal == "MINUS" and not machine.accepts("NAME"))

"""The LALR machine: tokens in, a piece of the syntax tree out. It can say what it would accept, and be set back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ejps_core.dsl.shapes import Part, shaped
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.tables import END, Reduction, Tables
from ejps_core.model.span import Span

LAYOUT = frozenset(["_NL", "_INDENT", "_DEDENT"])
"""Terminals that have no text."""
ALONE = ((0, False),)
MOST_DEPTH = 110
"""Deeper syntax trees than this are refused: whatever walks them may call itself that often."""


class Piece(NamedTuple):
    """A part on the stack, with its first and last token (None for an empty part) and its depth as a tree."""

    part: Part
    first: Token | None
    last: Token | None
    depth: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A state of the machine to come back to."""

    states: tuple[int, ...]
    pieces: tuple[Piece, ...]


class Machine:
    """Parses one statement."""

    def __init__(self, tables: Tables, path: str) -> None:
        self.tables = tables
        self.path = path
        self.states = [tables.start]
        self.pieces: list[Piece] = []
        self.deepest = 0

    def mark(self) -> Mark:
        """Where the machine is now."""
        return Mark(tuple(self.states), tuple(self.pieces))

    def back_to(self, mark: Mark) -> None:
        """As if nothing had been fed since."""
        self.states, self.pieces = list(mark.states), list(mark.pieces)

    def accepts(self, terminal: str, then: Token | None = None) -> bool:
        """Whether the terminal may stand here, and after it one of the next token's terminals."""
        states = self._after(list(self.states), terminal)
        if states is None:
            return False
        return then is None or any(self._after(list(states), option) is not None for option in then.options)

    def acceptable(self) -> frozenset[str]:
        """Every terminal that may stand here."""
        row = self.tables.states[self.states[-1]]
        return frozenset(name for name in row if name.isupper() and name != END and self.accepts(name))

    def _after(self, states: list[int], terminal: str) -> list[int] | None:
        rows, reductions = self.tables.states, self.tables.reductions
        while (
            not (terminal == END and states[-1] == self.tables.end) and (move := rows[states[-1]].get(terminal)) is not None
        ):
            if move >= 0:
                states.append(move)
                return states
            reduction = reductions[-1 - move]
            if reduction.size:
                del states[-reduction.size :]
            states.append(rows[states[-1]][reduction.origin])
        return states if terminal == END and states[-1] == self.tables.end else None

    def feed(self, token: Token, terminal: str) -> None:
        """Takes a token that may stand here, as that terminal."""
        rows = self.tables.states
        while (move := rows[self.states[-1]][terminal]) < 0:
            self._reduce(self.tables.reductions[-1 - move])
        self.states.append(move)
        layout = terminal in LAYOUT
        kept = token if token.options == (terminal,) else token._replace(options=(terminal,))
        self.pieces.append(Piece(kept, None if layout else token, None if layout else token, 0))

    def result(self) -> Part:
        """The whole statement; everything has been fed, and the end may stand here."""
        rows = self.tables.states
        while self.states[-1] != self.tables.end:
            self._reduce(self.tables.reductions[-1 - rows[self.states[-1]][END]])
        return self.pieces[-1].part

    def _reduce(self, reduction: Reduction) -> None:
        size = reduction.size
        if size == 1 and reduction.passed_on and reduction.take == ALONE:
            self.states[-1] = self.tables.states[self.states[-2]][reduction.origin]
            return
        pieces = self.pieces[-size:] if size else []
        if size:
            del self.pieces[-size:]
            del self.states[-size:]
        self.pieces.append(self._joined(reduction, pieces))
        self.states.append(self.tables.states[self.states[-1]][reduction.origin])

    def _joined(self, reduction: Reduction, pieces: list[Piece]) -> Piece:
        parts = list(_parts(reduction, pieces))
        first = last = None
        depth = 0
        for piece in pieces:
            first = first or piece.first
            last = piece.last or last
            depth = max(depth, piece.depth)
        if reduction.spliced:
            return Piece(parts, first, last, depth)
        if reduction.passed_on and len(parts) == 1:
            return Piece(parts[0], first, last, depth)
        if depth >= self.deepest:
            self.deepest = depth + 1
        return Piece(shaped(reduction.shape, self._span(first, last), parts), first, last, depth + 1)

    def _span(self, first: Token | None, last: Token | None) -> Span:
        if first is None or last is None:
            return Span(self.path, 0, 0, 0, 0)
        return Span(self.path, first.line, first.column, last.line, last.end)


def terminal_at(machine: Machine, tokens: Sequence[Token], at: int) -> str | None:
    """As what a token is taken: the first of its terminals that fits, by what follows where several do."""
    token = tokens[at]
    fitting = [option for option in token.options if machine.accepts(option)]
    keywords = [option for option in fitting if option != "NAME"]
    if len(keywords) > 1 and at + 1 < len(tokens):
        following = tokens[at + 1]
        return next((option for option in keywords if machine.accepts(option, following)), keywords[0])
    if keywords and len(fitting) > 1 and at + 1 < len(tokens) and not machine.accepts(keywords[0], tokens[at + 1]):
        return "NAME" if machine.accepts("NAME", tokens[at + 1]) else keywords[0]
    return fitting[0] if fitting else None


def _parts(reduction: Reduction, pieces: list[Piece]) -> Iterator[Part]:
    for position, spliced in reduction.take:
        if position < 0:
            yield None
        elif spliced:
            yield from pieces[position].part
        else:
            yield pieces[position].part

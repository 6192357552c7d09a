"""Statements to the syntax tree. Each wrong line gets its own message; the lines around it are read all the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from ejps_core.dsl.expected import Surprise
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.foreign import foreign
from ejps_core.dsl.layout import OPENERS, Chunk, layout_token
from ejps_core.dsl.machine import LAYOUT, MOST_DEPTH, Machine, Mark, terminal_at
from ejps_core.dsl.repair import repair
from ejps_core.dsl.surprise import report
from ejps_core.dsl.syntax import Statement, Token
from ejps_core.dsl.tables import END, Tables
from ejps_core.model.words import Language, Words

HEADS = frozenset(["_PROGRAM", "_RULESET"])
IN_ROWS = frozenset(["_TABLE", "_SCALE", "_LET", "EACH_MEMBER"])
"""Statements whose rows belong together: without one of them the others say something else."""
MOST_ERRORS = 50
"""More messages than this about one statement don't help; further wrong lines are left out silently."""


@dataclass(slots=True)
class Parsed:
    """The statements that could be read, and the names that unread lines may have declared."""

    statements: list[Statement] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    partial: set[int] = field(default_factory=set)
    """The first lines of statements of which a line could not be read."""
    headless: bool = False
    """The program's header, or a line of it, could not be read."""

    def copy(self) -> Parsed:
        """The same statements, in lists of their own."""
        return Parsed(list(self.statements), set(self.lost), set(self.partial), self.headless)


def parse(chunks: list[Chunk], language: Language, tables: Tables, findings: Findings) -> Parsed:
    """The syntax trees of all statements."""
    parsed = Parsed()
    waiting_for_block = False
    for number, chunk in enumerate(chunks):
        first = chunk.tokens[0]
        if waiting_for_block and not OPENERS.intersection(first.options):
            _lose(chunk.tokens, parsed)
            continue
        following = chunks[number + 1].tokens[0] if number + 1 < len(chunks) else None
        reader = _Statement(chunk, language, tables, findings, following)
        statement = None if chunk.broken else reader.read()
        waiting_for_block = reader.without_block
        for line in reader.dropped:
            _lose(line, parsed)
        if reader.dropped:
            parsed.partial.add(first.line)
        head = bool(HEADS.intersection(first.options))
        parsed.headless |= bool(reader.dropped) and head
        if statement is None or (reader.dropped and IN_ROWS.intersection(first.options)):
            _lose(chunk.tokens, parsed)
            parsed.headless |= head
        else:
            parsed.statements.append(statement)
    return parsed


def _lose(tokens: list[Token], parsed: Parsed) -> None:
    """Remembers every name of text that could not be read: a message about it would only repeat the first."""
    parsed.lost.update(token.text for token in tokens if token.type in ("NAME", "FACT") or "NAME" in token.options)


class _Statement:
    """Reads one statement."""

    def __init__(
        self, chunk: Chunk, language: Language, tables: Tables, findings: Findings, following: Token | None
    ) -> None:
        self.tokens = [*chunk.tokens, layout_token(END, chunk.tokens[-1])]
        self.language = language
        self.findings = findings
        self.following = following
        self.machine = Machine(tables, findings.path)
        self.dropped: list[list[Token]] = []
        self.line_start = 0
        self.line_mark: Mark = self.machine.mark()
        self.errors = 0
        self.without_block = False

    def read(self) -> Statement | None:
        at = 0
        while at < len(self.tokens):
            if self.tokens[at].type == END:
                at = len(self.tokens) if self.machine.accepts(END) else self._surprised(at)
            elif self.tokens[at].type in LAYOUT:
                at = self._layout(at)
            elif terminal := terminal_at(self.machine, self.tokens, at):
                self.machine.feed(self.tokens[at], terminal)
                at += 1
            else:
                at = self._surprised(at)
        if self.errors and not self.machine.accepts(END):
            return None
        if self.machine.deepest > MOST_DEPTH:
            self._too_deep()
            return None
        result: Statement = self.machine.result()
        return result

    def _layout(self, at: int) -> int:
        token = self.tokens[at]
        if not self.machine.accepts(token.type):
            return self._surprised(at)
        self.machine.feed(token, token.type)
        self.line_start, self.line_mark = at + 1, self.machine.mark()
        return at + 1

    def _surprised(self, at: int) -> int:
        """Reports the token that can't stand here, and goes on after the line; or mends it and goes on with it."""
        quiet = self.errors > 0 and (at == self.line_start or self.tokens[at].type in ("_DEDENT", END))
        self.errors += 1
        surprise = Surprise(self.tokens, at, self.line_start, self.machine.acceptable(), self.following)
        if self.errors <= MOST_ERRORS and (found := repair(surprise, self.language, self.findings)):
            self.tokens[found.at : found.end] = found.tokens
            self.machine.back_to(self.line_mark)
            return self.line_start
        if quiet:
            return self._give_up()
        if self.errors > MOST_ERRORS and self.tokens[at].type not in ("_DEDENT", END):
            return self._drop_line(at)
        unquoted = self._unquoted(at)
        other = foreign(self.tokens, at, self.line_start, self.line_mark, self.machine, self.language)
        if other and not unquoted:
            self.findings.items.append(other.diagnostic(self.findings.path, self.language))
            self.tokens[other.at : other.end] = [other.token()]
            self.machine.back_to(self.line_mark)
            return self.line_start
        if not unquoted:
            self.without_block = "_INDENT" in surprise.acceptable and self.tokens[at].type != "_INDENT"
            said = len(self.findings.items)
            report(surprise, self.language, self.findings)
            self.findings.guessed += self.findings.items[said:]
        self.machine.back_to(self.line_mark)
        if self.machine.accepts("_LPAR"):  # the statement's own value: without it the rest can't be told
            return self._give_up()
        if self.line_start == 0 or self.tokens[at].type in ("_DEDENT", END):
            return self._give_up()
        return self._drop_line(at)

    def _unquoted(self, at: int) -> bool:
        """Whether a quote is missing on this line: it has been said, and the rest follows from it."""
        line = self.tokens[max(at - 1, 0)].line
        if line not in self.findings.unquoted:
            return False
        self.findings.hopeless(line)
        return True

    def _give_up(self) -> int:
        self.errors = max(self.errors, 1)
        self.machine.states = [self.machine.tables.start]
        return len(self.tokens)

    def _drop_line(self, at: int) -> int:
        """Leaves out the line, with the lines below that are indented deeper."""
        end, depth = at, 0
        if self.tokens[at].type != "_INDENT":
            while self.tokens[end].type != "_NL":
                end += 1
            end += 1
        while end < len(self.tokens) and (depth or self.tokens[end].type == "_INDENT"):
            depth += (self.tokens[end].type == "_INDENT") - (self.tokens[end].type == "_DEDENT")
            end += 1
        self.dropped.append(self.tokens[self.line_start : end])
        self.machine.back_to(self.line_mark)
        self.line_start = end
        return end

    def _too_deep(self) -> None:
        words = Words(
            "pernyataan ini terlalu dalam bersarang atau terlalu panjang", "this statement is too deep or too long"
        )
        mend = Words("pecah menjadi beberapa `hitung`", "break it up into several `let`")
        span = self.tokens[0].span(self.findings.path)
        self.findings.error("nested-too-deep", span, words, mend=mend)

"""Lines of tokens to statements: keywords merged, continued lines joined, indentation as tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from ejps_core.dsl.findings import Findings
from ejps_core.dsl.lexer import Line
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import Branch
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.words import Words

OPENERS = frozenset(
    [
        "_PROGRAM",
        "_RULESET",
        "_SET",
        "_REPLACE",
        "_REMOVE",
        "FAMILY",
        "MEMBER",
        "_PARAMETER",
        "EACH_MEMBER",
        "_LET",
        "_TABLE",
        "_SCALE",
        "_OTHER_PROGRAMS",
        "REQUIRE",
        "REFUSE",
        "_PAY",
        "_CHOOSE",
        "_REPORT",
        "_USUAL",
        "_EXAMPLE",
    ]
)
"""Keywords with which a statement begins."""

OPERATORS = frozenset(
    [
        "_AND",
        "_OR",
        "_OTHERWISE",
        "_PLUS",
        "MINUS",
        "_STAR",
        "_SLASH",
        "EQUAL",
        "UNEQUAL",
        "BELOW",
        "AT_MOST",
        "ABOVE",
        "AT_LEAST",
        "_COMMA",
    ]
)
CONTINUES = OPERATORS | {"_RPAR"}
"""A line that begins with one of these belongs to the line before."""
GOES_ON = OPERATORS | {"_IF", "_THEN", "_LPAR"}
"""After a line that ends with one of these, the next one belongs to it."""

DEEPEST = 100
"""More parentheses inside one another than this are refused."""


@dataclass(slots=True)
class Chunk:
    """One statement as tokens with _NL, _INDENT and _DEDENT. `broken`: reported already, not to be parsed."""

    tokens: list[Token] = field(default_factory=list)
    broken: bool = False


def merged(line: Line, tree: Branch) -> Line:
    """The line with the words of each keyword made one token; a keyword of one word may also be a name."""
    found: list[Token] = []
    at = 0
    while at < len(line):
        branch, end, best = tree, at, None
        while end < len(line) and line[end].text in branch and line[end].type != "STRING":
            branch = branch[line[end].text]
            end += 1
            if branch.ends:
                best = (branch.ends, end)
        if best is None:
            found.append(line[at])
            at += 1
            continue
        words = line[at : best[1]]
        options = best[0] + (("NAME",) if len(words) == 1 else ())
        text = " ".join(word.text for word in words).replace(" / ", "/")
        found.append(words[0]._replace(options=options, text=text, end=words[-1].end, value=(0, 0, "")))
        at = best[1]
    return tuple(found)


def layout_token(terminal: str, after: Token) -> Token:
    """A token without text, where another one ends."""
    return Token((terminal,), "", after.line, after.end, after.end, path=after.path)


class Layout:
    """Makes statements of lines, line by line."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.chunks: list[Chunk] = []
        self.levels = [0]
        self.open: list[Token] = []
        self.logical: list[Token] = []

    def add(self, line: Line) -> None:
        """Takes the next line."""
        begins = line[0].column == 1 and bool(OPENERS.intersection(line[0].options))
        if self.open and begins:
            self._unclosed()
        if not self.chunks or begins or not self._continues(line[0]):
            self._new_line(line[0])
        self.logical.extend(line)
        chunk = self.chunks[-1]
        chunk.tokens.extend(line)
        for token in line:
            self._count(token, chunk)

    def finish(self) -> list[Chunk]:
        """All statements."""
        if self.open:
            self._unclosed()
        self._close()
        return self.chunks

    def _continues(self, first: Token) -> bool:
        if self.open:
            return True
        last = self.logical[-1] if self.logical else first
        if GOES_ON.intersection(last.options) or CONTINUES.intersection(first.options):
            return True
        if "_IS" in last.options:
            return True
        ifs = sum("_IF" in token.options for token in self.logical)
        if "_THEN" in first.options:
            return ifs > sum("_THEN" in token.options for token in self.logical)
        return "_IF" in first.options and ifs > 0

    def _new_line(self, first: Token) -> None:
        indent = self.findings.indents.get(first.line, first.column - 1)
        if indent == 0 or not self.chunks:
            self._close()
            self.chunks.append(Chunk())
            if indent:
                self._astray(first)
            return
        tokens = self.chunks[-1].tokens
        tokens.append(layout_token("_NL", tokens[-1]))
        if indent > self.levels[-1]:
            self.levels.append(indent)
            tokens.append(Token(("_INDENT",), "", first.line, 1, first.column))
        while indent < self.levels[-1]:
            above = self.levels.pop()
            if indent > self.levels[-1]:
                self._uneven(first, above)
                self.levels.append(indent)
                break
            tokens.append(layout_token("_DEDENT", tokens[-1]))
        self.logical = []

    def _close(self) -> None:
        """Ends the statement at hand."""
        if self.chunks:
            tokens = self.chunks[-1].tokens
            last = tokens[-1]
            tokens.append(layout_token("_NL", last))
            tokens.extend(layout_token("_DEDENT", last) for _ in self.levels[1:])
        self.levels, self.logical, self.open = [0], [], []

    def _count(self, token: Token, chunk: Chunk) -> None:
        if "_LPAR" in token.options:
            self.open.append(token)
            if len(self.open) == DEEPEST + 1:
                chunk.broken = True
                words = Words(
                    f"lebih dari {DEEPEST} tanda kurung bersarang", f"more than {DEEPEST} parentheses inside one another"
                )
                mend = Words("pecah menjadi beberapa `hitung`", "break it up into several `let`")
                self.findings.error("nested-too-deep", token.span(self.findings.path), words, mend=mend)
        elif "_RPAR" in token.options and self.open:
            self.open.pop()

    def _unclosed(self) -> None:
        if not self.chunks[-1].broken:
            self.chunks[-1].broken = True
            words = Words("tanda kurung ini tidak ditutup", "this parenthesis is not closed")
            mend = Words("tutup dengan `)` di tempat yang dimaksud", "close it with `)` where it is meant to end")
            self.findings.error("parenthesis-open", self.open[-1].span(self.findings.path), words, mend=mend)
        self.open = []

    def _astray(self, first: Token) -> None:
        span = Span(self.findings.path, first.line, 1, first.line, first.column)
        words = Words("pernyataan dimulai di awal baris, tanpa spasi", "a statement begins at the start of its line")
        mend = Words("hapus spasi di depannya", "take out the spaces in front")
        self.findings.error("indent-astray", span, words, mend=mend, fix=Fix(span, ""))

    def _uneven(self, first: Token, above: int) -> None:
        span = Span(self.findings.path, first.line, 1, first.line, first.column)
        words = Words("baris ini tidak sejajar dengan baris mana pun di atasnya", "this line is level with no line above it")
        mend = Words(f"sejajarkan: {above} spasi", f"bring it level: {above} spaces")
        self.findings.error("indent-uneven", span, words, mend=mend, fix=Fix(span, " " * above))


def statements(lines: list[Line], tree: Branch, findings: Findings) -> list[Chunk]:
    """The statements of a file."""
    layout = Layout(findings)
    for line in lines:
        layout.add(merged(line, tree))
    return layout.finish()

"""The whole rule set that results from a program and its changes, statement by statement, each with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ejps_core.dsl import syntax
from ejps_core.dsl.changes import whole_of
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.lineage import File, Parents, chain, opened
from ejps_core.dsl.printing import printed
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import spellings
from ejps_core.model.span import Span
from ejps_core.model.words import Language

REASON = re.compile(r"[ \t]*\b(?:karena|because)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement, or a part of one, as text; where it stands, and why it was changed (None: it was not)."""

    text: str
    span: Span
    because: str | None = None


def whole(text: str, path: str, parents: Parents) -> tuple[Language, tuple[Piece, ...]] | None:
    """All statements that hold in the end, in the language of the file; None if it, or what it extends, can't be read."""
    findings = Findings(path)
    file = opened(text, path, findings)
    files = chain(file, parents, findings) if file is not None else None
    if file is None or files is None:
        return None
    writing = _Writing(files)
    statements = whole_of(files, findings).statements
    return file.language, tuple(piece for statement in statements for piece in writing.pieces(statement))


class _Writing:
    """Takes statements from the texts of their files, and writes them in the language of the first."""

    def __init__(self, files: Sequence[File]) -> None:
        self.to = files[0].language
        self.languages = {file.path: file.language for file in files}
        self.rows = {file.path: file.text.replace("\r\n", "\n").split("\n") for file in files}

    def pieces(self, statement: syntax.Statement) -> Iterator[Piece]:
        """The statement; of a head and of facts each line by itself, for they may come from several files."""
        match statement:
            case syntax.Program():
                yield from self._head(statement)
            case syntax.Fields():
                yield from self._fields(statement)
            case syntax.Parameter(rows=(row,)) if row.span.path != statement.span.path:
                yield self._set(statement, row)
            case _:
                because = getattr(statement, "because", None)
                because = because or getattr(getattr(statement, "value", None), "because", None)
                text = self._cut(statement.span, because)
                reason = because.value[2] if because else None
                yield Piece("\n".join(self._own(text, statement.span.path)), statement.span, reason)

    def _head(self, node: syntax.Program) -> Iterator[Piece]:
        first, place = [f"{self._word('_PROGRAM')} {node.name.text}"], node.span
        if node.title is not None:
            place = node.title.span
            program, currency = (self._word(terminal, place.path) for terminal in ("_PROGRAM", "_CURRENCY"))
            text = f"{program} {node.name.text} {self._cut(place, None)}\n    {currency} IDR"
            first = self._own(text, place.path)[:-1]
        yield Piece("\n".join(first), place)
        for line in node.heads:
            path = line.span.path
            text = "\n".join((f"{self._word('_PROGRAM', path)} x", *self._lines(line.span)))
            yield Piece("\n".join(self._own(text, path)[1:]), line.span)

    def _fields(self, node: syntax.Fields) -> Iterator[Piece]:
        head = self.rows[node.span.path][node.span.line - 1]
        for number, field in enumerate(node.fields):
            path = field.span.path
            if path != node.span.path:
                head = f"{self._word(node.level.type, path)} {self._word('_HAS', path)}"
            lines = self._own("\n".join((head, *self._lines(field.span))), path)
            yield Piece("\n".join(lines[1:] if number else lines), field.span)

    def _set(self, node: syntax.Parameter, row: syntax.Row) -> Piece:
        """A parameter that became one value."""
        since, path = self._word("_SINCE"), row.span.path
        lines = self._own(self._cut(node.span, None), node.span.path)
        head = lines[: next(at for at, line in enumerate(lines) if line.startswith(f"    {since} "))]
        because = row.source.value[2] if row.source else ""
        words = [self._word(terminal, path) for terminal in ("_PARAMETER", "_SINCE", "_SOURCE")]
        value = self._cut(row.value.span, None)
        text = f'{words[0]} x : 1..2\n    {words[1]} {row.since.text} {value} {words[2]} "{because}"'
        return Piece("\n".join((*head, self._own(text, path)[-1])), row.span, because)

    def _word(self, terminal: str, path: str | None = None) -> str:
        """A keyword in the language of a file, or of the result."""
        return spellings(terminal, self.to if path is None else self.languages[path])[0]

    def _lines(self, span: Span) -> list[str]:
        """The whole rows of a span."""
        return self.rows[span.path][span.line - 1 : span.end_line]

    def _cut(self, span: Span, because: Token | None) -> str:
        """The author's text of a span, without the reason of a change."""
        lines = self._lines(span)
        if because is not None:
            at = because.line - span.line
            lines[at] = REASON.sub("", lines[at][: because.column - 1]) + lines[at][because.end - 1 :]
        elif span.line == span.end_line:
            return lines[0][span.column - 1 : span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)

    def _own(self, text: str, path: str) -> list[str]:
        """The lines of a statement, written in the language of the result."""
        return printed(f"ejps 1 {self.languages[path]}\n{text}\n", self.to).rstrip("\n").split("\n")[1:]

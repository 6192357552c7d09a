"""A rule text as it is shown: each row in pieces, and of each piece what it is, as the parser took it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ejps_core.dsl.printing.page import rule_file
from ejps_core.dsl.printing.sentences import Word
from ejps_core.dsl.words import KEYWORDS


class Kind(StrEnum):
    """What a piece of a rule text is."""

    KEYWORD = "keyword"
    NAME = "name"
    TEXT = "text"
    """between quotes"""
    FIGURE = "figure"
    """a number, an amount, a day"""
    SIGN = "sign"
    REMARK = "remark"
    """a comment"""
    BLANK = "blank"


KINDS: Mapping[str, Kind] = {
    "STRING": Kind.TEXT, "NAME": Kind.NAME, "FACT": Kind.NAME, "CURRENCY": Kind.NAME, "INT": Kind.FIGURE,
    "DECIMAL": Kind.FIGURE, "PERCENT": Kind.FIGURE, "MONEY": Kind.FIGURE, "DATE": Kind.FIGURE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a row."""

    kind: Kind
    text: str


Row = tuple[Piece, ...]


def highlighted(text: str) -> tuple[Row, ...]:
    """The rows of a rule text without errors; put together, the pieces are the text."""
    file = rule_file(text)
    words: dict[int, list[Word]] = {}
    for sentence in file.sentences:
        for word in sentence.words:
            words.setdefault(word.token.line, []).append(word)
    rows = [tuple(_row(row, words.get(number, ()))) for number, row in enumerate(file.rows, 1)]
    rows[file.head] = tuple(_head(file.rows[file.head]))
    return tuple(rows)


def kind_of(terminal: str) -> Kind:
    """What a word is that the parser took as this terminal."""
    return Kind.KEYWORD if terminal in KEYWORDS else KINDS.get(terminal, Kind.SIGN)


def _row(row: str, words: Sequence[Word]) -> Iterator[Piece]:
    at = 0
    for word in words:
        yield from _between(row[at : word.token.column - 1])
        at = word.token.end - 1
        yield Piece(kind_of(word.terminal), row[word.token.column - 1 : at])
    yield from _between(row[at:])


def _head(row: str) -> Iterator[Piece]:
    """The first line, which names the language; a comment may stand behind it."""
    said, sign, remark = row.partition("#")
    yield Piece(Kind.KEYWORD, said)
    if sign:
        yield Piece(Kind.REMARK, sign + remark)


def _between(gap: str) -> Iterator[Piece]:
    """What stands between words: blanks, and a comment up to the end of the row."""
    blank, sign, remark = gap.partition("#")
    if blank:
        yield Piece(Kind.BLANK, blank)
    if sign:
        yield Piece(Kind.REMARK, sign + remark)

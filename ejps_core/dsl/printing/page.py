"""The whole file: first line, logical lines, comments and blank rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ejps_core.dsl.printing import cells
from ejps_core.dsl.printing.folding import Part, folded
from ejps_core.dsl.printing.remarks import between, gap, remark
from ejps_core.dsl.printing.sentences import Sentence, sentences
from ejps_core.dsl.printing.spelling import spelt
from ejps_core.dsl.reading import FIRST_LINE
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import KEYWORDS, spellings
from ejps_core.model.words import Language


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: its rows, the one that names its language (counted from 0), and the logical lines below it."""

    rows: list[str]
    head: int
    language: Language
    sentences: list[Sentence]


def rule_file(text: str) -> RuleFile:
    """The rows and logical lines of a text without errors."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = next(number for number, row in enumerate(rows) if row.strip() and not row.lstrip().startswith("#"))
    match = FIRST_LINE.fullmatch(rows[at])
    assert match, "a rule file without errors has a first line"
    language = Language(match[2])
    return RuleFile(rows, at, language, sentences("\n".join(rows[at + 1 :]), at + 2, language))


def printed(text: str, to: Language | None = None) -> str:
    """The text of a rule file without errors in the one layout, in the surface `to` (None: its own)."""
    file = rule_file(text)
    target = to or file.language
    comment = remark(file.rows[file.head])
    first = f"ejps 1 {target.value}" + (f"  {comment.text}" if comment else "")
    written = [*between(None, gap(file.rows[: file.head]), None), first]
    parts = [_parts(sentence, file.rows, file.language, target) for sentence in file.sentences]
    above, last = None, file.head + 1
    for sentence, lines in zip(file.sentences, _lines(file.sentences, parts), strict=True):
        written += between(above, gap(file.rows[last : sentence.first_row - 1]), sentence)
        written += lines
        above, last = sentence, sentence.last_row
    written += between(above, gap(file.rows[last:]), None)
    return "\n".join(written) + "\n"


def names_in_the_way(text: str, to: Language) -> list[Token]:
    """Where the file has names that are keywords in the surface `to`."""
    keywords = {spelling for terminal in KEYWORDS for spelling in spellings(terminal, to)}
    words = [word for sentence in rule_file(text).sentences for word in sentence.words]
    return [word.token for word in words if word.terminal == "NAME" and word.token.text in keywords]


def _parts(sentence: Sentence, rows: Sequence[str], source: Language, target: Language) -> tuple[Part, ...]:
    """The words as they are to be written, with the comments that stand between them."""
    words = sentence.words
    parts, depth = [], 0
    for at, text in enumerate(spelt(words, source, target)):
        word, row = words[at], words[at].token.line
        earlier = words[at - 1].token.line if at else row
        above = [found.text for found in gap(rows[earlier : row - 1]) if found]
        ends = at + 1 == len(words) or words[at + 1].token.line > row
        beside = remark(rows[row - 1]) if ends else None
        parts.append(Part(text, word.terminal, depth, word.signed, tuple(above), beside.text if beside else ""))
        depth += (word.terminal == "_LPAR") - (word.terminal == "_RPAR")
    return tuple(parts)


def _lines(found: Sequence[Sentence], parts: Sequence[Sequence[Part]]) -> Iterator[list[str]]:
    """The rows of each logical line; those of a table are aligned with one another."""

    def table(at: int) -> tuple[bool, int]:
        return cells.is_row(parts[at]), found[at].level

    for (is_table, level), group in groupby(range(len(found)), table):
        if is_table:
            yield from cells.aligned([parts[at] for at in group], level)
        else:
            yield from (folded(parts[at], level) for at in group)

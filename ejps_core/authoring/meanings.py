"""What each statement of a rule text means, as sentences: the author's own words, with titles in place of names.

The sentences are made of the words as the parser took them, so every construct of the language has one, and none can say
something else than the rule does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ejps_core.dsl.printing.highlighting import Kind, Row, highlighted, kind_of
from ejps_core.dsl.printing.page import rule_file
from ejps_core.dsl.printing.sentences import Sentence, Word
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Benefit, Definition, Field, Parameter, Relation, Rule, RuleKind, Ruleset
from ejps_core.model.span import Span
from ejps_core.model.types import Choice
from ejps_core.model.words import Language, Words

SIGNS: Mapping[str, Words] = {
    "=": Words("adalah", "is"),
    "!=": Words("bukan", "is not"),
    "<": Words("kurang dari", "below"),
    "<=": Words("tidak melebihi", "not above"),
    ">": Words("lebih dari", "above"),
    ">=": Words("tidak kurang dari", "not below"),
    "+": Words("ditambah", "plus"),
    "-": Words("dikurangi", "less"),
    "*": Words("dikali", "times"),
    "/": Words("dibagi", "divided by"),
    "..": Words("sampai", "to"),
}
NAMING = frozenset({"REQUIRE", "REFUSE", "_LET", "EACH_MEMBER", "_PAY"})
"""Keywords of statements that name a rule, a term or a benefit."""
LIMITING = ("_ONE_PER",)
"""Lines of a head by which a family may be refused; its areas are told by name elsewhere."""
CASES = ("_IF", "_OTHERWISE")
"""Keywords with which a further case begins."""
CLOSE = (",", ")", ":")
"""Signs before which there is no blank."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence. named: the title of a fact, a parameter or a term of the rules."""

    text: str
    named: bool = False


Phrase = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence: how it begins, and what the rule itself says."""

    lead: Words
    phrase: Phrase = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A statement of a rule text, from its first row to its last (counted from 1), with what it means.

    opener: the keyword that it begins with, as the grammar names it. name: the id of the rule, term or benefit; ''.
    """

    first: int
    last: int
    opener: str
    name: str
    title: Words
    sayings: tuple[Saying, ...]
    legal: str
    message: Words | None
    rows: tuple[Row, ...]


def told(phrase: Phrase) -> str:
    """The phrase as plain text."""
    return "".join(each.text for each in phrase)


def meanings(text: str, ruleset: Ruleset) -> tuple[Meant, ...]:
    """The statements of a text without errors in the order of their rows. ruleset: compiled from this very text."""
    file, rows = rule_file(text), highlighted(text)
    writing = _Writing(file.language, titles_of(ruleset))
    statements: list[list[Sentence]] = []
    for sentence in file.sentences:
        if sentence.starts:
            statements.append([])
        statements[-1].append(sentence)
    found, above = [], file.head + 1
    for lines in statements:
        last = lines[-1].last_row
        first = next(number for number in range(above, last) if file.rows[number].strip()) + 1
        found.append(_meant(lines, ruleset, writing, first, rows[first - 1 : last]))
        above = last
    return tuple(found)


_Named = Field | Relation | Parameter | Definition


def titles_of(ruleset: Ruleset) -> dict[str, Words]:
    """What each name of a rule set is called. Where two have one name, facts come before terms, terms before answers."""
    fields = (*ruleset.family_fields, *ruleset.member_fields)
    labels = (label for field in fields if isinstance(field.type, Choice) for label in field.type.labels)
    found: dict[str, Words] = {label.name: label.title for label in labels}
    named: tuple[_Named, ...] = (*ruleset.relations, *ruleset.parameters, *ruleset.definitions, *fields)
    found |= {each.name: each.title for each in named}
    found |= {f"member.{each.name}": each.title for each in ruleset.member_fields}
    return {name: Words(title.id or name, title.en or title.id or name) for name, title in found.items()}


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes words of a text as a phrase."""

    language: Language
    titles: Mapping[str, Words]

    def within(self, lines: Sequence[Sentence], span: Span) -> Phrase:
        """The words that stand in a span."""
        first, last = (span.line, span.column), (span.end_line, span.end_column)
        words = chain.from_iterable(line.words for line in lines)
        return self.phrase([w for w in words if first <= _begin(w) and (w.token.line, w.token.end) <= last])

    def phrase(self, words: Sequence[Word]) -> Phrase:
        """The words with titles for names, and words for signs."""
        parts: list[Part] = []
        before = ""
        for word in words:
            text, named = self._said(word)
            glued = not parts or text in CLOSE or before == "(" or (before == "-" and parts[-1].text.strip() == "-")
            again = word.terminal in CASES and parts and before != "("
            parts.append(Part(text if glued else f"; {text}" if again else f" {text}", named))
            before = "-" if word.signed else text
        return tuple(parts)

    def _said(self, word: Word) -> tuple[str, bool]:
        text = word.token.text
        if kind_of(word.terminal) is Kind.NAME:
            title = self.titles.get(text)
            return (text, False) if title is None else (title.say(self.language), True)
        if kind_of(word.terminal) is Kind.SIGN and text in SIGNS and not word.signed:
            return SIGNS[text].say(self.language), False
        return text, False


def _begin(word: Word) -> tuple[int, int]:
    return word.token.line, word.token.column


def _meant(lines: Sequence[Sentence], ruleset: Ruleset, writing: _Writing, first: int, rows: tuple[Row, ...]) -> Meant:
    opener, last = lines[0].words[0], lines[-1].last_row
    things: tuple[Rule | Definition | Benefit, ...] = (*ruleset.rules, *ruleset.definitions, *ruleset.benefits)
    own = things if opener.terminal in NAMING else ()
    thing = next((each for each in own if lines[0].first_row <= each.span.line <= last), None)
    sayings = tuple(_of_thing(thing, lines, writing) if thing is not None else _as_written(opener, lines, writing))
    message = thing.message if isinstance(thing, Rule) else None
    name = "" if thing is None else thing.name if isinstance(thing, Definition) else thing.id
    title = thing.title if thing is not None else Words("", "")
    legal = (thing.legal or "") if thing is not None else ""
    return Meant(first, last, opener.terminal, name, title, sayings, legal, message, rows)


def _of_thing(thing: Rule | Definition | Benefit, lines: Sequence[Sentence], writing: _Writing) -> Iterator[Saying]:
    match thing:
        case Rule(kind=RuleKind.REQUIRE):
            yield Saying(Words("Berhak hanya bila", "Entitled only if"), writing.within(lines, thing.condition.span))
        case Rule():
            yield Saying(Words("Tidak berhak bila", "Not entitled if"), writing.within(lines, thing.condition.span))
        case Definition():
            whose = thing.level is Level.MEMBER
            lead = (
                Words("Bagi tiap anggota dihitung", "Worked out for each member")
                if whose
                else Words("Dihitung", "Worked out")
            )
            yield Saying(lead, writing.within(lines, thing.value.span))
        case Benefit():
            yield Saying(Words("Nilainya", "Its value"), writing.within(lines, thing.amount.span))
            if thing.only_if is not None:
                yield Saying(Words("Diberikan hanya bila", "Given only if"), writing.within(lines, thing.only_if.span))


def _as_written(opener: Word, lines: Sequence[Sentence], writing: _Writing) -> Iterator[Saying]:
    """What decides without being named, line by line; what other statements say is shown as tables of their own."""
    nothing = Words("", "")
    match opener.terminal:
        case "_CHOOSE":
            yield Saying(Words("Bila tidak cukup bagi semua", "Where there is not enough for all"))
            yield from (Saying(nothing, writing.phrase(line.words)) for line in lines[1:])
        case "_OTHER_PROGRAMS":
            yield from (Saying(Words("Program lain", "Another program"), writing.phrase(line.words)) for line in lines[1:])
        case "_PROGRAM" | "_RULESET":
            for line in lines[1:]:
                if line.words[0].terminal in LIMITING:
                    yield Saying(Words("Hanya", "Only"), writing.phrase(line.words))

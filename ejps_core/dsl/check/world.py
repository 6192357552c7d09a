"""What a rule file declares, while it is being checked; and the place at which an expression is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ejps_core.dsl import syntax
from ejps_core.dsl.check.grids import Grid, Ladder
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.syntax import Token
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import (
    Benefit,
    Calendar,
    DecisionUnit,
    Definition,
    Field,
    LeapRule,
    OnePer,
    Parameter,
    Relation,
    Rule,
)
from ejps_core.model.span import Span
from ejps_core.model.types import Choice, Date, Region
from ejps_core.model.words import Language, Words, same

FIRST_DAY, LAST_DAY = -25567, 84006
"""1900-01-01 and 2199-12-31: the dates of a field without bounds of its own."""


@dataclass(slots=True)
class Header:
    """The head of the file. `sound`: nothing is wrong with its dates."""

    program: str = ""
    title: Words = field(default_factory=lambda: same(""))
    span: Span | None = None
    first: int = FIRST_DAY
    last: int = LAST_DAY
    dated: bool = False
    legal: tuple[str, ...] = ()
    currency: str = "IDR"
    minor_digits: int = 0
    leap_rule: LeapRule | None = None
    areas: tuple[str, ...] = ()
    areas_span: Span | None = None
    calendars: tuple[Calendar, ...] = ()
    each_phase: bool = False
    one_per: syntax.OnePer | None = None
    unit: DecisionUnit = DecisionUnit.FAMILY
    unit_span: Span | None = None
    family_key: str | None = None
    """What identifies the family where persons are decided."""

    @property
    def general_calendar(self) -> Calendar | None:
        """The calendar of all areas without one of their own."""
        return next((calendar for calendar in self.calendars if not calendar.areas), None)


@dataclass(slots=True)
class World:
    """Everything declared so far. `lost`: names of text that could not be read or is wrong: nothing is said of them."""

    findings: Findings
    language: Language
    lost: set[str]
    partial: set[int] = field(default_factory=set)
    """The first lines of statements of which a line could not be read."""
    rows: list[str] = field(default_factory=list)
    """The lines of the file."""
    header: Header = field(default_factory=Header)
    least_members: int = 1
    fields: dict[Level, dict[str, Field]] = field(default_factory=lambda: {Level.FAMILY: {}, Level.MEMBER: {}})
    parameters: dict[str, Parameter] = field(default_factory=dict)
    written: dict[str, syntax.Definition] = field(default_factory=dict)
    """Definitions as they stand in the text."""
    definitions: dict[str, Definition] = field(default_factory=dict)
    """Definitions checked, in the order in which each reads earlier ones only."""
    tables: dict[str, Grid] = field(default_factory=dict)
    scales: dict[str, Ladder] = field(default_factory=dict)
    versions: dict[str, Parameter] = field(default_factory=dict)
    """For each dated table or scale: which of its versions holds from when."""
    relations: dict[str, Relation] = field(default_factory=dict)
    one_per: OnePer | None = None
    rules: dict[str, Rule] = field(default_factory=dict)
    benefits: dict[str, Benefit] = field(default_factory=dict)
    places: dict[str, Span] = field(default_factory=dict)
    """Where each name of a value was declared first."""
    used: set[str] = field(default_factory=set)
    removed: dict[str, Span] = field(default_factory=dict)
    """What a rule set took out of the program that it extends, and where."""
    express: Callable[[syntax.Expr, At], Expr | None] = field(default=lambda node, at: None)
    define: Callable[[str, Span], Definition | None] = field(default=lambda name, span: None)

    @property
    def path(self) -> str:
        """The file."""
        return self.findings.path

    def span(self, token: Token) -> Span:
        """Where a token stands."""
        return token.span(self.findings.path)

    def said(self, span: Span) -> str:
        """The author's own words at a place within one line; nothing for a longer one, or one in another file."""
        if span.path != self.path or span.line != span.end_line:
            return ""
        return self.rows[span.line - 1][span.column - 1 : span.end_column - 1]

    def text(self, token: Token | None) -> str | None:
        """What a string says, or a name."""
        if token is None:
            return None
        return token.value[2] if token.type == "STRING" else token.text

    def basis(self, node: syntax.Rule | syntax.Definition | syntax.Pay | syntax.Choose) -> str | None:
        """The law of a statement: its own legal basis, and the reason for which a rule set put it there."""
        own = None if isinstance(node, syntax.Choose) else self.text(node.legal)
        return "; ".join(dict.fromkeys(text for text in (own, self.text(node.because)) if text)) or None

    def language_at(self, span: Span) -> Language:
        """The language of the file in which it stands."""
        return self.findings.languages.get(span.path, self.language)

    def level_of(self, name: str) -> Level | None:
        """The level of a definition by its text; None if there is none of that name."""
        found = self.written.get(name)
        return None if found is None else Level.MEMBER if found.each else Level.FAMILY

    def birth_field(self, level: Level) -> list[Field]:
        """The dates of birth of a level."""
        return [f for f in self.fields[level].values() if isinstance(f.type, Date) and f.type.birth]

    def region_field(self) -> Field | None:
        """The first region of the family: by it the phases are looked up."""
        return next((f for f in self.fields[Level.FAMILY].values() if isinstance(f.type, Region)), None)

    def titled(self, words: syntax.Words | None, name: str) -> Words:
        """The title in both languages; without one, the name."""
        if words is None:
            return same(name)
        first = words.text.value[2]
        if words.mark is None or words.other is None:
            return same(first)
        language = self.language_at(words.span)
        if words.mark.text == language:
            self.findings.error(
                "title-language",
                self.span(words.mark),
                Words(
                    f"judul pertama dalam bahasa berkas ini; yang kedua dalam bahasa lain, bukan `{words.mark.text}`",
                    f"the first title is in this file's language; the second is in the other, not `{words.mark.text}`",
                ),
            )
        other = words.other.value[2]
        return Words(first, other) if language is Language.ID else Words(other, first)


@dataclass(frozen=True, slots=True)
class At:
    """Where an expression is read: on the family or a member; `choice`: the labels that are expected there."""

    world: World
    level: Level
    choice: Choice | None = None

    def read(self, node: syntax.Expr, choice: Choice | None = None) -> Expr | None:
        """A part of the expression at the same level; None: it is wrong, and that has been said."""
        return self.world.express(node, At(self.world, self.level, choice))

    def of_member(self) -> At:
        """The same, on a member."""
        return At(self.world, Level.MEMBER)

    def error(
        self,
        code: str,
        node: syntax.Syntax | Span,
        indonesian: str,
        english: str,
        mend: Words | None = None,
    ) -> None:
        """Says that something is wrong; the caller gives None."""
        span = node if isinstance(node, Span) else node.span
        self.world.findings.error(code, span, Words(indonesian, english), mend=mend)

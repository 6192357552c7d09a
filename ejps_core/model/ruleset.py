"""A checked rule set: frozen, typed, complete. What every evaluator reads, and the only thing it needs besides the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ejps_core.model.changes import Change, Origin
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.span import Span
from ejps_core.model.types import Type
from ejps_core.model.words import Language, Words


class Privacy(StrEnum):
    """The class of a field under UU 27/2022: general, personal (pribadi), specific (spesifik: health, children, finance)."""

    GENERAL = "general"
    PERSONAL = "personal"
    SPECIFIC = "specific"


class DecisionUnit(StrEnum):
    """What is decided: a family, by its family card, or a person, by the key of the members."""

    FAMILY = "family"
    PERSON = "person"


class LeapRule(StrEnum):
    """When somebody born on 29 February completes a year that has no such day."""

    FEBRUARY_28 = "02-28"
    MARCH_1 = "03-01"


@dataclass(frozen=True, slots=True)
class Field:
    """A fact about a family or a member, as a column of a list.

    `blank_is_no`: an empty cell means no (an absent column is unknown all the same). `key`: identifies the family (or the
    member); exactly one family field has it. `purpose`: why it is needed; every specific field says so.
    """

    name: str
    title: Words
    type: Type
    level: Level
    span: Span
    source: str | None = None
    blank_is_no: bool = False
    privacy: Privacy = Privacy.GENERAL
    key: bool = False
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A value in force from `since`, known from `published` on (days since 1970-01-01), until the next row."""

    since: int
    published: int
    value: bool | int | str
    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value of the law. Rows in the order of their dates."""

    name: str
    title: Words
    type: Type
    rows: tuple[ParameterRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A named value of the family or of each member. Definitions stand in an order in which each reads earlier ones only."""

    name: str
    title: Words
    level: Level
    type: Type
    value: Expr
    span: Span
    legal: str | None = None


class RuleKind(StrEnum):
    """What the condition of a rule says."""

    REQUIRE = "require"
    """syarat: must be yes."""
    REFUSE = "refuse"
    """gugur bila: must be no."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for which a family may be refused. `id` is its reason code in lower case.

    legal: its legal basis; where a rule set put it there, with the reason for that (so too of a definition or benefit).
    """

    id: str
    kind: RuleKind
    title: Words
    condition: Expr
    span: Span
    legal: str | None = None
    message: Words | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Who bears which part of a benefit, in hundredths of a percent; the shares of a benefit total 10,000."""

    name: str
    part: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """What an eligible family gets: `instalments` times `amount` (money, whole minor units, never negative).

    Nothing where `only_if` is no. `in_kind` describes goods; the amount is then their value.
    """

    id: str
    title: Words
    amount: Expr
    instalments: int
    span: Span
    in_kind: str | None = None
    legal: str | None = None
    only_if: Expr | None = None
    shares: tuple[Share, ...] = ()


class Direction(StrEnum):
    """Which values of a ranking key come first."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of the ranking; `unknown_last`: a family whose key is unknown comes last instead of waiting."""

    value: Expr
    direction: Direction
    unknown_last: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Choose:
    """The ranking of the eligible in each area and who gets a seat.

    `area`: a Region or Choice expression, None for one list. The last key of `order` is the family's unique key.
    `quota`: seats in each area, None: all. `budget`: money for each area, in instalments' total, None: no limit; both are
    literals, parameters, or say the same for all families of an area. `reserve`: how many follow, -1: all the rest.
    """

    area: Expr | None
    order: tuple[OrderKey, ...]
    quota: Expr | None
    reserve: int
    span: Span
    budget: Expr | None = None
    legal: str | None = None
    """The reason for which a rule set put it there."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase (tahap) from `first` to `last`, both inclusive, days since 1970-01-01."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The phases of some areas (no areas: of all others), one after the other without a gap."""

    areas: tuple[str, ...]
    phases: tuple[Phase, ...]
    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of lists: a family field, a family definition, or one of OUTPUT_NAMES."""

    name: str
    masked: bool


OUTPUT_NAMES = ("status", "reasons", "needs", "amount", "rank", "selected", "reserve", "phase")
"""What a report may name besides fields and definitions; no field, definition, rule or benefit may bear these names."""


@dataclass(frozen=True, slots=True)
class ReportTotal:
    """A recap: by the values of these, how many families, and the totals of these."""

    by: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """Facts of an example: field name -> value (None: unknown), of the family or of one member."""

    level: Level
    values: tuple[tuple[str, bool | int | str | None], ...]
    span: Span


class Verdict(StrEnum):
    """What the rules say of a family, in the words of the file formats."""

    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"
    ELIGIBLE = "eligible"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example asserts. None: not asserted. `because`: exactly the rules that are false (or unknown);
    `needs`: exactly the facts still needed; `values`: benefits and family definitions (value None: unknown)."""

    verdict: Verdict
    because: tuple[str, ...] | None
    needs: tuple[str, ...] | None
    values: tuple[tuple[str, bool | int | str | None], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A family, a date and what must come out. Facts not given are unknown."""

    title: str
    family: tuple[tuple[str, bool | int | str | None], ...]
    members: tuple[tuple[tuple[str, bool | int | str | None], ...], ...]
    on: int
    known: int | None
    expected: Expected
    span: Span


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A family fact that rules only compare with constants, and with which; `values` are literals or parameters."""

    fact: str
    tests: tuple[Expr, ...]
    """The Compare, Between and OneOf expressions (or the bare FieldRef of a yes/no) in which it stands."""


class RelationKind(StrEnum):
    """Whether another program may be received together with this one."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    PLAIN = "plain"
    """Nothing is said of it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Another program that the rules speak of, and the list that says who receives it."""

    name: str
    title: Words
    source: str
    kind: RelationKind
    span: Span


@dataclass(frozen=True, slots=True)
class OnePer:
    """One award per family card, or per person: the facts that say whether there was one, from the register of awards.

    family: such a fact of the family; person: of each member; None: not asked. each_phase: awards of the phase decided
    count; else those of the whole program.
    """

    family: str | None
    person: str | None
    each_phase: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A program's rules, whole.

    `thresholds`: the family facts that can be settled by trying the cells their tests cut (docs/language/meaning.md).
    `unit`: where persons are decided, family_fields are the person's own facts too, with its key, and `family_key` names
    the one that identifies its family (model/persons.py).
    `ruleset`: its own id if it changes others: `parents`, the nearest first, for these `reasons` (theirs first).
    """

    program: str
    title: Words
    surface: Language
    first: int
    last: int
    legal: tuple[str, ...]
    currency: str
    minor_digits: int
    leap_rule: LeapRule
    areas: tuple[str, ...]
    calendars: tuple[Calendar, ...]
    decided_each_phase: bool
    least_members: int
    family_fields: tuple[Field, ...]
    member_fields: tuple[Field, ...]
    parameters: tuple[Parameter, ...]
    definitions: tuple[Definition, ...]
    rules: tuple[Rule, ...]
    benefits: tuple[Benefit, ...]
    choose: Choose | None
    columns: tuple[ReportColumn, ...]
    totals: tuple[ReportTotal, ...]
    examples: tuple[Example, ...]
    thresholds: tuple[Thresholds, ...]
    path: str
    text: str
    digest: str
    """SHA-256 of the text (and those of the parents), hexadecimal."""
    unit: DecisionUnit = DecisionUnit.FAMILY
    family_key: str | None = None
    ruleset: str | None = None
    parents: tuple[Origin, ...] = ()
    reasons: tuple[Change, ...] = ()
    relations: tuple[Relation, ...] = ()
    one_per: OnePer | None = None

    @property
    def id(self) -> str:
        """The id of the rule set; that of the program if it changes no other."""
        return self.ruleset or self.program

    @property
    def full_id(self) -> str:
        """The program's id, with that of the rule set that changes it: program · ruleset."""
        return self.program if self.ruleset is None else f"{self.program} · {self.ruleset}"

    def text_of(self, path: str) -> str:
        """The text of the file in which something stands."""
        return next((origin.text for origin in self.parents if origin.path == path), self.text)

    @property
    def key(self) -> Field:
        """The family field that identifies a family."""
        return next(field for field in self.family_fields if field.key)

    @property
    def listed_fields(self) -> tuple[Field, ...]:
        """The columns of the list of families; where families are decided, all family fields."""
        own = {field.name for field in self.member_fields} if self.unit is DecisionUnit.PERSON else set()
        listed = tuple(field for field in self.family_fields if field.name not in own)
        if self.family_key is None:
            return listed
        return tuple(replace(field, key=field.name == self.family_key) for field in listed)

    @property
    def member_key(self) -> Field | None:
        """The member field that identifies a member, if one is declared."""
        return next((field for field in self.member_fields if field.key), None)

    def field(self, level: Level, name: str) -> Field:
        """The declared field of that level and name."""
        fields = self.family_fields if level is Level.FAMILY else self.member_fields
        return next(field for field in fields if field.name == name)

    def definition(self, name: str) -> Definition:
        """The definition of that name."""
        return next(definition for definition in self.definitions if definition.name == name)

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)

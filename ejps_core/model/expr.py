"""Checked expressions of the rule language: names resolved, types known, nothing left to guess.

Every expression has a `type` and the `span` of the author's text. What each means, also when facts are unknown, stands in
docs/language/meaning.md. `level` FAMILY expressions have one value a family; inside a member aggregate, and in definitions
declared for each member, MEMBER expressions have one value a member (family expressions may be read there too).
"""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.model.kinds import AreaLevel, Comparison, Level, Rounding, Unit
from ejps_core.model.span import Span
from ejps_core.model.types import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all expressions carry."""

    type: Type
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A constant: bool for YesNo, whole number in units of the type's scale, days for Date, str for Choice and Region."""

    value: bool | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRef(Node):
    """The value of a field of the family or of the member at hand."""

    name: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRef(Node):
    """The value of a dated parameter at the decision date, as published by the known date."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRef(Node):
    """The value of a definition (on the family, or on the member at hand)."""

    name: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDate(Node):
    """The date for which is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEdge(Node):
    """The first (or last) day of the phase that holds the decision date in the family's area."""

    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Node):
    """A date plus `amount` units (negative: minus); months keep the day, or take the month's last day if it has fewer."""

    date: Expr
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Node):
    """Whole years completed on the day `on` by somebody born on `birth`, by the rule set's leap-day rule."""

    birth: Expr
    on: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """Yes where the operand is no."""

    item: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """Yes where all are."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """Yes where one is."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Node):
    """Yes where `count` or more of the items are."""

    count: int
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """Compares two numbers, quotients or dates exactly (scales are aligned); YesNo with EQUAL and UNEQUAL only."""

    how: Comparison
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Node):
    """Yes where low <= item <= high; low and high are literals or parameters."""

    item: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Node):
    """Yes where a choice is among the labels; `choice = label` is the case of one label."""

    item: Expr
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InArea(Node):
    """Yes where a region lies in one of the areas (the same code, or a longer one below it)."""

    item: Expr
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaOf(Node):
    """The province, district or sub-district that a region lies in; unknown where the code is shorter."""

    item: Expr
    level: AreaLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class IsUnknown(Node):
    """Yes where the value is unknown; always known itself."""

    item: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class IfUnknown(Node):
    """The value, or where it is unknown `default` (a literal or a parameter): an assumption on record."""

    item: Expr
    default: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Node):
    """left + right."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtract(Node):
    """left - right."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiply(Node):
    """left * right; one of them may be a quotient."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Divide(Node):
    """left / right as an exact quotient; right can't be negative; a zero divisor makes it unknown."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Node):
    """A number or quotient brought to a whole multiple of `step` (in units of the result type's scale)."""

    how: Rounding
    item: Expr
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Least(Node):
    """The smallest of several numbers."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Most(Node):
    """The largest of several numbers."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Node):
    """A value that nobody knows: no row of a table fits. Always unknown; no fact would settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Node):
    """The version in force of an expression: `name` is a parameter whose value is the place of the version in `versions`."""

    name: str
    versions: tuple[Expr, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Node):
    """The value of the first branch (guard, value) whose guard is yes, else `otherwise`."""

    branches: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMembers(Node):
    """How many members satisfy `where` (None: how many there are)."""

    where: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyMember(Node):
    """Yes where some member satisfies `where`; nobody: no."""

    where: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryMember(Node):
    """Yes where each member that satisfies `where` satisfies `condition`; nobody: yes."""

    where: Expr | None
    condition: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastMembers(Node):
    """Yes where `count` or more members satisfy `where`."""

    count: int
    where: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class SumMembers(Node):
    """The sum of `value` over the members that satisfy `where` (None: all); nobody: 0."""

    value: Expr
    where: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLargest(Node):
    """The sum of the `count` largest `value`s (never negative) among the members that satisfy `where`; nobody: 0.

    With `kind` (a choice of the member) at most `cap` members of each kind are counted, those with the largest values.
    """

    count: int
    value: Expr
    where: Expr | None
    kind: Expr | None = None
    cap: Expr | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtremeMember(Node):
    """The largest (or smallest) `value` among the members that satisfy `where`; nobody: `if_none`."""

    largest: bool
    value: Expr
    where: Expr | None
    if_none: Expr | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOldest(Node):
    """`value` of the oldest (or youngest) member that satisfies `where`; the same birth date: the smaller key; nobody:
    `if_none`. Yes/no, number, date or choice."""

    oldest: bool
    value: Expr
    birth: Expr
    key: str | None
    where: Expr | None
    if_none: Expr | None


Expr = (
    Literal
    | FieldRef
    | ParameterRef
    | DefinitionRef
    | DecisionDate
    | PhaseEdge
    | Shift
    | Age
    | Not
    | And
    | Or
    | AtLeast
    | Compare
    | Between
    | OneOf
    | InArea
    | AreaOf
    | IsUnknown
    | IfUnknown
    | Add
    | Subtract
    | Multiply
    | Divide
    | Round
    | Least
    | Most
    | Missing
    | Dated
    | Case
    | CountMembers
    | AnyMember
    | EveryMember
    | AtLeastMembers
    | SumMembers
    | SumLargest
    | ExtremeMember
    | OfOldest
)

Aggregate = CountMembers | AnyMember | EveryMember | AtLeastMembers | SumMembers | SumLargest | ExtremeMember | OfOldest

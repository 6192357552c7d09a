"""Expressions as written."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl.syntax.tokens import Syntax, Token


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    token: Token


@dataclass(frozen=True, slots=True)
class Constant(Syntax):
    token: Token
    per: Token | None = None
    minus: Token | None = None


@dataclass(frozen=True, slots=True)
class Junction(Syntax):
    """Both (and) or either (or) of several conditions."""

    both: bool
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Negation(Syntax):
    item: Expr


@dataclass(frozen=True, slots=True)
class Branch(Syntax):
    guard: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class Case(Syntax):
    branches: tuple[Branch, ...]
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Compare(Syntax):
    left: Expr
    how: Token
    right: Expr


@dataclass(frozen=True, slots=True)
class Among(Syntax):
    item: Expr
    values: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Between(Syntax):
    item: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class InArea(Syntax):
    item: Expr
    areas: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class IsUnknown(Syntax):
    item: Expr


@dataclass(frozen=True, slots=True)
class IfUnknown(Syntax):
    item: Expr
    default: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Syntax):
    """left + - * / right."""

    sign: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Duration(Syntax):
    number: Token
    unit: Token


@dataclass(frozen=True, slots=True)
class Age(Syntax):
    on: Expr | None


@dataclass(frozen=True, slots=True)
class DecisionDate(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class PhaseEdge(Syntax):
    which: Token


@dataclass(frozen=True, slots=True)
class AreaOf(Syntax):
    level: Token
    name: Token


@dataclass(frozen=True, slots=True)
class Rounded(Syntax):
    how: Token
    item: Expr
    step: Expr


@dataclass(frozen=True, slots=True)
class AtLeast(Syntax):
    count: Token
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyMember(Syntax):
    where: Expr


@dataclass(frozen=True, slots=True)
class EveryMember(Syntax):
    where: Expr | None
    condition: Expr


@dataclass(frozen=True, slots=True)
class AtLeastMembers(Syntax):
    count: Token
    where: Expr


@dataclass(frozen=True, slots=True)
class CountMembers(Syntax):
    where: Expr | None


@dataclass(frozen=True, slots=True)
class SumMembers(Syntax):
    count: Token | None
    """Only the so many largest."""
    value: Expr
    where: Expr | None
    cap: Expr | None = None
    """At most so many of each `kind`."""
    kind: Expr | None = None


@dataclass(frozen=True, slots=True)
class ExtremeMember(Syntax):
    which: Token
    value: Expr
    where: Expr | None
    if_none: Expr | None


@dataclass(frozen=True, slots=True)
class OfOldest(Syntax):
    value: Expr
    which: Token
    where: Expr | None
    if_none: Expr | None


@dataclass(frozen=True, slots=True)
class Call(Syntax):
    """A table or scale looked up: name(arguments)."""

    name: Token
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class ExtremeOf(Syntax):
    """min(a, b), max(a, b)."""

    which: Token
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Converted(Syntax):
    """Money counted by another stretch of time."""

    to: Token
    item: Expr


@dataclass(frozen=True, slots=True)
class Receives(Syntax):
    """receives pkh this quarter."""

    name: Token
    period: Token | None


@dataclass(frozen=True, slots=True)
class Received(Syntax):
    """received bsps within 10 years."""

    name: Token
    number: Token | None
    unit: Token | None


@dataclass(frozen=True, slots=True)
class Decision(Syntax):
    """A decision table: a head, and rows of which the first (or the only one) that fits gives the value."""

    policy: Token
    because: Token | None
    rows: tuple[Syntax, ...]


Expr = (
    Name
    | Constant
    | Junction
    | Negation
    | Case
    | Compare
    | Among
    | Between
    | InArea
    | IsUnknown
    | IfUnknown
    | Arithmetic
    | Duration
    | Age
    | DecisionDate
    | PhaseEdge
    | AreaOf
    | Rounded
    | AtLeast
    | AnyMember
    | EveryMember
    | AtLeastMembers
    | CountMembers
    | SumMembers
    | ExtremeMember
    | OfOldest
    | Call
    | ExtremeOf
    | Converted
    | Receives
    | Received
    | Decision
)

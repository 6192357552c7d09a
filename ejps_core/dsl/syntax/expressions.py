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
)

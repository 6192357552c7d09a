"""Statements as written: header, facts, parameters, definitions, rules, benefits, selection, report, examples."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl.syntax.expressions import Expr
from ejps_core.dsl.syntax.tokens import Syntax, Token

# ---- header ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words(Syntax):
    """ "Judul" en "Title"."""

    text: Token
    mark: Token | None
    other: Token | None


@dataclass(frozen=True, slots=True)
class Decides(Syntax):
    unit: Token


@dataclass(frozen=True, slots=True)
class EachPhase(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class OnePer(Syntax):
    """One award per number, in each phase or in the whole program."""

    keys: tuple[Token, ...]
    period: Token | None


@dataclass(frozen=True, slots=True)
class InForce(Syntax):
    first: Token
    last: Token


@dataclass(frozen=True, slots=True)
class Under(Syntax):
    text: Token


@dataclass(frozen=True, slots=True)
class Currency(Syntax):
    code: Token


@dataclass(frozen=True, slots=True)
class LeapDay(Syntax):
    day: Token
    month: Token


@dataclass(frozen=True, slots=True)
class Areas(Syntax):
    codes: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Phase(Syntax):
    number: Token
    first: Token
    last: Token


@dataclass(frozen=True, slots=True)
class Phases(Syntax):
    areas: tuple[Token, ...] | None
    source: Token | None
    phases: tuple[Phase, ...]


Head = Decides | EachPhase | OnePer | InForce | Under | Currency | LeapDay | Areas | Phases


@dataclass(frozen=True, slots=True)
class Program(Syntax):
    name: Token
    title: Words | None
    heads: tuple[Head, ...]


# ---- facts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number(Syntax):
    minus: Token | None
    digits: Token


@dataclass(frozen=True, slots=True)
class Label(Syntax):
    name: Token
    title: Words | None


@dataclass(frozen=True, slots=True)
class YesNoType(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class WholeType(Syntax):
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class DecimalType(Syntax):
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class MoneyType(Syntax):
    per: Token | None
    most: Token | None


@dataclass(frozen=True, slots=True)
class DateType(Syntax):
    low: Token | None
    high: Token | None


@dataclass(frozen=True, slots=True)
class BirthType(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class ChoiceType(Syntax):
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class RegionType(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class CodeType(Syntax):
    pass


TypeSyntax = YesNoType | WholeType | DecimalType | MoneyType | DateType | BirthType | ChoiceType | RegionType | CodeType


@dataclass(frozen=True, slots=True)
class Source(Syntax):
    text: Token


@dataclass(frozen=True, slots=True)
class Purpose(Syntax):
    text: Token


@dataclass(frozen=True, slots=True)
class Flag(Syntax):
    word: Token


@dataclass(frozen=True, slots=True)
class Field(Syntax):
    name: Token
    title: Words | None
    type: TypeSyntax
    options: tuple[Source | Purpose | Flag, ...]


@dataclass(frozen=True, slots=True)
class Fields(Syntax):
    level: Token
    least: Token | None
    fields: tuple[Field, ...]


# ---- parameters, definitions, rules ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row(Syntax):
    since: Token
    published: Token | None
    value: Expr
    source: Token | None


@dataclass(frozen=True, slots=True)
class Parameter(Syntax):
    name: Token
    title: Words | None
    type: TypeSyntax
    source: Token | None
    because: Token | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Definition(Syntax):
    each: Token | None
    name: Token
    title: Words | None
    type: TypeSyntax | None
    legal: Token | None
    value: Expr
    because: Token | None


@dataclass(frozen=True, slots=True)
class Rule(Syntax):
    kind: Token
    name: Token
    title: Words | None
    legal: Token | None
    because: Token | None
    condition: Expr
    message: Words | None


@dataclass(frozen=True, slots=True)
class Times(Syntax):
    number: Token
    unit: Token


@dataclass(frozen=True, slots=True)
class OnlyIf(Syntax):
    condition: Expr


@dataclass(frozen=True, slots=True)
class Share(Syntax):
    name: Token
    part: Token


@dataclass(frozen=True, slots=True)
class Shared(Syntax):
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Cap(Syntax):
    """At most so much for the family, or for each of its members."""

    value: Expr
    scope: Token


@dataclass(frozen=True, slots=True)
class Pay(Syntax):
    name: Token
    title: Words | None
    in_kind: Token | None
    legal: Token | None
    because: Token | None
    amount: Expr
    times: Times | None
    options: tuple[OnlyIf | Shared | Cap, ...]


@dataclass(frozen=True, slots=True)
class Rank(Syntax):
    value: Expr
    direction: Token
    unknown_last: Token | None


@dataclass(frozen=True, slots=True)
class Quota(Syntax):
    number: Expr


@dataclass(frozen=True, slots=True)
class Budget(Syntax):
    money: Expr


@dataclass(frozen=True, slots=True)
class Reserve(Syntax):
    number: Token


@dataclass(frozen=True, slots=True)
class Choose(Syntax):
    area: Expr | None
    because: Token | None
    order: tuple[Rank, ...]
    limits: tuple[Quota | Budget | Reserve, ...]


# ---- report and examples --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column(Syntax):
    name: Token
    masked: Token | None


@dataclass(frozen=True, slots=True)
class Columns(Syntax):
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Totals(Syntax):
    by: tuple[Token, ...]
    of: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Report(Syntax):
    because: Token | None
    lines: tuple[Columns | Totals, ...]


@dataclass(frozen=True, slots=True)
class Assign(Syntax):
    name: Token
    value: Expr | Token
    """A constant, a name, or the token UNKNOWN."""


@dataclass(frozen=True, slots=True)
class Given(Syntax):
    level: Token
    assigns: tuple[Assign, ...]


@dataclass(frozen=True, slots=True)
class NoMembers(Syntax):
    pass


@dataclass(frozen=True, slots=True)
class Usual(Syntax):
    givens: tuple[Given | NoMembers, ...]


@dataclass(frozen=True, slots=True)
class On(Syntax):
    day: Token
    known: Token | None


@dataclass(frozen=True, slots=True)
class Outcome(Syntax):
    verdict: Token
    because: tuple[Token, ...] | None
    needs: tuple[Token, ...] | None
    values: tuple[Assign, ...]


@dataclass(frozen=True, slots=True)
class Example(Syntax):
    title: Token
    lines: tuple[Given | NoMembers | On | Outcome, ...]


Statement = Program | Fields | Parameter | Definition | Rule | Pay | Choose | Report | Usual | Example

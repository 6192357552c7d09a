"""Tables, scales and decision tables as written: rows of cells; and what a rule set says of other programs."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl.syntax.expressions import Expr
from ejps_core.dsl.syntax.statements import Statement as PlainStatement
from ejps_core.dsl.syntax.statements import TypeSyntax, Words
from ejps_core.dsl.syntax.tokens import Syntax, Token


@dataclass(frozen=True, slots=True)
class AnyCell(Syntax):
    """`-`: whatever it is."""

    sign: Token


@dataclass(frozen=True, slots=True)
class ResultCell(Syntax):
    """`=`: the head of the column of results."""

    sign: Token


@dataclass(frozen=True, slots=True)
class PublishedCell(Syntax):
    """The head of a version that was published on another day."""

    since: Token
    published: Token


@dataclass(frozen=True, slots=True)
class ListCell(Syntax):
    """One value, or several."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class RangeCell(Syntax):
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class BoundCell(Syntax):
    """< 7, >= 4, mulai 5, di atas 5."""

    how: Token
    value: Expr


Cell = AnyCell | ResultCell | PublishedCell | ListCell | RangeCell | BoundCell


@dataclass(frozen=True, slots=True)
class GridRow(Syntax):
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table(Syntax):
    name: Token
    title: Words | None
    type: TypeSyntax
    keys: tuple[Token, ...]
    source: Token | None
    because: Token | None
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class ScaleVersion(Syntax):
    since: Token
    published: Token | None
    source: Token | None
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Scale(Syntax):
    name: Token
    title: Words | None
    type: TypeSyntax
    how: Token
    of: TypeSyntax
    because: Token | None
    versions: tuple[ScaleVersion, ...]


@dataclass(frozen=True, slots=True)
class Relation(Syntax):
    name: Token
    title: Words | None
    source: Token
    kind: Token | None


@dataclass(frozen=True, slots=True)
class Relations(Syntax):
    relations: tuple[Relation, ...]


Statement = PlainStatement | Table | Scale | Relations

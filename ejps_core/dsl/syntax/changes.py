"""A rule set that changes a program: its head, and set, replace, remove."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl.syntax.expressions import Expr
from ejps_core.dsl.syntax.statements import Choose, Definition, Head, Parameter, Pay, Report, Rule, Words
from ejps_core.dsl.syntax.tables import Scale, Table
from ejps_core.dsl.syntax.tables import Statement as ProgramStatement
from ejps_core.dsl.syntax.tokens import Syntax, Token


@dataclass(frozen=True, slots=True)
class Extension(Syntax):
    """The head of a rule set that changes a program (or another rule set)."""

    name: Token
    title: Words | None
    parent: Token
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Setting(Syntax):
    """A parameter becomes a constant."""

    name: Token
    value: Expr
    because: Token


Replaceable = Parameter | Table | Scale | Definition | Rule | Pay | Choose | Report


@dataclass(frozen=True, slots=True)
class Replacement(Syntax):
    statement: Replaceable


@dataclass(frozen=True, slots=True)
class Removal(Syntax):
    """`kind` is the terminal of the statement that is taken out; only a selection has no name."""

    kind: str
    name: Token | None
    because: Token


Change = Setting | Replacement | Removal
Statement = ProgramStatement | Extension | Change

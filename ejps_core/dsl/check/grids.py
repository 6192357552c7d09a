"""Tables and scales as declared: their values are constants already, their keys are read where they are used."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.dsl import syntax
from ejps_core.model.expr import Literal
from ejps_core.model.span import Span
from ejps_core.model.types import Number, Type


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `keys` stand in front of the rows; `values` of each row by the columns of `head` (none: one column).

    `name` is a parameter whose value is the number of the version in force; `dated`: the columns are the versions.
    """

    name: str
    kind: Type
    count: int
    dated: bool
    keys: tuple[syntax.Cell, ...]
    head: tuple[syntax.Cell, ...]
    values: tuple[tuple[Literal, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """From an edge on: at the edge too, or only above it."""

    edge: Literal
    above: bool
    value: Literal


@dataclass(frozen=True, slots=True)
class Ladder:
    """A scale: `slices` add up part by part, else the last step reached gives the value. One tuple of steps a version."""

    name: str
    kind: Type
    of: Number
    slices: bool
    versions: tuple[tuple[Step, ...], ...]
    span: Span

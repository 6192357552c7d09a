"""The operators of a plan and the nodes that they make."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum, IntEnum


class Rows(IntEnum):
    """Of what a node has one value."""

    ONE = 0
    FAMILY = 1
    MEMBER = 2


class Op(Enum):
    """The operators. Shapes: one entry a row of the node's `rows`; yes/no or 64-bit whole numbers."""

    CONST = "const"
    COLUMN = "column"
    """A fact as it stands in the list; 0 or no where it is unknown. data: field name."""
    KNOWN = "known"
    """Whether the fact is known. data: field name."""
    LOOKUP = "lookup"
    """A function of a text fact, worked out once for each different text. data: field name, function."""
    ORDER = "order"
    """The place of a code among all codes of the list, by code point. data: field name."""
    NOT = "not"
    AND = "and"
    OR = "or"
    COUNT = "count"
    """How many of the arguments are yes."""
    MASK = "mask"
    """Bit i is argument i."""
    BELOW = "below"
    AT_MOST = "at_most"
    EQUAL = "equal"
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    """Whole division towards minus infinity; by 0 or less: 0."""
    SELECT = "select"
    """The second where the first is yes, else the third."""
    SHIFT = "shift"
    """A date moved. data: amount, unit."""
    AGE = "age"
    """Whole years from the first to the second date. data: leap-day rule."""
    SIZE = "size"
    """How many member rows a family has."""
    SPREAD = "spread"
    """A family's value for each of its members."""
    ANY = "any"
    SUM = "sum"
    LEAST = "least"
    """The least value of a family's members. data: what nobody gives."""
    MOST = "most"
    """The greatest value of a family's members. data: what nobody gives."""
    CAPPED = "capped"
    """Members: the first where fewer than the third of the family's members with the same second have a greater first
    (or the same, but stand earlier), else 0. A second below 0 is never capped."""
    TOP = "top"
    """The sum of the N greatest of a family's member values, none negative. data: N, all values that may occur or ()."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A function from a text (None: unknown) to yes/no or a number; equal ones are the same column."""

    name: Hashable
    function: Callable[[str | None], int | bool] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Node:
    """One operator with its arguments (numbers of nodes) and constants."""

    op: Op
    args: tuple[int, ...]
    data: Hashable
    rows: Rows

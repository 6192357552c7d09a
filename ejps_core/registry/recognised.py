"""Who the people of a list are in a register, as matching and officials have found: what is asked besides their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Identification:
    """What is known of who somebody is in a register. Rows are called as in Snapshot.names.

    row: the row that is this person. None: it is none of `rows`, or (open) nobody has said yet which of them it is. more:
    there are candidates besides these. by: the official who decided, None: matching itself did.
    """

    row: int | None = None
    rows: tuple[int, ...] = ()
    open: bool = False
    more: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """One matching of a list with one register; number: on record. Who isn't in `people` is asked by number alone."""

    number: int
    people: Mapping[str, Identification]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The people of a list as matching calls them, in the list's order, and the matching with each register, by its name.

    heads: who the head of each family is called; head_numbers: the heads' NIK, null: not known, or its last digit is lost.
    """

    families: tuple[str, ...]
    members: tuple[str, ...]
    heads: tuple[str, ...]
    head_numbers: pa.Array
    matchings: Mapping[str, Recognition] = field(default_factory=dict)

"""Candidates: a list of families and their members as two Arrow tables, every cell typed, every unknown a null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Choice, Code, Date, Number, Region, Type, YesNo
from ejps_core.model.words import Words

Value = bool | int | str | None
"""A plain fact: bool, whole number in units of the type's scale, days since 1970-01-01, label, code; None: unknown."""


@dataclass(frozen=True, slots=True)
class FactOrigin:
    """Where a fact comes from if not from the list: a register, or what an official determined."""

    words: Words
    determined: bool = False


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the cells of a column come from: cell i from labels[codes[i] - 1], or from the list itself where that is 0."""

    codes: npt.NDArray[np.int32]
    labels: tuple[FactOrigin, ...]

    def of(self, row: int) -> FactOrigin | None:
        """The origin of one cell; None: the list."""
        code = int(self.codes[row])
        return self.labels[code - 1] if code else None

    def taken(self, rows: npt.NDArray[np.int64]) -> Origins:
        """Of these cells, in this order."""
        return Origins(self.codes[rows], self.labels)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is decided: one row a family, and the members in the families' order.

    families: columns by field name: YesNo bool; Number any whole-number type, in units of 10**-scale; Date date32; Choice
        (label names), Region (dotted codes) and Code string or dictionary of string; a null is unknown. A declared field
        without a column is unknown for every family.
    members: the same for members; row offsets[i] up to (without) offsets[i + 1] belong to family i.
    family_rows: the row numbers of the families in the list as received, from 1; shape (families,).
    findings: what was set apart, remarked or refused while reading.
    member_rows: the row numbers of the members, None: not known.
    read: rows read from the family list; set_apart: how many of all rows (families and members) were set apart.
    members_read: rows read from the member list. families_set_apart, members_set_apart: set_apart by list.
    repeated: family rows that repeat an earlier one word for word; they are neither decided nor set apart.
    origins: for columns that registers or determinations filled ('name', 'member.name'), where each cell comes from.
    unsure_keys, unsure_members: families and members whose key (NIK) has lost its last digit: they can't be looked up;
    None: nobody.
    doubled_members: members whose NIK stands in another family of the list too, be it one that was set apart; None: nobody.
    places, member_places: the place (from 0) of each family and member among the data rows of its list; None: not known.
    owners: the family (its row, from 0) of each member, where the members stand as they were received and offsets only
        count them; None: in the families' order. The columns evaluator takes both; nothing else is given such candidates.
    nik_to_follow: the families of which nobody's NIK is known (NIK menyusul): decided, not yet payable; None: the list has
        no NIKs. shape (families,).
    """

    families: pa.Table
    members: pa.Table
    offsets: npt.NDArray[np.int64]
    family_rows: npt.NDArray[np.int64]
    findings: tuple[Diagnostic, ...] = ()
    read: int = 0
    set_apart: int = 0
    member_rows: npt.NDArray[np.int64] | None = None
    members_read: int = 0
    families_set_apart: int = 0
    members_set_apart: int = 0
    repeated: int = 0
    origins: Mapping[str, Origins] = field(default_factory=dict)
    unsure_keys: npt.NDArray[np.bool_] | None = None
    unsure_members: npt.NDArray[np.bool_] | None = None
    doubled_members: npt.NDArray[np.bool_] | None = None
    nik_to_follow: npt.NDArray[np.bool_] | None = None
    places: npt.NDArray[np.int64] | None = None
    member_places: npt.NDArray[np.int64] | None = None
    owners: npt.NDArray[Any] | None = None

    def __len__(self) -> int:
        return int(self.families.num_rows)


@dataclass(frozen=True, slots=True)
class Family:
    """One family as plain values, for examples, tests and single decisions: field name -> value."""

    values: Mapping[str, Value]
    members: tuple[Mapping[str, Value], ...] = ()


def arrow_type(kind: Type) -> pa.DataType:
    """The Arrow type that holds a fact of this type."""
    match kind:
        case YesNo():
            return pa.bool_()
        case Number():
            return pa.int64()
        case Date():
            return pa.date32()
        case Choice() | Region() | Code():
            return pa.dictionary(pa.int32(), pa.string())
    raise AssertionError(kind)


def as_column(values: Sequence[Value], kind: Type) -> pa.Array:
    """Plain values as an Arrow column."""
    if isinstance(kind, Date):
        return pa.array(values, pa.int32()).cast(pa.date32())
    if isinstance(kind, Choice | Region | Code):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, arrow_type(kind))


def from_families(families: Sequence[Family], family_fields: Sequence[Field], member_fields: Sequence[Field]) -> Candidates:
    """Plain families as Candidates; a fact that is not given is unknown."""
    people = [member for family in families for member in family.members]

    def table(rows: Sequence[Mapping[str, Value]], fields: Sequence[Field]) -> pa.Table:
        columns = {f.name: as_column([row.get(f.name) for row in rows], f.type) for f in fields}
        return pa.table(columns) if columns else pa.table({"row": pa.array(range(len(rows)), pa.int64())})

    sizes = [len(family.members) for family in families]
    return Candidates(
        families=table([family.values for family in families], family_fields),
        members=table(people, member_fields),
        offsets=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64),
        family_rows=np.arange(1, len(families) + 1, dtype=np.int64),
        read=len(families),
    )

"""Columns of candidates being filled: values put in, with where each came from. Nothing else of the list changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.candidates import Candidates, FactOrigin, Origins, arrow_type
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]


def plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece, texts as texts."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    whole = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
    return whole.dictionary_decode() if isinstance(whole, pa.DictionaryArray) else whole


def mask_of(values: pa.Array) -> Bools:
    """A yes/no column without nulls as a mask."""
    found: Bools = values.to_numpy(zero_copy_only=False).astype(np.bool_)
    return found


class Filling:
    """Candidates in the making. Each fact is a column of the families or of the members ('member.name')."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.families, self.members = candidates.families, candidates.members
        self.sizes: Longs = np.diff(candidates.offsets)
        self.family_of: Longs = np.repeat(np.arange(len(candidates), dtype=np.int64), self.sizes)
        self.labels: dict[str, list[FactOrigin]] = {}
        self.codes: dict[str, npt.NDArray[np.int32]] = {}
        for fact, origins in candidates.origins.items():
            self.labels[fact], self.codes[fact] = list(origins.labels), origins.codes.copy()

    def rows(self, level: Level) -> int:
        """How many families, or members."""
        return len(self.candidates) if level is Level.FAMILY else len(self.family_of)

    def values(self, field: Field) -> pa.Array:
        """A fact's column as it is now; all unknown if the list has none."""
        table = self.families if field.level is Level.FAMILY else self.members
        if field.name in table.column_names:
            return plain(table.column(field.name))
        kind = arrow_type(field.type)
        return pa.nulls(self.rows(field.level), pa.string() if pa.types.is_dictionary(kind) else kind)

    def put(
        self, fact: str, field: Field, values: pa.Array, origins: npt.NDArray[np.int32], labels: list[FactOrigin]
    ) -> None:
        """Puts values where `origins` is not 0: there it tells which label says where the value comes from."""
        old = self.values(field)
        where = pa.array(origins > 0)
        column = pc.if_else(where, plain(values).cast(old.type), old)
        if pa.types.is_string(column.type):
            column = column.dictionary_encode()
        level = field.level
        table = self.families if level is Level.FAMILY else self.members
        if field.name in table.column_names:
            table = table.set_column(table.column_names.index(field.name), field.name, column)
        else:
            table = table.append_column(field.name, column)
        if level is Level.FAMILY:
            self.families = table
        else:
            self.members = table
        known = self.labels.setdefault(fact, [])
        codes = self.codes.setdefault(fact, np.zeros(self.rows(level), np.int32))
        codes[origins > 0] = origins[origins > 0] + len(known)
        known.extend(labels)

    def done(self) -> Candidates:
        """The candidates with all that was put in."""
        origins = {fact: Origins(codes, tuple(self.labels[fact])) for fact, codes in self.codes.items()}
        return replace(self.candidates, families=self.families, members=self.members, origins=origins)

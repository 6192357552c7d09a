"""People as they are matched: one Arrow table a list or register, every fact a person may be known by a column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Longs = npt.NDArray[np.int64]

COLUMNS = {
    "ref": pa.string(),
    "nik": pa.string(),
    "name": pa.string(),
    "birth": pa.date32(),
    "region": pa.string(),
    "village": pa.string(),
    "kk": pa.string(),
    "sex": pa.string(),
    "mother": pa.string(),
    "status": pa.string(),
}
"""ref: what the caller calls the row, each once (a row's id; without it, the row's number from 0). nik, kk: sixteen digits,
as the reader of the list left them. region: dotted Kemendagri code of the address, as deep as known. village: its name.
sex: 'L' or 'P'. mother: her name. status: a Life, of registers only. A missing column, a null and a blank are unknown."""

DIGITS = r"^[0-9]{16}$"
UNKNOWN = -1


class Life(StrEnum):
    """What a register says of a person today."""

    ACTIVE = "aktif"
    DIED = "meninggal"
    MOVED = "pindah"


@dataclass(frozen=True, slots=True)
class People:
    """A list or a register with exactly the columns of COLUMNS, each in one piece."""

    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> pa.Array:
        """One column in one piece."""
        return _one(self.table.column(name))

    def refs(self, rows: Longs) -> list[str]:
        """What the caller calls these rows."""
        found: list[str] = self.column("ref").take(pa.array(rows)).to_pylist()
        return found


def people(table: pa.Table) -> People:
    """A table with some of COLUMNS as People. A ValueError tells a slip of the caller: a ref twice."""
    columns = {}
    for name, kind in COLUMNS.items():
        if name not in table.column_names:
            columns[name] = pa.nulls(table.num_rows, kind)
            continue
        column = _one(table.column(name)).cast(kind)
        if pa.types.is_string(kind):
            trimmed = pc.utf8_trim_whitespace(column)
            column = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, kind), trimmed)
        columns[name] = column
    if "ref" not in table.column_names:
        columns["ref"] = pa.array(np.arange(table.num_rows)).cast(pa.string())
    elif columns["ref"].null_count or len(columns["ref"].unique()) != table.num_rows:
        raise ValueError("each ref once, none blank")
    unknown = set(columns["status"].unique().to_pylist()) - {None, *Life}
    if unknown:
        raise ValueError(f"no such status: {sorted(map(str, unknown))}")
    return People(pa.table(columns))


def numbers(column: pa.Array) -> Longs:
    """Sixteen digits as a whole number; UNKNOWN for whatever is not sixteen digits."""
    sound = pc.fill_null(pc.match_substring_regex(column, DIGITS), False)
    texts = pc.if_else(sound, column, pa.scalar(None, pa.string()))
    found: Longs = pc.fill_null(texts.cast(pa.int64()), UNKNOWN).to_numpy(zero_copy_only=False)
    return found


def _one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.nulls(0, whole.type)
    return whole.dictionary_decode() if isinstance(whole, pa.DictionaryArray) else whole

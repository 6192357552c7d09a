"""Parquet to plain NumPy columns and back, for those that compute on arrays: no copies, text as dictionary codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.workloads import FOOD, HOUSE, TOPUP, VERDICTS

Array = npt.NDArray[Any]

TEXTS = ("district", "roof", "wall", "floor", "ownership", "civil_status")
FLAGS = ("in_dtks", "receives_pkh", "receives_bpnt", "received_rtlh")
NUMBERS = ("household_id", "decile", "monthly_income", "floor_area")
MEMBER_TEXTS = ("school", "disability")
MAY_BE_UNKNOWN = ("decile", "monthly_income")


class Table:
    """One Arrow table whose columns can be looked at as numbers, packed yes/no or dictionary codes."""

    def __init__(self, path: Path, columns: tuple[str, ...], texts: tuple[str, ...]) -> None:
        file = pq.ParquetFile(path, read_dictionary=list(texts), memory_map=True)
        table = file.read(columns=list(columns)).unify_dictionaries()
        self._columns = {name: self._one(table.column(name)) for name in columns}
        for name, column in self._columns.items():
            assert name in MAY_BE_UNKNOWN or column.null_count == 0, f"{name} has unknown values"

    @staticmethod
    def _one(column: pa.ChunkedArray) -> pa.Array:
        """The column as one array: most are read as one chunk already, the others are joined once."""
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()

    def values(self, name: str, kind: type[np.generic]) -> Array:
        """Numbers as they lie in memory; what stands under an unknown one is not to be used."""
        array = self._columns[name]
        return np.frombuffer(array.buffers()[1], kind)[: len(array)]

    def bits(self, name: str) -> Array:
        """Yes/no, eight rows to a byte."""
        return np.frombuffer(self._columns[name].buffers()[1], np.uint8)

    def known(self, name: str) -> Array:
        """The rows that are known, eight to a byte."""
        array = self._columns[name]
        buffer = array.buffers()[0]
        return np.full(len(array) // 8 + 8, 255, np.uint8) if buffer is None else np.frombuffer(buffer, np.uint8)

    def codes(self, name: str) -> Array:
        """Texts as places in `entries`."""
        array = self._columns[name]
        return np.frombuffer(array.indices.buffers()[1], np.int32)[: len(array)]

    def entries(self, name: str) -> list[str]:
        """The distinct texts of a column."""
        found: list[str] = self._columns[name].dictionary.to_pylist()
        return found


def read(households: Path, members: Path) -> tuple[Table, Table]:
    """Both tables; only deciles and incomes may be unknown."""
    columns = ("household_id", "birth_date", "pregnant", *MEMBER_TEXTS)
    return Table(households, (*NUMBERS, *FLAGS, *TEXTS), TEXTS), Table(members, columns, MEMBER_TEXTS)


@dataclass(frozen=True, slots=True)
class Answers:
    """Decisions being made: a row a program in the first four, of shape (3, families)."""

    status: Array
    failed: Array
    unknown: Array
    amount: Array
    size: Array
    selected: Array


def room_for(families: int) -> Answers:
    """Memory for the answers."""
    return Answers(
        status=np.empty((3, families), np.uint8),
        failed=np.empty((3, families), np.uint8),
        unknown=np.empty((3, families), np.uint8),
        amount=np.empty((3, families), np.int64),
        size=np.empty(families, np.int32),
        selected=np.empty(families, np.bool_),
    )


def write(ids: Array, answers: Answers, out: Path) -> None:
    """The answers as Parquet."""
    status = pl.Enum(VERDICTS)
    columns: dict[str, Any] = {"household_id": ids}
    for row, name in enumerate((FOOD, TOPUP, HOUSE)):
        columns[f"{name}_status"] = pl.Series(answers.status[row]).cat.to(status)
        columns[f"{name}_failed"] = answers.failed[row]
        columns[f"{name}_unknown"] = answers.unknown[row]
        columns[f"{name}_amount"] = answers.amount[row]
    columns[f"{HOUSE}_selected"] = answers.selected
    pl.DataFrame(columns).lazy().sink_parquet(out, compression="snappy")

"""What the right answer is: sums that eight independent implementations gave, and reading them off a file of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.bench.workloads import VERDICTS, Kind, Query, queries

KEY = "household_id"


@dataclass(frozen=True, slots=True)
class Sums:
    """Per program: families by verdict, amounts, failed and unknown masks; per ranked program what was selected.

    digests: per program a sum over all of these that weighs every row by its id, so that any row that differs shows.
    """

    counts: tuple[tuple[int, int, int], ...]
    amounts: tuple[int, ...]
    failed: tuple[int, ...]
    unknown: tuple[int, ...]
    selected: tuple[tuple[int, int], ...]
    digests: tuple[int, ...]


EXPECTED = {
    2_000: Sums(
        counts=((1873, 19, 108), (1858, 11, 131), (1704, 16, 280)),
        amounts=(64_800_000, 125_300_000, 5_600_000_000),
        failed=(24502, 9189, 19281),
        unknown=(1572, 200, 50),
        selected=((280, 258232),),
        digests=(503069495553160, 936395741704602, 45568485270544494),
    ),
    20_000: Sums(
        counts=((18884, 181, 935), (18651, 101, 1248), (16872, 216, 2912)),
        amounts=(561_000_000, 1_280_875_000, 58_240_000_000),
        failed=(240895, 91607, 192596),
        unknown=(17470, 2396, 599),
        selected=((2457, 24736773),),
        digests=(4616398418968127, 10188543552317296, 475272731449633732),
    ),
    1_000_000: Sums(
        counts=((941851, 9905, 48244), (934032, 4762, 61206), (845144, 11016, 143840)),
        amounts=(28_946_400_000, 62_109_825_000, 2_876_800_000_000),
        failed=(12174265, 4562604, 9496549),
        unknown=(858794, 120052, 30013),
        selected=((3000, 1496972575),),
        digests=(236952876559030590, 509578948201500318, 5145080648011956728),
    ),
}


def of_file(path: Path, kind: Kind = Kind.PLAIN) -> Sums:
    """The sums of a Parquet file of decisions of a workload; an amount that is null counts 0."""
    file = pq.ParquetFile(path)
    ids = file.read([KEY]).column(0).cast(pa.int64()).to_numpy()
    parts = [_Program(file, program, ids) for program in queries(kind)]
    return Sums(
        counts=tuple(part.counts for part in parts),
        amounts=tuple(int(part.amount.sum()) for part in parts),
        failed=tuple(sum(int(word.sum()) for word in part.failed) for part in parts),
        unknown=tuple(sum(int(word.sum()) for word in part.unknown) for part in parts),
        selected=tuple(part.selected for part in parts if part.selected is not None and kind is not Kind.NULLS),
        digests=tuple(part.digest() for part in parts),
    )


class _Program:
    """The columns of one program's decisions, as numbers."""

    def __init__(self, file: pq.ParquetFile, program: Query, ids: np.typing.NDArray[np.int64]) -> None:
        self.file, self.ids, name = file, ids, program.name
        names = set(file.schema_arrow.names)
        self.status = self._codes(f"{name}_status")
        self.amount = self._number(f"{name}_amount")
        self.failed, self.unknown = (
            [self._number(each) for each in (f"{name}_{mask}", f"{name}_{mask}_2") if each in names]
            for mask in ("failed", "unknown")
        )
        counts = np.bincount(self.status, minlength=len(VERDICTS))
        self.counts = (int(counts[0]), int(counts[1]), int(counts[2]))
        self.selected = self._selected(f"{name}_selected") if program.ranked else None

    def _column(self, name: str) -> pa.Array:
        return self.file.read([name]).column(0).combine_chunks()

    def _number(self, name: str) -> np.typing.NDArray[np.int64]:
        found: np.typing.NDArray[np.int64] = pc.fill_null(self._column(name).cast(pa.int64()), 0).to_numpy()
        return found

    def _codes(self, name: str) -> np.typing.NDArray[np.int64]:
        column = self._column(name)
        if isinstance(column, pa.DictionaryArray):
            places: np.typing.NDArray[np.int64] = np.array(
                [VERDICTS.index(text) for text in column.dictionary.to_pylist()], np.int64
            )
            codes: np.typing.NDArray[np.int64] = places[column.indices.to_numpy()]
            return codes
        found: np.typing.NDArray[np.int32] = pc.index_in(column, pa.array(VERDICTS, column.type)).to_numpy()
        return found.astype(np.int64)

    def _selected(self, name: str) -> tuple[int, int]:
        chosen = pc.fill_null(self._column(name), False).to_numpy(zero_copy_only=False)
        return int(chosen.sum()), int(self.ids[chosen].sum())

    def digest(self) -> int:
        """One number that shows any row with another verdict, other masks or another amount."""
        with np.errstate(over="ignore"):
            mixed = 4096 * self.status + 16384 * (self.amount // 1000)
            for number, word in enumerate((*self.failed, *self.unknown)):
                mixed = mixed + word * (64**number + number)
            return int((mixed * (self.ids * 2654435761 % 1000003)).sum())


def differences(found: Sums, expected: Sums) -> Sequence[str]:
    """The sums in which these differ, by name; sums that nobody gave are not compared."""
    names = ("counts", "amounts", "failed", "unknown", "selected", "digests")
    pairs = [(name, getattr(found, name), getattr(expected, name)) for name in names]
    return [f"{name}: {one}, expected {other}" for name, one, other in pairs if other and one != other]

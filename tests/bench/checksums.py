"""What the right answer is: sums that eight independent implementations gave, and reading them off our output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

PROGRAMS = ("bench_food", "bench_topup", "bench_house")
VERDICTS = ("ineligible", "undetermined", "eligible")


@dataclass(frozen=True, slots=True)
class Sums:
    """Per program: families by verdict, amounts, failed and unknown masks; and what the housing program selected."""

    counts: tuple[tuple[int, int, int], ...]
    amounts: tuple[int, ...]
    failed: tuple[int, ...]
    unknown: tuple[int, ...]
    selected: int
    selected_ids: int


EXPECTED = {
    20_000: Sums(
        counts=((18884, 181, 935), (18651, 101, 1248), (16872, 216, 2912)),
        amounts=(561_000_000, 1_280_875_000, 58_240_000_000),
        failed=(240895, 91607, 192596),
        unknown=(17470, 2396, 599),
        selected=2457,
        selected_ids=24736773,
    ),
    1_000_000: Sums(
        counts=((941851, 9905, 48244), (934032, 4762, 61206), (845144, 11016, 143840)),
        amounts=(28_946_400_000, 62_109_825_000, 2_876_800_000_000),
        failed=(12174265, 4562604, 9496549),
        unknown=(858794, 120052, 30013),
        selected=3000,
        selected_ids=1496972575,
    ),
}


def of_file(path: Path, names: tuple[str, ...] = PROGRAMS, key: str = "household_id") -> Sums:
    """The sums of a Parquet file of decisions; `names`: the prefixes of the three programs' columns."""
    table = pq.read_table(path)

    def total(name: str) -> int:
        return int(pc.sum(table.column(name)).as_py() or 0)

    counts = []
    for name in names:
        found = pc.value_counts(table.column(f"{name}_status").cast("string"))
        by_verdict = {str(item["values"]): int(item["counts"]) for item in found.to_pylist()}
        counts.append((by_verdict.get(VERDICTS[0], 0), by_verdict.get(VERDICTS[1], 0), by_verdict.get(VERDICTS[2], 0)))
    selected = table.filter(table.column(f"{names[2]}_selected"))
    return Sums(
        counts=tuple(counts),
        amounts=tuple(total(f"{name}_amount") for name in names),
        failed=tuple(total(f"{name}_failed") for name in names),
        unknown=tuple(total(f"{name}_unknown") for name in names),
        selected=selected.num_rows,
        selected_ids=int(pc.sum(selected.column(key)).as_py() or 0),
    )

"""How long one family takes with its full trace: 2,000 families one by one, each alone, by each program.

And the same families again with nothing known but their keys and how many members they have.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from ejps_core.engine.single import Single
from ejps_core.model.candidates import Candidates, Family
from ejps_core.model.ruleset import Ruleset
from tests.bench.contenders import Data
from tests.bench.contenders.columns import read, request_of

FAMILIES = 2_000


def measure(households: Path, members: Path) -> dict[str, dict[str, float]]:
    """Program -> p50 and p99 in milliseconds from facts in memory to the trace."""
    listed = read(request_of(Data(households, members)))
    assert len(listed.candidates) >= FAMILIES
    found = {}
    for ruleset in listed.rulesets:
        single, families = Single(ruleset, listed.as_of), tuple(_families(listed.candidates, ruleset))
        bare = tuple(_bare(family, ruleset) for family in families)
        for name, each in ((ruleset.program, families), (f"{ruleset.program}, only the key known", bare)):
            found[name] = _timed(single, each)
    return found


def _timed(single: Single, families: Sequence[Family]) -> dict[str, float]:
    times = []
    for family in families:
        begin = time.perf_counter()
        single.decide(family)
        times.append(1000 * (time.perf_counter() - begin))
    cuts = statistics.quantiles(times, n=100)
    return {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2)}


def _bare(family: Family, ruleset: Ruleset) -> Family:
    """The family with nothing known but its key, and how many members it has."""
    keys = {field.name for field in ruleset.family_fields if field.key}
    return Family({name: value for name, value in family.values.items() if name in keys}, tuple({} for _ in family.members))


def _families(candidates: Candidates, ruleset: Ruleset) -> Iterator[Family]:
    """The first families of the list as plain values."""
    last = int(candidates.offsets[FAMILIES])
    households = _rows(candidates.families.slice(0, FAMILIES), {field.name for field in ruleset.family_fields})
    people = _rows(candidates.members.slice(0, last), {field.name for field in ruleset.member_fields})
    for row, household in enumerate(households):
        yield Family(household, tuple(people[candidates.offsets[row] : candidates.offsets[row + 1]]))


def _rows(table: pa.Table, names: set[str]) -> list[dict[str, Any]]:
    """Each row's facts; dates as days since 1970-01-01."""
    kept = table.select([name for name in table.column_names if name in names])
    dates = [place for place, field in enumerate(kept.schema) if pa.types.is_date(field.type)]
    for place in dates:
        kept = kept.set_column(place, kept.column_names[place], kept.column(place).cast(pa.int32()))
    rows: list[dict[str, Any]] = kept.to_pylist()
    return rows


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))

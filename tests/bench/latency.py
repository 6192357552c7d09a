"""How long one family takes with its full trace: 2,000 families one by one, each alone, by each program."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from ejps_core.engine import explain
from tests.bench.contenders import Data
from tests.bench.contenders.columns import read, request_of

FAMILIES = 2_000


def measure(households: Path, members: Path) -> dict[str, dict[str, float]]:
    """Program -> p50 and p99 in milliseconds from facts in memory to the trace."""
    listed = read(request_of(Data(households, members)))
    assert len(listed.candidates) >= FAMILIES
    found = {}
    for ruleset in listed.rulesets:
        times = []
        for row in range(FAMILIES):
            begin = time.perf_counter()
            explain(ruleset, listed.as_of, listed.candidates, row)
            times.append(1000 * (time.perf_counter() - begin))
        cuts = statistics.quantiles(times, n=100)
        found[ruleset.program] = {"p50_ms": round(cuts[49], 2), "p99_ms": round(cuts[98], 2)}
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))

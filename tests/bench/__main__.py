"""`make bench`: our engine and the hand-written DuckDB query take turns on one core; equal checksums or failure.

Figures are ratios of processor seconds within a round, so that a noisy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.checksums import EXPECTED, PROGRAMS, of_file
from tests.bench.generate import generate

BUILD = Path(__file__).parents[2] / "build" / "bench"
REACH = 0.7
"""How much of the hand-written query's speed our engine must have at least."""
SQL_COST = 1.3
"""How much more than the hand-written query the generated SQL may cost."""
NAMES = {"ejps": PROGRAMS, "duckdb": ("p1", "p2", "p3"), "sql": PROGRAMS}


def turn(name: str, households: Path, members: Path, calls: int) -> dict[str, float]:
    """One contender's turn, in a new process; its answers are checked."""
    out = BUILD / f"{name}.parquet"
    command = [sys.executable, "-m", "tests.bench.contender", name, str(households), str(members), str(out), str(calls)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Runs the rounds and prints the table; 1 if a checksum differs or the ratio is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=1_000_000, choices=sorted(EXPECTED))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--calls", type=int, default=3)
    args = parser.parse_args()
    households, members = generate(args.families, BUILD / str(args.families))
    costs: dict[str, list[dict[str, float]]] = {name: [] for name in NAMES}
    for number in range(args.rounds):
        for name, found in costs.items():
            found.append(turn(name, households, members, args.calls))
            print(f"round {number + 1} {name}: {found[-1]['cpu_s']:.3f} s of processor time", flush=True)
    wrong = [name for name in NAMES if of_file(BUILD / f"{name}.parquet", NAMES[name]) != EXPECTED[args.families]]
    ratio = statistics.median(
        theirs["cpu_s"] / our["cpu_s"] for our, theirs in zip(costs["ejps"], costs["duckdb"], strict=True)
    )
    for name, found in costs.items():
        cpu, peak = statistics.median(one["cpu_s"] for one in found), max(one["peak_mib"] for one in found)
        speed = f"{args.families / cpu:,.0f} families a processor second"
        print(f"{name}: {speed}, peak {peak:.0f} MiB, checksums {'WRONG' if name in wrong else 'equal'}")
    print(f"ejps against the hand-written DuckDB query: {ratio:.2f} times its speed (at least {REACH} is asked)")
    cost = statistics.median(
        generated["cpu_s"] / theirs["cpu_s"] for generated, theirs in zip(costs["sql"], costs["duckdb"], strict=True)
    )
    print(f"generated SQL against the hand-written DuckDB query: {cost:.2f} times its cost (at most {SQL_COST} is asked)")
    return 1 if wrong or ratio < REACH or cost > SQL_COST else 0


if __name__ == "__main__":
    raise SystemExit(main())

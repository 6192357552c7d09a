"""`make bench`: who decides how many families a processor second, with equal answers or failure.

--quick: one round at a million families, the slow ones on fewer. --page: the last whole run's figures go into
docs/performance.md, nothing is measured. --profile: where our engine's time goes, nothing else. The results are in
build/bench.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from tests.bench import against_itself, data, page, suite
from tests.bench.latency import FAMILIES
from tests.bench.measure import BUILD, alone_on_a_core


def _latency() -> dict[str, dict[str, float]]:
    paths = data.plain(FAMILIES, BUILD)
    done = alone_on_a_core("tests.bench.latency", *map(str, paths))
    found: dict[str, dict[str, float]] = json.loads(done.splitlines()[-1])
    return found


def _profile() -> None:
    paths = data.plain(suite.MILLION, BUILD)
    (BUILD / "out").mkdir(parents=True, exist_ok=True)
    print(alone_on_a_core("tests.bench.where_time_goes", *map(str, paths), str(BUILD / "out" / "profile.parquet")))


def _run(quick: bool) -> int:
    measured = []
    for each in suite.quick() if quick else suite.whole():
        measured.append(each)
        print(f"\n{each.setting.name}\n{page.table(each.figures)}\n", flush=True)
    latency = _latency()
    print(f"one family with its full trace\n{page.latency_table(latency)}\n")
    itself = () if quick else against_itself.ratios(suite.MILLION)
    page.keep(measured, latency, itself, whole=not quick)
    wrong = suite.complaints(measured)
    print("\n".join(wrong) or "all answers are equal, the baselines hold")
    return 1 if wrong else 0


def main() -> int:
    """Runs what is asked; 1 if answers differ, a baseline is a defect or ours is too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--quick", action="store_true")
    what.add_argument("--page", action="store_true")
    what.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    try:
        if args.page:
            page.rewrite()
        elif args.profile:
            _profile()
        else:
            return _run(args.quick)
    except subprocess.CalledProcessError as problem:
        return problem.returncode or 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

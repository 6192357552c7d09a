"""One contender in a process of its own: a warm-up, some calls, and what they cost. usage: contender NAME N FOLDER CALLS"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = ("bench_food", "bench_topup", "bench_house")
ON = date(2020, 10, 16)


def ours(households: Path, members: Path, out: Path) -> Callable[[], None]:
    """What `ejps evaluate` does, from reading the rule files to the written Parquet file."""
    from ejps_core.app.evaluate import Request, evaluate
    from ejps_core.app.library import core_only
    from ejps_core.app.write import write
    from ejps_core.model.words import Language

    files = ",".join(str(HERE / f"{name}.ejps") for name in PROGRAMS)
    plugins = core_only()
    request = Request(programs=files, path=households, on=ON, members=members)

    def call() -> None:
        outcome = evaluate(request, plugins)
        assert outcome.run is not None, outcome.findings
        assert write(outcome.run, out, Language.EN, plugins) is None

    return call


def duckdb(households: Path, members: Path, out: Path) -> Callable[[], None]:
    """The hand-written query."""
    from tests.bench.duckdb_query import Contender

    contender = Contender(threads=len(os.sched_getaffinity(0)))
    return lambda: contender.decide(households, members, out)


CONTENDERS = {"ejps": ours, "duckdb": duckdb}


def processor_seconds() -> float:
    """User and system time of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main(name: str, households: Path, members: Path, out: Path, calls: int) -> dict[str, float]:
    """Medians over the calls after one warm-up, in seconds, and the peak memory in MiB."""
    call = CONTENDERS[name](households, members, out)
    call()
    walls, cpus = [], []
    for _ in range(calls):
        wall, cpu = time.perf_counter(), processor_seconds()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(processor_seconds() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"wall_s": statistics.median(walls), "cpu_s": statistics.median(cpus), "peak_mib": peak}


if __name__ == "__main__":
    which, first, second, target, times = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core each, so that ratios compare like with like
    print(json.dumps(main(which, Path(first), Path(second), Path(target), int(times))))

"""Where our engine's processor time goes: reading, deciding, writing, and within each the functions that take most of it."""

from __future__ import annotations

import cProfile
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType

from ejps_core.engine import decide
from tests.bench.contenders import Data
from tests.bench.contenders.columns import decided, read, request_of, written
from tests.bench.turn import processor_seconds

TOP = 10


def stages(households: Path, members: Path, out: Path) -> dict[str, Callable[[], object]]:
    """The three parts of a run, in order; each goes on with what the one before has left."""
    request = request_of(Data(households, members))
    listed, run = read(request), decided(request)
    return {
        "read": lambda: read(request),
        "decide": lambda: decide(listed.rulesets, listed.as_of, listed.candidates),
        "write": lambda: written(run, out),
    }


def report(households: Path, members: Path, out: Path, calls: int = 5) -> None:
    """Prints seconds and shares of the parts, and the costliest functions of each by their own time."""
    parts = stages(households, members, out)
    costs = {}
    for name, call in parts.items():
        call()
        found = []
        for _ in range(calls):
            begin = processor_seconds()
            call()
            found.append(processor_seconds() - begin)
        costs[name] = statistics.median(found)
    whole = sum(costs.values())
    for name, cost in costs.items():
        print(f"{name:8}{cost:8.3f} s {100 * cost / whole:5.0f} %")
    for name, call in parts.items():
        profile = cProfile.Profile(time.process_time)
        profile.runcall(call)
        print(f"\n{name}: functions by their own time")
        for line in _lines(profile):
            print(f"  {line}")


def _lines(profile: cProfile.Profile) -> list[str]:
    """The costliest functions: own seconds, calls, where."""
    costly = sorted(profile.getstats(), key=lambda entry: -entry.inlinetime)[:TOP]
    return [f"{entry.inlinetime:7.3f} s {entry.callcount:>9} × {_name(entry.code)}" for entry in costly]


def _name(code: str | CodeType) -> str:
    return code if isinstance(code, str) else f"{Path(code.co_filename).name}: {code.co_name}"


if __name__ == "__main__":
    report(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

"""Contenders take turns, each in a process of its own, pinned to so many cores; what is compared is compared within a round.

Figures are ratios of processor seconds within a round, medians over the rounds: noise disturbs all of a round alike.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.checksums import EXPECTED, Sums, differences, of_file
from tests.bench.contenders import load
from tests.bench.turn import Cost, Job
from tests.bench.workloads import Kind

BUILD = Path(__file__).parents[2] / "build" / "bench"
BASELINE, LIMIT, POLARS, OURS = "duckdb_sql", "numba_kernel", "polars_expressions", "columns"
THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS", "ARROW_IO_THREADS",
)  # fmt: skip
"""How each library is told the number of its threads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A contender and the data it decides in this measurement."""

    contender: str
    families: int
    data: tuple[Path, Path]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured of all its entries. small: data for the warm-up, where a whole one would take too long.

    listed: whether the figures go into build/bench.json.
    """

    name: str
    kind: Kind = Kind.PLAIN
    cores: int = 1
    rounds: int = 3
    calls: int = 3
    alone: bool = True
    small: tuple[Path, Path] | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A contender's figures: families a processor second, ratios to the others of its rounds, peak memory, right or not."""

    contender: str
    families: int
    rows_per_cpu_s: float
    eval_rows_per_cpu_s: float | None
    vs_duckdb: float | None
    vs_limit: float | None
    peak_mib: float
    same_answers: bool
    wall_s: float
    wrong: tuple[str, ...] = ()


def _processor_set(cores: int) -> set[int]:
    """The last of the cores that may be used: the first is where others' work begins."""
    return set(sorted(os.sched_getaffinity(0))[-cores:])


def turn(setting: Setting, entry: Entry) -> Cost:
    """One contender's turn, in a new process."""
    job = Job(
        contender=entry.contender,
        households=str(entry.data[0]),
        members=str(entry.data[1]),
        out=str(_out(entry)),
        kind=setting.kind,
        cores=setting.cores,
        calls=setting.calls,
        alone=setting.alone,
        warm=(str(setting.small[0]), str(setting.small[1])) if setting.small else None,
    )
    done = alone_on_a_core("tests.bench.turn", json.dumps(asdict(job)), cores=setting.cores)
    return Cost(**json.loads(done.splitlines()[-1]))


def alone_on_a_core(module: str, *arguments: str, cores: int = 1) -> str:
    """Runs a module in a process of its own, pinned to so many cores, every library held to as many threads; its output."""
    chosen = _processor_set(cores)
    settings = {"NUMBA_CACHE_DIR": str(BUILD / "numba"), **dict.fromkeys(THREADS, str(cores))}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, chosen),
    )
    return done.stdout


def _out(entry: Entry) -> Path:
    folder = BUILD / "out"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{entry.contender}.parquet"


def compare(setting: Setting, entries: Sequence[Entry]) -> list[Figures]:
    """Rounds in which all take their turn, each round begun by another; then the figures of each."""
    costs: dict[str, list[Cost]] = {entry.contender: [] for entry in entries}
    for number in range(setting.rounds):
        begin = number % len(entries)
        for entry in (*entries[begin:], *entries[:begin]):
            cost = turn(setting, entry)
            costs[entry.contender].append(cost)
            where = f"{setting.name}, round {number + 1} of {setting.rounds}"
            print(f"{where}: {entry.contender} {entry.families:,}: {cost.cpu_s:.3f} s of processor time", flush=True)
    wrong = _wrong(setting.kind, entries)
    rates = {e.contender: [e.families / cost.cpu_s for cost in costs[e.contender]] for e in entries}
    return [_figures(entry, costs[entry.contender], rates, wrong[entry.contender]) for entry in entries]


def _figures(entry: Entry, costs: Sequence[Cost], rates: dict[str, list[float]], wrong: tuple[str, ...]) -> Figures:
    own = rates[entry.contender]
    alone = [cost.alone_cpu_s for cost in costs if cost.alone_cpu_s is not None]

    def against(other: str) -> float | None:
        pairs = zip(own, rates.get(other, []), strict=False)
        ratios = [mine / theirs for mine, theirs in pairs]
        return round(statistics.median(ratios), 4) if ratios else None

    return Figures(
        contender=entry.contender,
        families=entry.families,
        rows_per_cpu_s=round(statistics.median(own)),
        eval_rows_per_cpu_s=round(entry.families / statistics.median(alone)) if alone else None,
        vs_duckdb=against(BASELINE),
        vs_limit=against(LIMIT),
        peak_mib=round(max(cost.peak_mib for cost in costs), 1),
        same_answers=not wrong,
        wall_s=round(statistics.median(cost.wall_s for cost in costs), 4),
        wrong=wrong,
    )


def _wrong(kind: Kind, entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """For each contender the sums of its file that are not right: not the published ones, else not those of the first."""
    right: dict[int, Sums] = dict(EXPECTED) if kind is Kind.PLAIN else {}
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        sums = of_file(_out(entry), kind)
        expected = right.setdefault(entry.families, sums)
        found[entry.contender] = tuple(differences(sums, expected))
    return found


def within(names: Sequence[str], kind: Kind, families: int, data: tuple[Path, Path], ordered: bool = True) -> list[Entry]:
    """Entries for those that know the workload and decide so many families; those to compare with come first."""
    chosen = [(name, load(name)) for name in sorted(names, key=lambda name: (name not in (LIMIT, BASELINE), name))]
    return [
        Entry(name, families, data)
        for name, contender in chosen
        if kind in contender.kinds and contender.at_most >= families and (ordered or not contender.sorted_only)
    ]

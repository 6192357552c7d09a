"""Our engine against itself: how much longer harder work takes than the plain one, and what a second core saves."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench import data
from tests.bench.measure import BUILD, OURS, Entry, Setting, turn
from tests.bench.turn import Cost
from tests.bench.workloads import Kind

PLAIN, HARDEST, TWENTY, TWO = "plain", "hardest", "twenty", "two cores"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of times, median over the rounds, and what it shall reach."""

    what: str
    ratio: float
    reach: str


def ratios(families: int, rounds: int = 3) -> tuple[Ratio, ...]:
    """All ratios, from rounds in which each has its turn, each round begun by another."""
    plain = data.plain(families, BUILD)
    turns = {
        PLAIN: (Setting(PLAIN, alone=False), plain),
        HARDEST: (Setting(HARDEST, Kind.NULLS, alone=False), data.unsorted_with_nulls(families, BUILD)),
        TWENTY: (Setting(TWENTY, Kind.PROGRAMS, calls=2, alone=False), plain),
        TWO: (Setting(TWO, cores=2, alone=False), plain),
    }
    names, found = list(turns), []
    for number in range(rounds):
        begin = number % len(names)
        order = (*names[begin:], *names[:begin])
        costs = {name: turn(turns[name][0], Entry(OURS, families, turns[name][1])) for name in order}
        found.append(costs)
        times = ", ".join(f"{name} {costs[name].cpu_s:.3f} s ({costs[name].wall_s:.3f} s by the clock)" for name in names)
        print(f"ours against itself, round {number + 1} of {rounds}: {times}", flush=True)
    return _medians(found)


def _medians(rounds: Sequence[dict[str, Cost]]) -> tuple[Ratio, ...]:
    def times(harder: str) -> float:
        return round(statistics.median(costs[harder].cpu_s / costs[PLAIN].cpu_s for costs in rounds), 2)

    saved = round(statistics.median(costs[PLAIN].wall_s / costs[TWO].wall_s for costs in rounds), 2)
    return (
        Ratio("members in no order, unknown facts in every column: time against sorted and clean", times(HARDEST), "≤ 1.6"),
        Ratio("20 programs: time against three", times(TWENTY), "≤ 4"),
        Ratio("two cores: speed by the clock against one", saved, "≥ 1.7"),
    )

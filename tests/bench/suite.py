"""What `make bench` measures, in order, and what a run must show to be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench import data
from tests.bench.contenders import load, names
from tests.bench.measure import BASELINE, BUILD, LIMIT, OURS, POLARS, Entry, Figures, Setting, compare, within
from tests.bench.workloads import Kind

MILLION, SLOW = 1_000_000, 20_000
FLOORS = {BASELINE: 0.29, POLARS: 0.42}
"""How much of the limit's speed the queries written by hand must reach; below it the baseline is the defect."""
REACH = 0.7
"""How much of the hand-written DuckDB query's speed ours must reach."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A setting and the figures of all its contenders."""

    setting: Setting
    figures: tuple[Figures, ...]


def everyone(families: int, most: int) -> list[Entry]:
    """All contenders on the plain workload; those that decide at most fewer than `most` families, on fewer."""
    found = []
    for name in names():
        at_most = load(name).at_most
        count = families if at_most >= most else min(at_most, SLOW)
        found += within([name], Kind.PLAIN, count, data.plain(count, BUILD))
    return sorted(found, key=lambda entry: entry.contender not in (LIMIT, BASELINE))


def quick() -> Iterator[Measured]:
    """One million families, each contender once; the slow ones on 20,000 or fewer."""
    yield _measured(Setting("three programs", rounds=1, calls=2, listed=True), everyone(MILLION, 10 * MILLION))


def whole() -> Iterator[Measured]:
    """Everything."""
    plain = data.plain(MILLION, BUILD)
    yield _measured(Setting("three programs", rounds=5, listed=True), everyone(MILLION, MILLION))
    for count in (10_000, 100_000):
        entries = within(names(), Kind.PLAIN, count, data.plain(count, BUILD))
        yield _measured(
            Setting(f"{count:,} families", calls=5, listed=True), [e for e in entries if load(e.contender).at_most > MILLION]
        )
    many = within(names(), Kind.PLAIN, 10 * MILLION, data.plain(10 * MILLION, BUILD))
    small = data.plain(10_000, BUILD)
    yield _measured(Setting("10,000,000 families", rounds=2, calls=1, alone=False, small=small, listed=True), many)
    unsorted = within(names(), Kind.PLAIN, MILLION, data.unsorted(MILLION, BUILD), ordered=False)
    yield _measured(Setting("members in no order", alone=False), unsorted)
    nulls = data.with_nulls(MILLION, BUILD)
    for kind, paths in ((Kind.NULLS, nulls), (Kind.RULES, plain), (Kind.PROGRAMS, plain)):
        yield _measured(Setting(str(kind), kind, rounds=2, calls=2), within(names(), kind, MILLION, paths))
    hardest = within(names(), Kind.NULLS, MILLION, data.unsorted_with_nulls(MILLION, BUILD), ordered=False)
    yield _measured(Setting("nulls, members in no order", Kind.NULLS, rounds=2, calls=2, alone=False), hardest)
    fast = [e for e in within(names(), Kind.PLAIN, MILLION, plain) if load(e.contender).at_most > MILLION]
    for cores in (1, 2):
        yield _measured(Setting(f"on {cores} core{'s' * (cores > 1)}", cores=cores, rounds=2, alone=False), fast)


def _measured(setting: Setting, entries: Sequence[Entry]) -> Measured:
    return Measured(setting, tuple(compare(setting, entries)))


def complaints(measured: Sequence[Measured]) -> list[str]:
    """Why a run can't be believed or is too slow: wrong answers, a baseline below its floor, ours below its reach."""
    found = [
        f"{each.setting.name}: {figures.contender} gives other answers: {'; '.join(figures.wrong)}"
        for each in measured
        for figures in each.figures
        if not figures.same_answers
    ]
    main = {figures.contender: figures for figures in measured[0].figures}
    for name, floor in FLOORS.items():
        reached = main[name].vs_limit
        if reached is None or reached < floor:
            found.append(f"the baseline is the defect: {name} reaches {reached} of the limit, {floor} is asked")
    ratio = main[OURS].vs_duckdb
    if ratio is None or ratio < REACH:
        found.append(f"{OURS} reaches {ratio} of the hand-written DuckDB query, {REACH} is asked")
    return found

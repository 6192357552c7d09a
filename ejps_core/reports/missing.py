"""What is missing most: which fact of which village settles the most decisions, as a list to work down from the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from ejps_core.model.decisions import UNDETERMINED, ProgramDecisions, names_in
from ejps_core.model.run import Run
from ejps_core.model.types import Region
from ejps_core.reports.columns import values

Needs = frozenset[str]
Tally = Counter[Needs]
"""Open decisions by the set of facts they still need."""

SHARE = 27_720
"""Divisible by 1 to 12: what a decision weighs that still needs so many facts."""


@dataclass(frozen=True, slots=True)
class Work:
    """One line of the list: a fact to be found out in one area, for all its families that need it.

    area: a region code; None: families without an address. settles: decisions that are certain once the facts of this and
    all lines above are known. alone: decisions that need this fact and no other. among: decisions that need it among others.
    A decision is one family's in one program. What comes out may settle more: a fact found may make others needless.
    """

    area: str | None
    fact: str
    settles: int
    alone: int
    among: int


def work_list(run: Run, depth: int | None = None) -> tuple[Work, ...]:
    """The facts to be found out, the one that settles the most decisions first.

    depth: by areas of so many parts of the code (2: districts); None: as deep as each family's address goes. Facts of the
    same name are one fact for all programs of the run. Each step takes what settles the most of what is still open; where
    nothing settles anything by itself, what brings the most decisions nearest.
    """
    tallies: dict[str | None, Tally] = {}
    for decisions in run.programs:
        for area, needs, count in _open(run, decisions, depth):
            tallies.setdefault(area, Counter())[needs] += count
    orders = {area: list(_order(area, tally)) for area, tally in tallies.items()}
    return tuple(_merged(orders))


def order_of(tally: Tally) -> tuple[Work, ...]:
    """The facts that open decisions need, whatever their area, the one that settles the most first."""
    return tuple(_order(None, tally))


def _open(run: Run, decisions: ProgramDecisions, depth: int | None) -> Iterator[tuple[str | None, Needs, int]]:
    """How many open decisions of each area need each set of facts."""
    rows = np.flatnonzero(decisions.status == UNDETERMINED)
    areas = _areas(run, decisions, depth)
    numbered = {area: number for number, area in enumerate(dict.fromkeys(areas))}
    of = np.array([numbered[areas[row]] for row in rows.tolist()], np.int64)
    combined = np.column_stack([of, *(word[rows] for word in decisions.needs)])
    different, first, counts = np.unique(combined, axis=0, return_index=True, return_counts=True)
    names = list(numbered)
    for line, place, count in zip(different.tolist(), first.tolist(), counts.tolist(), strict=True):
        needs = frozenset(names_in(decisions.needs, decisions.facts, int(rows[place])))
        if needs:
            yield names[line[0]], needs, count


def _areas(run: Run, decisions: ProgramDecisions, depth: int | None) -> list[str | None]:
    """Each family's area; unknown where the program asks for no address or a code is too short."""
    home = next((field for field in decisions.ruleset.family_fields if isinstance(field.type, Region)), None)
    regions = values(run, decisions, home.name) if home else None
    codes: list[str | None] = [None] * len(run.candidates) if regions is None else regions.to_pylist()
    if depth is None:
        return codes
    parts = [code.split(".") if code else [] for code in codes]
    return [".".join(each[:depth]) if len(each) >= depth else None for each in parts]


def _order(area: str | None, tally: Tally) -> Iterator[Work]:
    """The facts of one area in the order in which they are best found out."""
    among: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for needs, count in tally.items():
        among.update(dict.fromkeys(needs, count))
        if len(needs) == 1:
            alone.update(dict.fromkeys(needs, count))
    left = dict(tally)
    while left:
        settles: Counter[str] = Counter()
        nearer: Counter[str] = Counter()
        for needs, count in left.items():
            for fact in needs:
                nearer[fact] += count * SHARE // len(needs)
                settles[fact] += count * (len(needs) == 1)
        best = min(nearer, key=lambda fact: (-settles[fact], -nearer[fact], fact))
        yield Work(area, best, settles[best], alone[best], among[best])
        rest: Tally = Counter()
        for needs, count in left.items():
            if needs != {best}:
                rest[needs - {best}] += count
        left = dict(rest)


def _merged(orders: dict[str | None, list[Work]]) -> Iterable[Work]:
    """The areas' lists as one: always the line that settles the most, each area's own order kept."""
    waiting = [(_rank(order[0]), order) for order in orders.values() if order]
    heapify(waiting)
    while waiting:
        _, (first, *rest) = heappop(waiting)
        yield first
        if rest:
            heappush(waiting, (_rank(rest[0]), rest))


def _rank(work: Work) -> tuple[int, int, bool, str, str]:
    return -work.settles, -work.among, work.area is None, work.area or "", work.fact

"""How fast and how right matching is: 100,000 people of a list against 1.2 million of a register.

usage: python -m tests.bench.matching [--listed N] [--register M]
Prints the time, the peak memory of the process, and per outcome the recall and the precision. 1 if the limits are missed.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.matches import Matches
from ejps_core.registry.matching.outcomes import SETTLED, TITLES, Outcome
from ejps_core.registry.matching.people import people
from tests.bench.made_lists import Made, listed
from tests.bench.made_people import SEED, registry

SECONDS, MEBIBYTES = 30, 2048


@dataclass(frozen=True, slots=True)
class Quality:
    """recall, precision: of each outcome, 0..1. sure, sure_right: people who are settled, and settled as who they are.

    lost: people of the register, without their NIK in the list, of whom nothing was found. shown: those of them who are
    settled rightly or stand among the candidates.
    """

    recall: Mapping[Outcome, float]
    precision: Mapping[Outcome, float]
    expected: Mapping[Outcome, int]
    sure: int
    sure_right: int
    without_nik: int
    shown: int


def quality(made: Made, found: Matches) -> Quality:
    """What came out against what is true."""
    said, wanted = found.outcomes, np.array(made.expected, np.uint8)
    truth = np.array(made.truth)
    refs = [int(ref[1:]) for ref in found.register_refs.to_pylist()]
    best = np.array([refs[a] if a < b else -1 for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)])
    sure = np.isin(said, SETTLED)
    sought = np.flatnonzero(~np.array(made.by_nik) & (truth >= 0))
    shown = sum(int(truth[row]) in refs[found.offsets[row] : found.offsets[row + 1]] for row in sought.tolist())
    right = said == wanted

    def part(of: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
        return float(right[of].mean()) if of.any() else 1.0

    return Quality(
        {outcome: part(wanted == outcome) for outcome in Outcome},
        {outcome: part(said == outcome) for outcome in Outcome},
        {outcome: int((wanted == outcome).sum()) for outcome in Outcome},
        int(sure.sum()),
        int((sure & (best == truth)).sum()),
        len(sought),
        shown,
    )


def main() -> int:
    """Makes the people, matches them, prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listed", type=int, default=100_000)
    parser.add_argument("--register", type=int, default=1_200_000)
    args = parser.parse_args()
    register = registry(args.register, np.random.default_rng(SEED))
    made = listed(register, args.listed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    here, there = people(made.table), people(register.table)
    start, cpu = time.perf_counter(), time.process_time()
    found = match(here, there)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{args.listed:,} against {args.register:,}: {took:.1f} s ({used:.1f} s of processor time)")
    print(f"peak {peak:,} MiB (before matching, with what made the people: {before:,} MiB)")
    measured = quality(made, found)
    print(f"{'outcome':22}{'expected':>9}{'recall':>9}{'precision':>11}")
    for outcome, number in measured.expected.items():
        figures = f"{measured.recall[outcome]:9.4f}{measured.precision[outcome]:11.4f}"
        print(f"{TITLES[outcome].id:22}{number:9,}{figures}")
    print(f"settled {measured.sure:,}, of them as somebody else {measured.sure - measured.sure_right:,}")
    print(f"in the register, own NIK not in the list: {measured.without_nik:,}, settled or shown {measured.shown:,}")
    return int(took > SECONDS or peak > MEBIBYTES)


if __name__ == "__main__":
    raise SystemExit(main())

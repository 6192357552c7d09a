"""`python -m tests.conformance N [--seed S]`: N random rule sets, the evaluators against the reference."""

from __future__ import annotations

import argparse
import sys
import time

from tests.conformance.compare import EVALUATORS
from tests.conformance.run import Tally, run_pair

ENOUGH = 500
"""With fewer rule sets the shares are chance, and only printed."""
SHOWN = 5


def main() -> int:
    """Runs, prints the shares and differences; 1 if there is a difference or a share below its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("pairs", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--evaluator", choices=sorted(EVALUATORS), help="this one alone")
    options = parser.parse_args()
    evaluators = (options.evaluator,) if options.evaluator else tuple(EVALUATORS)
    tally, last = Tally(evaluators), time.monotonic()
    for number in range(options.pairs):
        run_pair(options.seed + number, tally)
        if time.monotonic() - last > 5:
            last = time.monotonic()
            print(f"{number + 1} of {options.pairs}, {len(tally.differences)} differ", file=sys.stderr, flush=True)
    return _tell(tally)


def _tell(tally: Tally) -> int:
    print("share of the rule sets, by construct:")
    for name, share in sorted(tally.shares().items(), key=lambda item: -item[1]):
        print(f"  {share:6.1%}  {name}")
    print("share of the families, by verdict:")
    for name, share in tally.verdict_shares().items():
        print(f"  {share:6.1%}  {name}")
    print(f"rule texts: {tally.accepted} accepted, {tally.refused_texts} refused ({tally.refused_share():.1%})")
    for code, count in tally.refused.most_common():
        print(f"  {count:6}  {code}")
    print(f"spoiled texts: {tally.spoiled[True]} refused, {tally.spoiled[False]} still fine")
    for text in tally.differences[:SHOWN]:
        print(f"\n---- difference: {text}")
    shortfalls = tally.shortfalls() if tally.accepted >= ENOUGH else []
    for shortfall in shortfalls:
        print(f"too rare or too frequent: {shortfall}")
    print(f"\n{len(tally.differences)} differences")
    return 1 if tally.differences or shortfalls else 0


if __name__ == "__main__":
    sys.exit(main())

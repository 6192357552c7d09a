"""Who received a package in the demonstration: made up from the decisions, the same each time.

This is the one place where receipts come from: once deliveries are on record in the store, `receipts` reads them there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from ejps_core.app.demo_data import SEED
from ejps_core.model.ruleset import Verdict

PACKAGE = {"province": 106_890, "district": 71_260}
CHANCES = {Verdict.ELIGIBLE: 0.94, Verdict.INELIGIBLE: 0.05, Verdict.UNDETERMINED: 0.3}
"""Assumptions: who was entitled got it mostly, a few others too, for the lists of 2020 were older than the registers."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A family as it was decided for a phase: by pseudonym, with its region; on what was known then, and on the latest."""

    program: str
    phase: int
    pid: str
    region: str
    then: Verdict
    latest: Verdict


def receipts(decided: Sequence[Decided], paid: frozenset[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """The packages that were received, as the reports take them. paid: phases and districts whose money had come."""
    random = Random(SEED + 3)
    for each in decided:
        draw = random.random()
        if (each.phase, each.region[:5]) in paid and draw < CHANCES[each.then]:
            where = {"program": each.program, "phase": each.phase, "family": each.pid, "region": each.region}
            yield where | {"money": PACKAGE}

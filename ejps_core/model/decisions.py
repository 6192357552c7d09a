"""Decisions: what the rules of one program say of every family of a list, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ejps_core.model.ruleset import Ruleset, Verdict

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

VERDICTS = (Verdict.INELIGIBLE, Verdict.UNDETERMINED, Verdict.ELIGIBLE)
"""The verdict of each status number."""
INELIGIBLE, UNDETERMINED, ELIGIBLE = range(3)

WORD = 62
"""Bits in one word of a mask: bit i of word w stands for item w * WORD + i."""

NO_SEAT, SEAT, PROVISIONAL, WAITS = range(4)
"""Selection of a family: none, a firm seat, a seat that open cases could still take, waiting for an unknown ranking key."""


@dataclass(frozen=True, slots=True)
class Paid:
    """The amount of one benefit (or of all), in minor units; every array has one entry a family.

    amount: what is paid; 0 where the family is not eligible or the amount is open. open: eligible, but the amount is
    unknown; it then lies in low..high, without an upper end where `unbounded`. shares: one array a share, in its order.
    """

    amount: Longs
    open: Bools
    low: Longs
    high: Longs
    unbounded: Bools
    shares: tuple[Longs, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Places in the ranking. rank: from 1 in the family's area, 0: not ranked. seat: NO_SEAT … WAITS. reserve: from 1."""

    rank: Longs
    seat: npt.NDArray[np.uint8]
    reserve: Longs


@dataclass(frozen=True, slots=True)
class ProgramDecisions:
    """The decisions of one program; every array has one entry a family, in the order of the list.

    status: number of VERDICTS. failed, unknown: masks of the rules (in their order) that are false, that are unknown;
    one array for each WORD rules. needs: masks of `facts`, those still needed (for the verdict where it is undetermined,
    for the amount where that is open). at_most: perhaps not all of them are needed. one_of: the failed rules are those of
    which one or another is false, whatever an unknown fact turns out to be.
    """

    ruleset: Ruleset
    facts: tuple[str, ...]
    status: npt.NDArray[np.uint8]
    failed: tuple[Longs, ...]
    unknown: tuple[Longs, ...]
    needs: tuple[Longs, ...]
    at_most: Bools
    one_of: Bools
    benefits: tuple[Paid, ...]
    total: Paid
    selection: Selection | None
    phase: Longs
    """The number of the phase that holds the decision date in the family's area; 0: no phases, or not known which."""


def names_in(masks: tuple[Longs, ...], names: tuple[str, ...], row: int) -> tuple[str, ...]:
    """The names whose bit is set for one family."""
    return tuple(name for i, name in enumerate(names) if int(masks[i // WORD][row]) >> (i % WORD) & 1)


def fact_names(ruleset: Ruleset) -> tuple[str, ...]:
    """All facts of a rule set in the order of the bits: family fields, 'members' (the list itself), 'member.' fields."""
    return (
        *(field.name for field in ruleset.family_fields),
        "members",
        *(f"member.{field.name}" for field in ruleset.member_fields),
    )

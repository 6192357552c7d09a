"""Counts and sums of what was decided, exact, over NumPy columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ejps_core.model.decisions import (
    ELIGIBLE,
    INELIGIBLE,
    PROVISIONAL,
    SEAT,
    UNDETERMINED,
    WAITS,
    WORD,
    Bools,
    Longs,
    Paid,
    ProgramDecisions,
)

HALF = 32
"""Large sums are taken in two halves, so that no total of any list can overflow 64 bits."""
ROOM = 2**63 - 1
"""The greatest number of 64 bits."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How the families of a group came out. Amounts in minor units, over the known amounts.

    selected: seats, provisional ones included; None without a selection, as are provisional, waiting,
    amount_selected and open_selected. shares: (benefit, share, sum over the eligible, sum over the seats or
    None).
    """

    eligible: int
    ineligible: int
    undetermined: int
    amount: int
    amount_open: int
    shares: tuple[tuple[str, str, int, int | None], ...]
    selected: int | None = None
    provisional: int | None = None
    waiting: int | None = None
    amount_selected: int | None = None
    open_selected: int | None = None

    @property
    def families(self) -> int:
        """All families of the group."""
        return self.eligible + self.ineligible + self.undetermined


def exact_sum(values: Longs) -> int:
    """The sum as an integer without limit."""
    if len(values) and max(int(values.max()), -int(values.min())) < ROOM // len(values):
        return int(values.sum())
    low = int((values & (2**HALF - 1)).sum())
    return (int((values >> HALF).sum()) << HALF) + low


def count(decisions: ProgramDecisions, among: Bools | None = None) -> Counts:
    """The counts of one program, over all families or those `among`."""
    keep = np.ones(len(decisions.status), np.bool_) if among is None else among
    eligible = keep & (decisions.status == ELIGIBLE)
    seats = seat_holders(decisions)
    chosen = None if seats is None else eligible & seats
    selection = decisions.selection

    def taking(paid: Paid) -> tuple[int, int | None]:
        return exact_sum(paid.amount * eligible), None if chosen is None else exact_sum(paid.amount * chosen)

    amount, amount_selected = taking(decisions.total)
    shares = tuple(
        (
            benefit.id,
            share.name,
            exact_sum(values * eligible),
            None if chosen is None else exact_sum(values * chosen),
        )
        for benefit, paid in zip(decisions.ruleset.benefits, decisions.benefits, strict=True)
        for share, values in zip(benefit.shares, paid.shares, strict=True)
    )

    def seats_of(kind: int) -> int | None:
        return None if selection is None else int((keep & (selection.seat == kind)).sum())

    return Counts(
        eligible=int(np.count_nonzero(eligible)),
        ineligible=int(np.count_nonzero(keep & (decisions.status == INELIGIBLE))),
        undetermined=int(np.count_nonzero(keep & (decisions.status == UNDETERMINED))),
        amount=amount,
        amount_open=int((eligible & decisions.total.open).sum()),
        shares=shares,
        selected=None if chosen is None else int(chosen.sum()),
        provisional=seats_of(PROVISIONAL),
        waiting=seats_of(WAITS),
        amount_selected=amount_selected,
        open_selected=None if chosen is None else int((chosen & decisions.total.open).sum()),
    )


def seat_holders(decisions: ProgramDecisions) -> Bools | None:
    """Which families have a seat, firm or provisional; None where the program does not choose."""
    if decisions.selection is None:
        return None
    seat = decisions.selection.seat
    return np.isin(seat, (SEAT, PROVISIONAL))


def by_reason(decisions: ProgramDecisions) -> dict[str, int]:
    """Families per failed rule, over the ineligible; every rule is named, a family may have several."""
    refused = decisions.status == INELIGIBLE
    words = [np.multiply(word, refused) for word in decisions.failed]
    rules = enumerate(decisions.ruleset.rules)
    return {rule.id: int(np.count_nonzero((words[i // WORD] & (1 << i % WORD)) != 0)) for i, rule in rules}


def by_need(decisions: ProgramDecisions) -> dict[str, int]:
    """Families per fact still needed, over the undetermined: which fact would settle the most rows.

    Facts that nobody needs are left out; the most needed comes first.
    """
    waiting = decisions.status == UNDETERMINED
    words = [word[waiting] for word in decisions.needs]
    tally = {fact: int((words[i // WORD] >> (i % WORD) & 1).sum()) for i, fact in enumerate(decisions.facts)}
    return dict(sorted(((f, n) for f, n in tally.items() if n), key=lambda item: -item[1]))

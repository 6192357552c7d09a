"""Splitting amounts exactly, in whole minor units."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 10_000
"""A whole, in hundredths of a percent."""


def split(amount: int, parts: Sequence[int]) -> tuple[int, ...]:
    """`amount` by `parts` (hundredths of a percent, total WHOLE) with the largest remainders, ties to the first named.

    >>> split(178_150, (6_000, 4_000))
    (106890, 71260)
    """
    floors = [amount * part // WHOLE for part in parts]
    remainders = [amount * part % WHOLE for part in parts]
    left = amount - sum(floors)
    order = sorted(range(len(parts)), key=lambda index: -remainders[index])
    for index in order[:left]:
        floors[index] += 1
    return tuple(floors)

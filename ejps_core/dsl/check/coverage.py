"""Whether rows of a table leave anything out, or fit together: on places in order along each key."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

Place = tuple[Fraction, int]
"""A value of a key: whole steps have 0 behind; of what has no steps, 1 means just above the value."""
Stretch = tuple[Place, Place]
"""From a place up to, not including, another."""
Cover = tuple[Stretch, ...]
"""What one cell of a key takes in."""

MOST_CASES = 100_000
"""Tables with more different cases than this are not proved."""


def holds(cover: Cover, place: Place) -> bool:
    """Whether a cell takes in a value."""
    return any(low <= place < high for low, high in cover)


def places(whole: Stretch, covers: Sequence[Cover]) -> list[Place]:
    """One value for each stretch that the cells of a key tell apart."""
    edges = {whole[0]} | {end for cover in covers for stretch in cover for end in stretch}
    return sorted(place for place in edges if whole[0] <= place < whole[1])


def provable(wholes: Sequence[Stretch], rows: Sequence[Sequence[Cover]]) -> bool:
    """Whether there are few enough cases to look at each."""
    return prod(len(places(whole, [row[at] for row in rows])) for at, whole in enumerate(wholes)) <= MOST_CASES


def left_out(wholes: Sequence[Stretch], rows: Sequence[Sequence[Cover]]) -> tuple[Place, ...] | None:
    """A case that no row fits, as a value of each key; None if there is none."""
    if not wholes:
        return None if rows else ()
    for place in places(wholes[0], [row[0] for row in rows]):
        rest = left_out(wholes[1:], [row[1:] for row in rows if holds(row[0], place)])
        if rest is not None:
            return (place, *rest)
    return None


def enough(wholes: Sequence[Stretch], rows: Sequence[Sequence[Cover]]) -> int:
    """How many of the rows, which leave nothing out together, leave nothing out already."""
    low, high = 1, len(rows)
    while low < high:
        middle = (low + high) // 2
        if left_out(wholes, rows[:middle]) is None:
            high = middle
        else:
            low = middle + 1
    return low


def meeting(wholes: Sequence[Stretch], rows: Sequence[Sequence[Cover]]) -> tuple[int, int] | None:
    """The first two rows that fit one case together; None if there are none."""
    for second, row in enumerate(rows):
        for first, other in enumerate(rows[:second]):
            if all(_meet(whole, a, b) for whole, a, b in zip(wholes, other, row, strict=True)):
                return first, second
    return None


def _meet(whole: Stretch, one: Cover, two: Cover) -> bool:
    return any(max(whole[0], a[0], b[0]) < min(whole[1], a[1], b[1]) for a in one for b in two)

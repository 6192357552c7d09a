"""Small numbers kept back from published tables, so that none of them can be worked out from what is published.

A number of 1 to 4 could point at a family, so it is not published. Where totals stand beside it, it could be worked out:
further numbers are kept back until every one that is kept back could also be another. What an attacker knows is assumed
to be the whole published table, that 0 is always published, and how this is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST = 5
"""The smallest number that is published, other than 0: an assumption, to be confirmed."""
Place = tuple[int, int]
Numbers = tuple[tuple[int, ...], ...]
Published = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Totalled:
    """A table with its totals: the last row and the last column are sums. Every number is 0 or more."""

    numbers: Numbers

    @property
    def last(self) -> Place:
        """Where the total of all stands."""
        return len(self.numbers) - 1, len(self.numbers[0]) - 1

    def is_total(self, place: Place) -> bool:
        """Whether the number is the sum of a row or a column, and not of all."""
        row, column = place
        return (row == self.last[0]) != (column == self.last[1])

    def places(self) -> Iterator[Place]:
        """Every place of the table."""
        yield from ((row, column) for row in range(self.last[0] + 1) for column in range(self.last[1] + 1))


def totalled(rows: Sequence[Sequence[int]]) -> Totalled:
    """The table with its totals."""
    with_sums = [(*row, sum(row)) for row in rows]
    return Totalled((*with_sums, tuple(map(sum, zip(*with_sums, strict=True)))))


def published(table: Totalled, fewest: int = FEWEST) -> Published:
    """The table as it may be published; None: kept back."""
    kept = kept_back(table, fewest)
    rows, columns = table.last
    return tuple(
        tuple(None if (row, column) in kept else table.numbers[row][column] for column in range(columns + 1))
        for row in range(rows + 1)
    )


def kept_back(table: Totalled, fewest: int = FEWEST) -> frozenset[Place]:
    """The places whose numbers are not published: the small ones, and as many others as it takes to hide those."""
    numbers = {place: table.numbers[place[0]][place[1]] for place in table.places()}
    kept = {place for place, number in numbers.items() if 0 < number < fewest}
    while known := determined(table, kept):
        rows, columns = {row for row, _ in known}, {column for _, column in known}
        open_ = [place for place in numbers if place not in kept and numbers[place]]
        near = [place for place in open_ if place[0] in rows or place[1] in columns]
        kept.add(min(near or open_, key=lambda place: (table.is_total(place), numbers[place], place)))
    return frozenset(kept)


def determined(table: Totalled, kept: set[Place] | frozenset[Place]) -> frozenset[Place]:
    """The places among those kept back whose number can't be another, by all that is published and that none of them is 0.

    The numbers kept back are the edges between rows and columns. Taken with the sign that makes every row and column add
    up to nothing, another table with the same published numbers differs by closed walks along them: a number can be
    another exactly if such a walk leads through it.
    """
    return frozenset(place for place in kept if not (_varies(table, kept, place, 1) or _varies(table, kept, place, -1)))


def _varies(table: Totalled, kept: set[Place] | frozenset[Place], place: Place, by: int) -> bool:
    """Whether the signed number of a place can change by that, others changing with it."""
    if not _may(table, place, by):
        return False
    row, column = place
    start, goal = ((True, column), (False, row)) if by > 0 else ((False, row), (True, column))
    seen, waiting = {start}, deque([start])
    while waiting:
        is_column, line = waiting.popleft()
        for other in kept:
            step = -1 if is_column else 1
            if other == place or other[is_column] != line or not _may(table, other, step):
                continue
            to = (not is_column, other[not is_column])
            if to == goal:
                return True
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return False


def _may(table: Totalled, place: Place, by: int) -> bool:
    """Whether the signed number of a place may change by that: the number itself stays above 0. Totals have the sign −."""
    change = -by if table.is_total(place) else by
    return change > 0 or table.numbers[place[0]][place[1]] > 1

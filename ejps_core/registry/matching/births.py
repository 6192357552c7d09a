"""How two birth dates agree: the same, day and month swapped, a stand-in, one part written wrongly, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
NO_DAY = -(2**31)


class Birth(IntEnum):
    """How the birth date of a list and the one of a register agree."""

    UNKNOWN = 0
    """One of the two has none."""
    OTHER = 1
    SAME_YEAR = 2
    NEAR = 3
    """Two of day, month and year are the same: a slip in the third."""
    STAND_IN = 4
    """The same year, and one of the two is a day that offices enter where only the year is known."""
    SWAPPED = 5
    """Day and month exchanged, as spreadsheets of another country do."""
    SAME = 6


STAND_INS = ((1, 1), (7, 1), (12, 31))
"""(month, day): 1 January and 1 July, and 31 December, where people know the year of their birth only."""


@dataclass(frozen=True, slots=True)
class Days:
    """Birth dates as numbers: days since 1970-01-01 (NO_DAY: unknown), and their parts (0 where unknown)."""

    number: Longs
    day: Longs
    month: Longs
    year: Longs

    @property
    def swapped(self) -> Longs:
        """A number equal to `stamp` of the date with day and month exchanged; 0 where that is no date or the same."""
        other = (self.day <= 12) & (self.day != self.month) & (self.year > 0)
        return np.where(other, (self.year * 100 + self.day) * 100 + self.month, 0)

    @property
    def stamp(self) -> Longs:
        """YYYYMMDD; 0 where unknown."""
        return (self.year * 100 + self.month) * 100 + self.day


def days_of(column: pa.Array) -> Days:
    """A column of dates (date32) as numbers."""

    def part(values: pa.Array, blank: int) -> Longs:
        found: Longs = pc.fill_null(values.cast(pa.int64()), blank).to_numpy(zero_copy_only=False)
        return found

    number = part(column.cast(pa.int32()), NO_DAY)
    return Days(number, part(pc.day(column), 0), part(pc.month(column), 0), part(pc.year(column), 0))


def agreement(a: Days, b: Days, left: Longs, right: Longs) -> Bytes:
    """The Birth of each pair of rows."""
    year = a.year[left] == b.year[right]
    month, day = a.month[left] == b.month[right], a.day[left] == b.day[right]
    swapped = year & (a.day[left] == b.month[right]) & (a.month[left] == b.day[right])
    stand_in = year & (_stands_in(a, left) | _stands_in(b, right))
    unknown = (a.number[left] == NO_DAY) | (b.number[right] == NO_DAY)
    near = year.astype(np.uint8) + month + day == 2
    cases = [unknown, year & month & day, swapped, stand_in, near, year]
    found: Bytes = np.select(
        cases, [Birth.UNKNOWN, Birth.SAME, Birth.SWAPPED, Birth.STAND_IN, Birth.NEAR, Birth.SAME_YEAR], Birth.OTHER
    ).astype(np.uint8)
    return found


def _stands_in(days: Days, rows: Longs) -> npt.NDArray[np.bool_]:
    month, day = days.month[rows], days.day[rows]
    found = np.zeros(len(rows), np.bool_)
    for each in STAND_INS:
        found |= (month == each[0]) & (day == each[1])
    return found

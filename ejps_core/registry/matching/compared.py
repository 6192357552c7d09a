"""Two groups of people laid side by side: every fact of both as numbers that can be compared row with row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.registry.matching.births import Days, days_of
from ejps_core.registry.matching.names import Bools, Longs, Names, names_of
from ejps_core.registry.matching.people import People, numbers
from ejps_core.registry.matching.places import Places, places_of


@dataclass(frozen=True, slots=True)
class Side:
    """The facts of one group. nik, kk: UNKNOWN where there is none. sex: 1 man, 2 woman, 0 unknown."""

    nik: Longs
    kk: Longs
    sex: Longs
    days: Days
    places: Places


@dataclass(frozen=True, slots=True)
class Compared:
    """The people of a list and of a register. In `names` and `mothers` the register's rows follow those of the list."""

    count: int
    names: Names
    mothers: Names
    listed: Side
    register: Side

    @property
    def named(self) -> Bools:
        """Which people of the list have a name."""
        return self.names.known[: self.count]


def compared(listed: People, register: People) -> Compared:
    """Both groups as numbers."""

    def both(name: str) -> pa.Array:
        return pa.concat_arrays([listed.column(name), register.column(name)])

    count = len(listed)
    here, there = places_of(both("region"), both("village"), count)
    return Compared(count, names_of(both("name")), names_of(both("mother")), _side(listed, here), _side(register, there))


def _side(people: People, places: Places) -> Side:
    letters = pc.utf8_upper(people.column("sex"))
    sex = pc.add(pc.index_in(letters, value_set=pa.array(["L", "P"])), 1).fill_null(0)
    return Side(
        numbers(people.column("nik")),
        numbers(people.column("kk")),
        sex.to_numpy(zero_copy_only=False).astype(np.int64),
        days_of(people.column("birth")),
        places,
    )

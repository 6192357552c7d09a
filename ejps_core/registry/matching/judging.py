"""From evidence to outcomes: who is found, who differs in what, and whom only a human can decide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.evidence import Evidence, Number
from ejps_core.registry.matching.names import Bools, Longs
from ejps_core.registry.matching.outcomes import SETTLED, Outcome, Way
from ejps_core.registry.matching.people import Life
from ejps_core.registry.matching.reasons import Remark
from ejps_core.registry.matching.settings import Settings

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome, a way and remarks (sums of Remark) for every person."""

    outcomes: Bytes
    ways: Bytes
    remarks: Bytes


def judged(count: int, found: Evidence, statuses: pa.Array, late: Bools, settings: Settings) -> Judged:
    """The outcomes of `count` people from their pairs (person by person, the same NIK first, then the best score).

    statuses: what the register says of each pair's row. late: whom the list itself calls dead.
    """
    outcomes = np.full(count, Outcome.NOT_FOUND, np.uint8)
    ways = np.full(count, Way.NONE, np.uint8)
    remarks = np.where(late, Remark.LATE, 0).astype(np.uint8)
    first = np.flatnonzero(np.diff(found.left, prepend=-1))
    life = _life(statuses)
    by_nik = found.nik == Number.SAME
    times = np.bincount(found.left[by_nik], minlength=count)
    own = first[by_nik[first]]
    people = found.left[own]
    ways[people] = Way.NIK
    outcomes[people] = np.where(times[people] > 1, Outcome.SEVERAL, _under_nik(found.take(own), life[own], settings))
    remarks[people[times[people] > 1]] |= np.uint8(Remark.REPEATED)
    rest = first[~by_nik[first]]
    named = found.left[rest]
    ways[named] = Way.NAME
    outcomes[named], unsure = _under_name(count, found, rest, life, settings)
    remarks[named[unsure]] |= np.uint8(Remark.NOT_BY_NAME)
    _once_each(found, first, outcomes, ways, remarks)
    return Judged(outcomes, ways, remarks)


def _life(statuses: pa.Array) -> Bytes:
    """The outcome that the register's status gives somebody who is surely found."""
    names = pa.array([Life.ACTIVE, Life.DIED, Life.MOVED], pa.string())
    place = pc.index_in(statuses, value_set=names).fill_null(0).to_numpy(zero_copy_only=False)
    found: Bytes = np.array([Outcome.MATCHED, Outcome.DIED, Outcome.MOVED], np.uint8)[place]
    return found


def _under_nik(pair: Evidence, life: Bytes, settings: Settings) -> Bytes:
    """The outcome of people whose NIK is in the register once."""
    birth_same = np.isin(pair.birth, (*settings.births_same, Birth.UNKNOWN))
    name_same = pair.name >= settings.name_same
    name_other = (pair.name >= 0) & (pair.name < settings.name_other)
    found: Bytes = np.select(
        [name_other, name_same & birth_same, name_same],
        [np.full(len(life), Outcome.NAME_DIFFERS), life, np.full(len(life), Outcome.BIRTH_DIFFERS)],
        Outcome.DOUBTFUL,
    ).astype(np.uint8)
    return found


def _under_name(count: int, found: Evidence, first: Longs, life: Bytes, settings: Settings) -> tuple[Bytes, Bools]:
    """The outcome of people who are not found by NIK; and of whom died or moved rests on the name alone."""
    best = np.zeros(count, np.int64)
    people = found.left[first]
    best[people] = found.score[first]
    strong = (found.score >= settings.accept) & (found.name >= settings.name_same)
    close = found.score > best[found.left] - settings.margin
    rivals = np.bincount(found.left[close], minlength=count)[people]
    strong_rivals = np.bincount(found.left[close & strong], minlength=count)[people]
    same_person = strong[first] & (rivals == 1) & (found.nik[first] == Number.UNKNOWN)
    unsure: Bools = same_person & (life[first] != Outcome.MATCHED)
    outcomes: Bytes = np.select(
        [strong_rivals > 1, same_person & ~unsure], [Outcome.SEVERAL, Outcome.MATCHED], Outcome.DOUBTFUL
    ).astype(np.uint8)
    return outcomes, unsure


def _once_each(found: Evidence, first: Longs, outcomes: Bytes, ways: Bytes, remarks: Bytes) -> None:
    """Nobody is found by name as somebody who is found for another person of the list too: that is a doubt."""
    people, rows = found.left[first], found.right[first]
    sure = np.isin(outcomes[people], SETTLED)
    times: dict[int, int] = {}
    for row in rows[sure].tolist():
        times[row] = times.get(row, 0) + 1
    for person, row in zip(people[sure].tolist(), rows[sure].tolist(), strict=True):
        if times[row] > 1 and ways[person] == Way.NAME:
            outcomes[person] = Outcome.DOUBTFUL
            remarks[person] |= np.uint8(Remark.TAKEN)

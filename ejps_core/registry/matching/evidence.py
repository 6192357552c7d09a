"""What speaks for and against two rows being one person, and the score that it adds up to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from ejps_core.registry.matching import births, places
from ejps_core.registry.matching.compared import Compared
from ejps_core.registry.matching.likeness import UNKNOWN, Scores, likeness
from ejps_core.registry.matching.names import Bools, Longs
from ejps_core.registry.matching.people import UNKNOWN as NO_NUMBER
from ejps_core.registry.matching.settings import MOST, Points, Settings

Bytes = npt.NDArray[np.uint8]

NIK_DIGITS = 16
MOTHERS_ALIKE, MOTHERS_OTHER = 85, 60
CHUNK = 500_000


class Number(IntEnum):
    """How two numbers (NIK, family card) or two answers (sex) agree."""

    UNKNOWN = 0
    OTHER = 1
    NEAR = 2
    """One digit is another one, or two neighbours have changed places."""
    SAME = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs of rows, of the list (`left`) and of the register (`right`); every array has one entry a pair.

    name, mother: likeness 0..100, UNKNOWN where one has none. birth: Birth. place: Place. nik, card, sex: Number.
    """

    left: Longs
    right: Longs
    name: Scores
    birth: Bytes
    place: Bytes
    nik: Bytes
    card: Bytes
    sex: Bytes
    mother: Scores
    score: Scores

    def __len__(self) -> int:
        return len(self.left)

    def take(self, pairs: Longs | Bools) -> Evidence:
        """These pairs only, in this order."""
        return Evidence(*(getattr(self, each.name)[pairs] for each in fields(self)))


def joined(parts: list[Evidence]) -> Evidence:
    """All pairs of several."""
    return Evidence(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Evidence)))


def weighed(both: Compared, left: Longs, right: Longs, settings: Settings, least: int) -> Evidence:
    """The evidence of the pairs that reach the score `least`; most are dropped before their names are compared."""
    parts = [
        _weighed(both, left[start : start + CHUNK], right[start : start + CHUNK], settings, least)
        for start in range(0, max(len(left), 1), CHUNK)
    ]
    return joined(parts)


def _weighed(both: Compared, left: Longs, right: Longs, settings: Settings, least: int) -> Evidence:
    a, b, points = both.listed, both.register, settings.points
    nik, card = a.nik[left], a.kk[left]
    same_nik = (nik != NO_NUMBER) & (nik == b.nik[right])
    same_card = (card != NO_NUMBER) & (card == b.kk[right])
    birth = births.agreement(a.days, b.days, left, right)
    place = places.agreement(a.places, b.places, left, right)
    sure = np.array(points.births)[birth] + np.array(points.places)[place]
    sure += np.where(same_nik, points.same_nik, 0) + np.where(same_card, points.same_card, 0)
    hopeful = sure + points.name + max(points.same_mother, 0) >= least
    left, right, sure = left[hopeful], right[hopeful], sure[hopeful]
    name = likeness(both.names, left, both.count + right)
    worth = sure + _name_points(name, points)
    kept = worth + max(points.same_mother, 0) >= least
    left, right, name, worth = left[kept], right[kept], name[kept], worth[kept]
    mother = likeness(both.mothers, left, both.count + right)
    sex = _agreement(a.sex[left], b.sex[right], 0)
    worth = worth + np.where(sex == Number.OTHER, points.other_sex, 0)
    worth += np.where(mother >= MOTHERS_ALIKE, points.same_mother, 0)
    worth += np.where((mother != UNKNOWN) & (mother < MOTHERS_OTHER), points.other_mother, 0)
    score = np.clip(worth, 0, MOST).astype(np.int16)
    found = Evidence(
        left, right, name, birth[hopeful][kept], place[hopeful][kept], _near(a.nik[left], b.nik[right]),
        _agreement(a.kk[left], b.kk[right], NO_NUMBER), sex, mother, score,
    )  # fmt: skip
    return found.take(score >= least)


def _name_points(name: Scores, points: Points) -> Longs:
    worth: Longs = (np.maximum(name, 0).astype(np.int64) * points.name + 50) // 100
    return worth


def _agreement(x: Longs, y: Longs, unknown: int) -> Bytes:
    found: Bytes = np.where(x == y, Number.SAME, Number.OTHER).astype(np.uint8)
    found[(x == unknown) | (y == unknown)] = Number.UNKNOWN
    return found


def _near(x: Longs, y: Longs) -> Bytes:
    """How two NIK agree; a slip in one digit is seen, and never mended."""
    found = _agreement(x, y, NO_NUMBER)
    other = np.flatnonzero(found == Number.OTHER)
    powers = 10 ** np.arange(NIK_DIGITS, dtype=np.int64)
    p = x[other, None] // powers % 10
    q = y[other, None] // powers % 10
    differs = p != q
    times = differs.sum(axis=1)
    turned = differs[:, :-1] & (p[:, :-1] == q[:, 1:]) & (p[:, 1:] == q[:, :-1])
    found[other[(times == 1) | ((times == 2) & turned.any(axis=1))]] = Number.NEAR
    return found

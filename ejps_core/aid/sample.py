"""The ground check: a stratified random sample that anybody can draw again from its seed.

There is no generator of chance in it: within each stratum families are put in the order of SHA-256 over seed, stratum and
family, and the first ones are drawn. The same seed and frame give the same sample on any machine and in any year, and the
order of the list does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Place = tuple[str, bool]
"""A stratum, and whether its families were paid."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A family of the frame. paid: whether it received, for the two errors are looked for in two frames."""

    family: str
    stratum: str
    paid: bool


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum of the frame: how many families it has, and those drawn, in the order of drawing."""

    name: str
    paid: bool
    size: int
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn. wanted: the size asked for; the minima of many strata can make it larger."""

    seed: str
    wanted: int
    strata: tuple[Stratum, ...]

    @property
    def size(self) -> int:
        """How many families were drawn."""
        return sum(len(stratum.drawn) for stratum in self.strata)


def draw(frame: Iterable[Unit], wanted: int, least: int, seed: str) -> Sample:
    """A sample of `wanted` families: strata in proportion to their size, each with at least `least` (or all it has)."""
    members: dict[tuple[str, bool], list[str]] = {}
    for unit in frame:
        members.setdefault((unit.stratum, unit.paid), []).append(unit.family)
    sizes = {place: len(set(families)) for place, families in sorted(members.items())}
    share = allocation(sizes, wanted, least)
    strata = (Stratum(*place, sizes[place], _first(members[place], share[place], seed, place)) for place in sizes)
    return Sample(seed, wanted, tuple(strata))


def _first(families: list[str], count: int, seed: str, place: tuple[str, bool]) -> tuple[str, ...]:
    stratum = f"{seed}\n{place[0]}\n{place[1]:d}\n"
    return tuple(sorted(set(families), key=lambda family: _order(stratum + family))[:count])


def _order(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()


def allocation(sizes: Mapping[Place, int], wanted: int, least: int) -> dict[Place, int]:
    """How many to draw from each stratum: by largest remainders, at least `least` and at most all.

    Strata that proportion gives less than the minimum get the minimum; the rest is shared among the others.
    """
    fixed: dict[Place, int] = {}
    while True:
        free = {place: size for place, size in sizes.items() if place not in fixed}
        left = max(wanted - sum(fixed.values()), 0)
        shares = _proportional(free, left)
        low = {place: min(least, free[place]) for place in free if shares[place] < min(least, free[place])}
        high = {place: free[place] for place in free if shares[place] > free[place]}
        if not low and not high:
            return {place: fixed[place] if place in fixed else shares[place] for place in sizes}
        fixed |= low or high


def _proportional(sizes: Mapping[Place, int], count: int) -> dict[Place, int]:
    """`count` shared in proportion to the sizes; ties of the remainders go to the first named."""
    whole = sum(sizes.values())
    if not whole:
        return dict.fromkeys(sizes, 0)
    shares = {place: count * size // whole for place, size in sizes.items()}
    order = sorted(sizes, key=lambda place: -(count * sizes[place] % whole))
    for place in order[: count - sum(shares.values())]:
        shares[place] += 1
    return shares

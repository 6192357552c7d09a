"""Tumpang tindih: families with more than one aid, which pairs are allowed, and the rupiah of those that are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from ejps_core.aid.entries import NOTHING, Money
from ejps_core.aid.targeting import Receipt

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Families with both programs of a pair in the same phase. money: what they got from the first and the second."""

    pair: Pair
    allowed: bool
    families: tuple[str, ...]
    money: tuple[Money, Money]


def overlaps(receipts: Iterable[Receipt], allowed: Iterable[Pair] = ()) -> tuple[Overlap, ...]:
    """The overlaps by pair, pairs in alphabetical order. allowed: pairs that may go together, in either order."""
    fine = {tuple(sorted(pair)) for pair in allowed}
    held: dict[tuple[int, str], dict[str, Money]] = {}
    for receipt in receipts:
        programs = held.setdefault((receipt.phase, receipt.family), {})
        programs[receipt.program] = programs.get(receipt.program, NOTHING) + receipt.money
    found: dict[Pair, tuple[list[str], Money, Money]] = {}
    for (_, family), programs in held.items():
        for first, second in combinations(sorted(programs), 2):
            families, one, other = found.get((first, second), ([], NOTHING, NOTHING))
            if family not in families[-1:]:
                families.append(family)
            found[first, second] = (families, one + programs[first], other + programs[second])
    return tuple(
        Overlap(pair, pair in fine, tuple(dict.fromkeys(families)), (one, other))
        for pair, (families, one, other) in sorted(found.items())
    )

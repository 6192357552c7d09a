"""Counters packed into 64-bit words: each takes the bits that the largest family of the list can fill, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import cast

import numpy as np

from ejps_core.engine.kernels import width
from ejps_core.engine.passes.jobs import Work
from ejps_core.engine.plan import CHEAP_LEVELS, Node, Op
from ejps_core.engine.source import Array, Block

ROOM = 63
"""Bits in a word; the sign stays free."""
BYTE = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A counter: bits of a word from `shift` on. Each member adds what it has above `least`, or 1 for having `level`."""

    word: int
    shift: int
    bits: int
    least: int = 0
    level: int = 0


@dataclass(slots=True)
class Word:
    """A word: how many of its bits are taken, and for each counter its shift and what each combination adds to it."""

    taken: int = 0
    counted: list[tuple[int, Array]] = field(default_factory=list)


class Counters:
    """The words of one table. `most`: the members of the largest family."""

    def __init__(self, most: int) -> None:
        self.most = max(1, most)
        self.words: list[Word] = []

    def of(self, node: Node, values: Array) -> tuple[Part, ...] | None:
        """The counters of a reduction whose argument has this value for each combination; None: too many."""
        if node.op is not Op.TOP:
            return self._sum(values.astype(np.int64))
        levels = sorted((int(level) for level in np.unique(values) if level > 0), reverse=True)
        if len(levels) > CHEAP_LEVELS:
            return None
        return tuple(self._placed((values == level).astype(np.int64), level=level) for level in levels)

    def _sum(self, values: Array) -> tuple[Part, ...] | None:
        least, most = int(values.min()), int(values.max())
        if self.most * (most - least) >= 1 << ROOM:
            return None
        return (self._placed(values - min(least, 0), least=min(least, 0)),)

    def _placed(self, values: Array, least: int = 0, level: int = 0) -> Part:
        bits = max(1, (self.most * int(values.max())).bit_length())
        place = next((i for i, word in enumerate(self.words) if word.taken + bits <= ROOM), len(self.words))
        if place == len(self.words):
            self.words.append(Word())
        word = self.words[place]
        part = Part(place, word.taken, bits, least, level)
        word.counted.append((word.taken, values))
        word.taken += bits
        return part


def packed(word: Word) -> Array:
    """What each combination adds to the word."""
    total: Array = np.bitwise_or.reduce([values << shift for shift, values in word.counted])
    return total


def unpacked(node: Node, parts: Sequence[Part]) -> Work:
    """From the words, in the order in which the parts first name them, to the value of the reduction."""
    if node.op is Op.TOP:
        return _top(cast(tuple[int, object], node.data)[0], parts)
    (part,) = parts
    if node.op is Op.ANY:
        bits = np.int64((1 << part.bits) - 1 << part.shift)
        return lambda block, args: np.not_equal(args[0] & bits, 0)
    if part.least:
        return lambda block, args: _count(args[0], part) + part.least * block.sizes
    return lambda block, args: _count(args[0], part)


def _count(word: Array, part: Part) -> Array:
    """What a counter holds; few bits in a byte each."""
    shifted = np.right_shift(word, part.shift) if part.shift else word
    if part.bits <= BYTE:
        return np.bitwise_and(shifted.astype(np.uint8), np.uint8((1 << part.bits) - 1))
    return np.bitwise_and(shifted, (1 << part.bits) - 1)


def _top(count: int, parts: Sequence[Part]) -> Work:
    """The sum of the greatest `count`, from how many members have each level, the greatest first.

    Counted in the largest unit of all levels, in as few bits as the sum can fill.
    """
    places = {word: place for place, word in enumerate(dict.fromkeys(part.word for part in parts))}
    unit = gcd(*(part.level for part in parts))
    kind = width((count * max(part.level for part in parts) // unit).bit_length()) if parts else np.int64

    def work(block: Block, args: Sequence[Array]) -> Array:
        total = np.zeros(block.count, kind)
        left: Array = np.full(block.count, count, np.uint8 if count < 256 else np.int64)
        for part in parts:
            taken = np.minimum(left, _count(args[places[part.word]], part))
            left = left - taken
            total += taken.astype(kind) * kind(part.level // unit)
        return np.multiply(total, unit, dtype=np.int64)

    return work

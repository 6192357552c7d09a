"""Near the physical limit: all three programs fused in one native pass, families and their members merged in order.

Text is never touched per row: a predicate on text is one bit for each entry of the dictionary, looked up by code. Members
are counted without a branch, five counters of 12 bits in one number. Numba types these functions by what they are called
with; the annotations are for readers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numba import njit, prange

from tests.bench.arrow_columns import Array

BORN_7, BORN_60 = ((day - date(1970, 1, 1)).days for day in (date(2013, 10, 16), date(1960, 10, 16)))
CHUNK = 2048
ONE = np.uint64(1)


@njit(cache=True)
def least(one: Any, other: Any) -> Any:
    """The smaller of two numbers."""
    return one if one < other else other


@njit(cache=True)
def unpack(bits: Array, low: int, out: Array) -> None:
    """Yes/no packed eight to a byte, from row `low` (a multiple of 8), one to a byte; `out` has room for whole bytes."""
    packed = bits[low >> 3 : (low >> 3) + (len(out) >> 3)]
    for k in range(len(packed)):
        byte = packed[k]
        for q in range(8):
            out[8 * k + q] = (byte >> q) & 1


@njit(cache=True)
def weigh(birth: Array, pregnant: Array, school: Array, disability: Array, levels: Any, severe: Any, weight: Array) -> None:
    """A member's component as 1 in one of five 12-bit counters (bit 60: none)."""
    for q in range(len(birth)):
        born = birth[q]
        shift = (levels >> np.uint64(8 * school[q])) & np.uint64(255)
        fourth = ((severe >> np.uint64(disability[q])) & ONE) | np.uint64(born <= BORN_60)
        fifth = np.uint64(pregnant[q]) | np.uint64(born > BORN_7)
        shift = np.uint64(36) if fourth else shift
        shift = np.uint64(48) if fifth else shift
        weight[q] = ONE << shift


@njit(cache=True)
def add_up(ids: Array, weight: Array, expected: Array, packed: Array, size: Array) -> bool:
    """Sums per family without a branch: each running sum is stored, the last one stays. False if ids do not line up."""
    i, start, total, last = 0, 0, np.uint64(0), len(ids) - 1
    fit = len(expected)
    fine = ids[0] == expected[0]
    for j in range(last):
        total += weight[j]
        end = ids[j] != ids[j + 1]
        packed[i] = total
        size[i] = j + 1 - start
        total = np.uint64(0) if end else total
        start = j + 1 if end else start
        i += end
        if i >= fit:
            return False
        fine &= ids[j + 1] == expected[i]
    packed[i] = total + weight[last]
    size[i] = last + 1 - start
    return fine and i == fit - 1


@njit(cache=True)
def food(
    active: Array, flags: Array, decile: Array, income: Array, size: Array, status: Array, failed: Array, unknown: Array,
    amount: Array,
) -> None:  # fmt: skip
    """Program 1; flags: in_dtks, receives_pkh, receives_bpnt, -, decile known, income known."""
    for i in range(len(size)):
        f = (
            (1 - flags[0, i])
            | (flags[4, i] & (decile[i] > 4)) << 1
            | (flags[1, i] | flags[2, i]) << 2
            | (1 - active[i]) << 3
            | (flags[5, i] & (income[i] > 400_000 * size[i])) << 4
        )
        u = (1 - flags[4, i]) << 1 | (1 - flags[5, i]) << 4
        s = 0 if f else (1 if u else 2)
        status[i] = s
        failed[i] = f
        unknown[i] = u
        amount[i] = 600_000 if s == 2 else 0


@njit(cache=True)
def topup(
    active: Array, flags: Array, decile: Array, packed: Array, status: Array, failed: Array, unknown: Array, amount: Array
) -> None:
    """Program 2."""
    for i in range(len(packed)):
        v = packed[i]
        left = np.int64(4)
        k5 = least(left, np.int64(v >> np.uint64(48) & np.uint64(4095)))
        left -= k5
        k4 = least(left, np.int64(v >> np.uint64(36) & np.uint64(4095)))
        left -= k4
        k3 = least(left, np.int64(v >> np.uint64(24) & np.uint64(4095)))
        left -= k3
        k2 = least(left, np.int64(v >> np.uint64(12) & np.uint64(4095)))
        left -= k2
        k1 = least(left, np.int64(v & np.uint64(4095)))
        total = k5 * 750_000 + k4 * 600_000 + k3 * 500_000 + k2 * 375_000 + k1 * 225_000
        f = (1 - flags[1, i]) | (1 - active[i]) << 1 | (flags[4, i] & (decile[i] > 4)) << 2 | (total == 0) << 3
        u = (1 - flags[4, i]) << 2
        s = 0 if f else (1 if u else 2)
        status[i] = s
        failed[i] = f
        unknown[i] = u
        amount[i] = total if s == 2 else 0


@njit(cache=True)
def house(
    active: Array, flags: Array, decile: Array, area: Array, roof: Array, wall: Array, floor: Array, own: Array,
    masks: Array, size: Array, status: Array, failed: Array, unknown: Array, amount: Array,
) -> None:  # fmt: skip
    """Program 3."""
    for i in range(len(size)):
        bad = (
            (masks[2] >> np.uint64(roof[i]) & ONE)
            + (masks[3] >> np.uint64(wall[i]) & ONE)
            + (masks[4] >> np.uint64(floor[i]) & ONE)
            + np.uint64(area[i] * 10 < 72 * size[i])
        )
        f = (
            (flags[4, i] & (decile[i] > 4))
            | (1 - np.int64(masks[5] >> np.uint64(own[i]) & ONE)) << 1
            | flags[3, i] << 2
            | (1 - active[i]) << 3
            | (bad < 2) << 4
        )
        u = 1 - flags[4, i]
        s = 0 if f else (1 if u else 2)
        status[i] = s
        failed[i] = f
        unknown[i] = u
        amount[i] = 20_000_000 if s == 2 else 0


@njit(cache=True)
def chunk(low: int, high: int, first: int, last: int, numbers: Any, bits: Any, codes: Any, members: Any, masks: Array,
          answers: Any, sizes: Array) -> bool:  # fmt: skip
    """Families low..high and their members first..last."""
    h_id, decile, income, area = numbers
    roof, wall, floor, own, civil = codes
    m_id, birth, pregnant, school, disability = members
    status, failed, unknown, amount = answers
    n, whole = high - low, first & ~7
    expecting = np.empty(((last - whole) + 7) & ~7, np.uint8)
    unpack(pregnant, whole, expecting)
    weight = np.empty(last - first, np.uint64)
    weigh(
        birth[first:last], expecting[first - whole :], school[first:last], disability[first:last], masks[0], masks[1], weight
    )
    packed, size = np.empty(n, np.uint64), sizes[low:high]
    if not add_up(m_id[first:last], weight, h_id[low:high], packed, size):
        return False
    flags = np.empty((6, (n + 7) & ~7), np.uint8)
    for k in range(6):
        unpack(bits[k], low, flags[k])
    active = np.empty(n, np.uint8)
    for i in range(n):
        active[i] = masks[6] >> np.uint64(civil[low + i]) & ONE
    d = decile[low:high]
    food(active, flags, d, income[low:high], size,
         status[0, low:high], failed[0, low:high], unknown[0, low:high], amount[0, low:high])  # fmt: skip
    topup(active, flags, d, packed, status[1, low:high], failed[1, low:high], unknown[1, low:high], amount[1, low:high])
    house(active, flags, d, area[low:high], roof[low:high], wall[low:high], floor[low:high], own[low:high], masks, size,
          status[2, low:high], failed[2, low:high], unknown[2, low:high], amount[2, low:high])  # fmt: skip
    return True


@njit(parallel=True, cache=True)
def decide(
    starts: Array, numbers: Any, bits: Any, codes: Any, members: Any, masks: Array, answers: Any, sizes: Array
) -> Any:
    """All families; false if members and families do not line up."""
    n = len(numbers[0])
    fine = np.zeros(len(starts) - 1, np.bool_)
    for c in prange(len(starts) - 1):
        low, high = c * CHUNK, min(n, (c + 1) * CHUNK)
        fine[c] = chunk(low, high, starts[c], starts[c + 1], numbers, bits, codes, members, masks, answers, sizes)
    return fine.all()

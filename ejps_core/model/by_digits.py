"""The order of many small whole numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]

DIGIT = 16
"""Bits that are sorted by at a time."""


def by_digits(numbers: Longs, count: int) -> Longs:
    """The order of numbers from 0 up to (without) `count`, equal ones as they stand.

    Sorted by their last 16 bits, then by those before: for so short ones NumPy counts instead of comparing.
    """
    order: Longs | None = None
    parts = np.ascontiguousarray(numbers, "<i8").view("<u2").reshape(len(numbers), 4)
    for place in range(max(1, -(-(count - 1).bit_length() // DIGIT))):
        digits = parts[:, place].astype(np.uint8 if count - 1 >> place * DIGIT < 256 else np.uint16)
        if order is None:
            order = np.argsort(digits, kind="stable")
        else:
            order = order.take(np.argsort(digits.take(order), kind="stable"))
    return np.zeros(0, np.int64) if order is None else order

"""The best of each district in one native pass: a heap of the best so far, the worst on top."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tests.bench.arrow_columns import Array

BEST = 500


@njit(cache=True)
def worse(ranks: Array, ids: Array, a: int, b: int) -> Any:
    """Whether place `a` of a heap ranks behind place `b`."""
    return ranks[a] > ranks[b] or (ranks[a] == ranks[b] and ids[a] > ids[b])


@njit(cache=True)
def swap(ranks: Array, ids: Array, rows: Array, a: int, b: int) -> None:
    """Exchanges two places of a heap."""
    ranks[a], ranks[b] = ranks[b], ranks[a]
    ids[a], ids[b] = ids[b], ids[a]
    rows[a], rows[b] = rows[b], rows[a]


@njit(cache=True)
def rise(ranks: Array, ids: Array, rows: Array, k: int) -> None:
    """Brings a new last place up to where it belongs."""
    while k > 0:
        up = (k - 1) >> 1
        if not worse(ranks, ids, k, up):
            return
        swap(ranks, ids, rows, k, up)
        k = up


@njit(cache=True)
def sink(ranks: Array, ids: Array, rows: Array) -> None:
    """Brings a new top down to where it belongs."""
    k = 0
    while True:
        low = 2 * k + 1
        if low >= BEST:
            return
        if low + 1 < BEST and worse(ranks, ids, low + 1, low):
            low += 1
        if not worse(ranks, ids, low, k):
            return
        swap(ranks, ids, rows, low, k)
        k = low


@njit(cache=True)
def select(
    h_id: Array, district: Array, districts: int, decile: Array, area: Array, size: Array, status: Array, selected: Array
) -> None:
    """Marks the best 500 of each district; almost every row only meets one comparison."""
    ranks = np.full((districts, BEST), np.inf)
    ids = np.zeros((districts, BEST), np.int64)
    rows = np.full((districts, BEST), -1, np.int64)
    held = np.zeros(districts, np.int64)
    for i in range(len(h_id)):
        selected[i] = False
        if status[i] == 2:
            d = district[i]
            rank = decile[i] * 65536.0 + area[i] / size[i]
            if held[d] < BEST:
                k = held[d]
                held[d] += 1
                ranks[d, k], ids[d, k], rows[d, k] = rank, h_id[i], i
                rise(ranks[d], ids[d], rows[d], k)
            elif rank < ranks[d, 0] or (rank == ranks[d, 0] and h_id[i] < ids[d, 0]):
                ranks[d, 0], ids[d, 0], rows[d, 0] = rank, h_id[i], i
                sink(ranks[d], ids[d], rows[d])
    for d in range(districts):
        for k in range(held[d]):
            selected[rows[d, k]] = True

"""What waits for the ranking of a list in pieces: narrower, and ranked as the wide ones are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ejps_core.engine.allocation import Contest, Key, Limit, light, merged, select
from ejps_core.engine.source import Array
from ejps_core.model.decisions import ELIGIBLE, UNDETERMINED

NUMBER = np.iinfo(np.int64)


def contest(seed: int, spread: int) -> Contest:
    """A part of a list with keys that reach so far."""
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(300, 120, replace=False)).astype(np.int64)
    value = rng.integers(-spread, spread, len(rows))
    best = value - rng.integers(0, 3, len(rows)) % max(1, spread)
    no = np.broadcast_to(np.bool_(False), (len(rows),))
    lacking = rng.random(len(rows)) < 0.1
    plain = rng.integers(0, 5, len(rows))
    quota = np.broadcast_to(np.int64(20), (len(rows),))
    return Contest(
        rows=rows,
        families=300,
        status=np.where(rng.random(len(rows)) < 0.8, ELIGIBLE, UNDETERMINED).astype(np.uint8),
        area=rng.integers(0, 3, len(rows)),
        area_lacking=no,
        keys=(Key((value,), (best,), no, lacking, True), Key((plain,), (plain,), no, no, False)),
        quota=Limit(quota, no),
        budget=Limit(np.full(len(rows), 5 * 10**7), no),
        amount=rng.integers(10**5, 10**6, len(rows)),
        open=no,
        reserve=7,
    )


def numbers(one: Contest) -> list[Array]:
    """All whole numbers that a contest holds."""
    keys = [part for key in one.keys for part in (*key.value, *key.best)]
    limits = [limit.value for limit in (one.quota, one.budget) if limit is not None]
    return [one.rows, one.area, *keys, *limits]


@pytest.mark.parametrize("spread", [1, 100, 200, 40_000, 2**31, 2**40, 2**61])
def test_light_contests_say_and_rank_the_same(spread: int) -> None:
    wide = [contest(seed, max(1, spread // (1 + 100 * (seed == 1)))) for seed in range(4)]
    narrow = [light(one) for one in wide]
    for one, other in zip(wide, narrow, strict=True):
        for before, after in zip(numbers(one), numbers(other), strict=True):
            assert np.issubdtype(after.dtype, np.signedinteger)
            assert before.tolist() == after.tolist()
            assert after.itemsize <= before.itemsize
    whole, found = merged(wide), merged(narrow)
    for before, after in zip(numbers(whole), numbers(found), strict=True):
        assert np.issubdtype(after.dtype, np.signedinteger)
        assert before.tolist() == after.tolist()
    expected, got = select(whole), select(found)
    assert np.array_equal(expected.rank, got.rank)
    assert np.array_equal(expected.seat, got.seat)
    assert np.array_equal(expected.reserve, got.reserve)
    assert expected.rank.max() > 20


def test_the_ends_of_whole_numbers_stay_what_they_are() -> None:
    one = contest(0, 9)
    ends = np.resize(np.array([NUMBER.min, NUMBER.max, 0, -129, 128]), len(one.rows))
    found = light(replace(one, area=ends))
    assert found.area.tolist() == ends.tolist()


def test_a_limit_that_is_the_same_everywhere_takes_no_room() -> None:
    found = merged([light(contest(seed, 9)) for seed in range(3)])
    assert found.quota is not None and found.quota.value.strides == (0,)
    assert found.quota.value.tolist() == [20] * 360
    other = contest(3, 9)
    fewer = replace(other, quota=Limit(np.broadcast_to(np.int64(4), (len(other.rows),)), other.area_lacking))
    mixed = merged([contest(0, 9), fewer])
    assert mixed.quota is not None and mixed.quota.value.tolist() == [20] * 120 + [4] * 120


def test_one_array_stays_one_array() -> None:
    found = light(contest(0, 9))
    assert found.keys[1].value[0] is found.keys[1].best[0]

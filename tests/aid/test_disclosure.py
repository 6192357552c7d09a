"""No number that is kept back can be worked out from what is published; nothing is kept back without need."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.aid.disclosure import FEWEST, Totalled, determined, kept_back, published, totalled

SMALL = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 400))
TABLES = st.integers(1, 3).flatmap(lambda columns: st.lists(st.tuples(*[SMALL] * columns), min_size=1, max_size=3))
WIDE = st.lists(st.tuples(SMALL, SMALL), min_size=6, max_size=6)


def could_be_another(table: Totalled, hidden: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """What an attacker finds by trying: kept-back places that differ in some other table with the same published numbers.

    He tries each inner number one lower, as it is, and one higher, all together; no number kept back is 0 or below.
    """
    numbers = np.array(table.numbers, dtype=np.int64)
    rows, columns = table.last
    steps = np.array(list(product((-1, 0, 1), repeat=rows * columns))).reshape(-1, rows, columns)
    inner = numbers[:rows, :columns] + steps
    others = np.concatenate([inner, inner.sum(axis=2, keepdims=True)], axis=2)
    others = np.concatenate([others, others.sum(axis=1, keepdims=True)], axis=1)
    closed = np.array([[(r, c) not in hidden for c in range(columns + 1)] for r in range(rows + 1)])
    alike = np.all((others == numbers) | ~closed, axis=(1, 2)) & np.all((others >= 1) | closed, axis=(1, 2))
    found = np.any(others[alike] != numbers, axis=0)
    return frozenset(place for place in hidden if found[place])


@given(TABLES)
def test_nobody_works_out_a_number_that_is_kept_back(rows: list[tuple[int, ...]]) -> None:
    table = totalled(rows)
    if table.last[0] * table.last[1] > 6:  # 3 × 3 are 19,683 tables to try: the search below looks at those
        assert not determined(table, kept_back(table))
        return
    hidden = kept_back(table)
    assert could_be_another(table, hidden) == hidden


@given(TABLES.filter(lambda rows: len(rows) * len(rows[0]) <= 6), st.data())
def test_what_the_search_calls_determined_is_so(rows: list[tuple[int, ...]], data: st.DataObject) -> None:
    """The search along walks finds the same as trying all tables nearby, whatever is kept back."""
    table = totalled(rows)
    places = [place for place in table.places() if table.numbers[place[0]][place[1]]]
    hidden = frozenset(data.draw(st.sets(st.sampled_from(places)))) if places else frozenset()
    assert hidden - could_be_another(table, hidden) == determined(table, hidden)


@given(WIDE)
def test_of_six_districts_no_small_number_is_published_and_nothing_else_is_changed(rows: list[tuple[int, int]]) -> None:
    table = totalled(rows)
    shown = published(table)
    for own, said in zip(table.numbers, shown, strict=True):
        for number, value in zip(own, said, strict=True):
            assert value in (None, number)
            assert value is None or value == 0 or value >= FEWEST
    assert not determined(table, kept_back(table))
    if all(number == 0 or number >= FEWEST for row in table.numbers for number in row):
        assert shown == table.numbers, "nothing is kept back where nothing is small"


def test_a_small_number_alone_would_be_worked_out() -> None:
    table = totalled([(2, 100), (50, 60)])
    assert determined(table, {(0, 0)}) == {(0, 0)}
    hidden = kept_back(table)
    assert len(hidden) == 4 and {(0, 0)} < hidden
    assert published(totalled([(0, 120), (80, 0)])) == ((0, 120, 120), (80, 0, 80), (80, 120, 200))


def test_two_ones_that_must_be_ones_are_not_left_alone() -> None:
    """1 + 1 = 2 can't be otherwise, for no number kept back is 0."""
    table = totalled([(1, 40), (1, 50), (7, 60)])
    assert determined(table, {(0, 0), (1, 0), (0, 1), (1, 1)}) == {(0, 0), (1, 0), (0, 1), (1, 1)}
    hidden = kept_back(table)
    assert could_be_another(table, hidden) == hidden

"""Rows in another order, and the order of members by their families."""

import random
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.registry.joining import joined, runs
from ejps_core.registry.ordering import in_order, moved


def column(chance: random.Random, kind: str, rows: int, nulls: bool) -> pa.Array:
    """Cells of a kind, some unknown; sliced, so that it doesn't begin where its buffers do."""
    many = [f"t{i}" for i in range(400 if kind == "many texts" else 3)]
    make: dict[str, Callable[[], bool | int | str]] = {
        "yes": lambda: chance.random() < 0.5,
        "number": lambda: chance.choice([-(2**62), 0, 2**62, chance.randrange(-9, 9)]),
        "small": lambda: chance.randrange(-128, 128),
        "day": lambda: chance.randrange(-20_000, 20_000),
        "texts": lambda: chance.choice(many),
        "many texts": lambda: chance.choice(many),
        "plain texts": lambda: chance.choice(many),
    }
    cells = [None if nulls and chance.random() < 0.3 else make[kind]() for _ in range(rows + 5)]
    types = {"yes": pa.bool_(), "number": pa.int64(), "small": pa.int8(), "day": pa.int32()}
    array = pa.array(cells, types.get(kind, pa.string()))
    array = array.cast(pa.date32()) if kind == "day" else array
    return (array.dictionary_encode() if kind in ("texts", "many texts") else array).slice(5)


@pytest.mark.parametrize("nulls", [False, True])
@pytest.mark.parametrize("kind", ["yes", "number", "small", "day", "texts", "many texts", "plain texts"])
def test_rows_come_as_arrow_takes_them(kind: str, nulls: bool) -> None:
    chance = random.Random(f"{kind}{nulls}")
    table = pa.table({"cell": column(chance, kind, 1000, nulls)})
    order = np.array(chance.sample(range(1000), 700), np.int64)
    found = in_order(table, order)
    found.validate(full=True)
    assert found.schema == table.schema
    assert found.equals(table.take(pa.array(order)))


def test_no_rows_and_rows_of_several_chunks_come_too() -> None:
    empty = pa.table({"cell": pa.array([], pa.int64())})
    assert in_order(empty, np.zeros(0, np.int64)).num_rows == 0
    pieces = pa.chunked_array([pa.array(["a", "b"]).dictionary_encode(), pa.array(["c", None]).dictionary_encode()])
    found = in_order(pa.table({"cell": pieces}), np.array([3, 2, 0], np.int64))
    assert found.column("cell").to_pylist() == [None, "c", "a"]


def test_numbers_of_rows_are_looked_up_where_they_do_not_follow_each_other() -> None:
    order = np.array([2, 0, 1])
    assert moved(np.array([5, 6, 7]), order).tolist() == [7, 5, 6]
    assert moved(np.array([2, 5, 4]), order).tolist() == [4, 2, 5]
    assert moved(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


@pytest.mark.parametrize("families", [1, 255, 256, 257, 65_536, 65_537, 70_000, 17_000_000])
def test_members_of_many_families_stand_by_family_and_then_as_they_came(families: int) -> None:
    rng = np.random.default_rng(families)
    own = rng.integers(0, families, 3000)
    own[:4] = [families - 1, 0, families // 2, families - 1]
    result = joined(runs(pa.array(own), pa.array(np.arange(families))), np.ones(families, np.bool_), set())
    assert result.order is not None or families == 1
    order = np.arange(3000) if result.order is None else result.order
    assert order.tolist() == np.argsort(own, kind="stable").tolist()
    assert np.array_equal(np.diff(result.offsets), np.bincount(own, minlength=families))

"""Parquet: typed columns straight through, bounds and keys checked all the same."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.registry.lists import PLAIN, PLAIN_MEMBERS, kk, nik, read


def parquet(folder: Path, columns: dict[str, Any], name: str = "keluarga.parquet", rows: int = 1000) -> Path:
    """A Parquet file with these columns, `rows` to a group."""
    path = folder / name
    pq.write_table(pa.table(columns), path, row_group_size=rows)
    return path


def test_typed_columns_go_straight_through(tmp_path: Path) -> None:
    columns = {
        "kk": [kk(1), kk(2), kk(3)],
        "in_dtks": [True, None, False],
        "affected": pa.array([True, None, False]),
        "decile": pa.array([1, None, 10], pa.int8()),
        "income": pa.array([0, 178150, None], pa.uint64()),
        "floor_area": pa.array([36, 7, None], pa.int16()),
        "status": pa.array(["active", "Pindah", None]).dictionary_encode(),
        "surveyed": [date(2020, 3, 12), None, date(2021, 1, 1)],
        "village": ["7501", "75.01.02.2003", None],
    }
    outcome = read(parquet(tmp_path, columns, rows=2))
    assert outcome.codes == []
    assert outcome.column("in_dtks") == [True, None, False]
    assert outcome.column("affected") == [True, False, False]
    assert outcome.column("decile") == [1, None, 10]
    assert outcome.column("income") == [0, 178150, None]
    assert outcome.column("floor_area") == [360, 70, None]
    assert outcome.column("status") == ["active", "moved", None]
    assert outcome.column("surveyed") == [date(2020, 3, 12), None, date(2021, 1, 1)]
    assert outcome.column("village") == ["75.01", "75.01.02.2003", None]
    assert outcome.candidates is not None and outcome.candidates.family_rows.tolist() == [1, 2, 3]
    kinds = {f.name: f.type for f in outcome.candidates.families.schema}
    assert kinds["status"] == kinds["kk"] == pa.dictionary(pa.int32(), pa.string())
    assert (kinds["decile"], kinds["income"]) == (pa.int8(), pa.int64())


def test_other_types_are_read_as_cells(tmp_path: Path) -> None:
    columns = {
        "kk": pa.array([int(kk(1)), int(kk(2))], pa.int64()),
        "in_dtks": pa.array([1, 0], pa.int8()),
        "decile": [3.0, 3.5],
        "income": pa.array([Decimal("178150.00"), None], pa.decimal128(12, 2)),
        "floor_area": [7.2, float("nan")],
        "surveyed": pa.array([datetime.fromisoformat("2020-03-12"), None], pa.timestamp("us")),
        "status": pa.array([[1], [2]], pa.list_(pa.int8())),
    }
    outcome = read(parquet(tmp_path, columns))
    assert outcome.column("kk") == [kk(1), kk(2)]
    assert outcome.column("in_dtks") == [True, False]
    assert outcome.column("decile") == [3, None]
    assert outcome.column("income") == [178150, None]
    assert outcome.column("floor_area") == [72, None]
    assert outcome.column("surveyed") == [date(2020, 3, 12), None]
    assert outcome.column("status") == [None, None]
    assert outcome.codes == ["unknown-label", "too-many-decimals", "unknown-label"]


def test_out_of_bounds_is_unknown_and_located(tmp_path: Path) -> None:
    columns = {"id": [1, 2, 3], "decile": pa.array([10, 11, 0], pa.int8())}
    outcome = read(parquet(tmp_path, columns), PLAIN, PLAIN_MEMBERS)
    assert outcome.column("decile") == [10, None, None]
    assert [(f.code, outcome.place(f).row) for f in outcome.findings] == [("out-of-bounds", 2), ("out-of-bounds", 3)]
    big = {"kk": [kk(1)], "income": pa.array([2**64 - 1], pa.uint64())}
    assert read(parquet(tmp_path, big)).column("income") == [None]


@pytest.mark.parametrize("ids", [[1, 2, 2, 3], [3, 2, 1, 2]])
def test_keys_twice(tmp_path: Path, ids: list[int]) -> None:
    path = parquet(tmp_path, {"id": ids, "decile": [1, 2, 3, 4]})
    outcome = read(path, PLAIN, PLAIN_MEMBERS)
    assert {code for code, _ in outcome.apart} == {"family-twice"}
    assert len(outcome.column("id")) == 2
    same = parquet(tmp_path, {"id": [1, 2, 2], "decile": [1, 2, 2], "note": ["a", "b", "b"]})
    assert read(same, PLAIN, PLAIN_MEMBERS).column("id") == [1, 2]
    other = parquet(tmp_path, {"id": [1, 2, 2], "decile": [1, 2, 2], "note": ["a", "b", "c"]})
    assert read(other, PLAIN, PLAIN_MEMBERS).column("id") == [1]


def test_blank_and_bad_keys(tmp_path: Path) -> None:
    path = parquet(tmp_path, {"id": [1, None, 0], "decile": [1, 2, 3]})
    outcome = read(path, PLAIN, PLAIN_MEMBERS)
    assert outcome.column("id") == [1]
    assert sorted(outcome.apart) == [("blank-key", 2), ("out-of-bounds", 3)]


@pytest.mark.parametrize("order", [[1, 1, 2, 3, 3], [3, 1, 2, 1, 3]])
def test_members_of_a_second_file(tmp_path: Path, order: list[int]) -> None:
    families = parquet(tmp_path, {"id": [1, 2, 3], "decile": [1, 2, 3]})
    columns = {"id": order, "number": [1, 2, 1, 3, 4], "birth_date": [date(1990, 1, day) for day in range(1, 6)]}
    outcome = read(families, PLAIN, PLAIN_MEMBERS, parquet(tmp_path, columns, "anggota.parquet", rows=2))
    assert outcome.sizes == [2, 1, 2]
    assert outcome.findings == ()
    expected = [1, 2, 1, 3, 4] if order[0] == 1 else [2, 3, 1, 1, 4]
    assert outcome.member("number") == expected


def test_numbers_of_people_are_looked_at(tmp_path: Path) -> None:
    families = parquet(tmp_path, {"kk": [kk(1), kk(2), "7501010000000000", ""]})
    people = {"kk": [kk(1), kk(1), kk(2)], "nik": [nik(1), "7501010000000000", None]}
    outcome = read(families, people=parquet(tmp_path, people, "anggota.parquet"))
    assert outcome.column("kk") == [kk(1), kk(2)]
    assert outcome.member("nik") == [nik(1), None, None]
    assert outcome.codes == ["family-card-format", "blank-key", "nik-format", "nik-missing"]


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "rusak.parquet"
    path.write_bytes(b"PAR1" + bytes(100))
    assert read(path).only("unreadable").severity == "error"


def test_no_rows(tmp_path: Path) -> None:
    assert read(parquet(tmp_path, {"kk": pa.array([], pa.string())})).only("empty-list").severity == "error"

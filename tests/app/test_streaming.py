"""Piece by piece gives the file that the whole list gives; a list that isn't in order is left to the other way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from ejps_core.app import streaming
from ejps_core.app.evaluate import Request, Rules, evaluate
from ejps_core.app.library import core_only
from ejps_core.app.streaming import Streamed, evaluate_file
from ejps_core.app.summary import summarize
from ejps_core.app.write import write
from ejps_core.model.words import Language
from ejps_core.reports.brief import rows_words
from tests.bench.data import plain

BENCH = Path(__file__).parents[1] / "bench"
RULES = ",".join(str(BENCH / f"{name}.ejps") for name in ("bench_food", "bench_topup", "bench_house"))
FAMILIES = 3000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[pa.Table, pa.Table]:
    """Some families of the benchmark."""
    households, members = (pq.read_table(path) for path in plain(20_000, tmp_path_factory.mktemp("bench")))
    return households.slice(0, FAMILIES), members.filter(pc.less_equal(members.column("household_id"), FAMILIES))


def request_for(folder: Path, families: pa.Table, members: pa.Table) -> Request:
    """The list as files with row groups that don't meet."""
    pq.write_table(families, folder / "families.parquet", row_group_size=700)
    pq.write_table(members, folder / "members.parquet", row_group_size=1100)
    return Request(RULES, folder / "families.parquet", date(2020, 10, 16), folder / "members.parquet")


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", [1, 500, 800, 100_000])
def test_the_same_file(
    data: tuple[pa.Table, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, size: int
) -> None:
    families = data[0].slice(0, 40) if size == 1 else data[0]
    members = data[1].filter(pc.less_equal(data[1].column("household_id"), len(families)))
    request = request_for(tmp_path, families, members)
    monkeypatch.setattr(streaming, "SIZE", size)
    monkeypatch.setattr(streaming, "cores", lambda: threads)
    found = evaluate_file(request, core_only(), tmp_path / "pieces.parquet")
    whole = evaluate(request, core_only())
    assert isinstance(found, Streamed) and whole.run is not None and found.failed is None
    assert write(whole.run, tmp_path / "whole.parquet", Language.EN, core_only()) is None
    one, other = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("pieces", "whole"))
    assert one.schema.equals(other.schema, check_metadata=True)
    assert one.equals(other)
    assert (found.summary, found.findings, found.exit) == (summarize(whole.run), whole.findings, whole.exit)


def test_other_readers_read_it(data: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    """The column chunks stand in an unusual order; DuckDB and Polars find them all the same."""
    out = tmp_path / "pieces.parquet"
    assert isinstance(evaluate_file(request_for(tmp_path, *data), core_only(), out), Streamed)
    column = pq.read_table(out).column("bench_house_selected")
    selected = int(pc.sum(column).as_py())
    assert 0 < selected < FAMILIES
    with duckdb.connect() as connection:
        found = connection.execute(f"select count(*) from '{out}' where bench_house_selected").fetchall()
    assert found == [(selected,)]
    assert pl.scan_parquet(out).filter(pl.col("bench_house_selected")).select(pl.len()).collect().item() == selected


def swapped(table: pa.Table, row: int) -> pa.Table:
    """The table with a row put first."""
    return pa.concat_tables([table.slice(row, 1), table.slice(0, row), table.slice(row + 1)])


def test_what_is_not_in_order_is_left_alone(
    data: tuple[pa.Table, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "SIZE", 500)
    families, members = data
    stranger = members.slice(0, 1).set_column(0, "household_id", pa.array([FAMILIES + 9], pa.int64()))
    lists = {
        "families": (swapped(families, 2000), members),
        "members": (families, pa.concat_tables([members.slice(0, 2000), swapped(members.slice(2000), 7000)])),
        "twice": (pa.concat_tables([families, families.slice(FAMILIES - 1)]), members),
        "stranger": (families, pa.concat_tables([members, stranger])),
    }
    out = tmp_path / "out.parquet"
    for name, pair in lists.items():
        assert isinstance(evaluate_file(request_for(tmp_path, *pair), core_only(), out), Rules), name
        assert sorted(path.name for path in tmp_path.iterdir()) == ["families.parquet", "members.parquet"], name


def shuffled(table: pa.Table) -> pa.Table:
    """The rows in no order."""
    return table.take(pa.array(np.random.default_rng(9).permutation(len(table))))


def hidden(table: pa.Table) -> pa.Table:
    """The table with every twentieth cell unknown, but those of the key."""
    rng = np.random.default_rng(11)
    for place, name in enumerate(table.column_names[1:], 1):
        column = table.column(name)
        unknown = pa.array(rng.random(len(table)) < 0.05)
        table = table.set_column(place, name, pc.if_else(unknown, pa.scalar(None, column.type), column))
    return table


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("what", ["members", "nulls", "families", "stranger", "nobody"])
def test_a_list_in_no_order_is_one_piece(
    data: tuple[pa.Table, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, threads: int
) -> None:
    """The same file, findings and counts; members without a family and families without members among them."""
    families, members = data[0], shuffled(data[1])
    if what == "nulls":
        families, members = hidden(families), hidden(members)
    if what == "families":
        families = shuffled(families)
    if what == "stranger":
        stranger = members.slice(0, 1).set_column(0, "household_id", pa.array([FAMILIES + 9], pa.int64()))
        members = pa.concat_tables([members, stranger])
    if what == "nobody":
        members = members.filter(pc.greater(members.column("household_id"), 40))
    monkeypatch.setattr(streaming, "cores", lambda: threads)
    request = request_for(tmp_path, families, members)
    found, whole = evaluate_file(request, core_only(), tmp_path / "pieces.parquet"), evaluate(request, core_only())
    assert isinstance(found, Streamed) and whole.run is not None
    assert write(whole.run, tmp_path / "whole.parquet", Language.EN, core_only()) is None
    one, other = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("pieces", "whole"))
    assert one.schema.equals(other.schema, check_metadata=True)
    assert one.equals(other)
    assert (found.summary, found.findings, found.exit) == (summarize(whole.run), whole.findings, whole.exit)


def test_rows_without_members_are_left_to_the_whole_reading(data: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    """They may be rows of persons, several with the key of one family; and a list may be empty."""
    request = request_for(tmp_path, shuffled(pa.concat_tables([data[0], data[0].slice(0, 40)])), data[1])
    assert isinstance(evaluate_file(replace(request, members=None), core_only(), tmp_path / "out.parquet"), Rules)
    request = request_for(tmp_path, data[0].slice(0, 0), shuffled(data[1]))
    assert isinstance(evaluate_file(request, core_only(), tmp_path / "out.parquet"), Rules)


def test_members_may_stand_in_another_order_within_their_piece(data: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    families, members = data
    request = request_for(tmp_path, families, swapped(members, 5))
    found, whole = evaluate_file(request, core_only(), tmp_path / "out.parquet"), evaluate(request, core_only())
    assert isinstance(found, Streamed) and whole.run is not None
    assert found.summary == summarize(whole.run)


def test_a_broken_file_is_left_to_the_whole_reading(data: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    request = request_for(tmp_path, *data)
    text = request.path.read_bytes()
    request.path.write_bytes(text[: len(text) // 2])
    assert isinstance(evaluate_file(request, core_only(), tmp_path / "out.parquet"), Rules)


def test_remarks_on_cells_are_kept(data: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    """Deciles that can't be are unknown, and told with their rows."""
    families = data[0]
    deciles = families.column("decile").to_pylist()
    deciles[10], deciles[2500] = 77, 99
    place = families.column_names.index("decile")
    request = request_for(tmp_path, families.set_column(place, "decile", pa.array(deciles, pa.int8())), data[1])
    found, whole = evaluate_file(request, core_only(), tmp_path / "out.parquet"), evaluate(request, core_only())
    assert isinstance(found, Streamed)
    assert len(found.findings) >= 2 and found.findings == whole.findings
    assert whole.run is not None and found.told.findings == whole.run.findings
    assert rows_words(found.told, Language.EN) == rows_words(whole.run, Language.EN)

"""The workload by the statements that e-JPS writes from the rule files, run by DuckDB straight on the Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from ejps_core.dsl import compile_text
from ejps_core.engine.lower import Shape
from ejps_core.engine.plan import Rows
from ejps_core.engine.sql import Statements, statements
from ejps_core.engine.sql.statement import Tables
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.decisions import ELIGIBLE, PROVISIONAL, SEAT, UNDETERMINED
from ejps_core.model.ruleset import Ruleset

HERE = Path(__file__).parent
PROGRAMS = ("bench_food", "bench_topup", "bench_house")
KEY = "household_id"

QUERY = """copy (
with "decisions" as materialized (
{decisions}), "places" as (
{ranking})
select d."family row" as household_id, {columns},
    coalesce(p."seat" in ({seat}, {provisional}), false) as bench_house_selected
from "decisions" d left join "places" p on p."family row" = d."family row"
) to '{out}' (format parquet, compression snappy)"""


def _without_nulls(path: Path, rows: Rows) -> Iterator[tuple[Rows, str]]:
    """The facts that no row lacks, as the file itself says."""
    found = pq.ParquetFile(path).metadata
    groups = [found.row_group(number) for number in range(found.num_row_groups)]
    for number in range(found.num_columns):
        columns = [group.column(number) for group in groups]
        if all(column.statistics.null_count == 0 for column in columns):
            yield rows, columns[0].path_in_schema


def _ruleset(name: str) -> Ruleset:
    path = HERE / f"{name}.ejps"
    ruleset, findings = compile_text(path.read_text(encoding="utf-8"), str(path))
    assert ruleset is not None, findings
    return ruleset


def _written(households: Path, members: Path) -> Statements:
    """What `ejps sql` writes, for these files; every household is in the member list."""
    day = day_number(date(2020, 10, 16))
    whole = (*_without_nulls(households, Rows.FAMILY), *_without_nulls(members, Rows.MEMBER))
    tables = Tables(f"read_parquet('{households}')", f"read_parquet('{members}')", KEY, KEY, KEY)
    shape = Shape(whole=frozenset(whole), members=True)
    return statements([_ruleset(name) for name in PROGRAMS], AsOf(day, day), shape, tables)


def _columns(name: str) -> str:
    """A program's columns in the form that the checksums are read from."""
    status = f'd."{name}.status"'
    verdict = f"case {status} when {ELIGIBLE} then 'eligible' when {UNDETERMINED} then 'undetermined' else 'ineligible' end"
    others = (f'd."{name}.{what}" as {name}_{what}' for what in ("failed", "unknown", "amount"))
    return ", ".join((f"{verdict} as {name}_status", *others))


class Contender:
    """DuckDB on so many threads; the statements are written once, the connection is kept from call to call."""

    def __init__(self, threads: int, households: Path, members: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"set threads = {threads}")
        self.connection.execute("set preserve_insertion_order = false")
        self.texts = _written(households, members)

    def decide(self, out: Path) -> None:
        """Parquet in, Parquet out."""
        query = QUERY.format(
            decisions=self.texts.decisions,
            ranking=self.texts.ranking,
            columns=",\n    ".join(map(_columns, PROGRAMS)),
            out=out,
            seat=SEAT,
            provisional=PROVISIONAL,
        )
        self.connection.execute(query).fetchall()

"""The statements that e-JPS writes from the rule files (`ejps sql`), run by DuckDB straight on the Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from ejps_core.dsl import compile_text
from ejps_core.engine.lower import Shape
from ejps_core.engine.plan import Rows
from ejps_core.engine.sql import Statements, statements
from ejps_core.engine.sql.duckdb_evaluator import decide_by_duckdb
from ejps_core.engine.sql.statement import Tables
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.decisions import ELIGIBLE, PROVISIONAL, SEAT, UNDETERMINED
from ejps_core.model.ruleset import Ruleset
from tests.bench.contenders import Call, Contender, Data
from tests.bench.contenders.columns import read, request_of
from tests.bench.workloads import ON, rule_files

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


def _ruleset(path: Path) -> Ruleset:
    ruleset, findings = compile_text(path.read_text(encoding="utf-8"), str(path))
    assert ruleset is not None, findings
    return ruleset


def _rulesets(data: Data) -> list[Ruleset]:
    files = rule_files(data.kind, data.households.parent / "rules" / data.kind)
    return [_ruleset(Path(path)) for path in files.split(",")]


def _written(data: Data, rulesets: list[Ruleset]) -> Statements:
    """What `ejps sql` writes, for these files; every household is in the member list."""
    day = day_number(ON)
    whole = (*_without_nulls(data.households, Rows.FAMILY), *_without_nulls(data.members, Rows.MEMBER))
    tables = Tables(f"read_parquet('{data.households}')", f"read_parquet('{data.members}')", KEY, KEY, KEY)
    return statements(rulesets, AsOf(day, day), Shape(whole=frozenset(whole), members=True), tables)


def _columns(name: str) -> str:
    """A program's columns in the form that the checksums are read from."""
    status = f'd."{name}.status"'
    verdict = f"case {status} when {ELIGIBLE} then 'eligible' when {UNDETERMINED} then 'undetermined' else 'ineligible' end"
    others = (f'd."{name}.{what}" as {name}_{what}' for what in ("failed", "unknown", "amount"))
    return ", ".join((f"{verdict} as {name}_status", *others))


def whole(data: Data, out: Path) -> Call:
    """The statements are written once; each call goes from Parquet to Parquet."""
    connection = duckdb.connect()
    connection.execute(f"set threads = {data.cores}").fetchall()
    connection.execute("set preserve_insertion_order = false").fetchall()
    rulesets = _rulesets(data)
    texts = _written(data, rulesets)
    query = QUERY.format(
        decisions=texts.decisions,
        ranking=texts.ranking,
        columns=",\n    ".join(_columns(ruleset.program) for ruleset in rulesets),
        out=out,
        seat=SEAT,
        provisional=PROVISIONAL,
    )
    return lambda: connection.execute(query).fetchall()


def alone(data: Data) -> Call:
    """Decided by DuckDB from the list in memory, as `ejps evaluate --engine duckdb` does."""
    found = read(request_of(data))
    return lambda: decide_by_duckdb(found.rulesets, found.as_of, found.candidates, threads=data.cores)


CONTENDER = Contender("e-JPS, generated SQL", whole, alone)

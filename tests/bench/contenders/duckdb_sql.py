"""The workload as one SQL query written by hand for DuckDB, as an expert would write and keep it: the baseline."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.bench.contenders import Call, Contender, Data
from tests.bench.workloads import Kind, Query, queries

WORD = 62
"""Rules in one number of a mask."""

TOP = "pregnant or birth_date > date '2013-10-16'"
FOURTH = "disability = 'severe' or birth_date <= date '1960-10-16'"
COMPONENT = f"""case when {TOP} then 750000 when {FOURTH} then 600000
     when school = 'sma' then 500000 when school = 'smp' then 375000 when school = 'sd' then 225000 else 0 end"""
UP_TO = f"""case when coalesce({TOP}, true) then 750000 when coalesce({FOURTH}, true) then 600000
     when coalesce(school = 'sma', true) then 500000 when school = 'smp' then 375000
     when school = 'sd' then 225000 else 0 end"""
"""The most that a member's component can be where facts are unknown; the other is the least, for a null is not true."""

AGGREGATES = {
    Kind.NULLS: "list_sum(max(component, 4))::bigint as components, list_sum(max(up_to, 4))::bigint as components_up_to",
    Kind.PROGRAMS: "list_sum(max(component, 4))::bigint as components, max(component) as most",
}
PLAIN = "list_sum(max(component, 4))::bigint as components"

PARTS = (
    "roof in ('zinc', 'thatch')",
    "wall in ('wood', 'bamboo')",
    "floor in ('wood', 'earth')",
    "floor_area * 10 < 72 * size",
)

QUERY = """with member_facts as (
select household_id, count(*)::int as size, {aggregates}
from (select household_id, {components} from {members}) group by household_id
), joined as (
select h.*, m.* exclude (household_id, size), coalesce(m.size, 0) as size
from {households} h left join member_facts m using (household_id)
), prepared as (
select *, -- at least two of four, by Kleene: true when two are true; false when two cannot be reached
            case when yes >= 2 then true when yes + open < 2 then false end as bad_parts
from (select *, {yes} as yes, {open} as open from joined)
), ruled as (
select *, {rules} from prepared
), decided as {materialized} (
select household_id, district, decile, floor_area, size, {answers}
from (select *, {outcomes} from ruled)
){best}
select {names} from decided d {joins}"""

BEST = """, best_{name} as (
select unnest(arg_min(household_id, (decile, floor_area / size, household_id), 500)) as household_id
from decided where {name}_status = 'eligible' group by district
)"""


def _mask(name: str, word: int, terms: list[str]) -> tuple[str, str]:
    """One number of a mask: (its name, its definition)."""
    kind = "utinyint" if len(terms) <= 8 else "bigint"
    bits = " | ".join(f"case when {term} then {1 << i} else 0 end" for i, term in enumerate(terms))
    column = name if word == 0 else f"{name}_{word + 1}"
    return column, f"({bits})::{kind} as {column}"


def _masks(query: Query, name: str, term: str) -> list[tuple[str, str]]:
    """All numbers of a mask of a program; `term` is true for the rules whose bit is set."""
    terms = [term.format(f"{query.name}_{i}") for i in range(len(query.rules))]
    return [_mask(f"{query.name}_{name}", i // WORD, terms[i : i + WORD]) for i in range(0, len(terms), WORD)]


def _answers(query: Query) -> tuple[list[str], list[str], list[str]]:
    """(masks, answers, names of the columns) of a program."""
    name = query.name
    failed, unknown = _masks(query, "failed", "not {}"), _masks(query, "unknown", "{} is null")
    some = " or ".join(f"{column} > 0" for column, _ in failed)
    open_ = " or ".join(f"{column} > 0" for column, _ in unknown)
    status = f"case when {some} then 'ineligible' when {open_} then 'undetermined' else 'eligible' end as {name}_status"
    paid = f"case when {name}_status = 'eligible' then {query.amount} else 0 end::bigint as {name}_amount"
    masks = [column for column, _ in (*failed, *unknown)]
    definitions = [definition for _, definition in (*failed, *unknown)]
    return definitions, [status, *masks, paid], [f"{name}_status", *masks, f"{name}_amount"]


def statement(kind: Kind, households: str, members: str) -> str:
    """The whole query over two tables or files."""
    programs = queries(kind)
    parts = [_answers(program) for program in programs]
    masks, answers, names = ([each for part in parts for each in part[place]] for place in range(3))
    ranked = [program.name for program in programs if program.ranked]
    up_to = f", {UP_TO} as up_to" if kind is Kind.NULLS else ""
    return QUERY.format(
        aggregates=AGGREGATES.get(kind, PLAIN),
        components=f"{COMPONENT} as component{up_to}",
        members=members,
        households=households,
        yes=" + ".join(f"case when {part} then 1 else 0 end" for part in PARTS),
        open=" + ".join(f"case when ({part}) is null then 1 else 0 end" for part in PARTS),
        rules=", ".join(f"{rule} as {program.name}_{i}" for program in programs for i, rule in enumerate(program.rules)),
        outcomes=", ".join(masks),
        answers=", ".join(answers),
        materialized="materialized" if ranked else "not materialized",
        best="".join(BEST.format(name=name) for name in ranked),
        names=", ".join(
            ["d.household_id", *(f"d.{name}" for name in names)]
            + [f"best_{name}.household_id is not null as {name}_selected" for name in ranked]
        ),
        joins=" ".join(f"left join best_{name} on best_{name}.household_id = d.household_id" for name in ranked),
    )


def _connection(cores: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"set threads = {cores}").fetchall()
    connection.execute("set preserve_insertion_order = false").fetchall()
    return connection


def whole(data: Data, out: Path) -> Call:
    """One statement from Parquet to Parquet."""
    connection = _connection(data.cores)
    text = statement(data.kind, f"'{data.households}'", f"'{data.members}'")
    return lambda: connection.execute(f"copy ({text}) to '{out}' (format parquet, compression snappy)").fetchall()


def alone(data: Data) -> Call:
    """The same statement from tables in memory to a table in memory."""
    connection = _connection(data.cores)
    for name, path in (("households", data.households), ("members", data.members)):
        connection.execute(f"create table {name} as select * from '{path}'").fetchall()
    text = statement(data.kind, "households", "members")
    return lambda: connection.execute(f"create or replace temp table decisions as {text}").fetchall()


CONTENDER = Contender("DuckDB SQL, by hand", whole, alone, at_most=10_000_000, kinds=frozenset(Kind))

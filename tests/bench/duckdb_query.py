"""The workload as one SQL query written by hand for DuckDB, as an expert would write and keep it: the baseline."""

from __future__ import annotations

from pathlib import Path

import duckdb

NAMES = ("p1", "p2", "p3")

RULES = {
    "p1": (
        (
            "in_dtks",
            "decile <= 4",
            "not receives_pkh and not receives_bpnt",
            "civil_status = 'active'",
            "monthly_income <= 400000 * size",
        ),
        "600000",
    ),
    "p2": (("receives_pkh", "civil_status = 'active'", "decile <= 4", "components > 0"), "components"),
    "p3": (
        ("decile <= 4", "ownership = 'own'", "not received_rtlh", "civil_status = 'active'", "bad_parts"),
        "20000000",
    ),
}

MEMBERS = """select household_id, count(*)::int as size, list_sum(max(component, 4))::bigint as components
from (select household_id,
        case when pregnant or birth_date > date '2013-10-16' then 750000
             when disability = 'severe' or birth_date <= date '1960-10-16' then 600000
             when school = 'sma' then 500000 when school = 'smp' then 375000 when school = 'sd' then 225000
             else 0 end as component
      from '{members}')
group by household_id"""

PARTS = (
    "roof in ('zinc', 'thatch')",
    "wall in ('wood', 'bamboo')",
    "floor in ('wood', 'earth')",
    "floor_area * 10 < 72 * size",
)

QUERY = """with member_facts as (
{member_facts}
), joined as (
select h.*, coalesce(m.size, 0) as size, coalesce(m.components, 0) as components
from '{households}' h left join member_facts m using (household_id)
), prepared as (
select *, -- at least two of four, by Kleene: true when two are true; false when two cannot be reached
            case when yes >= 2 then true when yes + open < 2 then false end as bad_parts
from (select *, {yes} as yes, {open} as open from joined)
), ruled as (
select *, {rules} from prepared
), decided as materialized (
select household_id, district, decile, floor_area, size, {answers}
from (select *, {outcomes} from ruled)
), best as (
select unnest(arg_min(household_id, (decile, floor_area / size, household_id), 500)) as household_id
from decided where p3_status = 'eligible' group by district
)
select {names}, b.household_id is not null as p3_selected
from decided d left join best b using (household_id)"""


def _program(name: str) -> tuple[list[str], list[str], list[str]]:
    """Rules, masks and answers of one program."""
    terms, amount = RULES[name]
    rules = [f"{term} as {name}_{i}" for i, term in enumerate(terms)]
    fail = " | ".join(f"case when not {name}_{i} then {1 << i} else 0 end" for i in range(len(terms)))
    lack = " | ".join(f"case when {name}_{i} is null then {1 << i} else 0 end" for i in range(len(terms)))
    status = (
        f"case when {name}_failed > 0 then 'ineligible' when {name}_unknown > 0 then 'undetermined' "
        f"else 'eligible' end as {name}_status"
    )
    paid = f"case when {name}_status = 'eligible' then {amount} else 0 end::bigint as {name}_amount"
    masks = [f"({fail})::utinyint as {name}_failed", f"({lack})::utinyint as {name}_unknown"]
    return rules, masks, [status, f"{name}_failed", f"{name}_unknown", paid]


def query(households: Path, members: Path) -> str:
    """The whole statement."""
    programs = [_program(name) for name in NAMES]
    rules, outcomes, answers = ([term for program in programs for term in program[part]] for part in range(3))
    names = ["d.household_id", *(f"d.{n}_{f}" for n in NAMES for f in ("status", "failed", "unknown", "amount"))]
    return QUERY.format(
        member_facts=MEMBERS.format(members=members),
        households=households,
        yes=" + ".join(f"case when {part} then 1 else 0 end" for part in PARTS),
        open=" + ".join(f"case when ({part}) is null then 1 else 0 end" for part in PARTS),
        rules=", ".join(rules),
        outcomes=", ".join(outcomes),
        answers=", ".join(answers),
        names=", ".join(names),
    )


class Contender:
    """DuckDB on so many threads; the connection is kept from call to call."""

    def __init__(self, threads: int) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"set threads = {threads}")
        self.connection.execute("set preserve_insertion_order = false")

    def decide(self, households: Path, members: Path, out: Path) -> None:
        """Parquet in, Parquet out."""
        text = query(households, members)
        self.connection.execute(f"copy ({text}) to '{out}' (format parquet, compression snappy)").fetchall()

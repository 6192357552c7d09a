"""What the dialect writes means in DuckDB what it means in the calendar and in whole numbers."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from ejps_core.engine.plan import Op, Plan, Rows
from ejps_core.engine.sql.dialect import DUCKDB
from ejps_core.engine.sql.expressions import Expressions, Facts, Kind
from ejps_core.model.calendar import age, day_number, day_of, shifted
from ejps_core.model.kinds import Unit
from ejps_core.model.ruleset import LeapRule

DAYS = [
    day_number(date(year, month, day))
    for year in (1899, 1999, 2000, 2019, 2020, 2021)
    for month, day in ((1, 1), (1, 31), (2, 28), (3, 1), (3, 31), (12, 31))
] + [day_number(date(2000, 2, 29)), day_number(date(2020, 2, 29))]
NUMBERS = [-(2**62), -7, -6, -1, 0, 1, 6, 7, 2**62]


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def expressions(plan: Plan) -> Expressions:
    kinds = {(Rows.FAMILY, "a"): Kind.NUMBER, (Rows.FAMILY, "b"): Kind.NUMBER}
    days = {(Rows.FAMILY, "born"): Kind.DAY, (Rows.FAMILY, "day"): Kind.DAY}
    return Expressions(plan, Facts({**kinds, **days}, frozenset()), DUCKDB)


def values(connection: duckdb.DuckDBPyConnection, sql: str, rows: list[str]) -> list[object]:
    """An expression over rows given as SQL values."""
    found = connection.execute(f"select {sql} from (values {', '.join(rows)}) t(n, a, b, born, day) order by n").fetchall()
    return [row[0] for row in found]


def test_whole_division_goes_towards_minus_infinity_and_by_nothing_is_0(connection: duckdb.DuckDBPyConnection) -> None:
    plan = Plan()
    node = plan.divide(plan.column(Rows.FAMILY, "a"), plan.column(Rows.FAMILY, "b"))
    pairs = [(a, b) for a in NUMBERS for b in NUMBERS]
    rows = [f"({n}, cast({a} as bigint), cast({b} as bigint), null, null)" for n, (a, b) in enumerate(pairs)]
    assert values(connection, expressions(plan).of(node).text, rows) == [a // b if b > 0 else 0 for a, b in pairs]


@pytest.mark.parametrize("rule", LeapRule)
def test_ages_are_those_of_the_calendar(connection: duckdb.DuckDBPyConnection, rule: LeapRule) -> None:
    plan = Plan()
    node = plan.age(plan.column(Rows.FAMILY, "born"), plan.column(Rows.FAMILY, "day"), rule.value)
    pairs = [(born, day) for born in DAYS for day in DAYS]
    rows = [f"({n}, 0, 0, date '{day_of(a)}', date '{day_of(b)}')" for n, (a, b) in enumerate(pairs)]
    assert values(connection, expressions(plan).of(node).text, rows) == [age(born, day, rule) for born, day in pairs]


@pytest.mark.parametrize(
    ("amount", "unit"), [(1, Unit.MONTH), (-1, Unit.MONTH), (5, Unit.QUARTER), (-1, Unit.YEAR), (9, Unit.DAY)]
)
def test_dates_move_as_in_the_calendar(connection: duckdb.DuckDBPyConnection, amount: int, unit: Unit) -> None:
    plan = Plan()
    node = plan.shift(plan.column(Rows.FAMILY, "day"), amount, unit.value)
    rows = [f"({n}, 0, 0, null, date '{day_of(day)}')" for n, day in enumerate(DAYS)]
    assert values(connection, expressions(plan).of(node).text, rows) == [day_of(shifted(day, amount, unit)) for day in DAYS]


def test_narrow_numbers_are_made_wide_before_they_are_multiplied(connection: duckdb.DuckDBPyConnection) -> None:
    plan = Plan()
    members = plan.count([plan.below(plan.zero, plan.column(Rows.FAMILY, name)) for name in "ab"])
    rows = ["(0, cast(1 as bigint), cast(1 as bigint), null, null)"]
    node = plan.multiply(members, plan.const(2_000_000_000))
    assert values(connection, expressions(plan).of(node).text, rows) == [4_000_000_000]


def test_a_mask_of_62_rules_is_exact(connection: duckdb.DuckDBPyConnection) -> None:
    plan = Plan()
    yes = plan.below(plan.zero, plan.column(Rows.FAMILY, "a"))
    node = plan.mask([yes] * 62)
    rows = ["(0, cast(1 as bigint), cast(0 as bigint), null, null)"]
    assert values(connection, expressions(plan).of(node).text, rows) == [2**62 - 1]


def test_every_operator_is_written() -> None:
    from ejps_core.engine.sql.expressions import ARITHMETIC, SIGNS, WRITERS

    assert {*ARITHMETIC, *SIGNS, *WRITERS, Op.SPREAD} == set(Op)


def test_names_and_texts_are_quoted() -> None:
    assert DUCKDB.name('order"by') == '"order""by"'
    assert DUCKDB.text("it's") == "'it''s'"

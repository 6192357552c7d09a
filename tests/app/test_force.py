"""Dates, areas, and what was not yet published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ejps_core.app.force import newer_values, out_of_force, outside_areas, within
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.ruleset import Parameter, ParameterRow
from ejps_core.model.types import Number
from ejps_core.model.words import same
from tests.reports.sample import HERE, ON, candidates, ruleset

LINE = Parameter(
    "garis",
    same("Garis kemiskinan"),
    Number(0, 0, 10**9),
    (
        ParameterRow(day_number(date(2020, 3, 1)), day_number(date(2020, 7, 15)), 368_990, "BPS", HERE),
        ParameterRow(day_number(date(2020, 9, 1)), day_number(date(2021, 2, 15)), 374_843, "BPS", HERE),
    ),
    HERE,
)


def test_a_date_out_of_force_names_the_period() -> None:
    found = list(out_of_force(ruleset(), AsOf(ON + 101, ON + 101)))
    assert [each.code for each in found] == ["date-out-of-force"]
    assert "8 Juli 2020 sampai 24 Januari 2021" in found[0].words.id
    assert not list(out_of_force(ruleset(), AsOf(ON + 100, ON)))


def test_a_parameter_without_a_value_is_an_error_never_a_default() -> None:
    rules = replace(ruleset(), parameters=(LINE,), first=0)
    early = day_number(date(2020, 7, 14))
    assert [each.code for each in out_of_force(rules, AsOf(early, early))] == ["parameter-without-value"]
    assert not list(out_of_force(rules, AsOf(early + 1, early + 1)))


def test_a_newer_value_not_yet_published_is_a_remark() -> None:
    rules = replace(ruleset(), parameters=(LINE,))
    found = list(newer_values(rules, AsOf(ON, ON)))
    assert [each.code for each in found] == ["newer-value-unpublished"]
    assert "15 February 2021" in found[0].words.en
    assert not list(newer_values(rules, AsOf(ON, ON + 365)))


def test_families_outside_the_areas_are_remarked_with_their_rows() -> None:
    rules = ruleset()
    assert not list(outside_areas(rules, candidates(rules)))
    city = replace(rules, areas=("75.71",))
    found = list(outside_areas(city, candidates(city)))
    assert [each.code for each in found] == ["outside-areas"]
    assert "3 families" in found[0].words.en
    assert "rows 2, 3, 7" in found[0].words.en


def test_areas_hold_what_lies_below_them() -> None:
    assert within("75.01.02", ("75.01",))
    assert within("75.01", ())
    assert not within("75.011", ("75.01",))

"""Aggregates inside the conditions of others: the walk comes to the inner members once for each outer one."""

from __future__ import annotations

from datetime import date
from itertools import combinations_with_replacement, product

import pytest

from ejps_core.dsl import compile_text
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Family
from tests.conformance.compare import EVALUATORS, WAYS, Case, differences, reference_views

RULES = """ejps 1 en
program nested "Nested"
    decides family
    in force 2019-01-01 until 2024-12-31
    under "assumption: test"
    currency IDR

family has
    kk 1..1000 key
    rent money per month
    poor yes/no

members have
    ill yes/no
    works yes/no
    wage money per month

let share = rent / (count members where not ill)
let any_ill = any member where (ill and not poor)
let sick = (count members where ill)
let payers = (count members where (any_ill and works))
let wages = sum wage of members where works
let top = largest wage of members where (works and any_ill) or if none Rp 8 per month

require nested "Nested"
    {condition}

pay aid "Aid"
    Rp 1
"""
CONDITIONS = (
    "any member where share <= Rp 10 per month",
    "any member where (works and sick >= 1)",
    "any member where (works and any_ill)",
    "every member where works satisfies any_ill",
    "at least 2 members where (any_ill or works)",
    "any member where payers >= 1",
    "any member where (works and payers >= 2)",
    "any member where (works and wages >= Rp 5 per month)",
    "any member where (ill and top >= Rp 7 per month)",
)
ON = day_number(date(2020, 7, 15))


def some_families() -> tuple[Family, ...]:
    """Of up to three members, each fact known or not."""
    yes_no = (None, True, False)
    people = [{"ill": ill, "works": works, "wage": 6 if works else None} for ill, works in product(yes_no, yes_no)]
    groups = [group for size in range(4) for group in combinations_with_replacement(people, size)]
    return tuple(
        Family({"kk": number, "rent": rent, "poor": poor}, tuple(map(dict, group)))
        for number, (group, (rent, poor)) in enumerate(product(groups, ((10, None), (None, False))), start=1)
    )


@pytest.mark.parametrize("evaluator", sorted(EVALUATORS))
@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_members_of_members_need(condition: str, evaluator: str) -> None:
    ruleset, findings = compile_text(RULES.format(condition=condition), "nested.ejps")
    assert ruleset is not None, [finding.words.en for finding in findings]
    case = Case(ruleset, AsOf(ON, ON), some_families(), WAYS[0], evaluator)
    expected, _ = reference_views(case)
    assert {each["at_most"] for each in expected} == {True, False}
    assert [(each.row, each.expected, each.got) for each in differences(case, expected)] == []

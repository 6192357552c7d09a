"""Tests of the reference itself, sentence by sentence from docs/language/meaning.md."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from ejps_core.model import expr as e
from ejps_core.model.candidates import Family, Value
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import AreaLevel, Rounding
from ejps_core.model.ruleset import Calendar, LeapRule, Phase, Ruleset
from ejps_core.model.types import Type
from tests.conformance import by_hand as h
from tests.conformance.reference_expressions import evaluate
from tests.conformance.reference_scene import Scene
from tests.conformance.reference_values import (
    ANYTHING,
    NO,
    NOT_NEGATIVE,
    UNKNOWN,
    YES,
    Labels,
    Name,
    Range,
    exactly,
)
from tests.conformance.reference_values import Value as Meaning

TRUTHS = {True: YES, False: NO, None: UNKNOWN}


def meaning(expr: Expr, family: Family, ruleset: Ruleset = h.EMPTY) -> Meaning:
    """What an expression may be."""
    return evaluate(expr, Scene(ruleset, h.ON, family))


def reach(low: int | None, high: int | None) -> Range:
    """low..high."""
    return Range(None if low is None else Fraction(low), None if high is None else Fraction(high))


def test_imports_only_the_model_and_the_standard_library() -> None:
    for path in Path(__file__).parent.glob("reference*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                own = module.startswith("tests.conformance")
                assert not module.startswith("ejps_core") or module.startswith("ejps_core.model"), path.name
                assert own or module.split(".")[0] not in ("numpy", "pyarrow"), path.name


@pytest.mark.parametrize("a", [True, False, None])
@pytest.mark.parametrize("b", [True, False, None])
def test_kleene(a: bool | None, b: bool | None) -> None:
    family = h.family(yes0=a, yes1=b)
    both, either = h.every(h.fact("yes0"), h.fact("yes1")), h.some(h.fact("yes0"), h.fact("yes1"))
    expected = False if a is False or b is False else None if a is None or b is None else True
    assert meaning(both, family) == TRUTHS[expected]
    expected = True if a or b else None if a is None or b is None else False
    assert meaning(either, family) == TRUTHS[expected]
    assert meaning(h.negation(h.fact("yes0")), family) == TRUTHS[None if a is None else not a]
    same = h.compare(h.fact("yes0"), "=", h.fact("yes1"))
    assert meaning(same, family) == TRUTHS[None if a is None or b is None else a == b]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [((True, True, None), YES), ((True, None, False), UNKNOWN), ((False, None, False), NO)],
)
def test_at_least_two_of_three(facts: tuple[Value, ...], expected: Meaning) -> None:
    items = tuple(h.fact(f"yes{i}") for i in range(3))
    test = e.AtLeast(count=2, items=items, type=h.YES_NO, span=h.SPAN)
    assert meaning(test, h.family(**{f"yes{i}": each for i, each in enumerate(facts)})) == expected


def test_an_unknown_fact_ignores_declared_bounds_but_for_not_being_negative() -> None:
    assert meaning(h.fact("number0"), h.family()) == NOT_NEGATIVE
    assert meaning(h.fact("signed0"), h.family()) == ANYTHING
    assert meaning(h.fact("day"), h.family()) == ANYTHING
    assert meaning(h.compare(h.fact("number0"), ">=", h.number(0)), h.family()) == YES
    assert meaning(h.compare(h.fact("number0"), "<=", h.number(1000)), h.family()) == UNKNOWN


def test_interval_arithmetic_looks_at_nothing_across() -> None:
    a, b = h.fact("number0"), h.fact("signed0")
    difference = e.Subtract(left=a, right=a, type=h.COUNT, span=h.SPAN)
    assert meaning(difference, h.family()) == ANYTHING
    product = e.Multiply(left=a, right=b, type=h.COUNT, span=h.SPAN)
    assert meaning(product, h.family(number0=0)) == exactly(0)
    assert meaning(product, h.family(signed0=-2)) == reach(None, 0)


def test_scales_are_aligned() -> None:
    assert meaning(h.compare(h.number(72, 1), "=", h.number(720, 2)), h.family()) == YES
    assert meaning(h.compare(h.number(72, 1), "<", h.number(721, 2)), h.family()) == YES


def test_quotients_compare_exactly_and_are_unknown_where_the_divisor_may_be_zero() -> None:
    third = h.quotient(h.fact("number0"), h.fact("number1"))
    below = h.compare(third, "<", h.number(333333, 6))
    assert meaning(below, h.family(number0=1, number1=3)) == NO
    assert meaning(below, h.family(number0=0)) == UNKNOWN
    unknown = e.IsUnknown(item=third, type=h.YES_NO, span=h.SPAN)
    assert meaning(unknown, h.family(number0=1, number1=0)) == YES
    by_count = h.quotient(h.number(0), e.CountMembers(where=None, type=h.COUNT, span=h.SPAN))
    assert meaning(h.compare(by_count, "<=", h.number(0)), h.family()) == YES
    assert meaning(h.compare(by_count, "<", third), h.family(number0=1, number1=3)) == YES


@pytest.mark.parametrize(
    ("how", "expected"),
    [("half_up", (2, -2, 3, 1)), ("half_even", (2, -2, 2, 1)), ("up", (2, -1, 3, 1)), ("down", (1, -2, 2, 1))],
)
def test_rounding(how: str, expected: tuple[int, ...]) -> None:
    for tenths, whole in zip((15, -15, 25, 10), expected, strict=True):
        rounding = e.Round(how=Rounding(how), item=h.number(tenths, 1), step=1, type=h.COUNT, span=h.SPAN)
        assert meaning(rounding, h.family()) == exactly(whole)


def test_case_joins_what_is_still_possible() -> None:
    choice = h.case(h.fact("yes0"), h.number(5), h.case(h.fact("yes1"), h.number(7), h.number(5)))
    assert meaning(choice, h.family()) == reach(5, 7)
    assert meaning(choice, h.family(yes1=False)) == exactly(5)
    assert meaning(choice, h.family(yes0=True)) == exactly(5)
    label = h.case(h.fact("yes0"), _label("a"), _label("b"))
    assert meaning(label, h.family()) == Labels(frozenset({"a", "b"}))
    among = e.OneOf(item=label, labels=("a", "b"), type=h.YES_NO, span=h.SPAN)
    assert meaning(among, h.family()) == YES


def _label(name: str) -> e.Literal:
    return e.Literal(value=name, type=h.STATUS, span=h.SPAN)


def test_areas() -> None:
    test = e.InArea(item=h.fact("region"), areas=("75.01", "75.04.02"), type=h.YES_NO, span=h.SPAN)
    for region, expected in (("75.01", YES), ("75.01.02", YES), ("75", UNKNOWN), ("75.04", UNKNOWN)):
        assert meaning(test, h.family(region=region)) == expected
    assert meaning(test, h.family(region="75.011")) == NO
    assert meaning(test, h.family(region="75.04.01")) == NO
    assert meaning(test, h.family()) == UNKNOWN
    district = _area_of(h.fact("region"), h.TYPES["region"])
    assert meaning(district, h.family(region="75.01.02.2003")) == Name("75.01")
    assert meaning(district, h.family(region="75")) == Name(None)


def _area_of(item: Expr, kind: Type) -> e.AreaOf:
    return e.AreaOf(item=item, level=AreaLevel.DISTRICT, type=kind, span=h.SPAN)


@pytest.mark.parametrize(("rule", "years"), [(LeapRule.FEBRUARY_28, 17), (LeapRule.MARCH_1, 16)])
def test_age_of_somebody_born_on_a_leap_day(rule: LeapRule, years: int) -> None:
    on = e.Literal(value=h.day("2021-02-28"), type=h.DATE, span=h.SPAN)
    age = e.Age(birth=h.fact("birth"), on=on, type=h.COUNT, span=h.SPAN)
    rules = h.ruleset(leap_rule=rule)
    assert meaning(age, h.family(birth=h.day("2004-02-29")), rules) == exactly(years)
    assert meaning(age, h.family(), rules) == ANYTHING


def test_phases_of_areas() -> None:
    first, second = h.day("2020-10-01"), h.day("2020-12-31")
    usual = Calendar((), (Phase(1, first, second),), "x", h.SPAN)
    other = Calendar(("75.71",), (Phase(2, first + 5, second),), "x", h.SPAN)
    rules = h.ruleset(calendars=(usual, other))
    start = e.PhaseEdge(last=False, type=h.DATE, span=h.SPAN)
    assert meaning(start, h.family(region="75.01"), rules) == exactly(first)
    assert meaning(start, h.family(region="75.71.01"), rules) == exactly(first + 5)
    for short in ("75", None):
        assert meaning(start, h.family(region=short), rules) == reach(first, first + 5)
    assert meaning(e.PhaseEdge(last=True, type=h.DATE, span=h.SPAN), h.family(), rules) == exactly(second)


# ---- members


def _people(*members: Mapping[str, Value]) -> Family:
    return h.family(*members)


def test_no_rows_are_an_unknown_list_or_nobody() -> None:
    anybody = e.AnyMember(where=h.fact("m_yes0"), type=h.YES_NO, span=h.SPAN)
    everybody = e.EveryMember(where=None, condition=h.fact("m_yes0"), type=h.YES_NO, span=h.SPAN)
    count = e.CountMembers(where=None, type=h.COUNT, span=h.SPAN)
    some = e.CountMembers(where=h.fact("m_yes0"), type=h.COUNT, span=h.SPAN)
    found = [meaning(each, _people()) for each in (anybody, everybody, count, some)]
    assert found == [UNKNOWN, UNKNOWN, reach(1, None), NOT_NEGATIVE]
    may_be_empty = h.ruleset(least_members=0)
    found = [meaning(each, _people(), may_be_empty) for each in (anybody, everybody, count, some)]
    assert found == [NO, YES, exactly(0), exactly(0)]


def test_sums_count_unknown_members_as_nothing_or_all() -> None:
    total = e.SumMembers(value=h.fact("m_signed0"), where=h.fact("m_yes0"), type=h.COUNT, span=h.SPAN)
    yes, no = {"m_yes0": True, "m_signed0": 5}, {"m_yes0": False}
    assert meaning(total, _people(yes, no)) == exactly(5)
    assert meaning(total, _people(yes, {"m_signed0": 7}, {"m_signed0": -3})) == reach(2, 12)
    assert meaning(total, _people()) == ANYTHING
    largest = e.SumLargest(count=2, value=h.fact("m_number0"), where=h.fact("m_yes0"), type=h.COUNT, span=h.SPAN)
    rows: list[dict[str, Value]] = [{"m_yes0": True, "m_number0": n} for n in (1, 4)]
    assert meaning(largest, _people(*rows, {"m_number0": 9})) == reach(5, 13)
    assert meaning(largest, _people(*rows, {"m_yes0": True})) == reach(5, None)


def test_largest_and_smallest() -> None:
    def extreme(largest: bool) -> e.ExtremeMember:
        return e.ExtremeMember(
            largest=largest,
            value=h.fact("m_number0"),
            where=h.fact("m_yes0"),
            if_none=h.number(50),
            type=h.COUNT,
            span=h.SPAN,
        )

    sure: dict[str, Value] = {"m_yes0": True, "m_number0": 4}
    perhaps: tuple[dict[str, Value], ...] = ({"m_number0": 2}, {"m_number0": 9})
    assert meaning(extreme(True), _people(sure, *perhaps)) == reach(4, 9)
    assert meaning(extreme(False), _people(sure, *perhaps)) == reach(2, 4)
    assert meaning(extreme(True), _people(*perhaps)) == reach(2, 50)
    assert meaning(extreme(True), _people({"m_yes0": False})) == exactly(50)
    assert meaning(extreme(True), _people()) == NOT_NEGATIVE


def _oldest(oldest: bool = True, if_none: Expr | None = None) -> e.OfOldest:
    return e.OfOldest(
        oldest=oldest,
        value=h.fact("m_number0"),
        birth=h.fact("m_birth"),
        key="m_code",
        where=h.fact("m_yes0"),
        if_none=if_none,
        type=h.COUNT,
        span=h.SPAN,
    )


def _person(number: int, birth: int | None, code: str | None, where: Value = True) -> dict[str, Value]:
    return {"m_number0": number, "m_birth": birth, "m_code": code, "m_yes0": where}


def test_oldest_by_birth_date_then_by_key() -> None:
    twins = (_person(1, 100, "10"), _person(2, 100, "2"), _person(3, 101, "1"))
    assert meaning(_oldest(), _people(*twins)) == exactly(1)
    assert meaning(_oldest(False), _people(*twins)) == exactly(3)
    without_key = (_person(1, 100, None), _person(2, 100, "2"))
    assert meaning(_oldest(), _people(*without_key)) == reach(1, 2)
    no_date = (_person(1, 100, "1"), _person(2, 101, "2"), _person(8, None, "3"))
    assert meaning(_oldest(), _people(*no_date)) == reach(1, 8)
    perhaps = (_person(1, 100, "1", None), _person(2, 101, "2"), _person(3, 102, "3"))
    assert meaning(_oldest(), _people(*perhaps)) == reach(1, 2)


def test_oldest_of_nobody() -> None:
    none = h.number(60)
    assert meaning(_oldest(if_none=none), _people(_person(1, 100, "1", False))) == exactly(60)
    assert meaning(_oldest(if_none=none), _people(_person(1, 100, "1", None))) == reach(1, 60)
    assert meaning(_oldest(if_none=none), _people()) == NOT_NEGATIVE

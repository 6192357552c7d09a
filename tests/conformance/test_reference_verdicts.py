"""Tests of the reference's verdicts, facts still needed, amounts and selection, from docs/language/meaning.md."""

from __future__ import annotations

from ejps_core.model import expr as e
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family, Value
from ejps_core.model.decisions import NO_SEAT, PROVISIONAL, SEAT, WAITS
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import AreaLevel
from ejps_core.model.ruleset import (
    Choose,
    Direction,
    OrderKey,
    Parameter,
    ParameterRow,
    Ruleset,
    Share,
    Thresholds,
    Verdict,
)
from ejps_core.model.types import Number, Per, Region
from ejps_core.model.words import same
from tests.conformance import by_hand as h
from tests.conformance.reference import Money, Outcome, decide
from tests.conformance.reference_selection import Place, select


def needs(ruleset: Ruleset, family: Family) -> tuple[set[str], bool]:
    """The facts still needed, and whether perhaps not all of them are."""
    outcome = decide(ruleset, h.ON, family)
    assert outcome.verdict is Verdict.UNDETERMINED
    return set(outcome.needs), outcome.at_most


def test_verdicts_with_all_failed_and_unknown_rules() -> None:
    rules = h.ruleset(h.rule(h.fact("yes0"), "a"), h.rule(h.fact("yes1"), "b", refuse=True))
    outcome = decide(rules, h.ON, h.family(yes0=False))
    assert (outcome.verdict, outcome.failed, outcome.unknown) == (Verdict.INELIGIBLE, ("a",), ("b",))
    assert outcome.needs == set()
    assert decide(rules, h.ON, h.family(yes0=True)).verdict is Verdict.UNDETERMINED
    assert decide(rules, h.ON, h.family(yes0=True, yes1=False)).verdict is Verdict.ELIGIBLE
    assert decide(rules, h.ON, h.family(yes0=True, yes1=True)).failed == ("b",)


# ---- facts still needed


def test_walks_only_into_unknown_operands() -> None:
    test = h.some(h.every(h.fact("yes0"), h.fact("yes1")), h.fact("yes2"))
    rules = h.ruleset(h.rule(test))
    assert needs(rules, h.family(yes2=False)) == ({"yes0", "yes1"}, False)
    assert needs(rules, h.family(yes0=True)) == ({"yes1", "yes2"}, False)
    assert needs(rules, h.family(yes0=False)) == ({"yes2"}, False)


def test_walks_a_case_by_its_guard() -> None:
    rules = h.ruleset(h.rule(h.case(h.fact("yes0"), h.fact("yes1"), h.fact("yes2"))))
    assert needs(rules, h.family(yes0=True)) == ({"yes1"}, False)
    assert needs(rules, h.family(yes0=False)) == ({"yes2"}, False)
    assert needs(rules, h.family(yes2=True)) == ({"yes0", "yes1"}, False)


def test_a_known_zero_settles_a_product() -> None:
    product = e.Multiply(left=h.fact("number0"), right=h.fact("number1"), type=h.COUNT, span=h.SPAN)
    total = e.Add(left=product, right=h.fact("number2"), type=h.COUNT, span=h.SPAN)
    rules = h.ruleset(h.rule(h.compare(total, ">", h.number(3))))
    assert needs(rules, h.family(number0=0)) == ({"number2"}, False)


def test_members_and_their_facts() -> None:
    rules = h.ruleset(h.rule(e.AnyMember(where=h.fact("m_yes0"), type=h.YES_NO, span=h.SPAN)))
    assert needs(rules, h.family()) == ({"members"}, False)
    assert needs(rules, h.family({"m_yes0": False}, {})) == ({"member.m_yes0"}, False)
    every = e.EveryMember(where=h.fact("m_yes0"), condition=h.fact("m_yes1"), type=h.YES_NO, span=h.SPAN)
    rules = h.ruleset(h.rule(every))
    assert needs(rules, h.family({"m_yes1": True}, {"m_yes0": True})) == ({"member.m_yes1"}, False)
    assert needs(rules, h.family({"m_yes1": False})) == ({"member.m_yes0"}, False)


def test_sums_of_members_say_at_most() -> None:
    total = e.SumMembers(value=h.fact("m_number0"), where=h.fact("m_yes0"), type=h.COUNT, span=h.SPAN)
    rules = h.ruleset(h.rule(h.compare(total, ">=", h.number(5))))
    assert needs(rules, h.family({"m_number0": 9})) == ({"member.m_yes0"}, True)
    family = h.family({"m_number0": 0}, {"m_yes0": True})
    assert needs(rules, family) == ({"member.m_number0"}, True)


def test_a_region_too_short_to_tell_is_still_needed() -> None:
    test = e.InArea(item=h.fact("region"), areas=("75.01",), type=h.YES_NO, span=h.SPAN)
    assert needs(h.ruleset(h.rule(test)), h.family(region="75")) == ({"region"}, False)


def test_what_is_assumed_is_not_needed() -> None:
    assumed = e.IfUnknown(item=h.fact("number0"), default=h.number(1), type=h.COUNT, span=h.SPAN)
    test = h.some(h.compare(assumed, ">", h.number(3)), h.fact("yes0"))
    assert needs(h.ruleset(h.rule(test)), h.family()) == ({"yes0"}, False)


# ---- facts tested twice


def _number_rules(*tests: e.Compare) -> Ruleset:
    """Each test a rule; number0 is tested twice and only against constants."""
    rules = [h.rule(test, f"r{i}") for i, test in enumerate(tests)]
    return h.ruleset(*rules, thresholds=(Thresholds("number0", tests),))


def _number(how: str, limit: int) -> e.Compare:
    return h.compare(h.fact("number0"), how, h.number(limit))


def test_rules_that_exclude_each_other_settle_the_verdict() -> None:
    outcome = decide(_number_rules(_number("<=", 4), _number(">=", 7)), h.ON, h.family())
    assert (outcome.verdict, outcome.one_of) == (Verdict.INELIGIBLE, True)
    assert (outcome.failed, outcome.unknown, outcome.needs) == (("r0", "r1"), (), frozenset())


def test_two_sides_of_one_limit_hold_whatever_the_fact_is() -> None:
    low, high = _number("<=", 4), _number(">", 4)
    rules = h.ruleset(
        h.rule(h.some(low, high)),
        thresholds=(Thresholds("number0", (low, high)),),
    )
    outcome = decide(rules, h.ON, h.family())
    assert (outcome.verdict, outcome.one_of, outcome.unknown) == (Verdict.ELIGIBLE, False, ())


def test_a_cell_does_not_stand_for_an_amount() -> None:
    low, high = _number("<=", 4), _number(">", 4)
    rules = h.ruleset(
        h.rule(h.some(low, high)),
        thresholds=(Thresholds("number0", (low, high)),),
        benefits=(h.benefit(h.fact("number0")),),
    )
    outcome = decide(rules, h.ON, h.family())
    assert (outcome.verdict, outcome.total) == (Verdict.ELIGIBLE, Money(0, True, 0, None))
    assert outcome.needs == {"number0"}


def test_a_fact_tested_twice_is_needed_if_its_cells_differ() -> None:
    rules = _number_rules(_number(">=", 4), _number("<", 9))
    assert needs(rules, h.family()) == ({"number0"}, False)


def test_a_fact_tested_twice_that_cannot_change_the_verdict_is_not_needed() -> None:
    low, high = _number("<=", 4), _number(">", 4)
    rules = h.ruleset(
        h.rule(h.every(h.some(low, high), h.fact("yes0"))),
        thresholds=(Thresholds("number0", (low, high)), Thresholds("yes0", (h.fact("yes0"),))),
    )
    assert needs(rules, h.family()) == ({"yes0"}, False)


def test_without_cells_all_that_was_met_is_needed_at_most() -> None:
    rules = h.ruleset(h.rule(_number(">=", 4)), h.rule(_number("<", 9), "r1"))
    assert needs(rules, h.family()) == ({"number0"}, True)


# ---- amounts


def _paid(amount: Expr, family: Family, shares: tuple[Share, ...] = (), **more: object) -> Outcome:
    benefit = h.benefit(amount, **more)  # type: ignore[arg-type]
    benefit = type(benefit)(
        benefit.id, benefit.title, amount, benefit.instalments, h.SPAN, only_if=benefit.only_if, shares=shares
    )
    return decide(h.ruleset(benefits=(benefit,)), h.ON, family)


def test_shares_split_each_instalment() -> None:
    shares = (Share("province", 6000), Share("district", 4000))
    outcome = _paid(h.number(178_150, 0, Per.PHASE), h.family(), shares)
    assert outcome.benefits == (Money(178_150, False, 178_150, 178_150, (106_890, 71_260)),)
    thirds = tuple(Share(name, part) for name, part in (("a", 3333), ("b", 3333), ("c", 3334)))
    outcome = _paid(h.number(100, 0, Per.MONTH), h.family(), thirds, instalments=3)
    assert outcome.benefits[0].shares == (99, 99, 102)


def test_an_unknown_amount_is_open() -> None:
    outcome = _paid(h.fact("money0"), h.family(), instalments=2)
    assert outcome.verdict is Verdict.ELIGIBLE
    assert (outcome.total, set(outcome.needs)) == (Money(0, True, 0, None), {"money0"})
    outcome = _paid(h.number(50), h.family(), instalments=2, only_if=h.fact("yes0"))
    assert (outcome.total, set(outcome.needs)) == (Money(0, True, 0, 100), {"yes0"})
    assert _paid(h.number(50), h.family(yes0=False), only_if=h.fact("yes0")).total.amount == 0


# ---- selection


def _chosen(rows: list[Family], quota: int | None, reserve: int = 0, per_area: bool = False) -> list[Place]:
    order = (
        OrderKey(h.fact("number0"), Direction.LOWEST, False, h.SPAN),
        OrderKey(h.fact("number1"), Direction.HIGHEST, True, h.SPAN),
        OrderKey(h.fact("code"), Direction.LOWEST, False, h.SPAN),
    )
    area = e.AreaOf(item=h.fact("region"), level=AreaLevel.DISTRICT, type=Region(), span=h.SPAN)
    choose = Choose(area if per_area else None, order, None if quota is None else h.number(quota), reserve, h.SPAN)
    rules = h.ruleset(h.rule(h.fact("yes0")), choose=choose)
    return list(select(rules, h.ON, [decide(rules, h.ON, row) for row in rows], rows))


def _row(code: str | None, first: Value, second: Value = 0, yes0: Value = True, **more: Value) -> Family:
    return h.family(code=code, number0=first, number1=second, yes0=yes0, **more)


def test_ranks_seats_and_reserve() -> None:
    rows = [_row("b", 1), _row("a", 1), _row("c", 0, None), _row("d", 0, 5), _row("e", 0, 0, False)]
    places = _chosen(rows, 2, 1)
    assert places == [Place(4), Place(3, NO_SEAT, 1), Place(2, SEAT), Place(1, SEAT), Place()]
    assert _chosen(rows, None)[0] == Place(4, SEAT)
    assert _chosen(rows, 1, -1)[0] == Place(4, NO_SEAT, 3)


def test_a_seat_is_provisional_while_others_could_come_ahead() -> None:
    rows = [_row("b", 3), _row("c", 4), _row("x", 3, 0, None), _row("y", None)]
    others = [Place(), Place(0, WAITS)]
    assert _chosen(rows, 2) == [Place(1, SEAT), Place(2, PROVISIONAL), *others]
    assert _chosen(rows, 1)[0] == Place(1, PROVISIONAL)
    assert _chosen(rows, 4) == [Place(1, SEAT), Place(2, SEAT), *others]
    assert _chosen([_row("b", 3), _row("c", 3, 0, None)], 1)[0] == Place(1, SEAT)
    assert _chosen([_row("b", 3), _row("c", 3, None, None)], 1)[0] == Place(1, PROVISIONAL)
    assert _chosen([_row("b", 3), _row(None, 3, 0, None)], 1)[0] == Place(1, PROVISIONAL)


def test_a_family_of_unknown_area_waits_and_counts_everywhere() -> None:
    rows = [_row("a", 5, region="75.01.02"), _row("b", 5, region="75.02"), _row("c", 1, region="75")]
    assert _chosen(rows, 1, per_area=True) == [Place(1, PROVISIONAL)] * 2 + [Place(0, WAITS)]


# ---- as published then


def test_the_line_published_by_the_decision_date() -> None:
    """Two persons with 744,000 a month: 372,000 each; the line was 368,990, and is 374,843 on later data."""
    monthly = Number(0, 0, 10**9, Per.MONTH)
    dates = (("2020-03-01", "2020-07-15", 368_990), ("2020-09-01", "2021-02-15", 374_843))
    rows = tuple(ParameterRow(h.day(since), h.day(out), value, "BPS", h.SPAN) for since, out, value in dates)
    line = Parameter("line", same("line"), monthly, rows, h.SPAN)
    per_head = h.quotient(h.fact("money0"), e.CountMembers(where=None, type=h.COUNT, span=h.SPAN))
    below = h.compare(per_head, "<", e.ParameterRef(name="line", type=monthly, span=h.SPAN))
    rules = h.ruleset(h.rule(below), parameters=(line,))
    family = h.family({}, {}, money0=744_000)
    assert decide(rules, AsOf(h.day("2020-10-16"), h.day("2020-10-16")), family).verdict is Verdict.INELIGIBLE
    assert decide(rules, AsOf(h.day("2020-10-16"), h.day("2026-01-01")), family).verdict is Verdict.ELIGIBLE

"""Tepat sasaran: the published table, empty groups, levels, scenario 4 on both bases."""

from __future__ import annotations

import pytest

from ejps_core.aid.entries import Money
from ejps_core.aid.targeting import NO_RECIPIENTS, Basis, Group, Judgement, Level, Receipt, on_both, targeting, together
from ejps_core.model.ruleset import Verdict

PRICE = Money(106_890, 71_260)
ELIGIBLE, INELIGIBLE, OPEN = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNDETERMINED
VILLAGE = "75.04.01.2001"


def receipt(family: str, region: str = VILLAGE, phase: int = 2, program: str = "jps") -> Receipt:
    return Receipt(program, phase, family, region, PRICE)


def judgement(family: str, verdict: Verdict, region: str = VILLAGE, phase: int = 2) -> Judgement:
    return Judgement("jps", phase, family, region, verdict)


def test_the_published_table() -> None:
    # Alatas et al., AER 102(4), 2012, table 3, proxy-means arm.
    paid = [receipt(f"{kind}{n}") for kind, count in (("a", 973), ("b", 671)) for n in range(count)]
    kinds = (("a", 973, ELIGIBLE), ("b", 671, INELIGIBLE), ("c", 1055, ELIGIBLE), ("d", 3054, INELIGIBLE))
    judged = [judgement(f"{kind}{n}", verdict) for kind, count, verdict in kinds for n in range(count)]
    (group,) = targeting(paid, judged)
    rates = (group.inclusion, group.leakage, group.exclusion, group.total_error)
    assert [rate.rounded() for rate in rates] == [180, 408, 520, 300]
    assert [(rate.part, rate.whole) for rate in rates] == [(671, 3725), (671, 1644), (1055, 2028), (1726, 5753)]
    assert len({rate.of.id for rate in rates}) == 4


def test_no_recipients_is_said_and_nothing_is_divided() -> None:
    (group,) = targeting([], [judgement("c", ELIGIBLE), judgement("d", INELIGIBLE)])
    assert group.leakage.rounded() is None
    assert group.leakage.nobody == NO_RECIPIENTS
    assert NO_RECIPIENTS.id == "tidak ada penerima"
    assert group.on_target.rounded() is None
    (nobody,) = targeting([], [])
    assert [rate.rounded() for rate in (nobody.inclusion, nobody.exclusion, nobody.total_error)] == [None] * 3


def test_who_cannot_be_judged_is_a_class_of_its_own() -> None:
    (group,) = targeting([receipt("a"), receipt("x"), receipt("nik")], [judgement("a", ELIGIBLE), judgement("x", OPEN)])
    assert (group.right, group.unjudged_paid, group.paid) == (1, 2, 3)
    assert group.unjudged_money.total == 2 * 178_150
    assert (group.on_target.part, group.on_target.whole) == (1, 1)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ((Level.PROGRAM,), [("jps",)]),
        ((Level.PHASE, Level.DISTRICT), [("1", "75.04"), ("2", "75.02"), ("2", "75.04")]),
        ((Level.VILLAGE,), [("75.02.01.2001",), (VILLAGE,)]),
    ],
)
def test_groups(by: tuple[Level, ...], names: list[tuple[str, ...]]) -> None:
    paid = [receipt("a"), receipt("b", "75.02.01.2001"), receipt("a", phase=1)]
    judged = [judgement("a", ELIGIBLE), judgement("b", INELIGIBLE, "75.02.01.2001"), judgement("a", ELIGIBLE, phase=1)]
    found = targeting(paid, judged, by)
    assert [group.names for group in found] == names
    assert sum(group.paid for group in found) == 3


def test_paid_twice_is_one_family_with_both_sums() -> None:
    (group,) = targeting([receipt("b"), receipt("b")], [judgement("b", INELIGIBLE)])
    assert (group.wrong, group.wrong_money) == (1, PRICE + PRICE)


def test_a_death_recorded_later_scenario_4() -> None:
    # B, alone, died 5 August; phase II was delivered 10 August; the registry recorded it on 20 September.
    paid = tuple(receipt(family) for family in "ABC")
    judged = {
        Basis.THEN: tuple(judgement(family, ELIGIBLE) for family in "ABC"),
        Basis.LATEST: tuple(judgement(family, INELIGIBLE if family == "B" else ELIGIBLE) for family in "ABC"),
    }
    found: dict[Basis, tuple[Group, ...]] = on_both(paid, judged)
    (then,), (latest,) = found[Basis.THEN], found[Basis.LATEST]
    assert (then.on_target.part, then.on_target.whole) == (3, 3)
    assert (latest.on_target.part, latest.on_target.whole) == (2, 3)
    assert latest.wrong_money.total == 178_150
    assert latest.wrong_money == Money(106_890, 71_260)
    assert then.wrong_money.total == 0
    assert latest.off_target_money.rounded(2) == 3333


def test_groups_together_are_the_whole() -> None:
    paid = [receipt("a"), receipt("b", "75.02.01.2001"), receipt("x", phase=1)]
    judged = [
        judgement("a", ELIGIBLE),
        judgement("b", INELIGIBLE, "75.02.01.2001"),
        judgement("c", ELIGIBLE),
        judgement("d", INELIGIBLE),
    ]
    (whole,) = targeting(paid, judged)
    for by in ((Level.VILLAGE,), (Level.PHASE, Level.DISTRICT)):
        assert together(targeting(paid, judged, by)) == whole
    assert (whole.right, whole.wrong, whole.missed, whole.rest, whole.unjudged_paid) == (1, 1, 1, 1, 1)

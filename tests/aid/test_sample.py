"""The ground check: allocation, drawing, and the intervals against published ones."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ejps_core.aid.estimates import Checked, Interval, exclusion, inclusion, leakage, ratio, wilson
from ejps_core.aid.sample import Unit, allocation, draw

FRAME = [Unit(f"{s}{n}", s, n % 3 == 0) for s, count in (("75.02", 300), ("75.04", 90), ("75.71", 9)) for n in range(count)]
CENT = Decimal("0.0001")


def near(interval: Interval | None, *values: str) -> bool:
    assert interval is not None
    return [str(value.quantize(CENT)) for value in (interval.share, interval.low, interval.high)] == list(values)


def test_a_sample_can_be_drawn_again_whatever_the_order_of_the_list() -> None:
    first, again = draw(FRAME, 40, 3, "2020-10"), draw(reversed(FRAME), 40, 3, "2020-10")
    assert first == again
    assert first.size == 40
    assert draw(FRAME, 40, 3, "2020-11").strata != first.strata


def test_each_stratum_has_its_minimum_and_the_rest_is_in_proportion() -> None:
    sizes = {("a", True): 600, ("b", True): 300, ("c", True): 10, ("d", False): 2}
    assert allocation(sizes, 100, 5) == {("a", True): 62, ("b", True): 31, ("c", True): 5, ("d", False): 2}
    assert allocation(sizes, 0, 5) == {("a", True): 5, ("b", True): 5, ("c", True): 5, ("d", False): 2}
    assert allocation(sizes, 10_000, 5) == sizes
    assert allocation({}, 10, 5) == {}


@given(
    st.dictionaries(st.tuples(st.text(max_size=2), st.booleans()), st.integers(0, 500), max_size=8),
    st.integers(0, 900),
    st.integers(0, 30),
)
def test_allocation_never_asks_for_more_than_there_is(sizes: dict[tuple[str, bool], int], wanted: int, least: int) -> None:
    shares = allocation(sizes, wanted, least)
    minima = sum(min(least, size) for size in sizes.values())
    assert all(min(least, sizes[place]) <= share <= sizes[place] for place, share in shares.items())
    assert sum(shares.values()) == max(minima, min(wanted, sum(sizes.values())))


def test_wilson_as_published() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    assert near(wilson(81, 263), "0.3080", "0.2553", "0.3662")
    assert near(wilson(15, 148), "0.1014", "0.0624", "0.1605")
    assert near(wilson(0, 20), "0.0000", "0.0000", "0.1611")
    assert near(wilson(1, 29), "0.0345", "0.0061", "0.1718")


def test_strata_together() -> None:
    # By hand: weights 0.75 and 0.25, Wilson limits of 4/40 and 10/20.
    strata = [Checked("a", True, 300, 36, 4), Checked("b", True, 100, 10, 10)]
    first, second = wilson(4, 40), wilson(10, 20)
    share = Decimal("0.75") * Decimal("0.1") + Decimal("0.25") * Decimal("0.5")
    arm = ((Decimal("0.75") * (first.share - first.low)) ** 2 + (Decimal("0.25") * (second.share - second.low)) ** 2).sqrt()
    found = leakage(strata)
    assert found.interval is not None
    assert found.interval.share == share
    assert abs(found.interval.low - (share - arm)) < CENT
    assert near(found.interval, "0.2000", "0.1324", "0.3100")
    assert found.judged == 60


def test_one_stratum_is_wilson() -> None:
    found = leakage([Checked("a", True, 10_000, 182, 81)]).interval
    assert near(found, "0.3080", "0.2553", "0.3662")


def test_a_stratum_that_was_checked_whole_is_certain() -> None:
    assert near(leakage([Checked("a", True, 10, 8, 2)]).interval, "0.2000", "0.2000", "0.2000")


def test_exclusion_and_inclusion_are_ratios_of_two_frames() -> None:
    checked = [Checked("a", True, 1000, 90, 10, 3), Checked("a", False, 500, 40, 60)]
    found = exclusion(checked)
    assert found.interval is not None
    assert found.interval.share == Decimal(200) / 1100
    assert found.interval.low < found.interval.share < found.interval.high
    assert (found.judged, found.unjudged) == (200, 3)
    other = inclusion(checked).interval
    assert other is not None
    assert other.share == Decimal(100) / 400


def test_a_ratio_of_certain_numbers_is_certain() -> None:
    def sure(value: int) -> Interval:
        return Interval(Decimal(value), Decimal(value), Decimal(value))

    assert near(ratio(sure(1055), sure(973)), "0.5202", "0.5202", "0.5202")
    assert ratio(sure(0), sure(0)) is None


def test_nothing_judged_gives_no_interval() -> None:
    assert leakage([Checked("a", True, 10, 0, 0, 4)]).interval is None
    assert exclusion([Checked("a", True, 10, 5, 0), Checked("a", False, 10, 0, 0)]).interval is None

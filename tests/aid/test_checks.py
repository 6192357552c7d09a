"""Each invariant of a realisation report: it warns, it asks for a reason, and a reason answers it."""

from __future__ import annotations

import pytest

from ejps_core.aid.checks import cautions, open_words, rounded, rounding_unit
from ejps_core.aid.entries import Entry, Money, Reason, Stated, Step
from ejps_core.aid.position import position
from ejps_core.model.words import Language
from tests.aid.sample_ledger import POHUWATO, entered, event, ledger, moment, report, target, times


def found(*more: Entry, without: tuple[str, ...] = ()) -> list[str]:
    return [each.code for each in cautions(position(ledger(*more, without=without), moment(20)))]


def test_a_ledger_in_order_has_nothing_to_explain() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("code", "more", "without"),
    [
        ("transfer-over-ceiling", [event("z", Step.TRANSFER, Money(0, times(100).district + 1))], ()),
        ("spent-over-funds", [event("z", Step.DISTRIBUTION, times(2))], ()),
        ("received-over-spent", [], ("p1",)),
        ("families-over-decree", [event("z", Step.RECEIPT, times(3), families=3)], ()),
        ("received-not-price", [event("z", Step.RECEIPT, Money(1, 0))], ()),
        ("ceiling-not-price", [event("z", Step.CEILING, Money(7, 0))], ()),
        ("no-report-before", [event("z", Step.TRANSFER, Money(1, 0), phase=2, day=4)], ()),
    ],
)
def test_each_invariant_warns(code: str, more: list[Entry], without: tuple[str, ...]) -> None:
    assert code in found(*more, without=without)


def test_the_next_phase_after_the_report_is_in_order() -> None:
    ceiling = event("z", Step.CEILING, times(1), phase=2)
    assert found(ceiling, event("y", Step.TRANSFER, Money(1, 0), phase=2, day=6)) == []
    assert found(ceiling, event("y", Step.TRANSFER, Money(1, 0), phase=2, day=6), report("l", day=7)) == ["no-report-before"]


def test_receiving_more_than_there_was_warns() -> None:
    assert "received-over-funds" in found(event("z", Step.RECEIPT, times(3), families=3), without=("p1", "x1"))


def test_a_rounded_amount_is_told_as_such() -> None:
    (caution,) = cautions(
        position(
            ledger(
                target("t", 3), event("z", Step.CEILING, Money(530_000, 0)), without=("c1", "t1", "s1", "p1", "x1", "r1")
            ),
            moment(20),
        )
    )
    assert caution.code == "rounded-input"
    assert dict(caution.figures) == {"stated": 530_000, "families": 3, "exact": 534_450}


def test_a_stated_total_is_compared_with_the_districts_sum() -> None:
    def stated(amount: int, unit: int) -> Stated:
        where = {"phase": None, "district": None, "document": "siaran pers", "entered": entered()}
        return Stated(number="st", step=Step.TRANSFER, amount=amount, rounded_to=unit, **where)  # type: ignore[arg-type]

    assert found(stated(10_689_000, 1)) == []
    assert found(stated(10_690_000, 10_000)) == ["rounded-input"]
    assert found(stated(10_700_000, 10_000)) == ["total-differs"]


def test_a_reason_answers_a_caution_and_blocks_nothing() -> None:
    over = event("z", Step.TRANSFER, Money(0, times(100).district + 1))
    given = Reason(
        number="a",
        code="transfer-over-ceiling",
        phase=1,
        district=POHUWATO,
        because="pergeseran anggaran",
        entered=entered(9),
    )
    whole = position(ledger(over, given), moment(20))
    (caution,) = cautions(whole)
    assert caution.because == "pergeseran anggaran"
    assert "alasan: pergeseran anggaran" in open_words(caution, whole, Language.ID)
    assert whole.of(Step.TRANSFER).total == times(100).total + 1
    before = position(ledger(over, given), moment(8))
    assert "mohon diberi alasan" in open_words(cautions(before)[0], before, Language.ID)


def test_rounding() -> None:
    assert [rounding_unit(n) for n in (0, 7, 530_000, 17_120_000_000)] == [1, 1, 10_000, 10_000_000]
    assert rounded(17_116_295_700, 10_000_000) == 17_120_000_000
    assert [rounded(n, 10) for n in (14, 15, 24, 25)] == [10, 20, 20, 30]

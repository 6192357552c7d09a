"""Payments of a file beside those on record: by document, added up; without a document by words, amount and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ejps_core.aid.entries import Event, Money, Step
from ejps_core.aid.reconciling import Payment, counted, reconcile
from ejps_core.model.steps import Compared
from tests.aid.sample_ledger import event

MAY = (date(2020, 10, 1), date(2020, 10, 31))


def order(number: str, amount: int, day: int = 2, document: str = "") -> Event:
    return replace(event(number, Step.TRANSFER, Money(amount, 0), day=day), document=document or f"SP2D/{number}/2020")


def paid(document: str, amount: int, day: int = 2, row: int = 1, told: str = "") -> Payment:
    return Payment(document, date(2020, 10, day), amount, row, told)


def outcomes(events: list[Event], payments: list[Payment]) -> list[Compared]:
    return [pair.answer for pair in reconcile(events, payments, MAY)]


def test_each_answer() -> None:
    events = [order("0001", 10), order("0002", 20), order("0003", 30, day=3), order("0004", 40)]
    payments = [
        paid("sp2d 0001-2020", 10),
        paid("SP2D/0002/2020", 21),
        paid("SP2D/0003/2020", 30),
        paid("SP2D/0009/2020", 9),
    ]
    assert outcomes(events, payments) == [
        Compared.MATCHED,
        Compared.AMOUNT_DIFFERS,
        Compared.DATE_DIFFERS,
        Compared.MISSING_HERE,
        Compared.MISSING_THERE,
    ]
    assert list(counted(reconcile(events, payments, MAY))) == [
        (Compared.MATCHED, 1, 10),
        (Compared.MISSING_HERE, 1, 9),
        (Compared.MISSING_THERE, 1, 40),
        (Compared.AMOUNT_DIFFERS, 1, 21),
        (Compared.DATE_DIFFERS, 1, 30),
    ]


def test_one_order_entered_by_phase_and_district_is_added_up() -> None:
    events = [order("a", 10, document="SP2D/77777/2020"), order("b", 15, document="sp2d/77777/2020")]
    (pair,) = reconcile(events, [paid("SP2D/77777/2020", 25)], MAY)
    assert pair.answer is Compared.MATCHED
    assert pair.here is not None
    assert pair.here.numbers == ("a", "b")


def test_a_line_of_a_statement_is_found_by_a_number_in_its_words() -> None:
    events = [order("0001", 10), order("0002", 10)]
    assert outcomes(events, [paid("", 10, told="pemindahbukuan SP2D-0002-2020 RKUD")])[0] is Compared.MATCHED
    (first, second) = reconcile(events, [paid("", 10, told="pemindahbukuan SP2D/0002/2020")], MAY)
    assert first.here is not None
    assert first.here.numbers == ("0002",)
    assert (second.answer, second.here and second.here.numbers) == (Compared.MISSING_THERE, ("0001",))


def test_without_any_number_only_one_entry_of_amount_and_day_may_fit() -> None:
    assert outcomes([order("0001", 10)], [paid("", 10)]) == [Compared.MATCHED]
    twins = [order("0001", 10), order("0002", 10)]
    assert outcomes(twins, [paid("", 10)]) == [Compared.MISSING_HERE, Compared.MISSING_THERE, Compared.MISSING_THERE]
    assert outcomes([order("0001", 10, day=5)], [paid("", 10)])[0] is Compared.MISSING_HERE


def test_an_entry_outside_the_days_of_the_file_is_not_missed() -> None:
    days = (date(2020, 10, 2), date(2020, 10, 2))
    assert reconcile([order("0001", 10, day=9)], [], days) == ()
    (pair,) = reconcile([order("0001", 10, day=9)], [paid("SP2D/0001/2020", 10)], days)
    assert pair.answer is Compared.DATE_DIFFERS

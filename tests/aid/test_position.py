"""Positions: what counts by when, the hash, differences, the end of the year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ejps_core.aid.canonical import FORM, canonical, restored
from ejps_core.aid.changes import Change, difference, lapses
from ejps_core.aid.entries import Cancellation, Entry, Money, Reason, Stated, Step
from ejps_core.aid.position import position
from ejps_core.model.words import Words
from tests.aid.sample_ledger import BOALEMO, POHUWATO, entered, event, later, ledger, moment, report, times


def test_sums_families_and_documents_of_a_cell() -> None:
    cell = position(ledger(), moment(6)).cell(1, POHUWATO)
    assert cell.of(Step.TRANSFER) == Money(10_689_000, 0)
    assert cell.of(Step.PACKAGE, Step.TAX).total == 98 * 178_150 + 200_000
    assert (cell.reached, cell.missed) == (98, 2)
    assert [paid.document for paid in cell.transfers] == ["dok-s1"]
    assert cell.report is not None
    assert cell.report.answerable == "Kepala BKAD"


def test_what_nobody_reported_is_not_zero() -> None:
    cell = position(ledger(), moment(3)).cell(1, POHUWATO)
    assert cell.reached is None
    assert not cell.reported(Step.RECEIPT)
    assert cell.reported(Step.PACKAGE)
    assert position(ledger(), moment(6)).cell(2, BOALEMO).target is None


def test_later_entries_do_not_move_a_position() -> None:
    before = position(ledger(), moment(6))
    more = event("s2", Step.TRANSFER, Money(1, 0), phase=2, day=7)
    backdated = later(event("s3", Step.TRANSFER, Money(5, 0), day=2), 9)
    assert position(ledger(more, backdated, report("l2", day=8)), moment(6)) == before


def test_an_event_counts_from_the_day_it_happens_and_the_moment_it_is_entered() -> None:
    ahead = replace(event("s2", Step.TRANSFER, Money(7, 0), day=9), entered=entered(1))
    early, late = (position(ledger(ahead), moment(day)) for day in (8, 9))
    assert late.of(Step.TRANSFER).total - early.of(Step.TRANSFER).total == 7
    assert position(ledger(), moment(2, hour=7)).of(Step.TRANSFER).total == 0
    assert position(ledger(), moment(2, hour=8)).of(Step.TRANSFER).total == 10_689_000


def test_a_cancelled_entry_counts_until_it_is_cancelled() -> None:
    gone = Cancellation(number="b1", cancels="r1", because="salah desa", entered=entered(6))
    assert position(ledger(gone), moment(5)).cell(1, POHUWATO).reached == 98
    assert position(ledger(gone), moment(6)).cell(1, POHUWATO).reached is None


def test_the_hash_is_of_the_content_and_of_nothing_else() -> None:
    first = position(ledger(), moment(6))
    again = position(replace(ledger(), entries=tuple(ledger().entries)), moment(6))
    assert first.digest == again.digest
    assert len(first.digest) == 64
    assert canonical(first) == canonical(replace(first, digest=""))
    changed = position(ledger(event("x2", Step.TAX, Money(1, 0), day=3)), moment(6))
    assert changed.digest != first.digest
    assert position(ledger(), moment(6, hour=9)).digest != first.digest


def test_the_difference_names_each_figure_that_changed() -> None:
    before, after = (position(ledger(), moment(day)) for day in (3, 6))
    assert difference(before, before) == ()
    changes = {change.what: change for change in difference(before, after)}
    assert changes["receipt"] == Change(1, POHUWATO, "receipt", None, times(98))
    assert changes["reached"] == Change(1, POHUWATO, "reached", None, 98)
    assert changes["report"].after == "l1"
    assert set(changes) == {"receipt", "failure", "reached", "missed", "report"}


def test_what_lapses_at_the_end_of_the_year() -> None:
    (one,) = lapses(position(ledger(), moment(6)))
    assert one.untransferred == Money(0, 7_126_000)
    assert one.unspent == Money(times(2).province - 120_000, 0)
    assert one.reported
    (early,) = lapses(position(ledger(), moment(2)))
    assert not early.reported
    assert early.unspent == Money(10_689_000, 0)
    advance = event("a1", Step.ADVANCE, Money(0, 500), phase=2)
    assert lapses(position(ledger(advance), moment(6)))[-1].advanced == Money(0, 500)


def test_the_canonical_bytes_give_the_position_back() -> None:
    last: tuple[Entry, ...] = (report("l2", day=6), event("s2", Step.TRANSFER, Money(7, 3), phase=2, day=6))
    reason = Reason(number="a1", code="no-report-before", phase=2, district=None, because="mendesak", entered=entered())
    said = Stated(
        number="d1", step=Step.CEILING, phase=None, district=BOALEMO, amount=9, rounded_to=1, document="x", entered=entered()
    )
    found = position(replace(ledger(*last, reason, said), notes=(Words("catatan", "note"),)), moment(7))
    again = restored(canonical(found))
    assert again == found
    assert canonical(again) == canonical(found)
    other = canonical(found).replace(FORM.encode(), b"ejps-position-0")
    with pytest.raises(ValueError, match="ejps-position-0 is not"):
        restored(other)

"""Who is on a decree: changes keep what they don't touch, and never pay a seat twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.aid.entries import Money
from ejps_core.aid.membership import (
    FITTING,
    Change,
    Member,
    annex_hash,
    changes_hash,
    money_of,
    resulting,
    total_of,
)
from ejps_core.model.decreed import ChangeKind, ChangeReason, Standing

SHARES = (("provinsi", 106_890), ("kabupaten", 71_260))


def member(pid: str, standing: Standing = Standing.RECIPIENT, rank: int = 1, area: str = "75.03") -> Member:
    return Member(pid, pid, pid, standing, rank, area, "75.03.01.2004", 178_150, SHARES, True)


LIST = (
    *(member(f"p{n}", rank=n) for n in range(1, 6)),
    *(member(f"r{n}", Standing.RESERVE, n) for n in range(1, 4)),
)
PIDS = st.sampled_from([each.pid for each in LIST] + ["nobody"])
CHANGES = st.lists(
    st.builds(
        Change,
        kind=st.sampled_from(ChangeKind),
        pid=PIDS,
        reason=st.sampled_from(ChangeReason),
        why=st.sampled_from(("", "akta dilihat")),
        new_pid=st.none() | PIDS,
        recipient=st.none() | st.sampled_from(("wife", "son")),
        amount=st.none() | st.sampled_from((178_150, 100_000, -1)),
        shares=st.sampled_from(((), SHARES, (("provinsi", 100_000),))),
        payable=st.none() | st.booleans(),
    ),
    max_size=8,
)


@given(CHANGES)
def test_a_seat_is_never_paid_twice_and_nobody_comes_from_nowhere(changes: list[Change]) -> None:
    after = resulting(LIST, changes)
    pids = [each.pid for each in after.members]
    assert len(pids) == len(set(pids)) and set(pids) <= {each.pid for each in LIST}
    made = len(changes) - len(after.faults)
    left = sum(1 for each in LIST if each.pid not in pids)
    assert left <= made and len(after.recipients) <= 5
    assert len(after.recipients) + len(after.reserve) == len(after.members)
    for each in after.members:
        assert each.amount >= 0 and sum(part for _, part in each.shares) == each.amount
        assert each.money.total == each.amount


@given(CHANGES)
def test_a_change_that_cannot_be_made_changes_nothing(changes: list[Change]) -> None:
    for change in changes:
        after = resulting(LIST, [change])
        if after.faults:
            assert after.members == LIST and not after.cautions
            assert after.faults[0].pid == change.pid
        else:
            assert change.reason in FITTING[change.kind] and change.why
            untouched = {each for each in LIST if each.pid not in (change.pid, change.new_pid)}
            assert untouched <= set(after.members)


def test_a_dead_head_is_no_reason_to_leave() -> None:
    wife = Change(ChangeKind.NAME, "p1", ChangeReason.HEAD_DIED, "akta", recipient="wife")
    after = resulting(LIST, [wife])
    assert not after.faults and after.member("p1") == replace(LIST[0], recipient="wife")
    assert total_of(after.recipients) == 5 * 178_150
    for kind in (ChangeKind.REMOVE, ChangeKind.REPLACE):
        gone = resulting(LIST, [Change(kind, "p1", ChangeReason.HEAD_DIED, "akta", new_pid="r1")])
        assert [each.code for each in gone.faults] == ["reason-unfit"]


def test_the_first_of_the_reserve_comes_and_others_are_to_be_explained() -> None:
    def replaced(new: str, members: tuple[Member, ...] = LIST) -> list[str]:
        done = resulting(members, [Change(ChangeKind.REPLACE, "p2", ChangeReason.MOVED, "surat", new_pid=new)])
        assert not done.faults and len(done.recipients) == 5
        return [each.code for each in done.cautions]

    assert replaced("r1") == []
    assert replaced("r2") == ["reserve-passed-over"]
    elsewhere = (*LIST, member("r9", Standing.RESERVE, 1, "75.04"))
    assert replaced("r9", elsewhere) == ["other-area"]
    both = [Change(ChangeKind.REPLACE, f"p{n}", ChangeReason.MOVED, "surat", new_pid=f"r{n}") for n in (1, 2)]
    assert resulting(LIST, both).cautions == ()


def test_a_correction_says_who_bears_the_amount() -> None:
    half = Change(ChangeKind.CORRECT, "p1", ChangeReason.MISTAKE, "salah", amount=100_000)
    assert [each.code for each in resulting(LIST, [half]).faults] == ["shares-differ"]
    whole = replace(half, shares=(("provinsi", 60_000), ("kabupaten", 40_000)))
    found = resulting(LIST, [whole]).member("p1")
    assert found is not None and found.money == Money(60_000, 40_000)
    nothing = replace(half, amount=None)
    assert [each.code for each in resulting(LIST, [nothing]).faults] == ["correction-empty"]


@pytest.mark.parametrize(
    ("amount", "shares", "money"),
    [
        (178_150, SHARES, Money(106_890, 71_260)),
        (500_000, (), Money(500_000, 0)),
        (5, (("Kabupaten", 5),), Money(0, 5)),
        (7, (("kabupaten", 3), ("desa", 2)), Money(2, 5)),
    ],
)
def test_money_by_who_bears_it(amount: int, shares: tuple[tuple[str, int], ...], money: Money) -> None:
    assert money_of(amount, shares) == money


def test_a_hash_tells_every_difference() -> None:
    first = annex_hash("decree 1", 2, LIST)
    others = [
        annex_hash("decree 2", 2, LIST),
        annex_hash("decree 1", 3, LIST),
        annex_hash("decree 1", 2, LIST[1:]),
        annex_hash("decree 1", 2, (replace(LIST[0], recipient="wife"), *LIST[1:])),
        annex_hash("decree 1", 2, (replace(LIST[0], amount=1), *LIST[1:])),
        annex_hash("decree 1", 2, (replace(LIST[0], shares=()), *LIST[1:])),
    ]
    assert first == annex_hash("decree 1", 2, LIST) and len({first, *others}) == 7
    change = Change(ChangeKind.REMOVE, "p1", ChangeReason.ABLE, "mampu")
    assert changes_hash("decree 1", [change]) != changes_hash("decree 1", [replace(change, reason=ChangeReason.MOVED)])

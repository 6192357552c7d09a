"""Decrees, deliveries, holds, objections, findings as records: the newest counts, numbers once, documents sealed."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest

from ejps_core.model.decreed import (
    Capacity,
    DecreeAct,
    DocumentKind,
    FindingAct,
    HoldReason,
    ObjectionOutcome,
    Outcome,
    Power,
)
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.appeals import (
    Doing,
    Filed,
    Found,
    Ruling,
    add_finding,
    decide_objection,
    do_about,
    file_objection,
    finding_steps,
    holidays,
    ruling_on,
    set_holiday,
)
from ejps_core.store.decrees import Issued, Signed, decree_of, issue, issue_of, members_of, steps_of, take_step
from ejps_core.store.delegations import Deputising, delegate, delegation_of, delegations, end_delegation
from ejps_core.store.deliveries import (
    Delivered,
    Holding,
    deliver,
    explain,
    hold,
    holds,
    payments,
    unexplained,
)
from ejps_core.store.documents import only_if_recorded, put_on_record, read_document, seal_document
from ejps_core.store.problems import StoreError
from ejps_core.store.retention import destroy
from ejps_core.store.session import Store
from ejps_core.store.words import Declared
from tests.store.decreed import CLERK, HEAD, PIDS, SHARES, decree_on_record, paying, run_on_record
from tests.store.sample import DAY, NIKS, NOON, SYSTEM, later

READER = replace(later(CLERK, days=1), purpose=Purpose.DELIVERY)
ISSUED = Issued("188.4/9/2026", date(2026, 3, 9), "Hamim Contoh", "Bupati", "e" * 64)


@pytest.fixture
def decree(store: Store) -> int:
    return decree_on_record(store, run_on_record(store))


def test_a_draft_comes_back_exactly(store: Store, decree: int) -> None:
    with store.reading() as session:
        found, who = decree_of(session, decree), members_of(session, decree)
        (step,) = steps_of(session, decree)
        with pytest.raises(StoreError, match="no decree number 99"):
            decree_of(session, 99)
        assert issue_of(session, decree) is None
    assert (found.phases, found.amount, found.drafted_by) == ([1, 2], 178_150, "Rahma Pakaya")
    assert [(each.pid, each.standing, each.shares, each.payable) for each in who] == [
        (PIDS[0], "recipient", SHARES, True),
        (PIDS[1], "reserve", SHARES, True),
    ]
    assert (step.act, step.who, step.account, step.role) == ("draft", "Rahma Pakaya", "rahma", "district")


def test_a_number_is_given_once_in_a_district_and_is_no_nik(store: Store, decree: int) -> None:
    other = decree_on_record(store, 1)
    with pytest.raises(StoreError, match="can't be a decree's number"), store.writing(HEAD) as work:
        issue(work, decree, replace(ISSUED, number=f"SK {NIKS[0]}"))
    with store.writing(later(HEAD, hours=3)) as work:
        issue(work, decree, ISSUED)
    with pytest.raises(StoreError, match="is decree 1's"), store.writing(HEAD) as work:
        issue(work, other, ISSUED)
    with store.reading() as session:
        found = issue_of(session, decree)
        assert found is not None and (found.signatory, found.annex_hash) == ("Hamim Contoh", "e" * 64)
        assert [each.act for each in steps_of(session, decree)] == ["draft", "issue"]
        assert [each.act for each in steps_of(session, other)] == ["draft"]


def test_two_who_act_at_once_do_so_one_after_the_other(store: Store, decree: int) -> None:
    """Each looks at the steps under the lock: only one of them finds the decree as drafted."""
    ready, acted = Barrier(2), list[int]()

    def check(number: int) -> None:
        ready.wait()
        with store.writing(later(CLERK, minutes=number)) as work:
            work.alone(f"decree:{decree}")
            if len(steps_of(work.session, decree)) == 1:
                take_step(work, decree, Signed(DecreeAct.CHECK))
                acted.append(number)
            else:
                work.tell("decree.late", "decree", decree)

    threads = [Thread(target=check, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert [each.act for each in steps_of(session, decree)] == ["draft", "check"] and len(acted) == 1


def test_a_delegation_counts_until_another_record_takes_its_place(store: Store, decree: int) -> None:
    said = Deputising("75.04", "Kadis", Capacity.PLT, "Yusuf", frozenset(Power), DAY, date(2026, 3, 30), "SPT 1", DAY)
    with store.writing(CLERK) as work:
        first, called_off = delegate(work, said), delegate(work, replace(said, deputy="Vera"))
    with store.writing(later(CLERK, days=3)) as work:
        shorter = end_delegation(work, first, date(2026, 3, 5))
        end_delegation(work, called_off, date(2026, 3, 1))
    with store.reading() as session:
        (now,) = delegations(session)
        assert (now.id, now.deputy, now.last, now.powers) == (shorter, "Yusuf", date(2026, 3, 5), ["approve", "sign"])
        assert [each.deputy for each in delegations(session, NOON)] == ["Yusuf", "Vera"]
        for number in (first, called_off):
            with pytest.raises(StoreError, match="no delegation"):
                delegation_of(session, number)


def test_payments_stay_open_until_they_are_explained_or_taken_back(store: Store, decree: int) -> None:
    with store.writing(CLERK) as work:
        deliver(work, Delivered(decree, 1, "75.04.04", DAY, "BA 1"), [paying(cautions=("on-hold",)), paying()])
    with store.writing(later(CLERK, hours=1)) as work:
        deliver(work, Delivered(decree, 1, "75.04.04", DAY, "BA 2"), [paying(cautions=("paid-already",))])
    with store.reading() as session:
        assert [each.id for each in unexplained(session, "bantuan")] == [1, 3]
        assert [each.id for each in payments(session, "bantuan", phase=1, known=NOON)] == [1, 2]
        assert payments(session, "bantuan", phase=2) == () and unexplained(session, "bantuan", "75.05") == ()
    with store.writing(later(CLERK, hours=2)) as work:
        explain(work, 1, f"KTP {NIKS[0]} dilihat", "BA 3")
        deliver(work, Delivered(decree, 1, "75.04.04", DAY, "-"), [paying(Outcome.CANCELLED, cancels=3, reason="keliru")])
    with store.reading() as session:
        assert unexplained(session, "bantuan") == ()
        assert NIKS[0] not in str(session.connection().exec_driver_sql("select why from payment_reasons").scalar_one())


def test_a_document_is_sealed_kept_once_and_gone_with_its_key(store: Store, decree: int) -> None:
    content = f"daftar bertanda tangan {NIKS[0]}".encode() * 1000
    sealed = seal_document(store, DocumentKind.SHEET, "lembar.pdf", content, "75.04 bantuan")
    with store.writing(CLERK) as work:
        assert put_on_record(work, sealed) == 1
    again = seal_document(store, DocumentKind.SHEET, "lembar.pdf", content, "75.04 bantuan")
    with only_if_recorded(store, again), store.writing(CLERK) as work:
        assert put_on_record(work, again) == 1
        work.tell("thing.done", "thing", 1)
    files = [each for each in store.files.iterdir() if each.name.startswith("sheet-")]
    assert len(files) == 1 and NIKS[0].encode() not in files[0].read_bytes()
    assert read_document(store, READER, 1, "75.04") == content
    for act in (replace(READER, role=Role.AUDITOR), replace(READER, why=""), replace(READER, district="75.05")):
        with pytest.raises(StoreError):
            read_document(store, act, 1, "75.04")
    files[0].write_bytes(files[0].read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match="damaged or was changed"):
        read_document(store, READER, 1, "75.04")
    destroy(store, later(SYSTEM, days=2), sealed.key_id, "JRA habis")
    assert not files[0].exists() and not store.keys.has(sealed.key_id)
    with pytest.raises(StoreError, match="destroyed on"):
        read_document(store, READER, 1, "75.04")
    anew = seal_document(store, DocumentKind.SHEET, "lembar.pdf", content, "75.04 bantuan")
    assert anew.key_id != sealed.key_id
    with pytest.raises(KeyboardInterrupt), only_if_recorded(store, anew):
        raise KeyboardInterrupt
    assert not store.keys.has(anew.key_id) and not (store.files / anew.path).exists()


def test_holds_name_what_they_supersede(store: Store, decree: int) -> None:
    said = Holding("bantuan", "75.04", PIDS[0], None, Declared.MADE, DAY, HoldReason.UNCLEAR, "alamat")
    with store.writing(CLERK) as work:
        first = hold(work, said)
        other = hold(work, replace(said, phase=1))
        lifted = hold(work, replace(said, state=Declared.WITHDRAWN, day=date(2026, 3, 9)))
    with store.reading() as session:
        found = {each.id: each for each in holds(session, "bantuan", [PIDS[0]])}
    assert (found[other].supersedes, found[lifted].supersedes) == (None, first)


def test_objections_and_findings_keep_all_that_was_said(store: Store, decree: int) -> None:
    with store.writing(CLERK) as work:
        number = file_objection(work, Filed("bantuan", "75.04", DAY, DAY, f"NIK {NIKS[0]} salah", "S 1", decree_id=decree))
        found = add_finding(
            work, Found("Inspektorat", "bantuan", "75.04", DAY, "ganda", "tagih", "Dinsos", DAY, "LHP", amount=178_150)
        )
    first = Ruling(ObjectionOutcome.REJECTED, DAY, "bukti kurang", "", "S 2")
    for ruling in (first, Ruling(ObjectionOutcome.GRANTED, DAY, "bukti baru", "masuk cadangan", "S 3")):
        with store.writing(later(CLERK, hours=1)) as work:
            decide_objection(work, number, ruling)
    for doing in (Doing(FindingAct.FOLLOW_UP, DAY, "ditagih", amount=178_150), Doing(FindingAct.CLOSE, DAY, "lunas")):
        with store.writing(later(CLERK, hours=2)) as work:
            do_about(work, found, doing)
    with store.writing(CLERK) as work:
        for day, state in ((date(2026, 3, 19), Declared.MADE), (date(2026, 3, 20), Declared.MADE)):
            set_holiday(work, day, "Nyepi", "contoh", state)
        set_holiday(work, date(2026, 3, 20), "Nyepi", "keliru", Declared.WITHDRAWN)
    with store.reading() as session:
        newest = ruling_on(session, number)
        assert newest is not None and (newest.outcome, newest.supersedes) == ("granted", 1)
        assert [each.act for each in finding_steps(session, found)] == ["follow_up", "close"]
        assert [each.day for each in holidays(session)] == [date(2026, 3, 19)]


def test_roles_and_districts_may_do_what_is_theirs(store: Store) -> None:
    roles = frozenset({Role.HEAD})
    HEAD.refuse_unless(roles, "75.04")
    for act in (CLERK, replace(HEAD, district="75.05")):
        with pytest.raises(StoreError):
            act.refuse_unless(roles, "75.04")
    assert Act("A", Role.HEAD, Purpose.DECISION, NOON, account=f" {NIKS[0]} ").account.endswith(NIKS[0][-4:])

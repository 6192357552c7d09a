"""Breaches and people's requests: on record for good, each with the clock of 3 × 24 hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from ejps_core.model.duties import Recipient, RequestKind, RequestOutcome
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.audit.verify import verify
from ejps_core.store.breaches import BreachFound, Step, add_step, breach_state, breaches, open_breach
from ejps_core.store.lists import receive
from ejps_core.store.people import Identity
from ejps_core.store.problems import StoreError
from ejps_core.store.requests import RequestMade, add_event, held, open_request, request_state, requests
from ejps_core.store.sealing import new_pseudonyms
from ejps_core.store.session import Store
from ejps_core.store.subject import held_on
from ejps_core.store.tables import Breach, RequestEvent
from ejps_core.store.words import BreachStep, RequestStep, Unit
from tests.store.sample import NIKS, NOON, OFFICER, PROTECTION, later, sample

GUARD = Act("Tuna Olii", Role.PROTECTION, Purpose.ADMINISTRATION, NOON, "pelanggaran")
FOUND = BreachFound(
    "Daftar terkirim ke alamat salah", f"lampiran surel {NIKS[0]}", "nama, NIK", NOON - timedelta(hours=2), people=None
)


def opened(store: Store, act: Act = GUARD, found: BreachFound = FOUND) -> int:
    with store.writing(act) as work:
        return open_breach(work, found)


def step(store: Store, number: int, act: Act, kind: BreachStep, **more: Any) -> None:
    reason = more.pop("without_notice", None)
    with store.writing(act) as work:
        add_step(work, number, Step(kind, "kerja", act.at, **more), without_notice=reason)


def test_the_clock_of_a_breach(store: Store) -> None:
    number = opened(store)
    with store.reading() as session:
        for hours, overdue, left in ((1, False, 69), (70, False, 0), (71, True, 1), (100, True, 30)):
            state = breach_state(session, number, NOON + timedelta(hours=hours))
            assert (state.clock.overdue, state.clock.hours) == (overdue, left), hours
            assert state.late == ((Recipient.SUBJECTS, Recipient.AUTHORITY) if overdue else ())
        assert breach_state(session, number, NOON).clock.due == datetime(2026, 3, 5, 2, tzinfo=UTC)


def test_who_was_told_in_time_and_who_late(store: Store) -> None:
    number = opened(store)
    step(store, number, later(GUARD, hours=10), BreachStep.NOTICE, recipient=Recipient.AUTHORITY, document="180/1")
    step(store, number, later(GUARD, hours=20), BreachStep.EFFORT)
    step(store, number, later(GUARD, hours=21), BreachStep.FOUND, people=1240)
    with pytest.raises(StoreError, match="Not told in writing yet: subjects"):
        step(store, number, later(GUARD, hours=30), BreachStep.CLOSED)
    step(store, number, later(GUARD, hours=80), BreachStep.NOTICE, recipient=Recipient.SUBJECTS)
    step(store, number, later(GUARD, hours=81), BreachStep.CLOSED)
    with pytest.raises(StoreError, match="is closed"):
        step(store, number, later(GUARD, hours=82), BreachStep.FOUND)
    with store.reading() as session:
        state = breach_state(session, number, NOON + timedelta(days=9))
        assert (state.untold, state.late, state.people, state.closed) == ((), (Recipient.SUBJECTS,), 1240, True)
        then = breaches(session, NOON + timedelta(hours=15))[0]
        assert (then.untold, then.closed, len(then.events)) == ((Recipient.SUBJECTS,), False, 1)
        assert breaches(session, NOON - timedelta(hours=1)) == []
        assert verify(session, store.keys).findings == ()


def test_closing_untold_needs_a_reason(store: Store) -> None:
    number = opened(store)
    step(store, number, later(GUARD, hours=1), BreachStep.CLOSED, without_notice="tidak ada yang terungkap")
    with store.reading() as session:
        state = breach_state(session, number, NOON + timedelta(days=9))
    assert state.events[0].words == "kerja – tanpa pemberitahuan: tidak ada yang terungkap"


def test_what_can_not_be(store: Store) -> None:
    with pytest.raises(StoreError, match="ahead"):
        opened(store, found=BreachFound("x", "x", "x", NOON + timedelta(hours=1)))
    with pytest.raises(StoreError, match="ahead"):
        opened(store, found=BreachFound("x", "x", "x", NOON, NOON + timedelta(hours=1)))
    number = opened(store)
    with pytest.raises(StoreError, match="before it was known"), store.writing(later(GUARD, hours=1)) as work:
        add_step(work, number, Step(BreachStep.FOUND, "x", NOON - timedelta(days=1)))
    with pytest.raises(StoreError, match="no breach number 9"), store.writing(GUARD) as work:
        add_step(work, 9, Step(BreachStep.FOUND, "x", NOON))
    with store.reading() as session:
        assert session.execute(select(func.count()).select_from(Breach)).scalar_one() == 1


def test_no_number_of_identity_gets_into_the_register(store: Store) -> None:
    number = opened(store)
    with store.reading() as session:
        assert NIKS[0] not in breach_state(session, number, NOON).breach.how


def asked(store: Store, kind: RequestKind, nik: str = NIKS[0], act: Act = PROTECTION) -> tuple[int, int]:
    return open_request(store, act, nik, RequestMade(kind, f"minta {nik}", act.at - timedelta(hours=1), "12/2026"))


def answered(store: Store, number: int, act: Act, outcome: RequestOutcome) -> None:
    with store.writing(act) as work:
        add_event(work, number, RequestStep.ANSWER, "alasan", act.at, outcome=outcome)


def test_a_request_with_its_clock_and_answer(store: Store) -> None:
    receive(store, OFFICER, sample())
    assert asked(store, RequestKind.CORRECTION) == (1, 1)
    assert asked(store, RequestKind.ACCESS, NIKS[7]) == (2, 0)
    with store.reading() as session:
        first, second = requests(session, NOON + timedelta(hours=72))
    assert (first.late, second.late, second.request.pids) == (True, True, [])
    assert NIKS[0] not in first.request.words
    answered(store, 1, later(PROTECTION, hours=10), RequestOutcome.GRANTED)
    answered(store, 2, later(PROTECTION, hours=72), RequestOutcome.REFUSED)
    with pytest.raises(StoreError, match="has been answered"):
        answered(store, 1, later(PROTECTION, hours=11), RequestOutcome.REFUSED)
    with pytest.raises(StoreError, match="ahead"), store.writing(later(PROTECTION, hours=1)) as work:
        add_event(work, 1, RequestStep.NOTE, "x", NOON + timedelta(days=1))
    with store.reading() as session:
        first, second = requests(session, NOON + timedelta(days=30))
        assert (first.late, second.late) == (False, True)
        before = requests(session, NOON + timedelta(hours=20))
        assert [each.answer is None for each in before] == [False, True]
        assert verify(session, store.keys).findings == ()
    looked = held_on(store, later(PROTECTION, days=31), NIKS[0]).looked
    assert {"request.received", "request.answer"} <= {each.action for each in looked}


def test_a_hold_stands_until_it_is_released(store: Store) -> None:
    receive(store, OFFICER, sample())
    number, _ = asked(store, RequestKind.HOLD)
    with store.reading() as session:
        (pid,) = request_state(session, number, NOON).request.pids
        assert held(session, later(PROTECTION, hours=1).at) == frozenset()
    with pytest.raises(StoreError, match="holds nothing"), store.writing(later(PROTECTION, hours=1)) as work:
        add_event(work, number, RequestStep.RELEASE, "x", work.act.at)
    answered(store, number, later(PROTECTION, hours=2), RequestOutcome.GRANTED)
    with store.writing(later(PROTECTION, hours=30)) as work:
        add_event(work, number, RequestStep.RELEASE, "dijelaskan", work.act.at)
    with store.reading() as session:
        assert held(session, NOON + timedelta(hours=3)) == {pid}
        assert held(session, NOON + timedelta(hours=31)) == frozenset()
    refused, _ = asked(store, RequestKind.HOLD, act=later(PROTECTION, days=2))
    answered(store, refused, later(PROTECTION, days=3), RequestOutcome.REFUSED)
    with store.reading() as session:
        assert held(session, NOON + timedelta(days=4)) == frozenset()


def test_a_member_holds_the_family(store: Store) -> None:
    """What is decided is the family: it is on hold with any of its members."""
    incoming = sample(2)
    (head,) = incoming.people
    member = Identity(new_pseudonyms(1)[0], Unit.MEMBER, head.pid, NIKS[5], None, "Anak Rahasia")
    receive(store, OFFICER, replace(incoming, people=[head, member]))
    number, _ = asked(store, RequestKind.HOLD, NIKS[5])
    answered(store, number, later(PROTECTION, hours=1), RequestOutcome.GRANTED)
    with store.reading() as session:
        assert held(session, NOON + timedelta(hours=2)) == {member.pid, head.pid}


def test_only_who_may_look_people_up_records_a_request(store: Store) -> None:
    receive(store, OFFICER, sample())
    with pytest.raises(StoreError, match="may not read"):
        asked(store, RequestKind.ACCESS, act=OFFICER)
    with store.reading() as session:
        assert requests(session, NOON + timedelta(days=1)) == []


@pytest.mark.parametrize("point", ["breach-written", "breach-step-written", "request-written", "request-event-written"])
def test_broken_off_nothing_is_recorded(store: Store, point: str) -> None:
    receive(store, OFFICER, sample())
    number = opened(store)
    request, _ = asked(store, RequestKind.ERASURE)

    def stop(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    store.faults = stop
    with pytest.raises(KeyboardInterrupt):
        opened(store, later(GUARD, hours=1))
        step(store, number, later(GUARD, hours=1), BreachStep.EFFORT)
        asked(store, RequestKind.ACCESS, act=later(PROTECTION, hours=1))
        answered(store, request, later(PROTECTION, hours=1), RequestOutcome.PARTLY)
    store.faults = lambda _: None
    counts = {"breach-written": (1, 0, 1, 0), "breach-step-written": (2, 0, 1, 0)}
    counts |= {"request-written": (2, 1, 1, 0), "request-event-written": (2, 1, 2, 0)}
    with store.reading() as session:
        now = NOON + timedelta(days=1)
        found = breaches(session, now)
        events = sum(len(each.events) for each in found)
        answers = session.execute(select(func.count()).select_from(RequestEvent)).scalar_one()
        assert (len(found), events, len(requests(session, now)), answers) == counts[point]
        assert verify(session, store.keys).findings == ()

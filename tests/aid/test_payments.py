"""What families received: exact, whatever was cancelled or came back; what is odd is warned of and never blocked."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ejps_core.aid.deadlines import Clock, clock, is_working_day, working_days_after
from ejps_core.aid.entries import NOTHING, Money
from ejps_core.aid.inspections import (
    FindingState,
    FindingStep,
    deadline_of,
    finding_overdue,
    finding_refusal,
    finding_state,
    made_good,
)
from ejps_core.aid.payments import (
    CAUTIONS,
    Event,
    HoldRecord,
    Place,
    Terms,
    cautions,
    counting,
    held,
    place_of,
    received,
)
from ejps_core.aid.signing import Signer, one_person
from ejps_core.model.decreed import FindingAct, Outcome, Standing
from tests.aid.test_membership import SHARES, member

DAY = date(2020, 8, 10)
TERMS = Terms((2, 3), date(2020, 7, 20))


def event(number: int, outcome: Outcome, cancels: int | None = None, amount: int = 178_150) -> Event:
    return Event(number, outcome, amount, SHARES if amount == 178_150 else (), DAY, cancels)


@given(st.lists(st.tuples(st.sampled_from(Outcome), st.integers(0, 9)), max_size=10))
def test_only_what_counts_is_received(tries: list[tuple[Outcome, int]]) -> None:
    events: list[Event] = []
    for number, (outcome, about) in enumerate(tries, 1):
        there = [each for each in events if each.number == about and each.outcome is not Outcome.CANCELLED]
        if outcome is Outcome.CANCELLED and not there:
            continue
        events.append(event(number, outcome, about if outcome is Outcome.CANCELLED else None))
    kept = counting(events)
    plus = sum(each.outcome is Outcome.RECEIVED for each in kept)
    minus = sum(each.outcome is Outcome.RETURNED for each in kept)
    assert received(events) == Money((plus - minus) * 106_890, (plus - minus) * 71_260)
    gone = {each.cancels for each in events if each.cancels is not None}
    assert not gone & {each.number for each in kept}


def test_what_is_odd_about_a_payment_is_told_and_nothing_else() -> None:
    someone, new = member("p1"), event(0, Outcome.RECEIVED)

    def told(place: Place = Place.ENROLLED, terms: Terms = TERMS, phase: int = 2, *before: Event) -> tuple[str, ...]:
        return cautions(someone, place, terms, phase, new, before)

    assert told() == ()
    assert told(Place.HELD) == ("on-hold",)
    assert told(Place.RESERVE) == ("on-reserve",)
    assert told(Place.NIK_TO_FOLLOW) == ("nik-to-follow",)
    assert told(terms=Terms((2,), None)) == ("not-issued",)
    assert told(terms=Terms((2,), date(2020, 8, 11))) == ("before-decree",)
    assert told(phase=1) == ("other-phase",)
    assert told(Place.ENROLLED, TERMS, 2, event(1, Outcome.RECEIVED)) == ("paid-already",)
    assert told(Place.ENROLLED, TERMS, 2, event(1, Outcome.RECEIVED), event(2, Outcome.CANCELLED, 1)) == ()
    assert told(Place.ENROLLED, TERMS, 2, event(1, Outcome.FAILED)) == ()
    assert cautions(None, Place.ABSENT, TERMS, 2, new, ()) == ("not-on-decree",)
    less = event(0, Outcome.RECEIVED, amount=100_000)
    assert cautions(someone, Place.ENROLLED, TERMS, 2, less, ()) == ("amount-differs",)
    back = event(0, Outcome.RETURNED)
    assert cautions(someone, Place.ENROLLED, TERMS, 2, back, ()) == ("more-than-received",)
    assert cautions(someone, Place.ENROLLED, TERMS, 2, back, (event(1, Outcome.RECEIVED),)) == ()
    codes = {"on-hold", "on-reserve", "nik-to-follow", "not-issued", "before-decree", "other-phase", "paid-already"}
    beyond = {
        "on-another-decree",
        "paid-elsewhere",
        "processing-paused",
    }  # found beyond one decree: tests/store/test_between.py
    assert codes | {"not-on-decree", "amount-differs", "more-than-received"} | beyond == set(CAUTIONS)


def test_where_a_family_stands() -> None:
    someone = member("p1")
    assert place_of(someone, False) is Place.ENROLLED and place_of(someone, True) is Place.HELD
    assert place_of(None, True) is Place.ABSENT
    assert place_of(member("r1", Standing.RESERVE), True) is Place.RESERVE


@given(
    st.lists(st.tuples(st.sampled_from((None, 2, 3)), st.booleans(), st.integers(0, 30)), max_size=8),
    st.integers(0, 30),
)
def test_a_hold_lasts_until_it_is_lifted_in_its_own_scope(records: list[tuple[int | None, bool, int]], day: int) -> None:
    known = [HoldRecord(n, phase, on, DAY + timedelta(days=at)) for n, (phase, on, at) in enumerate(records)]
    today = DAY + timedelta(days=day)
    expected = False
    for scope in (None, 2):
        state = False
        for each in sorted(known, key=lambda each: (each.day, each.number)):
            state = each.on if each.phase == scope and each.day <= today else state
        expected = expected or state
    assert held(known, 2, today) is expected


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 40), st.sets(st.dates(date(2020, 1, 1))))
def test_working_days_are_counted_one_by_one(day: date, count: int, holidays: set[date]) -> None:
    until = working_days_after(day, count, holidays)
    between = [day + timedelta(days=n) for n in range(1, (until - day).days + 1)]
    assert sum(is_working_day(each, holidays) for each in between) == count and is_working_day(until, holidays)


def test_the_clock_of_an_objection() -> None:
    friday = date(2020, 10, 16)
    running = clock(friday, friday)
    assert running == Clock(date(2020, 11, 16), date(2020, 10, 30), False)
    assert clock(friday, friday, [date(2020, 10, 29)]).answer_by == date(2020, 11, 2)
    assert clock(friday, date(2020, 11, 16)).late is False and clock(friday, date(2020, 11, 17)).late is True
    assert not running.overdue(date(2020, 10, 30), None) and running.overdue(date(2020, 10, 31), None)
    assert not running.overdue(date(2021, 1, 1), date(2020, 10, 30)) and running.overdue(
        date(2020, 10, 1), date(2020, 11, 1)
    )


PEOPLE = (Signer("Rahma", "rahma"), Signer("Ani", "ani"), Signer("Rahma, S.E.", "x"), Signer("Budi", "rahma"))


@given(st.lists(st.tuples(st.sampled_from(FindingAct), st.sampled_from(PEOPLE), st.none() | st.just(DAY)), max_size=10))
def test_a_finding_is_closed_by_another_than_who_followed_it_up(
    tries: list[tuple[FindingAct, Signer, date | None]],
) -> None:
    done: list[FindingStep] = []
    for act, signer, deadline in tries:
        step = FindingStep(act, signer, 1 if act is FindingAct.FOLLOW_UP else 0, deadline)
        if finding_refusal(done, step) is not None:
            continue
        if act is FindingAct.CLOSE:
            followed = [each.signer for each in done if each.act is FindingAct.FOLLOW_UP]
            assert followed and not any(one_person(signer, each) for each in followed)
            assert finding_state(done) is FindingState.FOLLOWED_UP
        if act is FindingAct.EXTEND:
            assert deadline is not None
        assert (finding_state(done) is FindingState.CLOSED) == (act is FindingAct.REOPEN)
        done.append(step)
    assert made_good(done) == sum(each.act is FindingAct.FOLLOW_UP for each in done)


def test_a_finding_is_overdue_after_its_last_deadline() -> None:
    steps = [FindingStep(FindingAct.EXTEND, PEOPLE[0], deadline=date(2020, 9, 1))]
    assert deadline_of(DAY, []) == DAY and deadline_of(DAY, steps) == date(2020, 9, 1)
    assert finding_overdue(DAY, [], date(2020, 8, 11)) and not finding_overdue(DAY, [], DAY)
    assert not finding_overdue(DAY, steps, date(2020, 9, 1)) and finding_overdue(DAY, steps, date(2020, 9, 2))
    closed = [*steps, FindingStep(FindingAct.FOLLOW_UP, PEOPLE[0]), FindingStep(FindingAct.CLOSE, PEOPLE[1])]
    assert not finding_overdue(DAY, closed, date(2021, 1, 1)) and received([]) == NOTHING

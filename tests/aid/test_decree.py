"""A decree from draft to issue: whatever is tried by whomever, two persons have seen what is issued."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.aid.decree import BEFORE, Step, refusal, state_of
from ejps_core.aid.signing import Acting, Deputy, Signer, acting, one_person, plain_name
from ejps_core.model.decreed import Capacity, DecreeAct, DecreeState, Power
from ejps_core.model.words import Words

PEOPLE = (
    Signer("Rahma Pakaya", "rahma"),
    Signer("Hj. Rahma Pakaya, S.E.", "rahma2"),
    Signer("Yusuf Lihawa", "yusuf"),
    Signer("Vera Olii", "rahma"),
    Signer("Tuna Datau", ""),
)
TRIES = st.lists(st.tuples(st.sampled_from(DecreeAct), st.sampled_from(PEOPLE), st.sampled_from(("", "salah nama"))))


def history(tries: list[tuple[DecreeAct, Signer, str]]) -> list[Step]:
    """What of all that is tried is done."""
    done: list[Step] = []
    for act, signer, reason in [(DecreeAct.DRAFT, PEOPLE[0], ""), *tries]:
        if refusal(done, act, signer, reason) is None:
            done.append(Step(act, signer))
    return done


@given(TRIES)
def test_what_is_issued_was_checked_and_approved_by_another(tries: list[tuple[DecreeAct, Signer, str]]) -> None:
    done = history(tries)
    assert done[0].act is DecreeAct.DRAFT and [step.act for step in done].count(DecreeAct.DRAFT) == 1
    for place, step in enumerate(done):
        before = done[:place]
        if step.act is DecreeAct.APPROVE:
            assert before[-1].act is DecreeAct.CHECK
            assert not any(one_person(step.signer, e.signer) for e in before if e.act in (DecreeAct.DRAFT, DecreeAct.CHECK))
        if step.act is DecreeAct.ISSUE:
            assert before[-1].act is DecreeAct.APPROVE


@given(TRIES)
def test_nothing_leads_out_of_issued_or_withdrawn(tries: list[tuple[DecreeAct, Signer, str]]) -> None:
    done = history(tries)
    ends = [place for place, step in enumerate(done) if step.act in (DecreeAct.ISSUE, DecreeAct.WITHDRAW)]
    assert ends in ([], [len(done) - 1])


@given(TRIES)
def test_a_step_is_refused_for_its_state_or_its_person_or_its_reason(tries: list[tuple[DecreeAct, Signer, str]]) -> None:
    done = history(tries)
    for act in DecreeAct:
        for signer in PEOPLE:
            found = refusal(done, act, signer, "alasan")
            if state_of(done) not in BEFORE[act]:
                assert found is not None and found.code == "decree-state"
            elif found is not None:
                assert found.code == "four-eyes" and act is DecreeAct.APPROVE


def test_a_return_needs_its_reason_and_is_checked_again() -> None:
    done = [Step(DecreeAct.DRAFT, PEOPLE[0]), Step(DecreeAct.CHECK, PEOPLE[0])]
    found = refusal(done, DecreeAct.RETURN, PEOPLE[2])
    assert found is not None and found.code == "reason-missing"
    done += [Step(DecreeAct.RETURN, PEOPLE[2])]
    assert state_of(done) is DecreeState.RETURNED
    assert refusal(done, DecreeAct.APPROVE, PEOPLE[2]) is not None
    done += [Step(DecreeAct.CHECK, PEOPLE[0])]
    assert refusal(done, DecreeAct.APPROVE, PEOPLE[2]) is None


def test_nothing_comes_before_the_draft() -> None:
    for act in DecreeAct:
        assert (refusal([], act, PEOPLE[0]) is None) == (act is DecreeAct.DRAFT)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Drs. H. Yusuf Lihawa, M.Si", "yusuf  LIHAWA", True),
        ("Yusuf Lihawa S.Pd", "Yusuf Lihawa", True),
        ("Yusuf Lihawa", "Yusuf Lihawati", False),
        ("H.", "Hj.", False),
        ("Rahma Pakaya", "Rahma Pakaya Datau", False),
    ],
)
def test_names_are_compared_without_titles(one: str, other: str, same: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is same


def deputy(number: int, first: int, last: int, powers: frozenset[Power] = frozenset(Power), **other: str | None) -> Deputy:
    place = other.get("district", "75.03")
    days = date(2020, 7, first), date(2020, 7, last)
    return Deputy(number, place, "Kepala Dinas Sosial", Capacity.PLT, "Yusuf Lihawa", powers, *days)


def test_a_deputy_signs_within_dates_and_powers_only() -> None:
    yusuf, office = Signer("Drs. Yusuf Lihawa", "yusuf"), "kepala  dinas sosial"
    papers = [deputy(1, 1, 10), deputy(2, 8, 20, frozenset({Power.APPROVE}))]

    def sign(day: int, power: Power = Power.APPROVE, who: Signer = yusuf, district: str = "75.03") -> Acting | Words:
        return acting(who, office, district, power, date(2020, 7, day), papers)

    assert sign(5) == Acting(Capacity.PLT, 1)
    assert sign(9) == Acting(Capacity.PLT, 2)
    assert sign(9, Power.SIGN) == Acting(Capacity.PLT, 1)
    assert isinstance(sign(15, Power.SIGN), Words)
    assert isinstance(sign(25), Words)
    assert sign(5, who=Signer("Hamim Contoh")) == Acting()
    papers.append(replace(deputy(4, 22, 31), capacity=Capacity.DEFINITIVE))
    assert sign(25) == Acting(Capacity.DEFINITIVE, 4)
    papers.pop()
    assert sign(25, district="75.04") == Acting()
    everywhere = [deputy(3, 1, 30, district=None)]
    assert acting(yusuf, office, "75.04", Power.SIGN, date(2020, 7, 5), everywhere) == Acting(Capacity.PLT, 3)

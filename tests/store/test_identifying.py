"""Thresholds of matching, and the matchings that runs rest on: recorded wholly or not at all."""

from __future__ import annotations

import pytest

from ejps_core.store.lists import receive
from ejps_core.store.match_answers import Rests, matching_of, rests_of
from ejps_core.store.match_settings import Thresholds, set_thresholds, thresholds_in_force
from ejps_core.store.matches import Matching, record_matching
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Snapshot, add_snapshot
from ejps_core.store.runs import Evaluation, as_records, record_run
from ejps_core.store.sealing import new_pseudonyms
from ejps_core.store.session import Store, no_fault
from ejps_core.store.words import Basis
from tests.reports.sample import decisions, ruleset
from tests.store.sample import DAY, OFFICER, PROVINCE, SYSTEM, later, sample

PKH = Snapshot("pkh", "Kemensos", "75", DAY, {"rows": 3})


class StoppedError(Exception):
    """The machine stops here."""


def stop_at(store: Store, wanted: str) -> None:
    def stop(name: str) -> None:
        if name == wanted:
            raise StoppedError

    store.faults = stop


@pytest.mark.parametrize("point", ["settings-written", "before-audit", "before-commit"])
def test_thresholds_are_there_wholly_or_not_at_all(store: Store, point: str) -> None:
    stop_at(store, point)
    with pytest.raises(StoppedError), store.writing(PROVINCE) as work:
        set_thresholds(work, Thresholds({"accept": 90}, DAY))
    store.faults = no_fault
    with store.reading() as session:
        assert thresholds_in_force(session) is None
    numbers = []
    for act, value in ((PROVINCE, 90), (later(PROVINCE, days=1), 91)):
        with store.writing(act) as work:
            numbers.append(set_thresholds(work, Thresholds({"accept": value}, DAY, "SK 4")))
    with store.reading() as session:
        newest = thresholds_in_force(session)
    assert newest is not None and (newest.thresholds, newest.supersedes, newest.set_by) == (
        {"accept": 91},
        numbers[0],
        PROVINCE.who,
    )


def test_only_the_province_sets_them(store: Store) -> None:
    with pytest.raises(StoreError, match="may not set"), store.writing(OFFICER) as work:
        set_thresholds(work, Thresholds({"accept": 1}, DAY))


def test_the_newest_matching_by_then_counts(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    snapshot, _ = add_snapshot(store, SYSTEM, PKH, b"PAR1")
    for act in (PROVINCE, later(PROVINCE, days=1)):
        with store.writing(act) as work:
            record_matching(work, Matching(receipt.version_id, snapshot, 900))
    with store.reading() as session:
        now, then = (matching_of(session, receipt.version_id, snapshot, known) for known in (None, PROVINCE.at))
        assert now is not None and then is not None and (now.id, then.id) == (2, 1)
        assert matching_of(session, receipt.version_id, snapshot, later(PROVINCE, days=-1).at) is None


@pytest.mark.parametrize("point", ["run-written", "decisions-written", "before-commit", None])
def test_a_run_and_what_it_rests_on_go_together(store: Store, point: str | None) -> None:
    receipt = receive(store, OFFICER, sample())
    snapshot, _ = add_snapshot(store, SYSTEM, PKH, b"PAR1")
    with store.writing(PROVINCE) as work:
        number = record_matching(work, Matching(receipt.version_id, snapshot, 900))
    rests = Rests(number, (3, 4), "d" * 64)
    evaluation = Evaluation(
        version_id=receipt.version_id, program="bantuan", rule_set="bantuan", rules={}, ruleset_hash="a" * 64,
        plan_hash="b" * 64, input_hash="c" * 64, as_of=DAY, known=DAY, basis=Basis.KNOWN_THEN, software="0.1.0",
        counts={}, amount=0, snapshots=(snapshot,), rests=(rests,),
    )  # fmt: skip

    def record() -> None:
        with store.writing(PROVINCE) as work:
            record_run(work, evaluation, as_records(decisions(ruleset()), new_pseudonyms(5)))

    if point is not None:
        stop_at(store, point)
        with pytest.raises(StoppedError):
            record()
        store.faults = no_fault
        with store.reading() as session:
            assert rests_of(session, 1) == ()
        return
    record()
    with store.reading() as session:
        assert rests_of(session, 1) == (rests,)

"""Programs, registers, determinations, matches and runs on record: the newest counts, and what was known then stays."""

from collections.abc import Sequence
from datetime import date

import pytest

from ejps_core.store.audit.reading import entries
from ejps_core.store.determinations import Determination, determine, determined, standing
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.lists import Receipt, receive
from ejps_core.store.match_queue import Waiting, queue
from ejps_core.store.matches import Answer, Matching, Review, Suspected, decide, decision_on, record_matching
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import Enabling, set_state, state_on
from ejps_core.store.registers import (
    Declaration,
    Snapshot,
    add_snapshot,
    complete_for,
    declare,
    newest_snapshot,
    read_snapshot,
)
from ejps_core.store.runs import Evaluation, as_records, decisions_of, record_run, run_of, snapshots_of
from ejps_core.store.sealing import new_pseudonyms
from ejps_core.store.session import Store
from ejps_core.store.words import Basis, Declared, MatchOutcome, ProgramState, Unit
from tests.reports.sample import AMOUNT, decisions, ruleset
from tests.store.sample import DAY, NIKS, NOON, OFFICER, PROVINCE, SYSTEM, later, sample

NEXT = later(SYSTEM, days=10)
PKH = Snapshot("pkh", "Kemensos", "75", DAY, {"rows": 3})


def pseudonyms(store: Store, receipt: Receipt) -> Sequence[str]:
    from ejps_core.store.lists import rows_of

    with store.reading() as session:
        return [row.pid for row in rows_of(session, receipt.version_id) if row.pid is not None]


def test_the_newest_state_of_a_program_counts(store: Store) -> None:
    receive(store, OFFICER, sample())
    active = Enabling("jps", "75.04", date(2026, 1, 1), ProgramState.ACTIVE, "SK 1", date(2026, 12, 31))
    paused = Enabling("jps", "75.04", date(2026, 1, 1), ProgramState.QUARANTINED, "keliru", date(2026, 12, 31))
    for act, enabling in ((SYSTEM, active), (NEXT, paused)):
        with store.writing(act) as work:
            set_state(work, enabling)
    with store.reading() as session:
        now, then = state_on(session, "jps", "75.04", DAY), state_on(session, "jps", "75.04", DAY, NOON)
        assert now is not None and now.state == "quarantined" and then is not None and then.state == "active"
        assert now.supersedes == then.id
        assert state_on(session, "jps", "75.04", date(2027, 1, 1)) is None
        assert '"state": "active"' in str(entries(session, last=1)[0].before)


def test_a_district_that_is_not_there_is_refused(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), store.writing(SYSTEM) as work:
        set_state(work, Enabling("jps", "75.99", DAY, ProgramState.ACTIVE, "SK"))


def test_registers_are_snapshots_and_the_same_twice_is_one(store: Store) -> None:
    first, again = add_snapshot(store, SYSTEM, PKH, b"PAR1 one")
    assert (again, add_snapshot(store, NEXT, PKH, b"PAR1 one")) == (False, (first, True))
    newer, _ = add_snapshot(store, NEXT, Snapshot("pkh", "Kemensos", "75", date(2026, 3, 10), {"rows": 4}), b"PAR1 two")
    with store.reading() as session:
        newest = newest_snapshot(session, "pkh", "75")
        assert newest is not None and (newest.id, newest.supersedes) == (newer, first)
        for by, known in ((DAY, None), (None, NOON)):
            earlier = newest_snapshot(session, "pkh", "75", by=by, known=known)
            assert earlier is not None and earlier.id == first
        assert newest_snapshot(session, "bpnt", "75") is None
    assert read_snapshot(store, PROVINCE, newer) == b"PAR1 two"
    files = list(store.files.iterdir())
    assert len(files) == 2 and not any(b"PAR1" in each.read_bytes() for each in files)
    with pytest.raises(StoreError, match="no register number 99"):
        read_snapshot(store, PROVINCE, 99)


def test_completeness_holds_for_an_area_and_what_lies_in_it(store: Store) -> None:
    number, _ = add_snapshot(store, SYSTEM, PKH, b"PAR1")
    with store.writing(SYSTEM) as work:
        declare(work, Declaration(number, "75.04", DAY, "Kadis Sosial", "Surat 12"))
    with store.writing(NEXT) as work:
        declare(work, Declaration(number, "75.04", DAY, "Kadis Sosial", "Surat 15", Declared.WITHDRAWN))
    with store.reading() as session:
        assert complete_for(session, number, "75.04.01") is None
        then = complete_for(session, number, "75.04.01", NOON)
        assert then is not None and then.declared_by == "Kadis Sosial"
        assert complete_for(session, number, "75.05", NOON) is None
        assert complete_for(session, number, "75", NOON) is None


def test_a_determination_settles_until_it_is_taken_back(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    pid = pseudonyms(store, receipt)[0]

    def said(value: bool | int, state: Declared = Declared.MADE) -> Determination:
        why = f"surat desa tentang {NIKS[0]}"
        return Determination(pid, Unit.FAMILY, receipt.list_id, "pkh", value, "Kades", why, "SPTJM 4/2026", DAY, state)

    for act, each in ((SYSTEM, said(False)), (later(SYSTEM, hours=1), said(True)), (NEXT, said(True, Declared.WITHDRAWN))):
        with store.writing(act) as work:
            determine(work, each)
    with store.reading() as session:
        assert determined(session, receipt.list_id) == {}
        then = determined(session, receipt.list_id, later(SYSTEM, hours=2).at)
        assert then[pid, "pkh"].value == {"value": True}
        assert determined(session, receipt.list_id, NOON)[pid, "pkh"].value == {"value": False}
        newest = standing(session, pid, "pkh")
        assert newest is not None and newest.state == "withdrawn" and NIKS[0] not in newest.why


def test_the_doubtful_wait_for_a_person(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    one, two = pseudonyms(store, receipt)
    answers = (
        Answer(one, MatchOutcome.MATCHED),
        Answer(two, MatchOutcome.NAME_DIFFERS, 871, True, {"note": f"NIK {NIKS[1]}"}),
    )
    duplicates = (Suspected(one, receipt.version_id, two, "name-birth-village", 902, True),)
    with store.writing(PROVINCE) as work:
        record_matching(work, Matching(receipt.version_id, None, 900, answers, duplicates))
    with store.reading() as session:
        waiting = queue(session, list_id=receipt.list_id)
        assert queue(session, district="75.05") == Waiting((), ())
    doubtful, pair = waiting.questions[0].result, waiting.pairs[0].finding
    assert (doubtful.pid, doubtful.score) == (two, 871) and NIKS[1] not in str(doubtful.details)
    for outcome in ("not_found", "matched"):
        with store.writing(later(PROVINCE, hours=1)) as work:
            decide(work, Review(outcome, "KTP dilihat", match_id=doubtful.id))
    with store.writing(PROVINCE) as work:
        decide(work, Review("two_people", "saudara kembar", duplicate_id=pair.id))
    with store.reading() as session:
        assert queue(session) == Waiting((), ())
        newest = decision_on(session, match_id=doubtful.id)
        assert newest is not None and newest.outcome == "matched" and newest.supersedes is not None
    with pytest.raises(StoreError, match="no such result"), store.writing(PROVINCE) as work:
        decide(work, Review("matched", "x", match_id=999))


def test_a_run_comes_back_exactly(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    register, _ = add_snapshot(store, SYSTEM, PKH, b"PAR1")
    rules, pids = ruleset(), new_pseudonyms(5)
    evaluation = Evaluation(
        version_id=receipt.version_id,
        program="bantuan",
        rule_set="bantuan",
        rules={"bantuan.ejps": "Rp7504044107859010 \u20ac"},
        ruleset_hash="a" * 64,
        plan_hash="b" * 64,
        input_hash="c" * 64,
        as_of=DAY,
        known=DAY,
        basis=Basis.KNOWN_THEN,
        software="0.1.0",
        counts={"eligible": 3},
        amount=2**62,
        snapshots=(register,),
    )
    with store.writing(PROVINCE) as work:
        number = record_run(work, evaluation, as_records(decisions(rules), pids))
    with store.reading() as session:
        run, found = run_of(session, number), decisions_of(session, number)
        assert (run.amount, run.rules, run.as_of) == (2**62, evaluation.rules, DAY)
        assert snapshots_of(session, number) == (register,)
        with pytest.raises(StoreError, match="no run number 99"):
            run_of(session, 99)
    assert [each.pid for each in found] == list(pids)
    verdicts = ["eligible", "ineligible", "undetermined", "eligible", "eligible"]
    assert [each.verdict for each in found] == verdicts
    assert [(each.amount, each.open, each.high) for each in found][3:] == [(0, True, None), (AMOUNT, False, AMOUNT)]
    assert found[0].shares == [106_890, 71_260] and sum(found[0].shares) == AMOUNT
    assert found[1].failed == [rule.id for rule in rules.rules][:2] and found[1].one_of
    assert found[2].unknown and set(found[2].needs) == {"pkh", "members"}
    assert [(each.rank, each.seat, each.reserve, each.phase) for each in found][3:] == [(2, 2, 0, 0), (3, 0, 1, 3)]


def test_an_export_is_on_record_by_its_hash(store: Store) -> None:
    receipt = receive(store, OFFICER, sample())
    with store.writing(OFFICER) as work:
        record_export(work, HandedOut("workbook", b"xlsx", True, receipt.version_id, details={"to": f"desa {NIKS[0]}"}))
    with store.reading() as session:
        entry = entries(session, last=1)[0]
    assert entry.action == "export.made" and NIKS[0] not in str(entry.after)

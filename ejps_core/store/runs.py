"""Runs on record: one program's decisions for a list version, with all that is needed to decide again and compare."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.decisions import VERDICTS, Paid, ProgramDecisions, names_in
from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.match_answers import Rests
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import snapshot_of
from ejps_core.store.scope import out_of_scope
from ejps_core.store.session import Work
from ejps_core.store.tables import Decision, OfficialDetermination, Run, RunMatching, RunRegister
from ejps_core.store.words import Basis


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was decided from what. rules: the text of each rule file by its name. amount: rupiah that is certain, in all."""

    version_id: int
    program: str
    rule_set: str
    rules: Mapping[str, str]
    ruleset_hash: str
    plan_hash: str
    input_hash: str
    as_of: date
    known: date
    basis: Basis
    software: str
    counts: Mapping[str, Any]
    amount: int
    snapshots: Sequence[int] = ()
    determinations: Sequence[OfficialDetermination] = ()
    rests: Sequence[Rests] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    replay_of: int | None = None


def record_run(work: Work, evaluation: Evaluation, decisions: Iterable[Mapping[str, Any]]) -> int:
    """Records a run and its decisions (from `as_records`), all or none; its number."""
    act, session = work.act, work.session
    run = Run(
        version_id=evaluation.version_id,
        program=evaluation.program,
        rule_set=evaluation.rule_set,
        rules=dict(evaluation.rules),
        ruleset_hash=evaluation.ruleset_hash,
        plan_hash=evaluation.plan_hash,
        input_hash=evaluation.input_hash,
        registers_hash=registers_hash(session, evaluation.snapshots),
        determinations_hash=determinations_hash(evaluation.determinations),
        as_of=evaluation.as_of,
        known=evaluation.known,
        basis=evaluation.basis.value,
        options=dict(evaluation.options),
        counts=dict(evaluation.counts),
        amount=evaluation.amount,
        software=evaluation.software,
        replay_of=evaluation.replay_of,
        decided_at=act.at,
        decided_by=act.who,
    )
    session.add(run)
    session.flush()
    number = run.id
    assert number is not None
    session.add_all(RunRegister(run_id=number, snapshot_id=each) for each in evaluation.snapshots)
    session.add_all(
        RunMatching(run_id=number, match_run_id=each.match_run_id, answers=list(each.answers), hash=each.hash)
        for each in evaluation.rests
    )
    session.flush()
    work.point("run-written")
    count = add_all(session, Decision, ({**each, "run_id": number} for each in decisions))
    work.point("decisions-written")
    told = {
        "program": run.program,
        "rule_set": run.rule_set,
        "version": run.version_id,
        "ruleset_hash": run.ruleset_hash,
        "input_hash": run.input_hash,
        "matchings": [each.match_run_id for each in evaluation.rests],
        "decisions": count,
        "amount": run.amount,
        "replay_of": run.replay_of,
    }
    work.tell("run.recorded", "run", number, after=told)
    return number


def as_records(decisions: ProgramDecisions, pids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Decisions as records of the table, in the order of the list; pids: the pseudonym of each."""
    rules = tuple(rule.id for rule in decisions.ruleset.rules)
    chosen = decisions.selection
    names = tuple(benefit.id for benefit in decisions.ruleset.benefits)
    for row, pid in enumerate(pids):
        yield {
            "position": row + 1,
            "pid": pid,
            "verdict": VERDICTS[int(decisions.status[row])].value,
            "failed": list(names_in(decisions.failed, rules, row)),
            "unknown": list(names_in(decisions.unknown, rules, row)),
            "needs": list(names_in(decisions.needs, decisions.facts, row)),
            "at_most": bool(decisions.at_most[row]),
            "one_of": bool(decisions.one_of[row]),
            **_paid(decisions.total, row),
            "benefits": {name: _paid(paid, row) for name, paid in zip(names, decisions.benefits, strict=True)},
            "phase": int(decisions.phase[row]),
            "rank": 0 if chosen is None else int(chosen.rank[row]),
            "seat": 0 if chosen is None else int(chosen.seat[row]),
            "reserve": 0 if chosen is None else int(chosen.reserve[row]),
        }


def run_of(session: Session, run_id: int) -> Run:
    """The record of a run; StoreError if there is none."""
    found = session.get(Run, run_id)
    if found is None:
        raise StoreError("run-unknown", Words(f"Tidak ada run nomor {run_id}.", f"There is no run number {run_id}."))
    return found


def decisions_of(session: Session, run_id: int) -> tuple[Decision, ...]:
    """The decisions of a run in the order of its list."""
    asked = select(Decision).where(col(Decision.run_id) == run_id).order_by(col(Decision.position))
    return tuple(session.execute(asked).scalars())


def decision_of(session: Session, run_id: int, pid: str) -> Decision:
    """The decision of a run about one family or person; StoreError if there is none."""
    asked = select(Decision).where(col(Decision.run_id) == run_id, col(Decision.pid) == pid)
    found: Decision | None = session.execute(asked).scalars().first()
    if found is None:
        raise out_of_scope()
    return found


def snapshots_of(session: Session, run_id: int) -> tuple[int, ...]:
    """The snapshots that a run has read."""
    asked = select(col(RunRegister.snapshot_id)).where(col(RunRegister.run_id) == run_id)
    return tuple(session.execute(asked.order_by(col(RunRegister.snapshot_id))).scalars())


def registers_hash(session: Session, snapshots: Sequence[int]) -> str:
    """One hash of the contents of the registers."""
    contents = sorted((found.kind, found.content_hash) for found in (snapshot_of(session, each) for each in snapshots))
    return _hash(contents)


def determinations_hash(determinations: Iterable[OfficialDetermination]) -> str:
    """One hash of the determinations that a run has used."""
    return _hash(sorted((each.pid, each.fact, json.dumps(each.value, sort_keys=True)) for each in determinations))


def _hash(told: object) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _paid(paid: Paid, row: int) -> dict[str, Any]:
    """An amount in whole minor units; high is None where it has no upper end."""
    return {
        "amount": int(paid.amount[row]),
        "open": bool(paid.open[row]),
        "low": int(paid.low[row]),
        "high": None if bool(paid.unbounded[row]) else int(paid.high[row]),
        "shares": [int(share[row]) for share in paid.shares],
    }

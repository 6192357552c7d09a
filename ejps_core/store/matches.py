"""Matching on record: the answers, the doubtful ones that wait for a person, and what the person decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import DuplicateFinding, MatchResult, MatchRun, ReviewDecision
from ejps_core.store.words import MatchOutcome


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one person; score in thousandths; doubtful: a person decides. details without identifiers."""

    pid: str
    outcome: MatchOutcome
    score: int = 1000
    doubtful: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suspected:
    """Two people who may be one. kind: nik, kk, name-birth-village."""

    pid: str
    other_version_id: int
    other_pid: str
    kind: str
    score: int = 1000
    doubtful: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matching:
    """One matching of a list version. threshold: thousandths, set by the province. snapshot_id None: among lists."""

    version_id: int
    snapshot_id: int | None
    threshold: int
    answers: Sequence[Answer] = ()
    duplicates: Sequence[Suspected] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision about one doubtful answer or duplicate: outcome, why, by which document.

    row: of the register, which is the person; None: none of the candidates.
    """

    outcome: str
    why: str
    match_id: int | None = None
    duplicate_id: int | None = None
    document: str | None = None
    row: str | None = None


def record_matching(work: Work, matching: Matching) -> int:
    """Records a matching with all its answers; its number."""
    act, session = work.act, work.session
    made = MatchRun(
        version_id=matching.version_id,
        snapshot_id=matching.snapshot_id,
        threshold=matching.threshold,
        settings=dict(matching.settings),
        matched_at=act.at,
        matched_by=act.who,
    )
    session.add(made)
    session.flush()
    number = made.id
    assert number is not None
    add_all(session, MatchResult, (_answer(number, each) for each in matching.answers))
    work.point("answers-written")
    add_all(session, DuplicateFinding, (_suspected(number, each) for each in matching.duplicates))
    told = {
        "version": matching.version_id,
        "register": matching.snapshot_id,
        "threshold": matching.threshold,
        "answers": len(matching.answers),
        "doubtful": sum(each.doubtful for each in matching.answers) + sum(each.doubtful for each in matching.duplicates),
        "duplicates": len(matching.duplicates),
    }
    work.tell("match.recorded", "match", number, after=told)
    return number


def decide(work: Work, review: Review) -> int:
    """Records what a person decided; an earlier decision stays on record and no longer counts. Its number."""
    session, act = work.session, work.act
    if review.match_id is not None:
        found: MatchResult | DuplicateFinding | None = session.get(MatchResult, review.match_id)
    else:
        found = session.get(DuplicateFinding, review.duplicate_id)
    if found is None or (review.match_id is None) == (review.duplicate_id is None):
        raise StoreError("match-unknown", Words("Tidak ada hasil pemadanan ini.", "There is no such result of a matching."))
    before = decision_on(session, match_id=review.match_id, duplicate_id=review.duplicate_id)
    made = ReviewDecision(
        match_id=review.match_id,
        duplicate_id=review.duplicate_id,
        outcome=review.outcome,
        chosen_row=review.row,
        why=review.why,
        document=review.document,
        supersedes=None if before is None else before.id,
        decided_at=act.at,
        decided_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    old = None if before is None else {"outcome": before.outcome, "by": before.decided_by}
    work.tell("match.decided", "person", found.pid, before=old, after={"outcome": made.outcome, "why": made.why})
    return made.id


def decision_on(session: Session, *, match_id: int | None = None, duplicate_id: int | None = None) -> ReviewDecision | None:
    """The decision that counts, None: nobody decided."""
    asked = select(ReviewDecision).where(
        col(ReviewDecision.match_id) == match_id
        if match_id is not None
        else col(ReviewDecision.duplicate_id) == duplicate_id
    )
    return session.execute(asked.order_by(col(ReviewDecision.id).desc()).limit(1)).scalar_one_or_none()


def _answer(number: int, answer: Answer) -> dict[str, Any]:
    return {
        "match_run_id": number,
        "pid": answer.pid,
        "outcome": answer.outcome.value,
        "score": answer.score,
        "doubtful": answer.doubtful,
        "details": dict(answer.details),
    }


def _suspected(number: int, pair: Suspected) -> dict[str, Any]:
    return {
        "match_run_id": number,
        "pid": pair.pid,
        "other_version_id": pair.other_version_id,
        "other_pid": pair.other_pid,
        "kind": pair.kind,
        "score": pair.score,
        "doubtful": pair.doubtful,
        "details": dict(pair.details),
    }

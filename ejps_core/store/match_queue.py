"""The queue of matching: what waits for a person's answer, in the newest matching of each list with each register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.store.match_answers import answered_before
from ejps_core.store.tables import (
    DuplicateFinding,
    ListVersion,
    MatchResult,
    MatchRun,
    ReceivedList,
    RegisterSnapshot,
    ReviewDecision,
)


@dataclass(frozen=True, slots=True)
class Question:
    """Who somebody is in a register. run: the matching that asks it; list_id, district: whose list he stands on."""

    result: MatchResult
    run: MatchRun
    list_id: int
    district: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Whether two people are one."""

    finding: DuplicateFinding
    run: MatchRun
    list_id: int
    district: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for a person, oldest first."""

    questions: tuple[Question, ...]
    pairs: tuple[Pair, ...]


def queue(session: Session, *, list_id: int | None = None, district: str | None = None) -> Waiting:
    """What nobody has answered yet; of one list or district only. A newer matching of a list takes the older one's place."""
    questions: list[Question] = []
    pairs: list[Pair] = []
    for run, number, home in _current(session, list_id, district):
        questions += [Question(each, run, number, home) for each in _doubtful(session, run)]
        pairs += [Pair(each, run, number, home) for each in _suspected(session, run)]
    return Waiting(
        tuple(sorted(questions, key=lambda each: each.result.id or 0)),
        tuple(sorted(pairs, key=lambda each: each.finding.id or 0)),
    )


def _current(session: Session, list_id: int | None, district: str | None) -> list[tuple[MatchRun, int, str]]:
    """The newest matching of each list with each register, and among lists; with the list's number and district."""
    newest = (
        select(func.max(col(MatchRun.id)))
        .join(ListVersion, col(ListVersion.id) == col(MatchRun.version_id))
        .outerjoin(RegisterSnapshot, col(RegisterSnapshot.id) == col(MatchRun.snapshot_id))
        .group_by(col(ListVersion.list_id), col(RegisterSnapshot.kind))
    )
    asked = (
        select(MatchRun, col(ReceivedList.id), col(ReceivedList.district))
        .join(ListVersion, col(ListVersion.id) == col(MatchRun.version_id))
        .join(ReceivedList, col(ReceivedList.id) == col(ListVersion.list_id))
        .where(col(MatchRun.id).in_(newest))
    )
    if list_id is not None:
        asked = asked.where(col(ReceivedList.id) == list_id)
    if district is not None:
        asked = asked.where(col(ReceivedList.district) == district)
    rows = session.execute(asked.order_by(col(MatchRun.id))).all()
    return [(run, number, home) for run, number, home in rows]


def _doubtful(session: Session, run: MatchRun) -> Sequence[MatchResult]:
    asked = select(MatchResult).where(
        col(MatchResult.match_run_id) == run.id,
        col(MatchResult.doubtful),
        ~select(col(ReviewDecision.id)).where(col(ReviewDecision.match_id) == col(MatchResult.id)).exists(),
    )
    found = session.execute(asked.order_by(col(MatchResult.id))).scalars().all()
    done = answered_before(session, run, [(each.id or 0, each.pid, each.details) for each in found])
    return [each for each in found if each.id not in done]


def _suspected(session: Session, run: MatchRun) -> Sequence[DuplicateFinding]:
    asked = select(DuplicateFinding).where(
        col(DuplicateFinding.match_run_id) == run.id,
        col(DuplicateFinding.doubtful),
        ~select(col(ReviewDecision.id)).where(col(ReviewDecision.duplicate_id) == col(DuplicateFinding.id)).exists(),
    )
    return session.execute(asked.order_by(col(DuplicateFinding.id))).scalars().all()

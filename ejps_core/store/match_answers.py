"""Who is whom by a matching on record and the officials' answers to it, as of a moment: what decisions rest on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from ejps_core.store.people import MOST_ASKED
from ejps_core.store.tables import ListRow, MatchResult, MatchRun, RegisterSnapshot, ReviewDecision, RunMatching
from ejps_core.store.words import MatchOutcome

FOUND = (MatchOutcome.MATCHED.value, MatchOutcome.DIED.value, MatchOutcome.MOVED.value)
"""Outcomes by which it is known who the person is."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How the question stands who somebody is. row: of the register; None: none of `rows`, or (open) it isn't known yet.

    more: there are candidates that were not kept. answer: the number of the official's answer that counts, by: whose it is.
    """

    pid: str
    row: int | None
    rows: tuple[int, ...]
    open: bool = False
    more: bool = False
    answer: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """A matching that a run rests on, with the answers that counted, and the hash of who was whom by it."""

    match_run_id: int
    answers: tuple[int, ...]
    hash: str


def matching_of(session: Session, version_id: int, snapshot_id: int, known: datetime | None = None) -> MatchRun | None:
    """The newest matching of this version with this snapshot, as on record by `known` (None: now)."""
    asked = select(MatchRun).where(col(MatchRun.version_id) == version_id, col(MatchRun.snapshot_id) == snapshot_id)
    if known is not None:
        asked = asked.where(col(MatchRun.matched_at) <= known)
    return session.execute(asked.order_by(col(MatchRun.id).desc()).limit(1)).scalar_one_or_none()


def stands(
    session: Session, run: MatchRun, known: datetime | None = None, answers: Sequence[int] | None = None
) -> tuple[Stand, ...]:
    """Everybody of whom the matching says who they are, or asks it. Whoever it has found nowhere is left out.

    known: answers given by then; answers: exactly these.
    """
    asked = (
        select(
            col(MatchResult.id),
            col(MatchResult.pid),
            col(MatchResult.outcome),
            col(MatchResult.doubtful),
            col(MatchResult.details),
        )
        .where(col(MatchResult.match_run_id) == run.id)
        .where(or_(col(MatchResult.doubtful), col(MatchResult.outcome).in_(FOUND)))
        .order_by(col(MatchResult.id))
    )
    results = session.execute(asked).all()
    given = _answers(session, run, [(each.id, each.pid, each.details) for each in results if each.doubtful], known, answers)
    return tuple(_stand(each.pid, each.doubtful, each.details, given.get(each.id)) for each in results)


def rests_on(run: MatchRun, snapshot: RegisterSnapshot, found: Iterable[Stand]) -> Rests:
    """What a run records of a matching that it has used."""
    assert run.id is not None
    told = sorted((each.pid, each.row, list(each.rows), each.open, each.by) for each in found)
    whole = [snapshot.kind, snapshot.content_hash, told]
    digest = hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()
    return Rests(run.id, tuple(sorted(each.answer for each in found if each.answer is not None)), digest)


def rests_of(session: Session, run_id: int) -> tuple[Rests, ...]:
    """The matchings that a run has rested on."""
    asked = select(RunMatching).where(col(RunMatching.run_id) == run_id).order_by(col(RunMatching.match_run_id))
    return tuple(Rests(each.match_run_id, tuple(each.answers), each.hash) for each in session.execute(asked).scalars())


def answered_before(session: Session, run: MatchRun, asked: Sequence[tuple[int, str, Mapping[str, Any]]]) -> frozenset[int]:
    """Which of these questions (result, person, details) somebody has answered, be it when they were asked before."""
    return frozenset(_answers(session, run, asked, None, None))


def _stand(pid: str, doubtful: bool, details: Mapping[str, Any], answer: ReviewDecision | None) -> Stand:
    rows = tuple(int(each["row"]) for each in details["candidates"])
    more = bool(details.get("hidden"))
    if not doubtful:
        return Stand(pid, rows[0], rows)
    if answer is None:
        return Stand(pid, None, rows, open=True, more=more)
    chosen = _chosen(answer, rows)
    if answer.outcome != MatchOutcome.NOT_FOUND.value and chosen is None:
        return Stand(pid, None, rows, open=True, more=more)  # an answer of before rows were kept, with several candidates
    return Stand(pid, chosen, rows, answer=answer.id, by=answer.decided_by)


def _chosen(answer: ReviewDecision, rows: tuple[int, ...]) -> int | None:
    if answer.outcome == MatchOutcome.NOT_FOUND.value:
        return None
    if answer.chosen_row is not None:
        return int(answer.chosen_row)
    return rows[0] if len(rows) == 1 else None


def _answers(
    session: Session,
    run: MatchRun,
    asked: Sequence[tuple[int, str, Mapping[str, Any]]],
    known: datetime | None,
    exactly: Sequence[int] | None,
) -> dict[int, ReviewDecision]:
    """The answer that counts to each of these questions (result, person, details).

    A question that is asked again, word for word, of the same row with the same register, keeps its answer.
    """
    if not asked:
        return {}
    own = {pid: (number, details) for number, pid, details in asked}
    found = (
        select(ReviewDecision, MatchResult, MatchRun)
        .join(MatchResult, col(MatchResult.id) == col(ReviewDecision.match_id))
        .join(MatchRun, col(MatchRun.id) == col(MatchResult.match_run_id))
        .where(col(MatchRun.snapshot_id) == run.snapshot_id)
        .order_by(col(ReviewDecision.id))
    )
    if exactly is not None:
        found = found.where(col(ReviewDecision.id).in_(exactly))
    elif known is not None:
        found = found.where(col(ReviewDecision.decided_at) <= known)
    candidates = [
        (review, result, earlier)
        for review, result, earlier in session.execute(found).all()
        if result.pid in own and own[result.pid][1] == result.details
    ]
    marks = _marks(session, {result.pid for _, result, _ in candidates}, {e.version_id for _, _, e in candidates}, run)
    counts: dict[int, ReviewDecision] = {}
    for review, result, earlier in candidates:
        same = earlier.version_id == run.version_id or (
            marks.get((earlier.version_id, result.pid)) == marks.get((run.version_id, result.pid), "")
        )
        if same:
            counts[own[result.pid][0]] = review
    return counts


def _marks(session: Session, pids: set[str], versions: set[int], run: MatchRun) -> dict[tuple[int, str], str]:
    """What stood in the rows of these people, version by version: a mark that changes with any cell."""
    if not versions - {run.version_id}:
        return {}
    asked = select(col(ListRow.version_id), col(ListRow.pid), col(ListRow.digest)).where(
        col(ListRow.version_id).in_([*versions, run.version_id])
    )
    if len(pids) <= MOST_ASKED:
        asked = asked.where(col(ListRow.pid).in_(sorted(pids)))
    return {(version, pid): digest for version, pid, digest in session.execute(asked)}

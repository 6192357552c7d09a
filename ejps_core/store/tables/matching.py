"""Matching: the answer for each person, suspected duplicates, and what a person decided about the doubtful."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Integer

from ejps_core.store.column_types import CODE, DATA, LONG, PSEUDONYM, WHO, Discreet, DiscreetData, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import MatchOutcome


class MatchRun(Record, table=True):
    """One matching of a list version, against a snapshot or (without one) within and across lists."""

    __tablename__ = "match_runs"

    id: int | None = number()
    version_id: int = column(LONG, "list_versions.id", index=True)
    snapshot_id: int | None = column(LONG, "register_snapshots.id", null=True)
    threshold: int = column(Integer)
    settings: Any = column(DATA)
    matched_at: datetime = column(UtcTime)
    matched_by: str = column(WHO)


class MatchResult(Record, table=True):
    """The answer for one person; score in thousandths. doubtful: a person has to decide."""

    __tablename__ = "match_results"
    __table_args__ = (one_of("outcome", MatchOutcome),)

    id: int | None = number()
    match_run_id: int = column(LONG, "match_runs.id", index=True)
    pid: str = column(PSEUDONYM, index=True)
    outcome: str = column(CODE)
    score: int = column(Integer)
    doubtful: bool = column(Boolean)
    details: Any = column(DiscreetData)


class DuplicateFinding(Record, table=True):
    """Two people (perhaps of two lists) who may be one. kind: nik, kk, name-birth-village."""

    __tablename__ = "duplicate_findings"

    id: int | None = number()
    match_run_id: int = column(LONG, "match_runs.id", index=True)
    pid: str = column(PSEUDONYM, index=True)
    other_version_id: int = column(LONG, "list_versions.id")
    other_pid: str = column(PSEUDONYM, index=True)
    kind: str = column(CODE)
    score: int = column(Integer)
    doubtful: bool = column(Boolean)
    details: Any = column(DiscreetData)


class ReviewDecision(Record, table=True):
    """What a person decided about a doubtful match or duplicate; the newest record counts.

    chosen_row: the row of the register that is the person; null: none of them, or the answer is about a duplicate.
    """

    __tablename__ = "review_decisions"
    __table_args__ = (CheckConstraint("(match_id is null) <> (duplicate_id is null)", name="about_one"),)

    id: int | None = number()
    match_id: int | None = column(LONG, "match_results.id", null=True, index=True)
    duplicate_id: int | None = column(LONG, "duplicate_findings.id", null=True, index=True)
    outcome: str = column(CODE)
    chosen_row: str | None = column(CODE, null=True)
    why: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    supersedes: int | None = column(LONG, "review_decisions.id", null=True)
    decided_at: datetime = column(UtcTime)
    decided_by: str = column(WHO)

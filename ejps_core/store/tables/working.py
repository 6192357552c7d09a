"""The working state of the service: it may change and be cleared. What happened is told by records and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String

from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, WHO, Discreet, DiscreetData, UtcTime
from ejps_core.store.tables.record import Record, column, one_of
from ejps_core.store.words import JobState


class SignedIn(Record, table=True):
    """A session of a browser. id: the hash of what the browser keeps; the session itself is nowhere written."""

    __tablename__ = "sessions"

    id: str = column(HASH, key=True)
    account_id: int = column(LONG, "accounts.id", index=True)
    opened_at: datetime = column(UtcTime)
    seen_at: datetime = column(UtcTime)
    expires_at: datetime = column(UtcTime)
    ended_at: datetime | None = column(UtcTime, null=True)
    two_factors: bool = column(Boolean)
    address: str = column(String(64))


class Job(Record, table=True):
    """Long work, done in the scope that its maker has then. done: in thousandths. beat_at: when it last showed life."""

    __tablename__ = "jobs"
    __table_args__ = (one_of("state", JobState), Index(None, "state", "made_at"))

    id: str = column(PSEUDONYM, key=True)
    kind: str = column(CODE)
    title: Any = column(DiscreetData)
    account_id: int = column(LONG, "accounts.id", index=True)
    who: str = column(WHO)
    parameters: Any = column(DATA)
    state: str = column(CODE)
    stage: str = column(CODE)
    done: int = column(Integer)
    attempts: int = column(Integer)
    worker: str | None = column(WHO, null=True)
    result: Any = column(DiscreetData, null=True)
    problem: Any = column(DiscreetData, null=True)
    made_at: datetime = column(UtcTime)
    started_at: datetime | None = column(UtcTime, null=True)
    beat_at: datetime | None = column(UtcTime, null=True)
    ended_at: datetime | None = column(UtcTime, null=True)


class Upload(Record, table=True):
    """A file on its way in, sealed in the folder of files until it is on record or thrown away."""

    __tablename__ = "uploads"

    id: str = column(PSEUDONYM, key=True)
    account_id: int = column(LONG, "accounts.id", index=True)
    for_district: str = column(CODE)
    file_name: str = column(Discreet)
    file_bytes: int = column(LONG)
    settings: Any = column(DATA)
    made_at: datetime = column(UtcTime)


class GivenAnswer(Record, table=True):
    """The answer to a request with an idempotency key: repeated, it is given again and nothing is done twice."""

    __tablename__ = "given_answers"

    account_id: int = column(LONG, "accounts.id", key=True)
    key: str = column(HASH, key=True)
    request: str = column(HASH)
    status: int = column(Integer)
    answer: Any = column(DiscreetData, null=True)
    made_at: datetime = column(UtcTime)

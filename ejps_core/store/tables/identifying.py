"""Who is who, as decisions rest on it: the thresholds that the province sets, and the matchings that a run has used."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date

from ejps_core.store.column_types import DATA, HASH, LONG, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number


class MatchingSetting(Record, table=True):
    """The thresholds and points of matching, as the province has set them; the newest record counts.

    decided_on: the day of the decision; set_at: when it was put on record.
    """

    __tablename__ = "matching_settings"

    id: int | None = number()
    thresholds: Any = column(DATA)
    why: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    decided_on: date = column(Date)
    supersedes: int | None = column(LONG, "matching_settings.id", null=True)
    set_at: datetime = column(UtcTime)
    set_by: str = column(WHO)


class RunMatching(Record, table=True):
    """A matching that a run rests on. answers: the officials' answers that counted. hash: of who was whom by all of it."""

    __tablename__ = "run_matchings"

    run_id: int = column(LONG, "runs.id", key=True)
    match_run_id: int = column(LONG, "match_runs.id", key=True)
    answers: Any = column(DATA)
    hash: str = column(HASH)

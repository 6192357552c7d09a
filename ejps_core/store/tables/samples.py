"""Ground checks: samples drawn from a run by their seed, the families in them, and what was found on the spot."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, UniqueConstraint

from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Finding, PaidBy


class Sample(Record, table=True):
    """A drawn sample. frame_hash: of the frame, so that who draws again knows it is the same. strata: sizes and drawn.

    phase 0: the program has none. paid_by: whether who was paid is told by receipts on record or by the decisions.
    """

    __tablename__ = "samples"
    __table_args__ = (one_of("paid_by", PaidBy),)

    id: int | None = number()
    run_id: int = column(LONG, "runs.id", index=True)
    phase: int = column(Integer)
    level: str = column(CODE)
    paid_by: str = column(CODE)
    seed: str = column(String(200))
    wanted: int = column(Integer)
    least: int = column(Integer)
    frame_hash: str = column(HASH)
    strata: Any = column(DATA)
    drawn_at: datetime = column(UtcTime)
    drawn_by: str = column(WHO)


class SampleUnit(Record, table=True):
    """A family of a sample. position: its number on the verification form."""

    __tablename__ = "sample_units"
    __table_args__ = (UniqueConstraint("sample_id", "pid", "paid"),)

    sample_id: int = column(LONG, "samples.id", key=True)
    position: int = column(Integer, key=True)
    pid: str = column(PSEUDONYM)
    region: str = column(CODE)
    stratum: str = column(CODE)
    paid: bool = column(Boolean)


class SampleResult(Record, table=True):
    """What was found at one family; a later record of the same family takes the place of an earlier one."""

    __tablename__ = "sample_results"
    __table_args__ = (one_of("finding", Finding),)

    id: int | None = number()
    sample_id: int = column(LONG, "samples.id", index=True)
    position: int = column(Integer)
    finding: str = column(CODE)
    note: str = column(Discreet)
    visited_on: date = column(Date)
    supersedes: int | None = column(LONG, "sample_results.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

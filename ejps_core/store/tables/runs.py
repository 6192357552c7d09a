"""Runs and their decisions, with all that is needed to decide again and compare; what was handed out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Index, Integer, String

from ejps_core.model.ruleset import Verdict
from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, RUPIAH, WHO, DiscreetData, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Basis


class Run(Record, table=True):
    """One evaluation of one program over a list version. rules: text of each rule file by its name."""

    __tablename__ = "runs"
    __table_args__ = (one_of("basis", Basis),)

    id: int | None = number()
    version_id: int = column(LONG, "list_versions.id", index=True)
    program: str = column(CODE, index=True)
    rule_set: str = column(String(200))
    rules: Any = column(DATA)
    ruleset_hash: str = column(HASH)
    plan_hash: str = column(HASH)
    input_hash: str = column(HASH)
    registers_hash: str = column(HASH)
    determinations_hash: str = column(HASH)
    as_of: date = column(Date)
    known: date = column(Date)
    basis: str = column(CODE)
    options: Any = column(DATA)
    counts: Any = column(DATA)
    amount: int = column(RUPIAH)
    software: str = column(String(100))
    replay_of: int | None = column(LONG, "runs.id", null=True)
    decided_at: datetime = column(UtcTime)
    decided_by: str = column(WHO)


class RunRegister(Record, table=True):
    """A snapshot that a run has read."""

    __tablename__ = "run_registers"

    run_id: int = column(LONG, "runs.id", key=True)
    snapshot_id: int = column(LONG, "register_snapshots.id", key=True)


class Decision(Record, table=True):
    """The decision of one family (or person): verdict, rules, facts still needed, exact rupiah, seat.

    amount: paid, 0 unless eligible and settled. open: it lies in low..high, without upper end where high is null.
    """

    __tablename__ = "decisions"
    __table_args__ = (one_of("verdict", Verdict), Index(None, "pid"))

    run_id: int = column(LONG, "runs.id", key=True)
    position: int = column(Integer, key=True)
    pid: str = column(PSEUDONYM)
    verdict: str = column(CODE)
    failed: Any = column(DATA)
    unknown: Any = column(DATA)
    needs: Any = column(DATA)
    at_most: bool = column(Boolean)
    one_of: bool = column(Boolean)
    amount: int = column(RUPIAH)
    open: bool = column(Boolean)
    low: int = column(RUPIAH)
    high: int | None = column(RUPIAH, null=True)
    shares: Any = column(DATA)
    benefits: Any = column(DATA)
    phase: int = column(Integer)
    rank: int = column(Integer)
    seat: int = column(Integer)
    reserve: int = column(Integer)


class Export(Record, table=True):
    """A file that was handed out: what, to whom, why. masked: whether identifiers were masked in it."""

    __tablename__ = "exports"

    id: int | None = number()
    version_id: int | None = column(LONG, "list_versions.id", null=True)
    run_id: int | None = column(LONG, "runs.id", null=True)
    kind: str = column(CODE)
    content_hash: str = column(HASH)
    key_id: str | None = column(PSEUDONYM, "data_keys.id", null=True)
    masked: bool = column(Boolean)
    details: Any = column(DiscreetData)
    exported_at: datetime = column(UtcTime)
    exported_by: str = column(WHO)

"""What people and inspectors say against a decision or payment, by when it is answered, and what came of it."""

from datetime import date, datetime

from sqlalchemy import Date, Integer

from ejps_core.model.decreed import FindingAct, ObjectionOutcome
from ejps_core.store.column_types import CODE, LONG, PSEUDONYM, RUPIAH, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Declared


class Objection(Record, table=True):
    """A family's own appeal. pid None: it stands on no list. known_on: since when the family knew of the decision.

    document_id: the letter as it came, sealed; it says who a family without pseudonym is.
    """

    __tablename__ = "objections"

    id: int | None = number()
    program: str = column(CODE, index=True)
    district: str = column(CODE, "districts.code", index=True)
    phase: int | None = column(Integer, null=True)
    pid: str | None = column(PSEUDONYM, null=True, index=True)
    decree_id: int | None = column(LONG, "decrees.id", null=True)
    run_id: int | None = column(LONG, "runs.id", null=True)
    known_on: date = column(Date)
    filed_on: date = column(Date)
    grounds: str = column(Discreet)
    document: str = column(Discreet)
    document_id: int | None = column(LONG, "documents.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class ObjectionDecision(Record, table=True):
    """How an objection was decided, why, and what follows; the newest record counts. amendment_id: what was amended."""

    __tablename__ = "objection_decisions"
    __table_args__ = (one_of("outcome", ObjectionOutcome),)

    id: int | None = number()
    objection_id: int = column(LONG, "objections.id", index=True)
    outcome: str = column(CODE)
    decided_on: date = column(Date)
    why: str = column(Discreet)
    consequence: str = column(Discreet)
    document: str = column(Discreet)
    amendment_id: int | None = column(LONG, "decrees.id", null=True)
    supersedes: int | None = column(LONG, "objection_decisions.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class PublicHoliday(Record, table=True):
    """A day that is no working day, by which decision; the newest record of a day counts."""

    __tablename__ = "public_holidays"
    __table_args__ = (one_of("state", Declared),)

    id: int | None = number()
    day: date = column(Date, index=True)
    name: str = column(Discreet)
    document: str = column(Discreet)
    state: str = column(CODE)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class Finding(Record, table=True):
    """A finding of an inspector: what, who answers for it, by when. amount: rupiah in question, None: none is named."""

    __tablename__ = "findings"

    id: int | None = number()
    inspector: str = column(Discreet)
    program: str = column(CODE, index=True)
    district: str = column(CODE, "districts.code", index=True)
    phase: int | None = column(Integer, null=True)
    pid: str | None = column(PSEUDONYM, null=True, index=True)
    decree_id: int | None = column(LONG, "decrees.id", null=True)
    found_on: date = column(Date)
    words: str = column(Discreet)
    recommendation: str = column(Discreet)
    amount: int | None = column(RUPIAH, null=True)
    answerable: str = column(Discreet)
    deadline: date = column(Date)
    document: str = column(Discreet)
    document_id: int | None = column(LONG, "documents.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class FindingStep(Record, table=True):
    """What was done about a finding. amount: rupiah made good by it. deadline: the new one, where it is extended."""

    __tablename__ = "finding_steps"
    __table_args__ = (one_of("act", FindingAct),)

    id: int | None = number()
    finding_id: int = column(LONG, "findings.id", index=True)
    act: str = column(CODE)
    day: date = column(Date)
    words: str = column(Discreet)
    amount: int | None = column(RUPIAH, null=True)
    deadline: date | None = column(Date, null=True)
    document: str = column(Discreet)
    document_id: int | None = column(LONG, "documents.id", null=True)
    role: str = column(CODE)
    account: str = column(WHO)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

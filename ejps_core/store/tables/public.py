"""What the public pages need: codes by which a family learns where it stands, and complaints with what was done."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from ejps_core.store.column_types import CODE, HASH, LONG, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import ComplaintAct


class StatusCode(Record, table=True):
    """A code that was printed on the letter to a family. hash: of the code, which is nowhere else."""

    __tablename__ = "status_codes"
    __table_args__ = (UniqueConstraint("hash"),)

    id: int | None = number()
    run_id: int = column(LONG, "runs.id", index=True)
    pid: str = column(PSEUDONYM)
    hash: str = column(HASH)
    made_at: datetime = column(UtcTime)
    made_by: str = column(WHO)


class Complaint(Record, table=True):
    """What somebody complains of. hash: of the receipt's code. pid: the family, where its code was given with it."""

    __tablename__ = "complaints"
    __table_args__ = (UniqueConstraint("hash"),)

    id: int | None = number()
    district: str = column(CODE, "districts.code", index=True)
    program: str | None = column(CODE, null=True)
    hash: str = column(HASH)
    words: str = column(Discreet)
    run_id: int | None = column(LONG, "runs.id", null=True)
    pid: str | None = column(PSEUDONYM, null=True)
    filed_at: datetime = column(UtcTime)


class ComplaintStep(Record, table=True):
    """What was done about a complaint. words: what whoever complained reads."""

    __tablename__ = "complaint_steps"
    __table_args__ = (one_of("act", ComplaintAct),)

    id: int | None = number()
    complaint_id: int = column(LONG, "complaints.id", index=True)
    act: str = column(CODE)
    words: str = column(Discreet)
    role: str = column(CODE)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

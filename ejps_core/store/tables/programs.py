"""Districts, and the programs that decide in them."""

from datetime import date, datetime

from sqlalchemy import Date, String

from ejps_core.store.column_types import CODE, LONG, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import ProgramState


class District(Record, table=True):
    """A district by its dotted code, such as 75.04."""

    __tablename__ = "districts"

    code: str = column(CODE, key=True)
    name: str = column(String(200))
    added_at: datetime = column(UtcTime)


class ProgramEnabled(Record, table=True):
    """The state of a program (or one rule set of it) in a district from a day on; the newest record counts."""

    __tablename__ = "programs_enabled"
    __table_args__ = (one_of("state", ProgramState),)

    id: int | None = number()
    program: str = column(CODE, index=True)
    rule_set: str | None = column(String(200), null=True)
    district: str = column(CODE, "districts.code", index=True)
    period_from: date = column(Date)
    period_to: date | None = column(Date, null=True)
    state: str = column(CODE)
    why: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    supersedes: int | None = column(LONG, "programs_enabled.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

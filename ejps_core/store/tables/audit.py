"""The audit log: entries chained within a segment, segments sealed by later ones."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text

from ejps_core.store.column_types import CODE, HASH, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column


class AuditSegment(Record, table=True):
    """A piece of the log that one writer fills on one day. mac: over these columns and all that it seals."""

    __tablename__ = "audit_segments"
    __table_args__ = (Index(None, "opened_at"),)

    id: str = column(PSEUDONYM, key=True)
    opened_at: datetime = column(UtcTime)
    writer: str = column(WHO)
    key_id: str = column(PSEUDONYM, "data_keys.id")
    mac: str = column(HASH)


class AuditSeal(Record, table=True):
    """How far another segment went when this one was opened: its last entry can't be taken away any more."""

    __tablename__ = "audit_seals"

    segment_id: str = column(PSEUDONYM, "audit_segments.id", key=True)
    sealed_id: str = column(PSEUDONYM, "audit_segments.id", key=True)
    length: int = column(Integer)
    mac: str = column(HASH)


class AuditEntry(Record, table=True):
    """Who did what, when and why; about which thing; how it was before and after (as JSON text)."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "about", "about_id"), Index(None, "at"))

    segment_id: str = column(PSEUDONYM, "audit_segments.id", key=True)
    seq: int = column(Integer, key=True)
    at: datetime = column(UtcTime)
    who: str = column(WHO)
    role: str = column(CODE)
    purpose: str = column(CODE)
    why: str = column(Discreet)
    action: str = column(CODE)
    about: str = column(CODE)
    about_id: str = column(String(64))
    before: str | None = column(Text, null=True)
    after: str | None = column(Text, null=True)
    mac: str = column(HASH)

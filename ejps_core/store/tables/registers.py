"""Registers: dated snapshots that never change, the areas for which they are complete, and official determinations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String, UniqueConstraint

from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Declared, Unit


class RegisterSnapshot(Record, table=True):
    """A register as it was on a day. content_hash: of the clear content, sealed at `path` in the files' folder."""

    __tablename__ = "register_snapshots"
    __table_args__ = (UniqueConstraint("kind", "content_hash", "as_of"),)

    id: int | None = number()
    kind: str = column(CODE, index=True)
    source: str = column(Discreet)
    area: str = column(CODE)
    as_of: date = column(Date)
    counts: Any = column(DATA)
    content_hash: str = column(HASH)
    path: str = column(String(200))
    key_id: str = column(PSEUDONYM, "data_keys.id")
    supersedes: int | None = column(LONG, "register_snapshots.id", null=True)
    received_at: datetime = column(UtcTime)
    received_by: str = column(WHO)


class CompletenessDeclaration(Record, table=True):
    """Somebody answers for a snapshot's being complete for an area: who is absent from it there, is not in it."""

    __tablename__ = "completeness_declarations"
    __table_args__ = (one_of("state", Declared),)

    id: int | None = number()
    snapshot_id: int = column(LONG, "register_snapshots.id", index=True)
    area: str = column(CODE)
    as_of: date = column(Date)
    declared_by: str = column(WHO)
    document: str | None = column(Discreet, null=True)
    state: str = column(CODE)
    supersedes: int | None = column(LONG, "completeness_declarations.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class OfficialDetermination(Record, table=True):
    """An unknown fact of one family or person settled on record, such as by SPTJM: value, who, why, document.

    value: as JSON text in units of the fact's type; the newest record of a pseudonym and fact counts.
    """

    __tablename__ = "determinations"
    __table_args__ = (one_of("state", Declared), one_of("unit", Unit))

    id: int | None = number()
    pid: str = column(PSEUDONYM, index=True)
    unit: str = column(CODE)
    list_id: int = column(LONG, "lists.id")
    fact: str = column(String(200))
    value: Any = column(DATA)
    why: str = column(Discreet)
    document: str = column(Discreet)
    document_date: date = column(Date)
    determined_by: str = column(WHO)
    state: str = column(CODE)
    supersedes: int | None = column(LONG, "determinations.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

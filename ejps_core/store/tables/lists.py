"""Lists as districts sent them: versions, rows with their verdict, people under pseudonyms, identifiers sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Index, Integer, LargeBinary, UniqueConstraint

from ejps_core.store.column_types import (
    CODE,
    DATA,
    HASH,
    LONG,
    PSEUDONYM,
    WHO,
    Discreet,
    DiscreetData,
    SealedColumn,
    UtcTime,
)
from ejps_core.store.sealing import Sealed
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import RowVerdict, Unit


class ColumnMapping(Record, table=True):
    """Which header means which field, confirmed by a person for a district and a shape of file; the newest counts."""

    __tablename__ = "column_mappings"
    __table_args__ = (Index(None, "district", "shape"),)

    id: int | None = number()
    district: str = column(CODE, "districts.code")
    shape: str = column(HASH)
    mapping: Any = column(DiscreetData)
    confirmed_at: datetime = column(UtcTime)
    confirmed_by: str = column(WHO)


class ReceivedList(Record, table=True):
    """A list of a district: one matter, of which corrected versions may follow. key_id seals all that is personal in it."""

    __tablename__ = "lists"

    id: int | None = number()
    district: str = column(CODE, "districts.code", index=True)
    program: str | None = column(CODE, null=True)
    phase: str | None = column(CODE, null=True)
    title: str = column(Discreet)
    key_id: str = column(PSEUDONYM, "data_keys.id")
    opened_at: datetime = column(UtcTime)
    opened_by: str = column(WHO)


class ListVersion(Record, table=True):
    """A file as received. facts_hash: of the facts that rules read, the input of a run."""

    __tablename__ = "list_versions"
    __table_args__ = (UniqueConstraint("list_id", "number"), UniqueConstraint("list_id", "file_hash"))

    id: int | None = number()
    list_id: int = column(LONG, "lists.id")
    number: int = column(Integer)
    file_name: str = column(Discreet)
    file_hash: str = column(HASH, index=True)
    file_bytes: int = column(LONG)
    shape: str = column(HASH)
    mapping_id: int | None = column(LONG, "column_mappings.id", null=True)
    counts: Any = column(DATA)
    facts_hash: str = column(HASH)
    received_at: datetime = column(UtcTime)
    received_by: str = column(WHO)


class ListRow(Record, table=True):
    """A row of a version: no row is lost. codes: what is to be said of it. digest: keyed, to know an unchanged row again."""

    __tablename__ = "list_rows"
    __table_args__ = (
        one_of("verdict", RowVerdict),
        one_of("unit", Unit),
        Index(None, "pid"),
    )

    version_id: int = column(LONG, "list_versions.id", key=True)
    position: int = column(Integer, key=True)
    sheet: str | None = column(Discreet, null=True)
    row: int = column(Integer)
    unit: str = column(CODE)
    pid: str | None = column(PSEUDONYM, null=True)
    family_pid: str | None = column(PSEUDONYM, null=True)
    verdict: str = column(CODE)
    nik_to_follow: bool = column(Boolean)
    codes: Any = column(DiscreetData)
    digest: str = column(HASH)


class Person(Record, table=True):
    """Who is behind a pseudonym, sealed; nik_index and kk_index find a number without opening anything."""

    __tablename__ = "people"
    __table_args__ = (one_of("unit", Unit), Index(None, "nik_index"), Index(None, "kk_index"))

    version_id: int = column(LONG, "list_versions.id", key=True)
    pid: str = column(PSEUDONYM, key=True)
    key_id: str = column(PSEUDONYM, "data_keys.id", key=True)
    unit: str = column(CODE)
    family_pid: str | None = column(PSEUDONYM, null=True)
    nik: Sealed | None = column(SealedColumn, null=True)
    kk: Sealed | None = column(SealedColumn, null=True)
    name: Sealed | None = column(SealedColumn, null=True)
    address: Sealed | None = column(SealedColumn, null=True)
    phone: Sealed | None = column(SealedColumn, null=True)
    nik_index: str | None = column(HASH, null=True)
    kk_index: str | None = column(HASH, null=True)
    index_key: str = column(PSEUDONYM, "data_keys.id")


class SealedPart(Record, table=True):
    """A part of something large of a version, sealed: the file as received, or the facts as Arrow tables.

    kind: 'file', 'families', 'members'. hash: of the clear content of the whole.
    """

    __tablename__ = "sealed_parts"
    version_id: int = column(LONG, "list_versions.id", key=True)
    kind: str = column(CODE, key=True)
    part: int = column(Integer, key=True)
    key_id: str = column(PSEUDONYM, "data_keys.id", key=True)
    parts: int = column(Integer)
    hash: str = column(HASH)
    content: bytes = column(LargeBinary)

"""What families received: deliveries with their papers, a payment a family and phase, holds, minutes of handover."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, Integer, String, UniqueConstraint

from ejps_core.model.decreed import DocumentKind, HoldReason, Outcome
from ejps_core.store.column_types import (
    CODE,
    DATA,
    HASH,
    LONG,
    PSEUDONYM,
    RUPIAH,
    WHO,
    Discreet,
    DiscreetData,
    UtcTime,
)
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Declared


class Document(Record, table=True):
    """A paper or picture as it came, sealed at `path` in the files' folder. content_hash: of the clear content."""

    __tablename__ = "documents"
    __table_args__ = (one_of("kind", DocumentKind),)

    id: int | None = number()
    kind: str = column(CODE)
    file_name: str = column(Discreet)
    content_hash: str = column(HASH, index=True)
    bytes: int = column(LONG)
    path: str = column(String(200))
    key_id: str = column(PSEUDONYM, "data_keys.id", index=True)
    received_at: datetime = column(UtcTime)
    received_by: str = column(WHO)


class Delivery(Record, table=True):
    """One handing out: a village with its signed sheet, or a single family. region: the village, as far as it is known."""

    __tablename__ = "deliveries"

    id: int | None = number()
    decree_id: int = column(LONG, "decrees.id", index=True)
    phase: int = column(Integer)
    region: str = column(CODE)
    day: date = column(Date)
    document: str = column(Discreet)
    document_id: int | None = column(LONG, "documents.id", null=True)
    counts: Any = column(DATA)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class Payment(Record, table=True):
    """What became of one family's aid in one phase. Append-only: what is given back, or was a mistake, is a record more.

    on_decree: whether the decree named it. amount, shares: rupiah, of what is received or given back; else what was meant.
    cautions: what was warned of; reason: why it is right after all, or why it failed; empty: still asked for.
    """

    __tablename__ = "payments"
    __table_args__ = (one_of("outcome", Outcome), Index(None, "program", "phase", "pid"), Index(None, "pid"))

    id: int | None = number()
    delivery_id: int = column(LONG, "deliveries.id", index=True)
    decree_id: int = column(LONG, "decrees.id", index=True)
    program: str = column(CODE)
    district: str = column(CODE, "districts.code")
    phase: int = column(Integer)
    pid: str = column(PSEUDONYM)
    recipient_pid: str = column(PSEUDONYM)
    region: str = column(CODE)
    outcome: str = column(CODE)
    amount: int = column(RUPIAH)
    shares: Any = column(DATA)
    day: date = column(Date)
    taker: str = column(Discreet)
    reason: str = column(Discreet)
    cautions: Any = column(DATA)
    document_id: int | None = column(LONG, "documents.id", null=True)
    cancels: int | None = column(LONG, "payments.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class PaymentReason(Record, table=True):
    """Why something that was warned of is right after all, said later."""

    __tablename__ = "payment_reasons"

    id: int | None = number()
    payment_id: int = column(LONG, "payments.id", index=True)
    why: str = column(Discreet)
    document: str = column(Discreet)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class Hold(Record, table=True):
    """A family's aid is on hold from a day, or the hold is lifted on one; the newest record of a family counts.

    phase None: in every phase.
    """

    __tablename__ = "holds"
    __table_args__ = (one_of("state", Declared), one_of("reason", HoldReason), Index(None, "program", "pid"))

    id: int | None = number()
    program: str = column(CODE)
    district: str = column(CODE, "districts.code")
    pid: str = column(PSEUDONYM)
    phase: int | None = column(Integer, null=True)
    state: str = column(CODE)
    day: date = column(Date)
    reason: str = column(CODE)
    why: str = column(Discreet)
    document: str = column(Discreet)
    supersedes: int | None = column(LONG, "holds.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class Handover(Record, table=True):
    """Minutes of handing over goods (BAST). data_id: all their values, sealed; scan_id: the signed paper.

    items: name, volume, unit, price, state. missing: what was short or damaged. cautions as of a payment.
    """

    __tablename__ = "handovers"
    __table_args__ = (UniqueConstraint("district", "number"),)

    id: int | None = number()
    decree_id: int = column(LONG, "decrees.id", index=True)
    district: str = column(CODE, "districts.code")
    phase: int = column(Integer)
    region: str = column(CODE)
    number: str = column(Discreet)
    at: datetime = column(UtcTime)
    place: str = column(Discreet)
    basis: str = column(Discreet)
    first_party: str = column(Discreet)
    second_party: str = column(Discreet)
    items: Any = column(DiscreetData)
    families: int = column(Integer)
    amount: int = column(RUPIAH)
    missing: str = column(Discreet)
    cautions: Any = column(DATA)
    reason: str = column(Discreet)
    data_id: int = column(LONG, "documents.id")
    scan_id: int | None = column(LONG, "documents.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

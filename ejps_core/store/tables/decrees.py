"""Decrees and their amendments: who is on them, every step from draft to issue, and who may sign for whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Index, Integer, UniqueConstraint

from ejps_core.model.decreed import Capacity, ChangeKind, ChangeReason, DecreeAct, Standing
from ejps_core.store.column_types import CODE, DATA, HASH, LONG, PSEUDONYM, RUPIAH, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import Declared


class Decree(Record, table=True):
    """A decree drafted from a run, or an amendment of one (amends: the decree). Its state lies in its steps.

    phases: those it holds for; 0 alone: the program has none. from_phase: from which on an amendment holds. amount: of one
    phase, for all recipients. content_hash: over members or changes.
    """

    __tablename__ = "decrees"

    id: int | None = number()
    program: str = column(CODE, index=True)
    district: str = column(CODE, "districts.code", index=True)
    phases: Any = column(DATA)
    from_phase: int = column(Integer)
    run_id: int = column(LONG, "runs.id", index=True)
    amends: int | None = column(LONG, "decrees.id", null=True, index=True)
    title: str = column(Discreet)
    counts: Any = column(DATA)
    amount: int = column(RUPIAH)
    content_hash: str = column(HASH)
    drafted_at: datetime = column(UtcTime)
    drafted_by: str = column(WHO)


class DecreeMember(Record, table=True):
    """A recipient, or somebody of the reserve, as the run decided. pid: who was decided; recipient_pid: who is named.

    shares: rupiah by who bears them. payable: false while nobody's NIK is known. rank: in the area
    of the quota, or within its reserve.
    """

    __tablename__ = "decree_members"
    __table_args__ = (one_of("standing", Standing), Index(None, "pid"), Index(None, "decree_id", "region"))

    decree_id: int = column(LONG, "decrees.id", key=True)
    position: int = column(Integer, key=True)
    pid: str = column(PSEUDONYM)
    family_pid: str = column(PSEUDONYM)
    recipient_pid: str = column(PSEUDONYM)
    standing: str = column(CODE)
    rank: int = column(Integer)
    area: str = column(CODE)
    region: str = column(CODE)
    amount: int = column(RUPIAH)
    shares: Any = column(DATA)
    payable: bool = column(Boolean)


class DecreeChange(Record, table=True):
    """What an amendment changes for one family. new_pid: who takes the seat. recipient_pid: who is named from then on."""

    __tablename__ = "decree_changes"
    __table_args__ = (one_of("kind", ChangeKind), one_of("reason", ChangeReason), Index(None, "pid"))

    decree_id: int = column(LONG, "decrees.id", key=True)
    position: int = column(Integer, key=True)
    kind: str = column(CODE)
    pid: str = column(PSEUDONYM)
    new_pid: str | None = column(PSEUDONYM, null=True)
    recipient_pid: str | None = column(PSEUDONYM, null=True)
    amount: int | None = column(RUPIAH, null=True)
    shares: Any = column(DATA, null=True)
    payable: bool | None = column(Boolean, null=True)
    reason: str = column(CODE)
    why: str = column(Discreet)
    document: str = column(Discreet)


class Delegation(Record, table=True):
    """Somebody acts for the holder of an office (Plt., Plh.) within dates; the newest record of a chain counts.

    district: of the office, None: the province's. powers: approve, sign.
    """

    __tablename__ = "delegations"
    __table_args__ = (one_of("capacity", Capacity), one_of("state", Declared))

    id: int | None = number()
    district: str | None = column(CODE, "districts.code", null=True)
    office: str = column(Discreet)
    capacity: str = column(CODE)
    deputy: str = column(WHO)
    powers: Any = column(DATA)
    first: date = column(Date)
    last: date = column(Date)
    document: str = column(Discreet)
    document_date: date = column(Date)
    state: str = column(CODE)
    why: str = column(Discreet)
    supersedes: int | None = column(LONG, "delegations.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)
    account: str = column(WHO)


class DecreeStep(Record, table=True):
    """A step of a decree: who did it, under which account, in which role and capacity. office: the one that is held."""

    __tablename__ = "decree_steps"
    __table_args__ = (one_of("act", DecreeAct), one_of("capacity", Capacity))

    id: int | None = number()
    decree_id: int = column(LONG, "decrees.id", index=True)
    act: str = column(CODE)
    reason: str = column(Discreet)
    office: str = column(Discreet)
    capacity: str = column(CODE)
    delegation_id: int | None = column(LONG, "delegations.id", null=True)
    role: str = column(CODE)
    who: str = column(WHO)
    account: str = column(WHO)
    at: datetime = column(UtcTime)


class DecreeIssue(Record, table=True):
    """That a decree was signed: number, day, signatory, and the hash of the annex that was signed."""

    __tablename__ = "decree_issues"
    __table_args__ = (one_of("capacity", Capacity), UniqueConstraint("district", "number"))

    decree_id: int = column(LONG, "decrees.id", key=True)
    district: str = column(CODE, "districts.code")
    number: str = column(Discreet)
    day: date = column(Date)
    signatory: str = column(WHO)
    office: str = column(Discreet)
    capacity: str = column(CODE)
    delegation_id: int | None = column(LONG, "delegations.id", null=True)
    annex_hash: str = column(HASH)
    document_id: int | None = column(LONG, "documents.id", null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

"""The money of a program in a budget year: entries, files they came in, reconciliations, frozen positions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, String, Text, UniqueConstraint

from ejps_core.model.steps import Compared, Step
from ejps_core.model.verdicts import RowVerdict
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
from ejps_core.store.words import EntryKind, FileKind

LONGEST_DOCUMENT = 200
DOCUMENT = String(LONGEST_DOCUMENT)
"""The number of a payment order or a letter, whole: by it the treasury's file is compared. It is nobody's number."""


class BudgetYear(Record, table=True):
    """The money of one program of an area (a province) in one year."""

    __tablename__ = "budget_years"
    __table_args__ = (UniqueConstraint("program", "area", "year"),)

    id: int | None = number()
    program: str = column(CODE)
    area: str = column(CODE)
    year: int = column(Integer)
    opened_at: datetime = column(UtcTime)
    opened_by: str = column(WHO)


class BudgetTerm(Record, table=True):
    """What a budget year holds from a moment on: its title, phases, districts in the order of reports, notes."""

    __tablename__ = "budget_terms"

    id: int | None = number()
    year_id: int = column(LONG, "budget_years.id", index=True)
    title: Any = column(DATA)
    phases: Any = column(DATA)
    districts: Any = column(DATA)
    notes: Any = column(DiscreetData)
    entered_at: datetime = column(UtcTime)
    entered_by: str = column(WHO)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class MoneyFile(Record, table=True):
    """A file that entries were read from, or that was compared with them; a row of it is in money_file_rows."""

    __tablename__ = "money_files"
    __table_args__ = (one_of("kind", FileKind), UniqueConstraint("year_id", "kind", "file_hash"))

    id: int | None = number()
    year_id: int = column(LONG, "budget_years.id")
    kind: str = column(CODE)
    form: str = column(CODE)
    file_name: str = column(Discreet)
    file_hash: str = column(HASH)
    file_bytes: int = column(LONG)
    counts: Any = column(DATA)
    received_at: datetime = column(UtcTime)
    received_by: str = column(WHO)


class MoneyFileRow(Record, table=True):
    """What became of a row of such a file: accepted or set apart, with the codes and words of why."""

    __tablename__ = "money_file_rows"
    __table_args__ = (one_of("verdict", RowVerdict),)

    file_id: int = column(LONG, "money_files.id", key=True)
    position: int = column(Integer, key=True)
    sheet: str | None = column(Discreet, null=True)
    row: int = column(Integer)
    verdict: str = column(CODE)
    codes: Any = column(DiscreetData)


class MoneyEntry(Record, table=True):
    """An entry of the money's record, of the kind that it names; the columns of other kinds are null.

    entered_at: from when on it counts in a position, recorded_at: when it came into this store (later, if the record
    was kept elsewhere before). on_day: when the money moved, or the paper is of. price: of a package, in the same two
    columns as money. amount: a total as stated.
    """

    __tablename__ = "money_entries"
    __table_args__ = (
        one_of("kind", EntryKind),
        one_of("step", Step),
        CheckConstraint("province >= 0 and district_share >= 0 and amount >= 0 and families >= 0", name="not_negative"),
        UniqueConstraint("year_id", "number"),
        Index(None, "year_id", "entered_at"),
    )

    id: int | None = number()
    year_id: int = column(LONG, "budget_years.id")
    number: str = column(CODE)
    kind: str = column(CODE)
    step: str | None = column(CODE, null=True)
    phase: int | None = column(Integer, null=True)
    district: str | None = column(CODE, "districts.code", null=True)
    province: int | None = column(RUPIAH, null=True)
    district_share: int | None = column(RUPIAH, null=True)
    amount: int | None = column(RUPIAH, null=True)
    rounded_to: int | None = column(RUPIAH, null=True)
    families: int | None = column(LONG, null=True)
    on_day: date | None = column(Date, null=True)
    document: str | None = column(DOCUMENT, null=True)
    assumed: bool = column(Boolean)
    obstacle: str | None = column(Discreet, null=True)
    follow_up: str | None = column(Discreet, null=True)
    answerable: str | None = column(Discreet, null=True)
    deadline: date | None = column(Date, null=True)
    cancels: str | None = column(CODE, null=True)
    code: str | None = column(CODE, null=True)
    because: str | None = column(Discreet, null=True)
    file_id: int | None = column(LONG, "money_files.id", null=True)
    file_row: int | None = column(Integer, null=True)
    entered_at: datetime = column(UtcTime)
    entered_by: str = column(WHO)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class Reconciliation(Record, table=True):
    """A file of the treasury or a bank compared with the entries as of a moment: who did it, and over which days."""

    __tablename__ = "reconciliations"

    id: int | None = number()
    file_id: int = column(LONG, "money_files.id", index=True)
    step: str = column(CODE)
    days: Any = column(DATA)
    counts: Any = column(DATA)
    compared_at: datetime = column(UtcTime)
    compared_by: str = column(WHO)


class ReconciliationLine(Record, table=True):
    """One answer: a row of the file, an entry, or both. Amounts in whole rupiah; null where there is none."""

    __tablename__ = "reconciliation_lines"
    __table_args__ = (one_of("outcome", Compared),)

    reconciliation_id: int = column(LONG, "reconciliations.id", key=True)
    position: int = column(Integer, key=True)
    outcome: str = column(CODE)
    entry_id: int | None = column(LONG, "money_entries.id", null=True)
    file_row: int | None = column(Integer, null=True)
    document: str = column(DOCUMENT)
    amount_here: int | None = column(RUPIAH, null=True)
    amount_there: int | None = column(RUPIAH, null=True)
    day_here: date | None = column(Date, null=True)
    day_there: date | None = column(Date, null=True)


class FrozenPosition(Record, table=True):
    """A position as of a moment, frozen. content: its canonical bytes as text; digest: their SHA-256.

    signature: HMAC-SHA-256 under the store's key over all the other columns, in hexadecimal.
    """

    __tablename__ = "frozen_positions"
    __table_args__ = (UniqueConstraint("year_id", "digest"),)

    id: int | None = number()
    year_id: int = column(LONG, "budget_years.id", index=True)
    as_of: datetime = column(UtcTime)
    content: str = column(Text)
    digest: str = column(HASH)
    why: str = column(Discreet)
    frozen_at: datetime = column(UtcTime)
    frozen_by: str = column(WHO)
    key_id: str = column(PSEUDONYM, "data_keys.id")
    signature: str = column(HASH)

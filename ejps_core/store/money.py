"""The money of a program in a budget year, on record: opened once, entries only ever added, files by their hash.

What has been entered by a moment on which a position is frozen can't grow any more: an entry counts from a later moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.column_types import LONGEST_NAME, discreet_text
from ejps_core.store.problems import StoreError
from ejps_core.store.programs import ensure_district
from ejps_core.store.session import Work
from ejps_core.store.tables import (
    BudgetTerm,
    BudgetYear,
    FrozenPosition,
    MoneyEntry,
    MoneyFile,
    MoneyFileRow,
)
from ejps_core.store.words import EntryKind, FileKind


@dataclass(frozen=True, slots=True)
class Since:
    """From which moment something counts, and who entered it then. None: the act's own."""

    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a budget year holds. districts: names by code, in the order of reports. title, notes: in both languages."""

    title: Mapping[str, str]
    phases: Sequence[int]
    districts: Mapping[str, str]
    notes: Sequence[Mapping[str, str]] = ()


NOW = Since()


def open_year(work: Work, program: str, area: str, year: int, terms: Terms, since: Since = NOW) -> int:
    """Opens the budget year, or gives it other terms from now on; its number."""
    session, act = work.session, work.act
    work.alone(f"money:{program}:{area}:{year}")
    found = find_year(session, program, area, year)
    for code, name in terms.districts.items():
        ensure_district(work, code, name)
    if found is None:
        found = BudgetYear(program=program, area=area, year=year, opened_at=act.at, opened_by=act.who)
        session.add(found)
        session.flush()
    assert found.id is not None
    before = terms_of(session, found.id)
    made = BudgetTerm(
        year_id=found.id,
        title=dict(terms.title),
        phases=list(terms.phases),
        districts=[[code, name] for code, name in terms.districts.items()],
        notes=[dict(each) for each in terms.notes],
        **_entered(work, found.id, since),
    )
    session.add(made)
    session.flush()
    old = None if before is None else {"phases": before.phases, "districts": before.districts, "notes": before.notes}
    new = {"phases": made.phases, "districts": made.districts, "notes": made.notes}
    work.tell("money.year", "budget-year", found.id, before=old, after={"program": program, "year": year} | new)
    return found.id


def find_year(session: Session, program: str, area: str, year: int) -> BudgetYear | None:
    """The budget year of a program; None: not opened."""
    asked = select(BudgetYear).where(
        col(BudgetYear.program) == program, col(BudgetYear.area) == area, col(BudgetYear.year) == year
    )
    return session.execute(asked).scalar_one_or_none()


def years(session: Session, program: str | None = None) -> tuple[BudgetYear, ...]:
    """The budget years on record, of one program or of all."""
    asked = select(BudgetYear)
    if program is not None:
        asked = asked.where(col(BudgetYear.program) == program)
    return tuple(session.execute(asked.order_by(col(BudgetYear.program), col(BudgetYear.year))).scalars())


def terms_of(session: Session, year_id: int, by: datetime | None = None) -> BudgetTerm | None:
    """The terms as entered by that moment (None: the newest); the first ones where there were none yet."""
    asked = select(BudgetTerm).where(col(BudgetTerm.year_id) == year_id)
    newest = asked.order_by(col(BudgetTerm.entered_at).desc(), col(BudgetTerm.id).desc())
    if by is not None:
        newest = newest.where(col(BudgetTerm.entered_at) <= by)
    found: BudgetTerm | None = session.execute(newest.limit(1)).scalar_one_or_none()
    if found is None:
        found = session.execute(asked.order_by(col(BudgetTerm.id)).limit(1)).scalar_one_or_none()
    return found


def entries_of(session: Session, year_id: int) -> tuple[MoneyEntry, ...]:
    """All entries of a budget year in the order of their recording; cancelled ones and their cancellations too."""
    asked = select(MoneyEntry).where(col(MoneyEntry.year_id) == year_id).order_by(col(MoneyEntry.id))
    return tuple(session.execute(asked).scalars())


@dataclass(frozen=True, slots=True)
class Received:
    """A file about money. rows: what became of each, as column -> value of money_file_rows."""

    kind: FileKind
    form: str
    name: str
    hash: str
    size: int
    counts: Mapping[str, int]
    rows: Sequence[Mapping[str, Any]]


def hold_year(work: Work, year_id: int) -> None:
    """Until the end of the transaction nobody else enters or freezes in this budget year."""
    work.alone(f"money:{year_id}")


def file_with(session: Session, year_id: int, kind: FileKind, file_hash: str) -> MoneyFile | None:
    """The file of that content, if it is on record."""
    asked = select(MoneyFile).where(
        col(MoneyFile.year_id) == year_id, col(MoneyFile.kind) == kind.value, col(MoneyFile.file_hash) == file_hash
    )
    return session.execute(asked).scalar_one_or_none()


def record_file(work: Work, year_id: int, received: Received) -> int:
    """Records a file with what became of its rows; its number."""
    made = MoneyFile(
        year_id=year_id,
        kind=received.kind.value,
        form=received.form,
        file_name=received.name,
        file_hash=received.hash,
        file_bytes=received.size,
        counts=dict(received.counts),
        received_at=work.act.at,
        received_by=work.act.who,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.point("money-file-written")
    add_all(work.session, MoneyFileRow, ({"file_id": made.id, **row} for row in received.rows))
    told = {"name": made.file_name, "hash": made.file_hash, "form": made.form, "counts": made.counts}
    work.tell("money.file", "money-file", made.id, after=told)
    return made.id


def add_entries(work: Work, year_id: int, entries: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Adds entries, given as column -> value; their numbers. One without a number gets the next free one.

    `since` among the columns: from which moment the entry counts (None: now).
    """
    hold_year(work, year_id)
    session = work.session
    taken = set(session.execute(select(col(MoneyEntry.number)).where(col(MoneyEntry.year_id) == year_id)).scalars())
    rows = [_row(work, year_id, each, taken) for each in entries]
    add_all(session, MoneyEntry, rows)
    work.point("entries-written")
    for row in rows:
        told = {name: _told(value) for name, value in row.items() if value is not None and name not in _UNTOLD}
        work.tell(f"money.{row['kind']}", "money-entry", f"{year_id}:{row['number']}", after=told)
    return tuple(row["number"] for row in rows)


_UNTOLD = {"year_id", "number", "recorded_at", "recorded_by"}


def _told(value: object) -> object:
    return value if isinstance(value, bool | int | str) else str(value)


def _row(work: Work, year_id: int, entry: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    row = {"assumed": False} | {name: value for name, value in entry.items() if name != "since"}
    number = row.get("number") or _free(taken, work.act.district)
    if number in taken:
        raise StoreError(
            "entry-number-used",
            Words(f"Nomor catatan {number} sudah dipakai.", f"The entry number {number} is used already."),
        )
    if row["kind"] == EntryKind.CANCELLATION.value and row["cancels"] not in taken:
        raise no_entry(row["cancels"])
    taken.add(number)
    return row | {"year_id": year_id, "number": number} | _entered(work, year_id, entry.get("since") or NOW)


def _free(taken: set[str], district: str | None) -> str:
    """The next number; an officer of a district may not see other districts' numbers, so his begin with its code."""
    number, begin = len(taken) + 1, "" if district is None else f"{district}-"
    while f"{begin}{number}" in taken:
        number += 1
    return f"{begin}{number}"


def _entered(work: Work, year_id: int, since: Since) -> dict[str, Any]:
    """From when on it counts, and when it is recorded; StoreError if a frozen position would have to hold it."""
    at = since.at or work.act.at
    if at > work.act.at:
        raise StoreError(
            "entered-later",
            Words("Waktu pencatatan tidak boleh di masa depan.", "Nothing can have been entered in the future."),
        )
    frozen = last_frozen(work.session, year_id)
    if frozen is not None and at <= frozen:
        raise _before_frozen(frozen)
    by = discreet_text(since.by).strip() if since.by else work.act.who
    if len(by) > LONGEST_NAME:
        raise StoreError(
            "who-long",
            Words("Nama pencatat terlalu panjang.", "The name of who entered it is too long."),
            Words(f"Paling panjang {LONGEST_NAME} huruf.", f"{LONGEST_NAME} letters at most."),
        )
    return {"entered_at": at, "entered_by": by, "recorded_at": work.act.at, "recorded_by": work.act.who}


def last_frozen(session: Session, year_id: int) -> datetime | None:
    """The latest moment of which a position is frozen."""
    asked = select(func.max(col(FrozenPosition.as_of))).where(col(FrozenPosition.year_id) == year_id)
    found: datetime | None = session.execute(asked).scalar_one_or_none()
    return found


def _before_frozen(frozen: datetime) -> StoreError:
    moment = f"{frozen:%Y-%m-%d %H:%M} UTC"
    return StoreError(
        "position-frozen",
        Words(
            f"Posisi per {moment} sudah dibekukan; yang dicatat sekarang tidak boleh dihitung di dalamnya.",
            f"The position of {moment} is frozen; what is entered now may not count in it.",
        ),
        Words("Catat tanpa waktu yang lebih awal.", "Enter it without an earlier moment."),
    )


def no_entry(number: str) -> StoreError:
    """There is no entry of this number to be cancelled."""
    return StoreError(
        "entry-unknown",
        Words(f"Tidak ada catatan bernomor {number}.", f"There is no entry of number {number}."),
        Words("Lihat nomornya dengan: ejps money show", "See the numbers with: ejps money show"),
    )

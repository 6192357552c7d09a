"""Reconciliations on record: a file of the treasury or a bank compared with the entries, who did it, and each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.bulk import add_all
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import BudgetYear, MoneyFile, Reconciliation, ReconciliationLine


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of comparing a file on record. days: the first and the last that it covers. lines: column -> value."""

    file_id: int
    step: str
    days: tuple[date, date]
    counts: Mapping[str, int]
    lines: Sequence[Mapping[str, Any]]


def record_reconciliation(work: Work, answers: Answers) -> int:
    """Records a reconciliation with all its answers; its number."""
    made = Reconciliation(
        file_id=answers.file_id,
        step=answers.step,
        days=[day.isoformat() for day in answers.days],
        counts=dict(answers.counts),
        compared_at=work.act.at,
        compared_by=work.act.who,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    number = made.id
    lines = ({"reconciliation_id": number, "position": n, **line} for n, line in enumerate(answers.lines, start=1))
    add_all(work.session, ReconciliationLine, lines)
    work.point("reconciliation-written")
    told = {"file": answers.file_id, "step": answers.step, "days": made.days, "counts": made.counts}
    work.tell("money.reconciled", "reconciliation", number, after=told)
    return number


def reconciliation_of(session: Session, number: int) -> tuple[Reconciliation, tuple[ReconciliationLine, ...]]:
    """A reconciliation with its answers; StoreError if there is none."""
    found = session.get(Reconciliation, number)
    if found is None:
        raise StoreError(
            "reconciliation-unknown",
            Words(f"Tidak ada rekonsiliasi nomor {number}.", f"There is no reconciliation number {number}."),
        )
    asked = select(ReconciliationLine).where(col(ReconciliationLine.reconciliation_id) == number)
    return found, tuple(session.execute(asked.order_by(col(ReconciliationLine.position))).scalars())


def reconciliations(session: Session) -> tuple[tuple[Reconciliation, MoneyFile, BudgetYear], ...]:
    """All reconciliations with their file and budget year, in the order they were made."""
    asked = (
        select(Reconciliation, MoneyFile, BudgetYear)
        .join(MoneyFile, col(MoneyFile.id) == col(Reconciliation.file_id))
        .join(BudgetYear, col(BudgetYear.id) == col(MoneyFile.year_id))
        .order_by(col(Reconciliation.id))
    )
    return tuple((each, file, year) for each, file, year in session.execute(asked))

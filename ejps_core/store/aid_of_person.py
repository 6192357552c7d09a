"""What became of the decisions about a person: decrees, payments, holds, objections, findings, ground checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from ejps_core.store.tables import (
    DecreeChange,
    DecreeMember,
    Finding,
    FindingStep,
    Hold,
    Objection,
    ObjectionDecision,
    Payment,
    PaymentReason,
    Record,
    SampleResult,
    SampleUnit,
)

HOLDING: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (DecreeMember, ("pid", "family_pid", "recipient_pid")),
    (DecreeChange, ("pid", "new_pid", "recipient_pid")),
    (Payment, ("pid", "recipient_pid")),
    (Hold, ("pid",)),
    (Objection, ("pid",)),
    (Finding, ("pid",)),
    (SampleUnit, ("pid",)),
)
"""The tables that speak of people, and in which columns."""
FOLLOWING: tuple[tuple[type[Record], str, str], ...] = (
    (PaymentReason, "payment_id", "payments"),
    (ObjectionDecision, "objection_id", "objections"),
    (FindingStep, "finding_id", "findings"),
)
"""The tables whose records follow one of those, by which column."""


def aid_of(session: Session, pids: Sequence[str]) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The records that name one of these pseudonyms, by table; tables without any are left out."""
    wanted = list(dict.fromkeys(pids))
    found: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if not wanted:
        return found
    for table, columns in HOLDING:
        named = or_(*(getattr(table, name).in_(wanted) for name in columns))
        rows = tuple(record.model_dump() for record in session.execute(select(table).where(named)).scalars())
        if rows:
            found[str(table.__tablename__)] = rows
    for table, column, before in FOLLOWING:
        numbers = [each["id"] for each in found.get(before, ())]
        asked = select(table).where(getattr(table, column).in_(numbers))
        told = (record.model_dump() for record in session.execute(asked).scalars()) if numbers else ()
        rows = tuple(sorted(told, key=itemgetter("id")))
        if rows:
            found[str(table.__tablename__)] = rows
    visits = [visit for unit in found.get("sample_units", ()) for visit in _visits(session, unit)]
    return found | ({"sample_results": tuple(visits)} if visits else {})


def _visits(session: Session, unit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What was found at a family of a sample, oldest first."""
    asked = select(SampleResult).where(
        col(SampleResult.sample_id) == unit["sample_id"], col(SampleResult.position) == unit["position"]
    )
    return [record.model_dump() for record in session.execute(asked.order_by(col(SampleResult.id))).scalars()]

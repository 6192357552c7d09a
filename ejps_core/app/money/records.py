"""Entries of the money's record as the store has them, and back; what makes two of them the same."""

from __future__ import annotations

from typing import Any

from ejps_core.aid.entries import (
    Cancellation,
    DistrictReport,
    Entered,
    Entry,
    Event,
    Money,
    Reason,
    Stated,
    Step,
    Target,
)
from ejps_core.model.masking import visible
from ejps_core.store.column_types import discreet_text
from ejps_core.store.tables import MoneyEntry
from ejps_core.store.words import EntryKind

KINDS: dict[type, EntryKind] = {
    Event: EntryKind.EVENT,
    Target: EntryKind.TARGET,
    DistrictReport: EntryKind.REPORT,
    Stated: EntryKind.STATED,
    Reason: EntryKind.REASON,
    Cancellation: EntryKind.CANCELLATION,
}


def as_row(entry: Entry) -> dict[str, Any]:
    """The entry as columns; without number if it has none yet, and without who entered it when."""
    row: dict[str, Any] = {"kind": KINDS[type(entry)].value, **_columns(entry)}
    return row | ({"number": _whole(entry.number)} if entry.number else {})


def _whole(text: str) -> str:
    """A number of a document as it is, without what a database can't hold."""
    return visible(text).encode("utf-8", "replace").decode("utf-8")


def _columns(entry: Entry) -> dict[str, Any]:
    match entry:
        case Event():
            return _placed(entry) | {"step": entry.step.value, "families": entry.families} | _shares(entry.money)
        case Target():
            return _placed(entry) | {"families": entry.families} | _shares(entry.price)
        case DistrictReport():
            words = {"obstacle": entry.obstacle, "follow_up": entry.follow_up, "answerable": entry.answerable}
            told = {name: discreet_text(text) for name, text in words.items()}
            return _placed(entry) | told | {"deadline": entry.deadline}
        case Stated():
            where = {"step": entry.step.value, "phase": entry.phase, "district": entry.district}
            return where | {"amount": entry.amount, "rounded_to": entry.rounded_to, "document": _whole(entry.document)}
        case Reason():
            where = {"code": entry.code, "phase": entry.phase, "district": entry.district}
            return where | {"because": discreet_text(entry.because)}
        case Cancellation():
            return {"cancels": entry.cancels, "because": discreet_text(entry.because)}


def _placed(entry: Event | Target | DistrictReport) -> dict[str, Any]:
    where = {"phase": entry.phase, "district": entry.district}
    return where | {"on_day": entry.on, "document": _whole(entry.document), "assumed": entry.assumed}


def _shares(money: Money) -> dict[str, int]:
    return {"province": money.province, "district_share": money.district}


def as_entry(row: MoneyEntry) -> Entry:
    """The entry that a record is."""
    known: dict[str, Any] = {"number": row.number, "entered": Entered(row.entered_at, row.entered_by)}
    where: dict[str, Any] = {"phase": row.phase, "district": row.district}
    placed: dict[str, Any] = {**where, "on": row.on_day, "document": row.document or "", "assumed": row.assumed}
    shares = Money(row.province or 0, row.district_share or 0)
    match EntryKind(row.kind):
        case EntryKind.EVENT:
            return Event(**known, **placed, step=Step(row.step or ""), money=shares, families=row.families)
        case EntryKind.TARGET:
            return Target(**known, **placed, families=row.families or 0, price=shares)
        case EntryKind.REPORT:
            told: dict[str, Any] = {
                "obstacle": row.obstacle or "",
                "follow_up": row.follow_up or "",
                "answerable": row.answerable or "",
            }
            return DistrictReport(**known, **placed, **told, deadline=row.deadline)
        case EntryKind.STATED:
            amounts: dict[str, Any] = {"amount": row.amount or 0, "rounded_to": row.rounded_to or 1}
            return Stated(**known, **where, **amounts, step=Step(row.step or ""), document=row.document or "")
        case EntryKind.REASON:
            return Reason(**known, **where, code=row.code or "", because=row.because or "")
        case EntryKind.CANCELLATION:
            return Cancellation(**known, cancels=row.cancels or "", because=row.because or "")


def content(entry: Entry) -> frozenset[tuple[str, Any]]:
    """All that an entry says, but not its number and who entered it: the same twice is one payment told twice."""
    return frozenset((name, value) for name, value in as_row(entry).items() if name != "number")

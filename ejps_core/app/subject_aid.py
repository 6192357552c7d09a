"""What became of the decisions about a person, for subject access: each record with the decree or sample that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.store.requests import RequestState
from ejps_core.store.subject import Held

Record = Mapping[str, Any]
Table = tuple[Record, ...]


def aid_told(held: Held) -> dict[str, list[dict[str, Any]]]:
    """Decrees, their changes, payments, holds, objections, findings, ground checks and requests, as plain data."""
    aid = held.aid
    return {
        "decrees": [_under(each, held) for each in aid.get("decree_members", ())],
        "decree_changes": [_under(each, held) for each in aid.get("decree_changes", ())],
        "payments": [
            _under(each, held) | {"reasons": _following(aid, "payment_reasons", "payment_id", each)}
            for each in aid.get("payments", ())
        ],
        "holds": [plain(each) for each in aid.get("holds", ())],
        "objections": [
            _under(each, held) | {"decided": _following(aid, "objection_decisions", "objection_id", each)}
            for each in aid.get("objections", ())
        ],
        "findings": [
            _under(each, held) | {"steps": _following(aid, "finding_steps", "finding_id", each)}
            for each in aid.get("findings", ())
        ],
        "samples": [plain(each) | {"results": _visits(aid, each)} for each in aid.get("sample_units", ())],
        "requests": [_request(each) for each in held.requests],
    }


def plain(record: Record) -> dict[str, Any]:
    """A record with days and moments as text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in record.items()}


def _under(record: Mapping[str, Any], held: Held) -> dict[str, Any]:
    """The record with program, title, number and day of its decree; number None: the decree is not signed."""
    found = held.decrees.get(record.get("decree_id") or 0)
    if found is None:
        return plain(record)
    decree, issue = found
    about = {
        "program": decree.program,
        "district": decree.district,
        "title": decree.title,
        "phases": list(decree.phases),
        "decree": None if issue is None else issue.number,
        "decree_day": None if issue is None else issue.day.isoformat(),
        "drafted_at": decree.drafted_at.isoformat(timespec="seconds"),
        "drafted_by": decree.drafted_by,
    }
    return about | plain(record)


def _following(aid: Mapping[str, Table], table: str, column: str, of: Record) -> list[dict[str, Any]]:
    return [plain(each) for each in aid.get(table, ()) if each[column] == of["id"]]


def _visits(aid: Mapping[str, Table], unit: Record) -> list[dict[str, Any]]:
    own = (unit["sample_id"], unit["position"])
    return [plain(each) for each in aid.get("sample_results", ()) if (each["sample_id"], each["position"]) == own]


def _request(state: RequestState) -> dict[str, Any]:
    request = state.request
    return {
        "request": request.id,
        "kind": request.kind,
        "words": request.words,
        "document": request.document,
        "received_at": request.received_at.isoformat(),
        "due_at": state.clock.due.isoformat(),
        "on_hold": state.on_hold,
        "events": [plain(each.model_dump()) for each in state.events],
    }

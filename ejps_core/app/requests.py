"""What people ask for, at the desk: recorded, answered, listed by its clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.duties import RequestKind, RequestOutcome
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.requests import RequestMade, RequestState, add_event, open_request, requests
from ejps_core.store.words import RequestStep


def opened(
    options: StoreOptions, actor: Actor, kind: RequestKind, nik: str, words: str, received_at: datetime, document: str | None
) -> tuple[int, int] | Diagnostic:
    """Records a request: its number, and on how many list versions the person stands."""

    def made() -> tuple[int, int]:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.SUBJECT_ACCESS)
            return open_request(store, act, nik, RequestMade(kind, words, received_at, document))

    return attempt(made)


def noted(options: StoreOptions, actor: Actor, number: int, words: str, document: str | None) -> Diagnostic | None:
    """Records what was done about a request."""
    return _event(options, actor, number, RequestStep.NOTE, words, None, None, document)


def answered(
    options: StoreOptions,
    actor: Actor,
    number: int,
    outcome: RequestOutcome,
    words: str,
    at: datetime | None,
    document: str | None,
) -> Diagnostic | None:
    """Records the answer."""
    return _event(options, actor, number, RequestStep.ANSWER, words, at, outcome, document)


def released(options: StoreOptions, actor: Actor, number: int, words: str) -> Diagnostic | None:
    """Ends a hold."""
    return _event(options, actor, number, RequestStep.RELEASE, words, None, None, None)


def listed(options: StoreOptions, at: datetime) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """All requests as they stood at a moment, the open ones whose term is over first."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            states = sorted(requests(session, at), key=lambda each: (not _overdue(each), each.answer is not None))
            return tuple(map(_told, states))

    return attempt(found)


def _event(
    options: StoreOptions,
    actor: Actor,
    number: int,
    step: RequestStep,
    words: str,
    at: datetime | None,
    outcome: RequestOutcome | None,
    document: str | None,
) -> Diagnostic | None:
    def made() -> None:
        act = act_of(actor, Purpose.SUBJECT_ACCESS)
        with open_store(place_of(options)) as store, store.writing(act) as work:
            add_event(work, number, step, words, at or act.at, outcome=outcome, document=document)

    return attempt(made)


def _overdue(state: RequestState) -> bool:
    return state.answer is None and state.clock.overdue


def _told(state: RequestState) -> Mapping[str, Any]:
    request, answer = state.request, state.answer
    return {
        "request": request.id,
        "kind": request.kind,
        "words": request.words,
        "document": request.document,
        "people": len(request.pids),
        "received_at": request.received_at.isoformat(),
        "due_at": state.clock.due.isoformat(),
        "overdue": _overdue(state),
        "hours": state.clock.hours,
        "late": state.late,
        "outcome": None if answer is None else answer.outcome,
        "answered_at": None if answer is None else answer.at.isoformat(),
        "answered_by": None if answer is None else answer.recorded_by,
        "on_hold": state.on_hold,
        "events": [
            {
                "step": each.step,
                "outcome": each.outcome,
                "at": each.at.isoformat(),
                "words": each.words,
                "document": each.document,
                "by": each.recorded_by,
            }
            for each in state.events
        ],
    }

"""What people ask for under UU 27/2022: access, correction, a hold, erasure; with the answer, its reason and its moment.

A request holds pseudonyms only. A hold that was granted stands until it is released: `held` says who is on hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.duties import Clock, RequestKind, RequestOutcome, clock
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose
from ejps_core.store.people import find
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import Person, RequestEvent, SubjectRequest
from ejps_core.store.words import RequestStep


@dataclass(frozen=True, slots=True)
class RequestMade:
    """A request as it came in, in words without numbers of identity. document: the number of the incoming letter."""

    kind: RequestKind
    words: str
    received_at: datetime
    document: str | None = None


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request with all that followed. clock: its term as it stands. on_hold: a hold that was granted and not released."""

    request: SubjectRequest
    events: tuple[RequestEvent, ...]
    clock: Clock
    answer: RequestEvent | None
    on_hold: bool

    @property
    def late(self) -> bool:
        """Whether it was answered after the term, or is still open although it is over."""
        return self.clock.overdue if self.answer is None else self.answer.at > self.clock.due


def open_request(store: Store, act: Act, nik: str, made: RequestMade) -> tuple[int, int]:
    """Records a request of the person with this NIK: its number, and on how many list versions the person stands.

    Only who may read for subject access may look a NIK up. The NIK itself is not kept.
    """
    act = replace(act, purpose=Purpose.SUBJECT_ACCESS)
    act.refuse_unless_may_see(act.district)
    if made.received_at > act.at:
        raise _ahead()
    with store.reading() as session:
        found = find(store, session, "nik", [nik]).get(nik, ())
    pids = list(dict.fromkeys(each.pid for each in found))
    with store.writing(act) as work:
        record = SubjectRequest(
            kind=made.kind.value,
            pids=pids,
            words=made.words,
            document=made.document,
            received_at=made.received_at,
            recorded_at=act.at,
            recorded_by=act.who,
        )
        work.session.add(record)
        work.session.flush()
        assert record.id is not None
        work.point("request-written")
        told = {"kind": record.kind, "received_at": made.received_at.isoformat(), "document": record.document}
        work.tell("request.received", "request", record.id, after=told)
        for pid in pids:
            work.tell("request.received", "person", pid, after={"request": record.id, "kind": record.kind})
    return record.id, len(found)


def add_event(
    work: Work,
    request_id: int,
    step: RequestStep,
    words: str,
    at: datetime,
    *,
    outcome: RequestOutcome | None = None,
    document: str | None = None,
) -> int:
    """Records a note, the answer, or the release of a hold; its number. A request is answered once."""
    act, session = work.act, work.session
    state = request_state(session, request_id, act.at)
    if at > act.at or at < state.request.received_at:
        raise _ahead()
    if (step is RequestStep.ANSWER) is not (outcome is not None):
        raise ValueError("an answer has an outcome, and nothing else has")
    if step is RequestStep.ANSWER and state.answer is not None:
        raise StoreError(
            "request-answered",
            Words(f"Permintaan {request_id} sudah dijawab.", f"Request {request_id} has been answered."),
            Words("Catat permintaan baru bila ia meminta lagi.", "Record a new request if the person asks again."),
        )
    if step is RequestStep.RELEASE and not state.on_hold:
        raise StoreError(
            "request-not-held",
            Words(f"Permintaan {request_id} tidak menunda apa pun.", f"Request {request_id} holds nothing."),
        )
    made = RequestEvent(
        request_id=request_id,
        step=step.value,
        outcome=None if outcome is None else outcome.value,
        at=at,
        words=words,
        document=document,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    work.point("request-event-written")
    told = {"step": made.step, "outcome": made.outcome, "at": at.isoformat(), "words": words, "document": document}
    work.tell(f"request.{made.step}", "request", request_id, after=told)
    for pid in state.request.pids:
        work.tell(f"request.{made.step}", "person", pid, after={"request": request_id, "outcome": made.outcome})
    return made.id


def request_state(session: Session, request_id: int, now: datetime) -> RequestState:
    """A request as it stands at a moment; StoreError if there is none."""
    found = session.get(SubjectRequest, request_id)
    if found is None:
        raise StoreError(
            "request-unknown",
            Words(f"Tidak ada permintaan nomor {request_id}.", f"There is no request number {request_id}."),
            Words("Lihat yang ada: ejps request list", "See those there are: ejps request list"),
        )
    asked = select(RequestEvent).where(col(RequestEvent.request_id) == request_id).order_by(col(RequestEvent.id))
    return _state(found, tuple(session.execute(asked).scalars()), now)


def requests(session: Session, now: datetime) -> Sequence[RequestState]:
    """All requests as they stand at a moment: what was recorded later is left out."""
    events: dict[int, list[RequestEvent]] = {}
    behind = select(RequestEvent).where(col(RequestEvent.recorded_at) <= now).order_by(col(RequestEvent.id))
    for each in session.execute(behind).scalars():
        events.setdefault(each.request_id, []).append(each)
    asked = select(SubjectRequest).where(col(SubjectRequest.recorded_at) <= now).order_by(col(SubjectRequest.id))
    return [_state(each, tuple(events.get(each.id or 0, ())), now) for each in session.execute(asked).scalars()]


def held(session: Session, now: datetime) -> frozenset[str]:
    """The pseudonyms whose processing is on hold at a moment (UU 27/2022, Art. 41): the persons and their families."""
    persons = {pid for each in requests(session, now) if each.on_hold for pid in each.request.pids}
    asked = select(col(Person.family_pid)).where(col(Person.pid).in_(persons), col(Person.family_pid).is_not(None))
    return frozenset(persons | set(session.execute(asked).scalars())) if persons else frozenset()


def _state(request: SubjectRequest, events: tuple[RequestEvent, ...], now: datetime) -> RequestState:
    answer = next((each for each in events if each.step == RequestStep.ANSWER.value), None)
    released = any(each.step == RequestStep.RELEASE.value for each in events)
    granted = answer is not None and answer.outcome != RequestOutcome.REFUSED.value
    on_hold = request.kind == RequestKind.HOLD.value and granted and not released
    return RequestState(request, events, clock(request.received_at, now), answer, on_hold)


def _ahead() -> StoreError:
    return StoreError(
        "moment-ahead",
        Words("Waktu itu belum tiba, atau sebelum permintaannya diterima.", "That moment is ahead, or before the request."),
        Words("Periksa tanggal, jam dan zonanya (WITA).", "Check day, hour and zone (WITA)."),
    )

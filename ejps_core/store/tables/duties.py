"""Duties under UU 27/2022: the register of breaches, and what people ask for; each with what was done about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer

from ejps_core.model.duties import RequestKind
from ejps_core.store.column_types import CODE, DATA, LONG, WHO, Discreet, UtcTime
from ejps_core.store.tables.record import Record, column, number, one_of
from ejps_core.store.words import BreachStep, RequestStep


class Breach(Record, table=True):
    """A failure of protection. what, how and data in words, without anybody's data. known_at: when the clock began.

    happened_at: None, as long as it is not known. people: how many it concerns, None: not known yet.
    """

    __tablename__ = "breaches"

    id: int | None = number()
    what: str = column(Discreet)
    how: str = column(Discreet)
    data: str = column(Discreet)
    area: str | None = column(CODE, null=True)
    happened_at: datetime | None = column(UtcTime, null=True)
    known_at: datetime = column(UtcTime)
    people: int | None = column(Integer, null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class BreachEvent(Record, table=True):
    """What was found out or done about a breach; notices with their recipient, moment and document."""

    __tablename__ = "breach_events"
    __table_args__ = (one_of("step", BreachStep),)

    id: int | None = number()
    breach_id: int = column(LONG, "breaches.id", index=True)
    step: str = column(CODE)
    recipient: str | None = column(CODE, null=True)
    at: datetime = column(UtcTime)
    words: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    people: int | None = column(Integer, null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class SubjectRequest(Record, table=True):
    """What a person asks for. pids: the pseudonyms under which the person stands on lists; none where nothing is held."""

    __tablename__ = "subject_requests"
    __table_args__ = (one_of("kind", RequestKind),)

    id: int | None = number()
    kind: str = column(CODE, index=True)
    pids: Any = column(DATA)
    words: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    received_at: datetime = column(UtcTime)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)


class RequestEvent(Record, table=True):
    """What was done about a request: a note, its answer with outcome and reason, or the end of a hold."""

    __tablename__ = "request_events"
    __table_args__ = (one_of("step", RequestStep),)

    id: int | None = number()
    request_id: int = column(LONG, "subject_requests.id", index=True)
    step: str = column(CODE)
    outcome: str | None = column(CODE, null=True)
    at: datetime = column(UtcTime)
    words: str = column(Discreet)
    document: str | None = column(Discreet, null=True)
    recorded_at: datetime = column(UtcTime)
    recorded_by: str = column(WHO)

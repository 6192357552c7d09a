"""The register of breaches (UU 27/2022, Art. 46): what was revealed, when and how, what was done, who was told when.

A breach is never changed: what is found out later is an event behind it. Moments come from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.duties import Clock, Recipient, clock
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Breach, BreachEvent
from ejps_core.store.words import BreachStep

MUST_KNOW = (Recipient.SUBJECTS, Recipient.AUTHORITY)
"""Who has to be told within the term; the public only in some cases, which officials decide."""


@dataclass(frozen=True, slots=True)
class BreachFound:
    """A breach as it is opened. data: which kinds of data, in words. people: how many, None: not known yet."""

    what: str
    how: str
    data: str
    known_at: datetime
    happened_at: datetime | None = None
    people: int | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What was found out or done. at: when, as it happened. people: how many it concerns, as known from then on."""

    step: BreachStep
    words: str
    at: datetime
    recipient: Recipient | None = None
    document: str | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class BreachState:
    """A breach with all that followed. clock: the term of the notices, as it stands; told: who was told, and when."""

    breach: Breach
    events: tuple[BreachEvent, ...]
    clock: Clock
    told: dict[Recipient, datetime]
    closed: bool

    @property
    def untold(self) -> tuple[Recipient, ...]:
        """Who has to be told and was not."""
        return tuple(each for each in MUST_KNOW if each not in self.told)

    @property
    def late(self) -> tuple[Recipient, ...]:
        """Who was told after the term, or is still to be told although it is over."""
        over = [each for each, at in self.told.items() if each in MUST_KNOW and at > self.clock.due]
        return (*over, *(self.untold if self.clock.overdue else ()))

    @property
    def people(self) -> int | None:
        """How many people it concerns, as known last."""
        return next((each.people for each in reversed(self.events) if each.people is not None), self.breach.people)


def open_breach(work: Work, found: BreachFound) -> int:
    """Records a breach; its number. Its clock began when it became known, which can't be in the future."""
    act = work.act
    _refuse_future(found.known_at, act.at)
    if found.happened_at is not None:
        _refuse_future(found.happened_at, found.known_at)
    made = Breach(
        what=found.what,
        how=found.how,
        data=found.data,
        area=found.area,
        happened_at=found.happened_at,
        known_at=found.known_at,
        people=found.people,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.point("breach-written")
    work.tell("breach.opened", "breach", made.id, after={"what": made.what, "known_at": found.known_at.isoformat()})
    return made.id


def add_step(work: Work, breach_id: int, step: Step, *, without_notice: str | None = None) -> int:
    """Records a step behind a breach; its number. Closing before everybody was told needs a reason (without_notice)."""
    act, session = work.act, work.session
    state = breach_state(session, breach_id, act.at)
    _refuse_future(step.at, act.at)
    if step.at < state.breach.known_at:
        raise _before(Words("diketahui", "known"))
    if state.closed:
        raise StoreError(
            "breach-closed",
            Words(f"Pelanggaran {breach_id} sudah ditutup.", f"Breach {breach_id} is closed."),
            Words("Yang baru diketahui dicatat sebagai pelanggaran baru.", "What is new is recorded as a new breach."),
        )
    words = step.words
    if step.step is BreachStep.CLOSED and state.untold:
        if not without_notice:
            raise _untold(state.untold)
        words = f"{words} – tanpa pemberitahuan: {without_notice}"
    made = BreachEvent(
        breach_id=breach_id,
        step=step.step.value,
        recipient=None if step.recipient is None else step.recipient.value,
        at=step.at,
        words=words,
        document=step.document,
        people=step.people,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    work.point("breach-step-written")
    told = {"step": made.step, "recipient": made.recipient, "at": step.at.isoformat(), "words": words}
    work.tell(f"breach.{made.step}", "breach", breach_id, after=told | {"document": made.document})
    return made.id


def breach_state(session: Session, breach_id: int, now: datetime) -> BreachState:
    """A breach as it stands at a moment; StoreError if there is none."""
    found = session.get(Breach, breach_id)
    if found is None:
        raise StoreError(
            "breach-unknown",
            Words(f"Tidak ada pelanggaran nomor {breach_id}.", f"There is no breach number {breach_id}."),
            Words("Lihat yang ada: ejps breach list", "See those there are: ejps breach list"),
        )
    asked = select(BreachEvent).where(col(BreachEvent.breach_id) == breach_id).order_by(col(BreachEvent.id))
    return _state(found, tuple(session.execute(asked).scalars()), now)


def breaches(session: Session, now: datetime) -> Sequence[BreachState]:
    """All breaches as they stand at a moment: what was recorded later is left out."""
    asked = select(Breach).where(col(Breach.recorded_at) <= now).order_by(col(Breach.id))
    events: dict[int, list[BreachEvent]] = {}
    behind = select(BreachEvent).where(col(BreachEvent.recorded_at) <= now).order_by(col(BreachEvent.id))
    for each in session.execute(behind).scalars():
        events.setdefault(each.breach_id, []).append(each)
    return [_state(each, tuple(events.get(each.id or 0, ())), now) for each in session.execute(asked).scalars()]


def _state(breach: Breach, events: tuple[BreachEvent, ...], now: datetime) -> BreachState:
    told: dict[Recipient, datetime] = {}
    for each in events:
        if each.recipient is not None and each.step == BreachStep.NOTICE.value:
            told.setdefault(Recipient(each.recipient), each.at)
    closed = any(each.step == BreachStep.CLOSED.value for each in events)
    return BreachState(breach, events, clock(breach.known_at, now), told, closed)


def _untold(untold: Sequence[Recipient]) -> StoreError:
    listed = ", ".join(untold)
    return StoreError(
        "breach-untold",
        Words(f"Belum diberi tahu secara tertulis: {listed}.", f"Not told in writing yet: {listed}."),
        Words(
            "Catat dengan ejps breach notify, atau sebut alasannya: --without-notice.",
            "Record it with ejps breach notify, or say why not: --without-notice.",
        ),
    )


def _refuse_future(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise StoreError(
            "moment-ahead",
            Words("Waktu itu belum tiba, atau sesudah hal yang mengikutinya.", "That moment is ahead of what follows it."),
            Words("Periksa tanggal, jam dan zonanya (WITA).", "Check day, hour and zone (WITA)."),
        )


def _before(what: Words) -> StoreError:
    return StoreError(
        "moment-before", Words(f"Waktu itu sebelum pelanggarannya {what.id}.", f"That moment is before it was {what.en}.")
    )

"""Positions on record: frozen, listed, shown, compared, verified."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ejps_core.aid.canonical import canonical, restored
from ejps_core.aid.changes import Change, difference
from ejps_core.aid.position import Position, position
from ejps_core.app.money.books import book_of
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.money import hold_year
from ejps_core.store.opening import open_store
from ejps_core.store.positions import Frozen, freeze, position_of, positions, whole
from ejps_core.store.problems import StoreError, unsound
from ejps_core.store.session import Store
from ejps_core.store.tables import BudgetYear, FrozenPosition


def freeze_position(
    options: StoreOptions, actor: Actor, program: str, year: int | None, at: datetime
) -> tuple[Frozen, Position] | Diagnostic:
    """Freezes the position of a program as of a moment; the same again changes nothing."""

    def made() -> tuple[Frozen, Position]:
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
            hold_year(work, book_of(work.session, program, year, at).id)
            book = book_of(work.session, program, year, at)
            found = position(book.ledger, at.astimezone(WITA))
            return freeze(work, book.id, at, canonical(found)), found

    return attempt(made)


@dataclass(frozen=True, slots=True)
class Held:
    """A frozen position with who froze it."""

    number: int
    position: Position
    by: str
    at: datetime
    why: str
    signature: str


def held_position(options: StoreOptions, number: int) -> Held | Diagnostic:
    """A frozen position as it was frozen; StoreError if what is on record was changed."""

    def found() -> Held:
        with open_store(place_of(options)) as store, store.reading() as session:
            return _held(store, position_of(session, number))

    return attempt(found)


def _held(store: Store, record: FrozenPosition) -> Held:
    assert record.id is not None
    if not whole(store, record):
        raise changed(record.id)
    content = restored(record.content.encode("utf-8"))
    return Held(record.id, content, record.frozen_by, record.frozen_at, record.why, record.signature)


def changed(number: int) -> StoreError:
    """What is on record is not what was frozen."""
    return unsound(Words(f"Posisi {number} bukan yang dibekukan.", f"Position {number} is not what was frozen."))


def frozen_positions(options: StoreOptions, program: str | None = None) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The frozen positions on record, of one program or of all."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return tuple(_told(each, year) for each, year in positions(session, program))

    return attempt(found)


def _told(frozen: FrozenPosition, year: BudgetYear) -> Mapping[str, Any]:
    return {
        "position": frozen.id,
        "program": year.program,
        "year": year.year,
        "as_of": json.loads(frozen.content)["at"],
        "digest": frozen.digest,
        "entries": json.loads(frozen.content)["entries"],
        "frozen_at": frozen.frozen_at.isoformat(timespec="seconds"),
        "frozen_by": frozen.frozen_by,
        "why": frozen.why,
    }


@dataclass(frozen=True, slots=True)
class Differing:
    """What changed from one position to a later one."""

    before: Position
    after: Position
    changes: tuple[Change, ...]


def compare_positions(options: StoreOptions, first: int, second: int | None, now: datetime) -> Differing | Diagnostic:
    """What changed from one frozen position to another (None: to what is on record now)."""

    def found() -> Differing:
        with open_store(place_of(options)) as store, store.reading() as session:
            before = _held(store, position_of(session, first)).position
            after = _other(store, session, before, second, now)
            if (before.program, before.year) != (after.program, after.year):
                raise StoreError(
                    "positions-of-two",
                    Words(
                        "Kedua posisi bukan dari program dan tahun yang sama.",
                        "The two positions are not of the same program and year.",
                    ),
                )
            return Differing(before, after, difference(before, after))

    return attempt(found)


def _other(store: Store, session: Session, before: Position, second: int | None, now: datetime) -> Position:
    if second is not None:
        return _held(store, position_of(session, second)).position
    return position(book_of(session, before.program, before.year, now).ledger, now.astimezone(WITA))


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a frozen position is whole: hash and signature, and whether the entries still give the very same."""

    number: int
    digest: str
    signed: bool
    same: bool

    @property
    def sound(self) -> bool:
        """Nothing was changed."""
        return self.signed and self.same


def verify_positions(options: StoreOptions, number: int | None = None) -> tuple[Checked, ...] | Diagnostic:
    """Checks one frozen position, or all: the content by hash and signature, and against the entries on record."""

    def found() -> tuple[Checked, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            records = [each for each, _ in positions(session)] if number is None else [position_of(session, number)]
            return tuple(_checked(store, session, each) for each in records)

    return attempt(found)


def _checked(store: Store, session: Session, record: FrozenPosition) -> Checked:
    assert record.id is not None
    year = session.get(BudgetYear, record.year_id)
    assert year is not None
    again = position(book_of(session, year.program, year.year, record.as_of).ledger, record.as_of.astimezone(WITA))
    same = canonical(again) == record.content.encode("utf-8")
    return Checked(record.id, record.digest, whole(store, record), same)

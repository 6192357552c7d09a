"""Registers on record: a file becomes a sealed snapshot as of a day; somebody declares it complete, or takes that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.registers import open_register
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.registers import Declaration, Snapshot, add_snapshot, declare, snapshot_of
from ejps_core.store.session import Work
from ejps_core.store.tables import CompletenessDeclaration, RegisterSnapshot
from ejps_core.store.words import Declared


@dataclass(frozen=True, slots=True)
class File:
    """A register's file. on: the day of its data. source: who it comes from. area: whose people it holds (75, 75.04)."""

    name: str
    path: Path
    on: date
    source: str
    area: str = "75"


@dataclass(frozen=True, slots=True)
class Completeness:
    """An area for which a register is complete; document: on what this rests."""

    area: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A register on record. again: it was there. unusable: rows by which nobody can be found."""

    number: int
    again: bool
    rows: int
    unusable: int
    declared: bool
    findings: tuple[Diagnostic, ...]


def keep_register(
    options: StoreOptions, actor: Actor, file: File, complete: Completeness | None, plugins: Plugins
) -> Kept | Diagnostic:
    """Seals and records a register; with `complete`, whoever acts declares it complete as of its day."""
    return attempt(lambda: _kept(options, actor, file, complete, plugins))


def _kept(options: StoreOptions, actor: Actor, file: File, complete: Completeness | None, plugins: Plugins) -> Kept:
    from ejps_core.registry.kept_listing import as_parquet
    from ejps_core.registry.snapshots import read_keys

    area = _area(file.area)
    covered = None if complete is None else _area(complete.area)
    with open_store(place_of(options)) as store:
        opened = open_register(file.name, file.path, plugins)
        if opened.listing is None:
            problem = next(each for each in opened.findings if each.severity is Severity.ERROR)
            raise StoreError(problem.code, problem.words, problem.mend)
        register = next(each.what for each in plugins.registers if each.what.name == file.name)
        _, usable, notes = read_keys(opened.listing, register.key, day_number(file.on))
        rows, unusable = len(opened.listing), int((~usable).sum())
        act = act_of(actor, Purpose.IMPORT)
        counts = {"rows": rows, "unusable": unusable}
        snapshot = Snapshot(file.name, file.source, area, file.on, counts)
        number, again = add_snapshot(store, act, snapshot, as_parquet(opened.listing))
        if complete is not None and covered is not None:
            with store.writing(act) as work:
                declare(work, Declaration(number, covered, file.on, act.who, complete.document))
        return Kept(number, again, rows, unusable, complete is not None, (*opened.findings, *notes))


def declare_complete(
    options: StoreOptions, actor: Actor, number: int, complete: Completeness, on: date | None, withdrawn: bool
) -> int | Diagnostic:
    """Whoever acts declares a register complete for an area as of a day (None: that of its data), or takes it back."""

    def made() -> int:
        area = _area(complete.area)
        with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.IMPORT)) as work:
            day = on or snapshot_of(work.session, number).as_of
            if withdrawn and not _declared(work, number, area):
                raise _not_declared(number, area)
            state = Declared.WITHDRAWN if withdrawn else Declared.MADE
            return declare(work, Declaration(number, area, day, work.act.who, complete.document, state))

    return attempt(made)


def registers_on_record(options: StoreOptions) -> tuple[Mapping[str, Any], ...] | Diagnostic:
    """The registers on record with their declarations; nobody's number."""

    def found() -> tuple[Mapping[str, Any], ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            asked = select(RegisterSnapshot).order_by(col(RegisterSnapshot.id))
            return tuple(_told(session, each) for each in session.execute(asked).scalars())

    return attempt(found)


def _told(session: Session, snapshot: RegisterSnapshot) -> Mapping[str, Any]:
    asked = select(CompletenessDeclaration).where(col(CompletenessDeclaration.snapshot_id) == snapshot.id)
    declared = session.execute(asked.order_by(col(CompletenessDeclaration.id))).scalars()
    return {
        "register": snapshot.id,
        "name": snapshot.kind,
        "source": snapshot.source,
        "area": snapshot.area,
        "as_of": snapshot.as_of.isoformat(),
        "rows": snapshot.counts["rows"],
        "unusable": snapshot.counts["unusable"],
        "hash": snapshot.content_hash,
        "key": snapshot.key_id,
        "received_at": snapshot.received_at.isoformat(timespec="seconds"),
        "received_by": snapshot.received_by,
        "complete": [
            {"area": each.area, "as_of": each.as_of.isoformat(), "who": each.declared_by, "state": each.state}
            for each in declared
        ],
    }


def _declared(work: Work, number: int, area: str) -> bool:
    asked = select(col(CompletenessDeclaration.state)).where(
        col(CompletenessDeclaration.snapshot_id) == number, col(CompletenessDeclaration.area) == area
    )
    newest = work.session.execute(asked.order_by(col(CompletenessDeclaration.id).desc()).limit(1)).scalar_one_or_none()
    return newest == Declared.MADE.value


def _area(text: str) -> str:
    """The dotted code of an area."""
    from ejps_core.registry.regions import read_region

    code = read_region(text.strip())
    if code is None:
        raise StoreError(
            "unknown-area",
            Words(f"“{text}” bukan kode wilayah.", f"“{text}” is not the code of an area."),
            Words("Tulis kodenya, misalnya 75 atau 75.04.", "Write its code, such as 75 or 75.04."),
        )
    return str(code)


def _not_declared(number: int, area: str) -> StoreError:
    return StoreError(
        "not-declared",
        Words(
            f"Register {number} tidak sedang dinyatakan lengkap untuk {area}.",
            f"Register {number} is not declared complete for {area}.",
        ),
    )

"""A position: all figures of a program as of one moment ("posisi data per …"), frozen, with a hash.

Later entries don't move it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ejps_core.aid.entries import (
    NOTHING,
    SPENDING,
    DistrictReport,
    Event,
    Ledger,
    Money,
    Reason,
    Stated,
    Step,
    Target,
    known_at,
)
from ejps_core.model.words import Words

FORM = "ejps-position-1"
"""Names the canonical form; a change of the form needs another name."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One transfer: the number of its SP2D, its day, its amount."""

    document: str
    on: date
    money: Money


@dataclass(frozen=True, slots=True)
class Cell:
    """One phase in one district. sums: by station, only those with an entry: what nobody reported is absent, not zero.

    reached, missed: families that received, or could not be reached; None: nobody reported it. assumed: a figure in it is.
    """

    phase: int
    district: str
    target: Target | None = None
    sums: tuple[tuple[Step, Money], ...] = ()
    transfers: tuple[Paid, ...] = ()
    reached: int | None = None
    missed: int | None = None
    report: DistrictReport | None = None
    assumed: bool = False

    def reported(self, *steps: Step) -> bool:
        """Whether anything was entered for one of the stations."""
        return any(step in steps for step, _ in self.sums)

    def of(self, *steps: Step) -> Money:
        """The money at these stations together; nothing where nothing was entered."""
        return total(money for step, money in self.sums if step in steps)

    @property
    def outstanding(self) -> Money:
        """What of the ceiling has not been transferred."""
        return self.of(Step.CEILING) - self.of(Step.TRANSFER)

    @property
    def late(self) -> bool:
        """Whether a part of the ceiling has not been transferred."""
        return self.outstanding.total > 0


@dataclass(frozen=True, slots=True)
class Position:
    """The figures as of `at`, by phase and district. digest: SHA-256 over the canonical form of everything in it."""

    program: str
    title: Words
    year: int
    at: datetime
    districts: tuple[tuple[str, str], ...]
    phases: tuple[int, ...]
    cells: tuple[Cell, ...]
    stated: tuple[Stated, ...]
    reasons: tuple[Reason, ...]
    entries: int
    digest: str = ""

    def cell(self, phase: int, district: str) -> Cell:
        """One cell; an empty one where nothing was entered."""
        found = (each for each in self.cells if each.phase == phase and each.district == district)
        return next(found, Cell(phase, district))

    def of(self, *steps: Step, phase: int | None = None, district: str | None = None) -> Money:
        """The money at these stations, of all phases and districts or of one."""
        return total(cell.of(*steps) for cell in self.cells if _within(cell, phase, district))

    @property
    def late(self) -> tuple[Cell, ...]:
        """The cells of which a part has not been transferred."""
        return tuple(cell for cell in self.cells if cell.late)

    @property
    def names(self) -> dict[str, str]:
        """Names of districts by code."""
        return dict(self.districts)


def total(parts: Iterable[Money]) -> Money:
    """The sum of shares."""
    return sum(parts, NOTHING)


def _within(cell: Cell, phase: int | None, district: str | None) -> bool:
    return phase in (None, cell.phase) and district in (None, cell.district)


def position(ledger: Ledger, at: datetime) -> Position:
    """The figures of a ledger as of the moment `at` (with its time zone): what had happened and been entered by then."""
    known = [entry for entry in known_at(ledger, at) if not isinstance(entry, Event) or entry.on <= at.date()]
    cells = tuple(
        _cell(
            phase,
            district,
            [e for e in known if isinstance(e, Event | Target | DistrictReport) and _of(e) == (phase, district)],
        )
        for phase in ledger.phases
        for district in ledger.districts
    )
    found = Position(
        ledger.program,
        ledger.title,
        ledger.year,
        at,
        tuple(ledger.districts.items()),
        ledger.phases,
        cells,
        tuple(entry for entry in known if isinstance(entry, Stated)),
        tuple(entry for entry in known if isinstance(entry, Reason)),
        len(known),
    )
    return replace(found, digest=hashlib.sha256(canonical(found)).hexdigest())


def _of(entry: Event | Target | DistrictReport) -> tuple[int, str]:
    return entry.phase, entry.district


def _cell(phase: int, district: str, entries: list[Event | Target | DistrictReport]) -> Cell:
    events = [entry for entry in entries if isinstance(entry, Event)]
    targets = [entry for entry in entries if isinstance(entry, Target)]
    reports = [entry for entry in entries if isinstance(entry, DistrictReport)]
    steps = [step for step in Step if any(event.step is step for event in events)]
    return Cell(
        phase,
        district,
        targets[-1] if targets else None,
        tuple((step, total(event.money for event in events if event.step is step)) for step in steps),
        tuple(Paid(event.document, event.on, event.money) for event in events if event.step is Step.TRANSFER),
        _families(events, Step.RECEIPT),
        _families(events, Step.FAILURE),
        max(reports, key=lambda each: (each.on, each.entered.at)) if reports else None,
        any(event.assumed for event in events) or any(target.assumed for target in targets),
    )


def _families(events: list[Event], step: Step) -> int | None:
    counted = [event.families for event in events if event.step is step and event.families is not None]
    return sum(counted) if counted else None


def spent(cell: Cell) -> Money:
    """What was spent on packages, tax and distribution."""
    return cell.of(*SPENDING)


def canonical(position: Position) -> bytes:
    """The position as bytes that depend on nothing but its content: JSON, keys in order, no spaces, UTF-8."""
    return json.dumps(as_record(position), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def as_record(position: Position) -> dict[str, Any]:
    """The position as plain data: whole rupiah, ISO days and moments. What the hash is taken over."""
    return {
        "form": FORM,
        "program": position.program,
        "year": position.year,
        "at": position.at.isoformat(),
        "districts": dict(position.districts),
        "entries": position.entries,
        "cells": [_cell_record(cell) for cell in position.cells],
        "stated": [
            {"number": s.number, "step": s.step, "phase": s.phase, "district": s.district, "amount": s.amount}
            | {"rounded_to": s.rounded_to, "document": s.document}
            for s in position.stated
        ],
        "reasons": [
            {"number": r.number, "code": r.code, "phase": r.phase, "district": r.district, "because": r.because}
            for r in position.reasons
        ],
    }


def _cell_record(cell: Cell) -> dict[str, Any]:
    target, report = cell.target, cell.report
    return {
        "phase": cell.phase,
        "district": cell.district,
        "assumed": cell.assumed,
        "target": None if target is None else _target_record(target),
        "money": {step.value: _money(money) for step, money in cell.sums},
        "transfers": [{"document": t.document, "on": t.on.isoformat(), "money": _money(t.money)} for t in cell.transfers],
        "reached": cell.reached,
        "missed": cell.missed,
        "report": None if report is None else _report_record(report),
    }


def _money(money: Money) -> dict[str, int]:
    return {"province": money.province, "district": money.district}


def _target_record(target: Target) -> dict[str, Any]:
    what = {"families": target.families, "price": _money(target.price)}
    return {"number": target.number, "document": target.document, "on": target.on.isoformat(), **what}


def _report_record(report: DistrictReport) -> dict[str, Any]:
    return {
        "number": report.number,
        "on": report.on.isoformat(),
        "document": report.document,
        "obstacle": report.obstacle,
        "follow_up": report.follow_up,
        "answerable": report.answerable,
        "deadline": report.deadline and report.deadline.isoformat(),
    }

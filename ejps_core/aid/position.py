"""A position: all figures of a program as of one moment ("posisi data per …"), frozen, with a hash.

Later entries don't move it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ejps_core.aid.canonical import digest_of
from ejps_core.aid.cells import Cell, Paid, Position, spent, total
from ejps_core.aid.entries import DistrictReport, Event, Ledger, Reason, Stated, Step, Target, known_at

__all__ = ["Cell", "Paid", "Position", "position", "spent", "total"]


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
        ledger.notes,
    )
    return replace(found, digest=digest_of(found))


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

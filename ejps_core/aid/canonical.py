"""A position as bytes that depend on nothing but its content, their hash, and the position from such bytes again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ejps_core.aid.cells import Cell, Paid, Position
from ejps_core.aid.entries import DistrictReport, Entered, Money, Reason, Stated, Step, Target
from ejps_core.model.words import Words

FORM = "ejps-position-2"
"""Names the canonical form; a change of the form needs another name."""
Data = Mapping[str, Any]


def canonical(position: Position) -> bytes:
    """The position as bytes: JSON, keys in order, no spaces, UTF-8. The digest itself is not in it."""
    return json.dumps(as_record(position), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def digest_of(position: Position) -> str:
    """SHA-256 over the canonical bytes."""
    return hashlib.sha256(canonical(position)).hexdigest()


def restored(content: bytes) -> Position:
    """The position that these canonical bytes are of, with their hash. A ValueError: they are of another form."""
    data = json.loads(content)
    if data.get("form") != FORM:
        raise ValueError(f"{data.get('form')} is not {FORM}")
    found = Position(
        program=data["program"],
        title=_words(data["title"]),
        year=data["year"],
        at=datetime.fromisoformat(data["at"]),
        districts=tuple((code, name) for code, name in data["districts"]),
        phases=tuple(data["phases"]),
        cells=tuple(_cell(each) for each in data["cells"]),
        stated=tuple(_stated(each) for each in data["stated"]),
        reasons=tuple(Reason(**(each | {"entered": _entered(each["entered"])})) for each in data["reasons"]),
        entries=data["entries"],
        notes=tuple(_words(each) for each in data["notes"]),
    )
    return replace(found, digest=hashlib.sha256(content).hexdigest())


def as_record(position: Position) -> dict[str, Any]:
    """The position as plain data: whole rupiah, ISO days, moments of entering in UTC. What the hash is taken over."""
    return {
        "form": FORM,
        "program": position.program,
        "title": _words_record(position.title),
        "year": position.year,
        "at": position.at.isoformat(),
        "districts": [list(each) for each in position.districts],
        "phases": list(position.phases),
        "entries": position.entries,
        "notes": [_words_record(each) for each in position.notes],
        "cells": [_cell_record(cell) for cell in position.cells],
        "stated": [
            {"number": s.number, "step": s.step, "phase": s.phase, "district": s.district, "amount": s.amount}
            | {"rounded_to": s.rounded_to, "document": s.document, "entered": _entered_record(s.entered)}
            for s in position.stated
        ],
        "reasons": [
            {"number": r.number, "code": r.code, "phase": r.phase, "district": r.district, "because": r.because}
            | {"entered": _entered_record(r.entered)}
            for r in position.reasons
        ],
    }


def _words_record(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def _words(data: Data) -> Words:
    return Words(data["id"], data["en"])


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


def _cell(data: Data) -> Cell:
    place = {"phase": data["phase"], "district": data["district"]}
    target, report = data["target"], data["report"]
    return Cell(
        **place,
        target=None if target is None else _target(target | place),
        sums=tuple((step, Money(**data["money"][step])) for step in Step if step in data["money"]),
        transfers=tuple(
            Paid(each["document"], date.fromisoformat(each["on"]), Money(**each["money"])) for each in data["transfers"]
        ),
        reached=data["reached"],
        missed=data["missed"],
        report=None if report is None else _report(report | place),
        assumed=data["assumed"],
    )


def _money(money: Money) -> dict[str, int]:
    return {"province": money.province, "district": money.district}


def _entered_record(entered: Entered) -> dict[str, str]:
    return {"at": entered.at.astimezone(UTC).isoformat(), "by": entered.by}


def _entered(data: Data) -> Entered:
    return Entered(datetime.fromisoformat(data["at"]), data["by"])


def _target_record(target: Target) -> dict[str, Any]:
    what = {"families": target.families, "price": _money(target.price), "assumed": target.assumed}
    where = {"number": target.number, "document": target.document, "on": target.on.isoformat()}
    return {**where, **what, "entered": _entered_record(target.entered)}


def _target(data: Data) -> Target:
    read = {"on": date.fromisoformat(data["on"]), "price": Money(**data["price"]), "entered": _entered(data["entered"])}
    return Target(**(dict(data) | read))


def _report_record(report: DistrictReport) -> dict[str, Any]:
    return {
        "number": report.number,
        "on": report.on.isoformat(),
        "document": report.document,
        "obstacle": report.obstacle,
        "follow_up": report.follow_up,
        "answerable": report.answerable,
        "deadline": report.deadline and report.deadline.isoformat(),
        "assumed": report.assumed,
        "entered": _entered_record(report.entered),
    }


def _report(data: Data) -> DistrictReport:
    deadline = data["deadline"] and date.fromisoformat(data["deadline"])
    read = {"on": date.fromisoformat(data["on"]), "deadline": deadline, "entered": _entered(data["entered"])}
    return DistrictReport(**(dict(data) | read))


def _stated(data: Data) -> Stated:
    return Stated(**(dict(data) | {"step": Step(data["step"]), "entered": _entered(data["entered"])}))

"""A decree in lines: how it stands, what was done by whom, what its phases hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ejps_core.aid.decree import ACTS, STATES
from ejps_core.aid.membership import KINDS, REASONS
from ejps_core.aid.payments import PLACES, Place
from ejps_core.aid.signing import CAPACITIES
from ejps_core.model.decreed import Capacity, ChangeKind, ChangeReason, DecreeAct, DecreeState
from ejps_core.model.wording import money
from ejps_core.model.words import Words


def decree_lines(found: Mapping[str, Any]) -> Iterator[Words]:
    """The lines of `ejps decree show`."""
    state = STATES[DecreeState(found["state"])]
    phases = ", ".join(map(str, found["phases"]))
    head = f"{found['decree']}  {found['program']}  {found['district']}  {found['title']}"
    yield Words(
        f"{head}\n  status: {state.id}; tahap {phases}; run {found['run']}",
        f"{head}\n  state: {state.en}; phase {phases}; run {found['run']}",
    )
    if found["number"]:
        capacity = CAPACITIES[Capacity(found["capacity"])]
        signed = f"{found['signatory']}, {capacity.id} {found['office']}".replace("  ", " ")
        signed_en = f"{found['signatory']}, {capacity.en} {found['office']}".replace("  ", " ")
        yield Words(
            f"  nomor {found['number']} tanggal {found['day']}: {signed}\n  sidik lampiran {found['annex_hash']}",
            f"  number {found['number']} of {found['day']}: {signed_en}\n  annex hash {found['annex_hash']}",
        )
    yield from map(_step, found["steps"])
    yield from map(_phase, found.get("in_phases", ()))
    yield from map(_change, found.get("changes", ()))
    yield from map(_amendment, found.get("amendments", ()))
    for each in found["overtaken"]:
        yield Words(f"  ! {each['id']}", f"  ! {each['en']}")


def _step(step: Mapping[str, Any]) -> Words:
    act, capacity = ACTS[DecreeAct(step["act"])], CAPACITIES[Capacity(step["capacity"])]
    if step["act"] == DecreeAct.ISSUE.value:
        return Words(
            f"  {step['at']}  {act.id}, dicatat oleh {step['who']}", f"  {step['at']}  {act.en}, recorded by {step['who']}"
        )
    reason = f": {step['reason']}" if step["reason"] else ""
    office = f", {capacity.id} {step['office']}".replace("  ", " ") if step["office"] else ""
    office_en = f", {capacity.en} {step['office']}".replace("  ", " ") if step["office"] else ""
    return Words(
        f"  {step['at']}  {act.id} oleh {step['who']}{office}{reason}",
        f"  {step['at']}  {act.en} by {step['who']}{office_en}{reason}",
    )


def _phase(phase: Mapping[str, Any]) -> Words:
    amount, got = money(phase["amount"], 0, "IDR"), money(phase["received_amount"], 0, "IDR")
    places = {PLACES[Place(name)]: count for name, count in phase["places"].items()}
    told_id = ", ".join(f"{words.id} {count}" for words, count in places.items())
    told_en = ", ".join(f"{words.en} {count}" for words, count in places.items())
    return Words(
        f"  tahap {phase['phase']}: {phase['recipients']} penerima, {amount.id} ({told_id}); "
        f"diterima {phase['received']} keluarga, {got.id}; gagal {phase['failed']}",
        f"  phase {phase['phase']}: {phase['recipients']} recipients, {amount.en} ({told_en}); "
        f"received by {phase['received']} families, {got.en}; failed {phase['failed']}",
    )


def _change(change: Mapping[str, Any]) -> Words:
    kind, reason = KINDS[ChangeKind(change["kind"])], REASONS[ChangeReason(change["reason"])]
    to = f" → {change['new_pid']}" if change["new_pid"] else ""
    named = f" → {change['recipient']}" if change["recipient"] else ""
    return Words(
        f"  {change['pid']}{to}{named}: {kind.id}, {reason.id}: {change['why']}",
        f"  {change['pid']}{to}{named}: {kind.en}, {reason.en}: {change['why']}",
    )


def _amendment(each: Mapping[str, Any]) -> Words:
    state = STATES[DecreeState(each["state"])]
    number = each["number"] or "-"
    return Words(
        f"  perubahan {each['decree']}: {state.id}, nomor {number}, {each['title']}",
        f"  amendment {each['decree']}: {state.en}, number {number}, {each['title']}",
    )

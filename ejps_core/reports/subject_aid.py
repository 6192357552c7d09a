"""What became of the decisions about a person, in a line a record: decrees, payments, objections, findings, requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ejps_core.aid.deadlines import OUTCOMES as OBJECTED
from ejps_core.aid.inspections import ACTS
from ejps_core.aid.membership import KINDS, REASONS, STANDINGS
from ejps_core.aid.payments import CAUTIONS, HOLDS, OUTCOMES
from ejps_core.model.decreed import (
    ChangeKind,
    ChangeReason,
    FindingAct,
    HoldReason,
    ObjectionOutcome,
    Outcome,
    Standing,
)
from ejps_core.model.duties import OUTCOMES as ANSWERS
from ejps_core.model.duties import REQUESTS, RequestKind, RequestOutcome
from ejps_core.model.wording import money
from ejps_core.model.words import Language, Words

Record = Mapping[str, Any]
TITLES = {
    "decrees": Words("Keputusan yang memuat", "Decrees"),
    "decree_changes": Words("Perubahan keputusan", "Amendments"),
    "payments": Words("Pembayaran", "Payments"),
    "holds": Words("Penangguhan", "Holds of aid"),
    "objections": Words("Keberatan", "Objections"),
    "findings": Words("Temuan pemeriksaan", "Findings of inspectors"),
    "samples": Words("Uji petik", "Ground checks"),
    "requests": Words("Permintaan menurut UU 27/2022", "Requests under UU 27/2022"),
}
VISITED = {
    "entitled": Words("memenuhi syarat", "entitled"),
    "not_entitled": Words("tidak memenuhi syarat", "not entitled"),
    "unjudged": Words("belum dapat dinilai", "could not be judged"),
}


def _rupiah(amount: int, language: Language) -> str:
    return money(amount, 0, "IDR").say(language)


def _phase(each: Record, language: Language) -> str:
    return f"{Words('tahap', 'phase').say(language)} {each['phase']}" if each.get("phase") else ""


def _of(each: Record, language: Language) -> str:
    """Program and decree of a record: its number and day, or that it is not signed yet."""
    if each.get("title") is None:
        return str(each.get("program", ""))
    number, day = each["decree"], each["decree_day"]
    if number is None:
        named = Words(f"konsep {each['decree_id']}", f"draft {each['decree_id']}").say(language)
    else:
        named = f"{number} ({day})"
    return f"{each['program']} {each['district']}, {named}, {each['title']}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def decree(each: Record, language: Language) -> str:
    """As what somebody stands on a decree, for how much."""
    standing = STANDINGS[Standing(each["standing"])].say(language)
    phases = f"{Words('tahap', 'phase').say(language)} {', '.join(map(str, each['phases']))}" if any(each["phases"]) else ""
    nobody = "" if each["payable"] else Words("NIK menyusul", "NIK to follow").say(language)
    return f"{_of(each, language)}: " + _joined(standing, phases, _rupiah(each["amount"], language), nobody)


def change(each: Record, language: Language) -> str:
    """What an amendment changed, and why."""
    kind, reason = KINDS[ChangeKind(each["kind"])].say(language), REASONS[ChangeReason(each["reason"])].say(language)
    return f"{_of(each, language)}: {kind}, {reason}: {_joined(each['why'], each['document'])}"


def payment(each: Record, language: Language) -> str:
    """What was received, failed or was given back; what was odd about it, and why it is right."""
    outcome = OUTCOMES[Outcome(each["outcome"])].say(language)
    odd = "; ".join(CAUTIONS[code].say(language) for code in each["cautions"])
    why = "; ".join(said for said in (each["reason"], *(one["why"] for one in each["reasons"])) if said)
    rest = "".join((f" [{odd}]" if odd else "", f": {why}" if why else ""))
    when = _joined(_phase(each, language), each["day"])
    return f"{_of(each, language)}: {_joined(when, outcome, _rupiah(each['amount'], language))}{rest}"


def hold(each: Record, language: Language) -> str:
    """Since when aid is on hold, or is no longer."""
    made = each["state"] == "made"
    state = (Words("ditangguhkan", "on hold") if made else Words("tidak ditangguhkan lagi", "no longer on hold")).say(
        language
    )
    reason = HOLDS[HoldReason(each["reason"])].say(language)
    phase = _phase(each, language) or Words("semua tahap", "all phases").say(language)
    return f"{each['program']}: {_joined(phase, each['day'], state, reason)}: {each['why']}"


def objection(each: Record, language: Language) -> str:
    """What was objected to, and how it was decided."""
    decided = "; ".join(
        f"{one['decided_on']} {OBJECTED[ObjectionOutcome(one['outcome'])].say(language)}: {one['why']}"
        for one in each["decided"]
    )
    pending = Words("belum diputuskan", "not decided yet").say(language)
    when = _joined(_phase(each, language), each["filed_on"])
    return f"{each['program']}: {when}: {each['grounds']} → {decided or pending}"


def finding(each: Record, language: Language) -> str:
    """What an inspector found, and what was done about it."""
    steps = "; ".join(f"{one['day']} {ACTS[FindingAct(one['act'])].say(language)}: {one['words']}" for one in each["steps"])
    when = _joined(each["inspector"], _phase(each, language), each["found_on"])
    return f"{each['program']}: {when}: {each['words']}" + (f" → {steps}" if steps else "")


def sample(each: Record, language: Language) -> str:
    """In which sample somebody was drawn, and what was found on the spot."""
    results = "; ".join(f"{one['visited_on']} {VISITED[one['finding']].say(language)}" for one in each["results"])
    drawn = Words(f"sampel {each['sample_id']} nomor {each['position']}", f"sample {each['sample_id']}, {each['position']}")
    return drawn.say(language) + (f": {results}" if results else "")


def request(each: Record, language: Language) -> str:
    """What was asked for, and how it was answered."""
    answers = "; ".join(
        f"{one['at'][:10]} {ANSWERS[RequestOutcome(one['outcome'])].say(language)}: {one['words']}"
        for one in each["events"]
        if one["outcome"]
    )
    pending = Words("belum dijawab", "not answered yet").say(language)
    held = Words("; pemrosesan ditunda", "; processing on hold").say(language) if each["on_hold"] else ""
    kind = REQUESTS[RequestKind(each["kind"])].say(language)
    return f"{each['request']}, {each['received_at'][:10]}: {kind}: {each['words']} → {answers or pending}{held}"


TELLING = {
    "decrees": decree,
    "decree_changes": change,
    "payments": payment,
    "holds": hold,
    "objections": objection,
    "findings": finding,
    "samples": sample,
    "requests": request,
}
"""How a record of each kind is told."""

"""What became of a family's decision: decrees, changes, payments, holds, objections, in the order of their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from ejps_core.aid.deadlines import OUTCOMES as RULINGS
from ejps_core.aid.membership import KINDS, REASONS
from ejps_core.aid.payments import HOLDS, OUTCOMES
from ejps_core.app.stores import StoreOptions, attempt, place_of
from ejps_core.model.decreed import Standing
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.store.aid_of_person import aid_of
from ejps_core.store.decrees import issue_of
from ejps_core.store.opening import open_store
from ejps_core.store.tables import Decree
from ejps_core.store.words import Declared

STANDINGS = {
    Standing.RECIPIENT.value: Words("penerima", "recipient"),
    Standing.RESERVE.value: Words("cadangan", "reserve"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a family's aid. decree: by number; signed: whether that is in force. amount: rupiah."""

    day: date
    kind: str
    words: Words
    decree: int | None = None
    phase: int | None = None
    amount: int | None = None
    why: str = ""
    signed: bool = True


def happenings(options: StoreOptions, pid: str) -> tuple[Happening, ...] | Diagnostic:
    """What is on record of a family, as far as the scope sees it, oldest first."""

    def found() -> tuple[Happening, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            return happened(session, pid)

    return attempt(found)


def happened(session: Session, pid: str) -> tuple[Happening, ...]:
    """The same in an open session."""
    aid = aid_of(session, [pid])
    every = (
        *(_member(session, each) for each in aid.get("decree_members", ())),
        *(_change(session, each) for each in aid.get("decree_changes", ())),
        *map(_payment, aid.get("payments", ())),
        *map(_hold, aid.get("holds", ())),
        *_objections(aid),
    )
    return tuple(sorted(every, key=lambda each: each.day))


def _decree(session: Session, number: int) -> tuple[date, Words, bool]:
    """The day of a decree, what it is called, and whether it was signed."""
    issue, decree = issue_of(session, number), session.get(Decree, number)
    if issue is not None:
        return issue.day, Words(f"keputusan {issue.number}", f"decree {issue.number}"), True
    assert decree is not None
    return decree.drafted_at.date(), Words(f"rancangan keputusan {number}", f"draft decree {number}"), False


def _member(session: Session, each: Mapping[str, Any]) -> Happening:
    day, name, signed = _decree(session, each["decree_id"])
    standing = STANDINGS[each["standing"]]
    words = Words(f"Tercantum sebagai {standing.id} pada {name.id}", f"Named as {standing.en} on {name.en}")
    return Happening(day, "decree", words, each["decree_id"], None, each["amount"], "", signed)


def _change(session: Session, each: Mapping[str, Any]) -> Happening:
    day, name, signed = _decree(session, each["decree_id"])
    kind, reason = KINDS[each["kind"]], REASONS[each["reason"]]
    words = Words(f"{kind.id} ({reason.id}), {name.id}", f"{kind.en} ({reason.en}), {name.en}")
    return Happening(day, "change", words, each["decree_id"], None, None, each["why"], signed)


def _payment(each: Mapping[str, Any]) -> Happening:
    outcome = OUTCOMES[each["outcome"]]
    words = Words(f"Penyaluran: {outcome.id}", f"Delivery: {outcome.en}")
    return Happening(each["day"], "payment", words, each["decree_id"], each["phase"], each["amount"], each["reason"])


def _hold(each: Mapping[str, Any]) -> Happening:
    reason = HOLDS[each["reason"]]
    if each["state"] == Declared.MADE.value:
        words = Words(f"Ditangguhkan: {reason.id}", f"Put on hold: {reason.en}")
    else:
        words = Words("Penangguhan dicabut", "The hold was lifted")
    return Happening(each["day"], "hold", words, None, each["phase"], None, each["why"])


def _objections(aid: Mapping[str, tuple[Mapping[str, Any], ...]]) -> Iterator[Happening]:
    for each in aid.get("objections", ()):
        words = Words(f"Keberatan {each['id']} diajukan", f"Objection {each['id']} was filed")
        yield Happening(each["filed_on"], "objection", words, each["decree_id"], each["phase"], None, each["grounds"])
    for each in aid.get("objection_decisions", ()):
        outcome, number = RULINGS[each["outcome"]], each["objection_id"]
        words = Words(f"Keberatan {number}: {outcome.id}", f"Objection {number}: {outcome.en}")
        yield Happening(each["decided_on"], "ruling", words, None, None, None, each["why"])

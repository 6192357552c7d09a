"""What families received by phase: what somebody is before paying, what a payment is warned of, and what was received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ejps_core.aid.entries import NOTHING, Money
from ejps_core.aid.membership import Member, Shares, money_of
from ejps_core.model.decreed import HoldReason, Outcome, Standing
from ejps_core.model.words import Words


class Place(StrEnum):
    """What a family is in a phase, before it is paid."""

    ENROLLED = "enrolled"
    """On the decree, payable, not on hold."""
    HELD = "held"
    NIK_TO_FOLLOW = "nik_to_follow"
    RESERVE = "reserve"
    ABSENT = "absent"
    """Not on the decree."""


PLACES = {
    Place.ENROLLED: Words("terdaftar", "enrolled"),
    Place.HELD: Words("ditangguhkan", "on hold"),
    Place.NIK_TO_FOLLOW: Words("NIK menyusul", "NIK to follow"),
    Place.RESERVE: Words("cadangan", "reserve"),
    Place.ABSENT: Words("tidak ada di keputusan", "not on the decree"),
}
OUTCOMES = {
    Outcome.RECEIVED: Words("diterima", "received"),
    Outcome.FAILED: Words("gagal diserahkan", "could not be handed over"),
    Outcome.RETURNED: Words("dikembalikan", "given back"),
    Outcome.CANCELLED: Words("dicatat keliru", "recorded by mistake"),
}
HOLDS = {
    HoldReason.OBJECTION: Words("keberatan", "objection"),
    HoldReason.FINDING: Words("temuan", "finding"),
    HoldReason.UNCLEAR: Words("belum jelas", "unclear"),
    HoldReason.ABSENT: Words("tidak ditemui", "absent"),
    HoldReason.SUBJECT: Words("permintaan subjek data", "asked by the person"),
    HoldReason.OTHER: Words("lain", "other"),
}
CAUTIONS = {
    "not-on-decree": Words("tidak ada di keputusan", "not on the decree"),
    "on-reserve": Words("masih cadangan", "still in the reserve"),
    "on-hold": Words("sedang ditangguhkan", "on hold"),
    "nik-to-follow": Words("NIK menyusul, belum dapat dibayar", "NIK to follow, not payable yet"),
    "not-issued": Words("keputusan belum ditetapkan", "the decree is not issued"),
    "other-phase": Words("tahap ini tidak ada di keputusan", "the decree is not of this phase"),
    "before-decree": Words("sebelum tanggal keputusan", "before the day of the decree"),
    "paid-already": Words("sudah menerima pada tahap ini", "has received in this phase already"),
    "amount-differs": Words("nilainya bukan menurut keputusan", "another amount than the decree's"),
    "on-another-decree": Words("juga ada di keputusan lain untuk tahap ini", "on another decree of this phase too"),
    "paid-elsewhere": Words("sudah menerima menurut keputusan lain", "has received under another decree"),
    "processing-paused": Words(
        "meminta pemrosesannya ditunda (UU 27/2022 Pasal 41)", "asked for a pause of the processing (UU 27/2022, Art. 41)"
    ),
    "more-than-received": Words("dikembalikan lebih dari yang diterima", "more is given back than was received"),
}
"""What a payment is warned of. Each asks for a reason and none blocks: what happened, happened."""


@dataclass(frozen=True, slots=True)
class Event:
    """A payment on record. number: of the record; cancels: the record that no longer counts."""

    number: int
    outcome: Outcome
    amount: int
    shares: Shares
    day: date
    cancels: int | None = None

    @property
    def money(self) -> Money:
        """The amount by who bears it."""
        return money_of(self.amount, self.shares)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decree says of its payments. day None: it is not issued."""

    phases: tuple[int, ...]
    day: date | None


def place_of(member: Member | None, held: bool) -> Place:
    """What somebody is in a phase; a hold comes before all else, for it may be lifted."""
    if member is None:
        return Place.ABSENT
    if member.standing is Standing.RESERVE:
        return Place.RESERVE
    if held:
        return Place.HELD
    return Place.ENROLLED if member.payable else Place.NIK_TO_FOLLOW


def counting(events: Iterable[Event]) -> tuple[Event, ...]:
    """The records that count: neither cancelled nor a cancellation."""
    known = tuple(events)
    if len(known) == 1:
        return known if known[0].outcome is not Outcome.CANCELLED else ()
    gone = {each.cancels for each in known if each.outcome is Outcome.CANCELLED}
    return tuple(each for each in known if each.outcome is not Outcome.CANCELLED and each.number not in gone)


def received(events: Iterable[Event]) -> Money:
    """What a family has, of one phase: received less given back."""
    found = NOTHING
    for each in counting(events):
        if each.outcome is Outcome.RECEIVED:
            found += each.money
        elif each.outcome is Outcome.RETURNED:
            found -= each.money
    return found


_OF_PLACE = {
    Place.ABSENT: "not-on-decree",
    Place.RESERVE: "on-reserve",
    Place.HELD: "on-hold",
    Place.NIK_TO_FOLLOW: "nik-to-follow",
}


def cautions(
    member: Member | None, place: Place, terms: Terms, phase: int, new: Event, before: Sequence[Event]
) -> tuple[str, ...]:
    """What is to be explained of a payment that is being recorded. before: what is on record of this family and phase."""
    has = received(before)
    found: list[str] = []
    if new.outcome is Outcome.RECEIVED:
        found += [_OF_PLACE[place]] if place in _OF_PLACE else []
        found += ["not-issued"] if terms.day is None else []
        found += ["before-decree"] if terms.day is not None and new.day < terms.day else []
        found += ["other-phase"] if phase not in terms.phases else []
        found += ["paid-already"] if has.total > 0 else []
        found += (
            ["amount-differs"] if member is not None and (new.amount, new.money) != (member.amount, member.money) else []
        )
    if new.outcome is Outcome.RETURNED and (new.money.province > has.province or new.money.district > has.district):
        found.append("more-than-received")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """A hold that was set (`on`) or lifted, from a day. phase None: of every phase."""

    number: int
    phase: int | None
    on: bool
    day: date


def held(records: Iterable[HoldRecord], phase: int, day: date) -> bool:
    """Whether a family's aid of this phase is on hold on a day.

    A hold on every phase and one on this phase stand beside each other: each has to be lifted.
    """
    known = [each for each in records if each.day <= day]
    for scope in (None, phase):
        own = [each for each in known if each.phase == scope]
        if own and max(own, key=lambda each: (each.day, each.number)).on:
            return True
    return False

"""Findings of inspectors: followed up by the one who answers for them, closed by another person, with a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ejps_core.aid.decree import Refusal
from ejps_core.aid.signing import Signer, one_person
from ejps_core.model.decreed import FindingAct
from ejps_core.model.words import Words


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"


STATES = {
    FindingState.OPEN: Words("terbuka", "open"),
    FindingState.FOLLOWED_UP: Words("ditindaklanjuti", "followed up"),
    FindingState.CLOSED: Words("selesai", "closed"),
}
ACTS = {
    FindingAct.FOLLOW_UP: Words("tindak lanjut", "follow-up"),
    FindingAct.EXTEND: Words("diperpanjang", "extended"),
    FindingAct.CLOSE: Words("selesai", "closed"),
    FindingAct.REOPEN: Words("dibuka lagi", "reopened"),
}


@dataclass(frozen=True, slots=True)
class FindingStep:
    """Something that was done about a finding. amount: rupiah made good by it."""

    act: FindingAct
    signer: Signer
    amount: int = 0
    deadline: date | None = None


def finding_state(steps: Sequence[FindingStep]) -> FindingState:
    """Where a finding stands after these steps."""
    state = FindingState.OPEN
    for step in steps:
        if step.act is FindingAct.FOLLOW_UP:
            state = FindingState.FOLLOWED_UP
        elif step.act is FindingAct.CLOSE:
            state = FindingState.CLOSED
        elif step.act is FindingAct.REOPEN:
            state = FindingState.OPEN
    return state


def deadline_of(first: date, steps: Sequence[FindingStep]) -> date:
    """The day by which it has to be settled: the last one that was set."""
    return next((step.deadline for step in reversed(steps) if step.deadline is not None), first)


def made_good(steps: Sequence[FindingStep]) -> int:
    """The rupiah that were made good so far."""
    return sum(step.amount for step in steps)


def finding_overdue(first: date, steps: Sequence[FindingStep], today: date) -> bool:
    """Whether it is not closed though its day has passed."""
    return finding_state(steps) is not FindingState.CLOSED and today > deadline_of(first, steps)


def finding_refusal(steps: Sequence[FindingStep], step: FindingStep) -> Refusal | None:
    """None if this may be done about the finding now, else why not."""
    state, act = finding_state(steps), step.act
    closed = state is FindingState.CLOSED
    if closed != (act is FindingAct.REOPEN):
        now = STATES[state]
        return Refusal("finding-state", Words(f"Status temuan: {now.id}.", f"State of the finding: {now.en}."))
    if act is FindingAct.EXTEND and step.deadline is None:
        return Refusal("deadline-missing", Words("Tenggat yang baru belum disebut.", "The new deadline is not given."))
    if act is not FindingAct.CLOSE:
        return None
    if state is not FindingState.FOLLOWED_UP:
        words = Words("Belum ada tindak lanjut yang tercatat.", "No follow-up is on record.")
        return Refusal(
            "no-follow-up", words, Words("Catat dulu: ejps finding follow-up.", "Record it: ejps finding follow-up.")
        )
    if any(one_person(done.signer, step.signer) for done in steps if done.act is FindingAct.FOLLOW_UP):
        return Refusal(
            "four-eyes",
            Words(
                "Temuan ditutup oleh orang lain daripada yang menindaklanjutinya.",
                "A finding is closed by another person than the one who followed it up.",
            ),
        )
    return None

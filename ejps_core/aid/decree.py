"""A decree from draft to issue: which acts its state allows, and to whom. Two persons see it before it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ejps_core.aid.signing import Signer, one_person
from ejps_core.model.decreed import DecreeAct, DecreeState
from ejps_core.model.words import Words

AFTER = {
    DecreeAct.DRAFT: DecreeState.DRAFTED,
    DecreeAct.CHECK: DecreeState.CHECKED,
    DecreeAct.APPROVE: DecreeState.APPROVED,
    DecreeAct.RETURN: DecreeState.RETURNED,
    DecreeAct.ISSUE: DecreeState.ISSUED,
    DecreeAct.WITHDRAW: DecreeState.WITHDRAWN,
}
BEFORE = {
    DecreeAct.DRAFT: frozenset[DecreeState](),
    DecreeAct.CHECK: frozenset({DecreeState.DRAFTED, DecreeState.RETURNED}),
    DecreeAct.APPROVE: frozenset({DecreeState.CHECKED}),
    DecreeAct.RETURN: frozenset({DecreeState.DRAFTED, DecreeState.CHECKED, DecreeState.APPROVED}),
    DecreeAct.ISSUE: frozenset({DecreeState.APPROVED}),
    DecreeAct.WITHDRAW: frozenset({DecreeState.DRAFTED, DecreeState.CHECKED, DecreeState.APPROVED, DecreeState.RETURNED}),
}
"""From which states an act is allowed. Nothing leads out of ISSUED: an issued decree is amended, not changed."""

STATES = {
    DecreeState.DRAFTED: Words("konsep", "drafted"),
    DecreeState.CHECKED: Words("diperiksa", "checked"),
    DecreeState.APPROVED: Words("disetujui", "approved"),
    DecreeState.RETURNED: Words("dikembalikan", "returned"),
    DecreeState.ISSUED: Words("ditetapkan", "issued"),
    DecreeState.WITHDRAWN: Words("dibatalkan", "withdrawn"),
}
ACTS = {
    DecreeAct.DRAFT: Words("disusun", "drafted"),
    DecreeAct.CHECK: Words("diperiksa", "checked"),
    DecreeAct.APPROVE: Words("disetujui", "approved"),
    DecreeAct.RETURN: Words("dikembalikan", "returned"),
    DecreeAct.ISSUE: Words("ditetapkan", "issued"),
    DecreeAct.WITHDRAW: Words("dibatalkan", "withdrawn"),
}
REASONED = frozenset({DecreeAct.RETURN, DecreeAct.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Step:
    """An act that was done, and by whom."""

    act: DecreeAct
    signer: Signer


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not allowed."""

    code: str
    words: Words
    mend: Words | None = None


def state_of(steps: Sequence[Step]) -> DecreeState:
    """Where a decree stands after these steps; the first of them is its draft."""
    return AFTER[steps[-1].act]


def refusal(steps: Sequence[Step], act: DecreeAct, signer: Signer, reason: str = "") -> Refusal | None:
    """None if the act may be done now by this person, else why not."""
    if not steps:
        return None if act is DecreeAct.DRAFT else _out_of_turn(None, act)
    state = state_of(steps)
    if state not in BEFORE[act]:
        return _out_of_turn(state, act)
    if act in REASONED and not reason.strip():
        return Refusal("reason-missing", Words("Alasannya belum disebut.", "The reason is not given."))
    if act is DecreeAct.APPROVE:
        return _four_eyes(steps, signer)
    return None


def _four_eyes(steps: Sequence[Step], signer: Signer) -> Refusal | None:
    """Who drafted or checked it, at any time, does not approve it."""
    for step in steps:
        if step.act in (DecreeAct.DRAFT, DecreeAct.CHECK) and one_person(step.signer, signer):
            did = ACTS[step.act]
            return Refusal(
                "four-eyes",
                Words(
                    f"Sudah {did.id} oleh {step.signer.name}: orang atau akun yang sama tidak boleh menyetujuinya.",
                    f"It was {did.en} by {step.signer.name}: the same person or account may not approve it.",
                ),
                Words("Persetujuan diberikan oleh orang lain.", "Another person gives the approval."),
            )
    return None


def _out_of_turn(state: DecreeState | None, act: DecreeAct) -> Refusal:
    now = Words("belum disusun", "not drafted") if state is None else STATES[state]
    did = ACTS[act]
    mend = None
    if state is DecreeState.ISSUED:
        mend = Words(
            "Keputusan yang ditetapkan diubah dengan ejps decree amend.", "An issued decree is changed by ejps decree amend."
        )
    return Refusal(
        "decree-state",
        Words(f"Status: {now.id}; tidak dapat {did.id} sekarang.", f"State: {now.en}; it can't be {did.en} now."),
        mend,
    )

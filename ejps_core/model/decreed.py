"""The words of what follows a decision: acts on a decree, changes of it, payments, holds, objections, findings."""

from __future__ import annotations

from enum import StrEnum


class DecreeAct(StrEnum):
    """What is done with a decree, or with an amendment of one."""

    DRAFT = "draft"
    CHECK = "check"
    """The district looks through the draft."""
    APPROVE = "approve"
    """Another person answers for it."""
    RETURN = "return"
    """Back for repair, with the reason."""
    ISSUE = "issue"
    """Signed: number, day, signatory."""
    WITHDRAW = "withdraw"
    """Given up before it was issued."""


class DecreeState(StrEnum):
    """Where a decree stands."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    APPROVED = "approved"
    RETURNED = "returned"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What somebody is on a decree."""

    RECIPIENT = "recipient"
    RESERVE = "reserve"
    """Next in order when a seat falls free."""


class ChangeKind(StrEnum):
    """What an amendment does for one family."""

    NAME = "name"
    """Another person of the family is the named recipient; the family stays."""
    REPLACE = "replace"
    """The family leaves, the first of the reserve takes its seat."""
    REMOVE = "remove"
    CORRECT = "correct"
    """Another amount, or a NIK that has come in."""


class ChangeReason(StrEnum):
    """Why a decree is changed for a family."""

    HEAD_DIED = "head_died"
    """The named recipient died, somebody of the family lives."""
    FAMILY_DIED = "family_died"
    """Nobody of the family is left."""
    MOVED = "moved"
    ABLE = "able"
    DOUBLE = "double"
    REFUSED = "refused"
    """The family does not want the aid."""
    OBJECTION = "objection"
    FINDING = "finding"
    NIK_KNOWN = "nik_known"
    MISTAKE = "mistake"


class Capacity(StrEnum):
    """In which capacity somebody signs."""

    DEFINITIVE = "definitive"
    PLT = "plt"
    """pelaksana tugas: the office is vacant"""
    PLH = "plh"
    """pelaksana harian: the holder of the office is away"""


class Power(StrEnum):
    """What a delegation allows."""

    APPROVE = "approve"
    SIGN = "sign"


class Outcome(StrEnum):
    """What became of a family's aid in a phase."""

    RECEIVED = "received"
    FAILED = "failed"
    """It could not be handed over."""
    RETURNED = "returned"
    """Handed over and given back."""
    CANCELLED = "cancelled"
    """The record was a mistake; the earlier one no longer counts."""


class HoldReason(StrEnum):
    """Why a family's aid is on hold."""

    OBJECTION = "objection"
    FINDING = "finding"
    UNCLEAR = "unclear"
    """It is not clear who the family is, or whether it still qualifies."""
    ABSENT = "absent"
    SUBJECT = "subject"
    """The person asked to pause the processing of the data (UU 27/2022, Art. 41)."""
    OTHER = "other"


class ObjectionOutcome(StrEnum):
    """How an objection ended."""

    GRANTED = "granted"
    PARTLY = "partly"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"
    TAKEN_BACK = "taken_back"
    """By the family itself."""


class FindingAct(StrEnum):
    """What is done about an inspector's finding."""

    FOLLOW_UP = "follow_up"
    EXTEND = "extend"
    """Another deadline, with the reason."""
    CLOSE = "close"
    REOPEN = "reopen"


class DocumentKind(StrEnum):
    """What a sealed document is."""

    SHEET = "sheet"
    """A village's signed list of receipts."""
    PHOTO = "photo"
    HANDOVER = "handover"
    """The values of minutes of handover."""
    SCAN = "scan"
    """A signed paper: decree, minutes, letter."""

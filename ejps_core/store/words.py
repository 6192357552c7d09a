"""The states and outcomes that the store's records may have, as they are written in it."""

from __future__ import annotations

from enum import StrEnum


class RowVerdict(StrEnum):
    """What became of a row of a list."""

    ACCEPTED = "accepted"
    WITH_REMARK = "with_remark"
    SET_APART = "set_apart"


class Unit(StrEnum):
    """What a row or a person stands for."""

    FAMILY = "family"
    MEMBER = "member"


class ProgramState(StrEnum):
    """Whether a program decides in a district and period."""

    ACTIVE = "active"
    """aktif"""
    QUARANTINED = "quarantined"
    """dinonaktifkan sementara"""


class Declared(StrEnum):
    """A completeness declaration or a determination is made, or taken back."""

    MADE = "made"
    WITHDRAWN = "withdrawn"


class MatchOutcome(StrEnum):
    """The answer of matching one person with a register (pemadanan)."""

    MATCHED = "matched"
    """padan"""
    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    DIED = "died"
    MOVED = "moved"
    NOT_FOUND = "not_found"
    DOUBLE = "double"
    NO_ANSWER = "no_answer"
    """The register did not answer: unknown, never no."""


class Basis(StrEnum):
    """Which data a run may know."""

    KNOWN_THEN = "known_then"
    """data yang diketahui saat itu"""
    LATEST = "latest"
    """data terbaru"""


class KeyKind(StrEnum):
    """What a key is for."""

    LIST = "list"
    REGISTER = "register"
    EXPORT = "export"
    """Single files: documents that were handed in."""
    INDEX = "index"
    """The blind index of identifiers."""
    AUDIT = "audit"
    """The chain of the audit log."""


class PaidBy(StrEnum):
    """What tells who was paid, when a sample is drawn."""

    RECEIVED = "received"
    """Deliveries on record."""
    DECIDED = "decided"
    """The decisions: who is to receive."""


class Finding(StrEnum):
    """What a ground check found at a family."""

    ENTITLED = "entitled"
    NOT_ENTITLED = "not_entitled"
    UNJUDGED = "unjudged"
    """It was not found, or it stayed open."""

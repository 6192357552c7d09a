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


class EntryKind(StrEnum):
    """What an entry of the money's record tells."""

    EVENT = "event"
    """Money at a station."""
    TARGET = "target"
    """What a decree fixes: families, the price of a package."""
    REPORT = "report"
    """What a district says: obstacle, follow-up, who answers for it, by when."""
    STATED = "stated"
    """A total as somebody states it."""
    REASON = "reason"
    """Why something that a check warns of is right."""
    CANCELLATION = "cancellation"


class FileKind(StrEnum):
    """What a file about money was given for."""

    ENTRIES = "entries"
    COMPARISON = "comparison"
    """An export of the treasury or a bank, to be compared with the entries."""


class BreachStep(StrEnum):
    """What was found out or done about a breach."""

    FOUND = "found"
    """more is known"""
    EFFORT = "effort"
    """an effort to handle it and to bring back what was lost"""
    NOTICE = "notice"
    """somebody was told in writing"""
    CLOSED = "closed"


class RequestStep(StrEnum):
    """What was done about a request."""

    NOTE = "note"
    ANSWER = "answer"
    RELEASE = "release"
    """a hold ends: processing goes on"""


class ComplaintAct(StrEnum):
    """What was done about a complaint; the newest says where it stands."""

    TAKEN = "taken"
    """somebody looks into it"""
    FORWARDED = "forwarded"
    """it was handed on to the office that is meant"""
    ANSWERED = "answered"


class AccountState(StrEnum):
    """Whether an account may be used."""

    OPEN = "open"
    CLOSED = "closed"


class SecretKind(StrEnum):
    """What a secret of an account is."""

    PASSWORD = "password"
    SECOND_FACTOR = "second_factor"
    """A time-based code (TOTP, RFC 6238)."""
    NO_SECOND_FACTOR = "no_second_factor"
    """The second factor was taken away, such as after a lost telephone."""
    RECOVERY = "recovery"


class Attempt(StrEnum):
    """How an attempt to sign in ended."""

    RIGHT = "right"
    WRONG_PASSWORD = "wrong_password"
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"
    """Too many wrong attempts before; nothing was looked at."""


class IdentityKind(StrEnum):
    """By what a provider of identities (OIDC) tells who somebody is."""

    SUBJECT = "subject"
    """The provider's own name for a person, which never changes."""
    EMAIL = "email"


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

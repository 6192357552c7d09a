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
    INDEX = "index"
    """The blind index of identifiers."""
    AUDIT = "audit"
    """The chain of the audit log."""


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


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

"""Asking an online registry: whom it is asked about, what it answers, and that it may give no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One person a registry is asked about. ref: what the answer calls them; it says nothing of who they are."""

    ref: str
    nik: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    birth: date | None = field(default=None, repr=False)


class Compared(StrEnum):
    """How something that was sent compares with what the registry has."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_SENT = "not_sent"
    """The list doesn't have it, so nothing was compared."""


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """What the registry says of one person: the answer of a comparison, no copy of its record.

    found: whether the number is in the registry. facts: name of a fact that was asked -> its value as text.
    """

    ref: str
    nik: str = field(repr=False)
    found: bool
    name: Compared = Compared.NOT_SENT
    birth: Compared = Compared.NOT_SENT
    facts: Mapping[str, str] = field(default_factory=dict)


class NoAnswerError(Exception):
    """A registry gave no answer that can be used. Whoever was asked about stays unknown.

    reason: a short code, such as time-out. again: asking again may help; wait: after so many seconds at least. smaller: it
    may help to ask about fewer at a time. stop: it is of no use to ask about others.
    """

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        wait: float | None = None,
        smaller: bool = False,
        stop: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait, self.smaller, self.stop = reason, again, wait, smaller, stop


@dataclass(frozen=True, slots=True)
class Pace:
    """How a registry is asked.

    batch: people a request. retries: how often a request is repeated. backoff: seconds before the first repetition,
    doubled each time. longest_wait: seconds; a registry that asks for a longer pause is left. per_second: requests.
    valid_days: how long an answer counts when an asking that broke off is continued.
    """

    batch: int = 100
    retries: int = 4
    backoff: float = 0.5
    longest_wait: float = 60.0
    per_second: float = 5.0
    valid_days: int = 7


class Line(Protocol):
    """A connection to a registry. source: which registry, as it is recorded; without credentials."""

    source: str
    pace: Pace
    facts: tuple[str, ...]

    def ask(self, people: Sequence[Inquiry], facts: Sequence[str], once: str) -> Sequence[RegistryAnswer]:
        """One request, without repetition. once: the same for the same question. Raises NoAnswerError."""

    def close(self) -> None:
        """Ends the connection."""

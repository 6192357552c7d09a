"""Asking with patience: batch by batch, at a pace, again where that may help, and never longer than it makes sense."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ejps_core.model.asking import Inquiry, Line, NoAnswerError, RegistryAnswer
from ejps_core.registry.online.usable import usable

GIVE_UP = 3
"""So many batches in a row without any answer, and the registry is asked no more."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some people: their answers by ref, and why others of them have none, by reason."""

    answers: dict[str, RegistryAnswer]
    without: Counter[str]


@dataclass(slots=True)
class Clock:
    """The passing of time; tests give their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: float = field(default=0.0)

    def keep_pace(self, per_second: float) -> None:
        """Waits until another request may be made."""
        self.sleep(max(0.0, self._next - self.now()))
        self._next = self.now() + 1 / per_second


def asked(line: Line, people: Sequence[Inquiry], facts: Sequence[str], once: str, clock: Clock) -> Iterator[Batch]:
    """What the registry says of all these people, a batch at a time; after it has failed too often nobody else is asked."""
    failed = 0
    for start in range(0, len(people), line.pace.batch):
        some = people[start : start + line.pace.batch]
        try:
            found = _answered(line, some, facts, once, clock)
        except NoAnswerError as problem:
            found = Batch({}, Counter({problem.reason: len(some)}))
            failed += 1
            if problem.stop or failed >= GIVE_UP:
                rest = len(people) - start - len(some)
                yield Batch({}, found.without + Counter({"not-asked": rest}))
                return
        else:
            failed = 0
        yield found


def _answered(line: Line, people: Sequence[Inquiry], facts: Sequence[str], once: str, clock: Clock) -> Batch:
    """The answers to one batch. If the registry refuses its content, its halves are asked: one slip spoils no others."""
    try:
        answers = _patiently(line, people, facts, once, clock)
    except NoAnswerError as problem:
        if not problem.smaller or len(people) == 1:
            raise
        return _halves(line, people, facts, once, clock)
    return Batch(*usable(people, answers, facts))


def _halves(line: Line, people: Sequence[Inquiry], facts: Sequence[str], once: str, clock: Clock) -> Batch:
    found = Batch({}, Counter())
    middle = len(people) // 2
    for half in (people[:middle], people[middle:]):
        try:
            told = _answered(line, half, facts, once, clock)
        except NoAnswerError as problem:
            if problem.stop:
                raise
            told = Batch({}, Counter({problem.reason: len(half)}))
        found = Batch(found.answers | told.answers, found.without + told.without)
    return found


def _patiently(
    line: Line, people: Sequence[Inquiry], facts: Sequence[str], once: str, clock: Clock
) -> Sequence[RegistryAnswer]:
    """One request, repeated as often as may help."""
    pace = line.pace
    for attempt in range(pace.retries + 1):
        clock.keep_pace(pace.per_second)
        try:
            return line.ask(people, facts, question_id(once, people))
        except NoAnswerError as problem:
            pause = max(pace.backoff * 2**attempt, problem.wait or 0.0)
            if problem.again and pause > pace.longest_wait:
                raise NoAnswerError(problem.reason, stop=True) from problem
            if not problem.again or attempt == pace.retries:
                raise
            clock.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def question_id(once: str, people: Sequence[Inquiry]) -> str:
    """The same for the same people in the same asking, so that a registry can tell a repetition; it names nobody."""
    return hashlib.sha256("\n".join((once, *(each.ref for each in people))).encode()).hexdigest()[:32]

"""A call that may hang, waited for only so long."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class TooSlow(Exception):  # noqa: N818 - it says what happened
    """The call did not end in time."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What the call gives, or raises what it raises; TooSlow after that many seconds.

    A call that hangs stays behind in a thread of its own, which ends with the process.
    """
    answers: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call())
        except BaseException as problem:  # handed on to the caller
            raised.append(problem)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not answers:
        raise TooSlow
    return answers[0]

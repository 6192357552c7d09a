"""A call that may hang, waited for only so long."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import TypeVar
from weakref import finalize

from ejps_core.model.words import Words

T = TypeVar("T")


class TooSlowError(Exception):
    """The call did not end in time."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What the call gives, or raises what it raises; TooSlowError after that many seconds.

    A call that hangs stays behind in a thread of its own, which ends with the process.
    """
    return Lane().within(seconds, call)


class Lane:
    """Calls one after the other in one thread: what was opened in one may be used in the next.

    After a call that hangs no other is made: TooSlowError at once.
    """

    def __init__(self) -> None:
        self.stuck = False
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        Thread(target=_serve, args=(self._calls,), daemon=True).start()
        finalize(self, self._calls.put, None)

    def within(self, seconds: float, call: Callable[[], T]) -> T:
        """What the call gives, or raises what it raises; TooSlowError after that many seconds."""
        answers: list[T] = []
        raised: list[BaseException] = []
        done = Event()

        def run() -> None:
            try:
                answers.append(call())
            except BaseException as problem:  # handed on to the caller
                raised.append(problem)
            finally:
                done.set()

        if not self.stuck:
            self._calls.put(run)
            self.stuck = not done.wait(seconds)
        if self.stuck:
            raise TooSlowError
        if raised:
            raise raised[0]
        return answers[0]


def _serve(calls: SimpleQueue[Callable[[], None] | None]) -> None:
    """Makes the calls until there is nobody left who could ask for one."""
    while (call := calls.get()) is not None:
        call()


class FaultyPluginError(Exception):
    """A plugin did something else than it promised; `words` say what."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def too_slow(asked: str, seconds: float) -> Words:
    """That a call did not end in time."""
    return Words(f"{asked} tidak selesai dalam {seconds:g} detik", f"{asked} did not end within {seconds:g} seconds")

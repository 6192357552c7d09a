"""Work that several threads do ahead of those who ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")


class Ahead:
    """Some threads; with one, everything is done by the asking thread itself."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def later(self, work: Callable[[], T]) -> Callable[[], T]:
        """Begins the work; what is given back waits for its result."""
        if self._pool is not None:
            return self._pool.submit(work).result
        done = work()
        return lambda: done

    def results(self, works: Iterable[Callable[[], T]]) -> Iterator[T]:
        """The results in order; only a few more are worked on meanwhile, so that memory doesn't grow with their number."""
        if self._pool is None:
            for work in works:
                yield work()
            return
        waiting: list[Future[T]] = []
        for work in works:
            waiting.append(self._pool.submit(work))
            if len(waiting) > self.threads:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

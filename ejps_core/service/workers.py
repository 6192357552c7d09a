"""The workers of the service: processes (or one thread) that take jobs from the board, and who sees that they live."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Protocol

from ejps_core.app.access.opening import open_for_nobody
from ejps_core.app.access.scopes import Store, StoreError
from ejps_core.app.jobs import board
from ejps_core.app.jobs.doing import do
from ejps_core.app.jobs.kinds import KINDS, REPEATABLE
from ejps_core.app.library import installed
from ejps_core.app.moments import now
from ejps_core.app.stores import StoreOptions
from ejps_core.service.logs import log, set_up
from ejps_core.service.settings import Settings
from ejps_core.service.together import Together

if TYPE_CHECKING:
    from ejps_core.service.tracing import Tracing

IDLE_SECONDS = 0.2
LOOKED_EVERY = 1.0
BEHIND = 10
"""How far workers stand behind the processes that answer people, in the system's own steps."""


class Ending(Protocol):
    """Something that says when it is time to stop."""

    def wait(self, timeout: float | None = None) -> bool: ...

    def is_set(self) -> bool: ...


def name_of(pid: int) -> str:
    """What a worker calls itself on the board."""
    return f"{socket.gethostname()}:{pid}"


def work(store: Store, worker: str, ending: Ending, tracing: Tracing | None = None, *, once: bool = False) -> int:
    """Takes jobs and does them until it is told to stop (once: until none waits); how many."""
    plugins, done = installed(), 0
    while not ending.is_set():
        try:
            job = board.take(store, worker, now())
        except StoreError as problem:
            log().warning("worker.store", code=problem.finding.code)
            ending.wait(LOOKED_EVERY)
            continue
        if job is None:
            if once:
                break
            ending.wait(IDLE_SECONDS)
            continue
        log().info("job.taken", job=job.id, kind=job.kind, attempt=job.attempts)
        try:
            with nullcontext() if tracing is None else tracing.job(job.kind, job.attempts):
                do(store, job, KINDS, plugins)
        except Exception:
            log().exception("job.defect", job=job.id)
        done += 1
    return done


class _Stopped:
    """Whether a worker process was told to stop, or has lost its service. It locks nothing: a signal may come anywhere."""

    def __init__(self, service: int) -> None:
        self._service, self._told = service, False

    def tell(self, *_: object) -> None:
        """It is time to stop, as a signal says."""
        self._told = True

    def is_set(self) -> bool:
        return self._told or os.getppid() != self._service

    def wait(self, timeout: float | None = None) -> bool:
        time.sleep(timeout or 0)
        return self.is_set()


def _process(settings: Settings, service: int) -> None:
    """The whole life of a worker process. A stop of the service lets the job in hand end first."""
    ending = _Stopped(service)
    os.nice(BEHIND)  # whoever waits for a page goes first
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, ending.tell)
    set_up(settings.log_form, settings.log_level)
    with open_for_nobody(StoreOptions(settings.store, settings.keys, settings.files)) as store:
        tracing = tracing_in(settings, store)
        work(store, name_of(os.getpid()), ending, tracing)
        if tracing is not None:
            tracing.stop()


def tracing_in(settings: Settings, store: Store) -> Tracing | None:
    """Traces of what this process does; None: the settings name no collector, and nothing is loaded for it."""
    if settings.traces_to is None:
        return None
    from ejps_core.service.tracing import tracing_of

    if (made := tracing_of(settings)) is not None:
        made.follow(store.engine)
    return made


class Living(Protocol):
    """The workers of the service, as far as a process that answers requests has to know them."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    @property
    def living(self) -> int:
        """How many live."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The workers that another process of the service minds."""

    together: Together

    def start(self) -> None:
        """They were started there."""

    def stop(self) -> None:
        """They are stopped there."""

    @property
    def living(self) -> int:
        """How many live, as it was told last."""
        return self.together.workers


class Workers:
    """The workers of one service; a process that was killed is replaced, and its job is rescued."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        lost: Callable[[], None] = lambda: None,
        tracing: Tracing | None = None,
    ) -> None:
        self.settings, self.store, self._lost = settings, store, lost
        self.tracing = tracing  # of the service itself, for a worker that is a thread of it
        self._context = multiprocessing.get_context("spawn")
        self._ended = threading.Event()
        self._processes: list[BaseProcess] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Starts them; what an earlier service left running is rescued first."""
        board.rescue(self.store, now(), REPEATABLE, self._dead_of_earlier())
        if self.settings.workers == 0:
            given = (self.store, f"{name_of(os.getpid())}:thread", self._ended, self.tracing)
            self._threads.append(threading.Thread(target=work, args=given, name="worker", daemon=True))
        else:
            self._processes = [self._one() for _ in range(self.settings.workers)]
        self._threads.append(threading.Thread(target=self._watch, name="watch-workers", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets the jobs in hand end, for a while; what has not ended then is broken off and rescued at the next start."""
        self._ended.set()
        until = time.monotonic() + self.settings.stop_seconds
        for process in self._processes:
            process.terminate()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for process in self._processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        self._threads, self._processes = [], []

    @property
    def living(self) -> int:
        """How many live."""
        inside = sum(thread.is_alive() and thread.name == "worker" for thread in self._threads)
        return inside + sum(process.is_alive() for process in self._processes)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes."""
        return tuple(process.pid for process in self._processes if process.pid is not None)

    def _one(self) -> BaseProcess:
        process = self._context.Process(target=_process, args=(self.settings, os.getpid()), daemon=True)
        process.start()
        return process

    def _watch(self) -> None:
        while not self._ended.wait(LOOKED_EVERY):
            gone = [process for process in self._processes if not process.is_alive()]
            dead = frozenset(name_of(process.pid) for process in gone if process.pid is not None)
            try:
                rescued = board.rescue(self.store, now(), REPEATABLE, dead)
            except StoreError:
                continue  # the database is away; the next look is soon
            for process in gone:
                log().error("worker.lost", pid=process.pid, exit=process.exitcode, rescued=rescued)
                self._lost()
                self._processes.remove(process)
                self._processes.append(self._one())

    def _dead_of_earlier(self) -> frozenset[str]:
        """The workers on the board that were of this machine and are no more."""
        return frozenset(name for name in board.workers_at_work(self.store) if _is_dead(name))


def _is_dead(worker: str) -> bool:
    host, _, rest = worker.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return True  # we have only just begun: it was somebody else with this number
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

"""Processes beside the test: they write to a store and can be killed at a named point, or at any time.

They are forked from a server that has only loaded the modules, so that hundreds of them cost little.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, create_store, open_store
from ejps_core.store.problems import StoreError
from tests.store.sample import OFFICER, SYSTEM, later, sample

INSIDE, OUTSIDE = b"1", b"0"
BEGINS, ENDS = "version-written", "after-commit"


@dataclass(frozen=True)
class Orders:
    """What a process does: receives files, one after the other. die_at: the point at which it kills itself with -9.

    state: a file with one byte, whether it is inside a transaction; done: a folder with a file for each file received.
    """

    place: StorePlace
    files: tuple[bytes, ...]
    state: Path
    done: Path
    die_at: str | None = None
    rows: int = 3


def context() -> ForkServerContext:
    """The server of processes."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.store.crowd"])
    return made


def start(orders: Orders) -> BaseProcess:
    """A process that obeys."""
    orders.done.mkdir(exist_ok=True)
    orders.state.write_bytes(OUTSIDE)
    process = context().Process(target=obey, args=(orders,))
    process.start()
    return process


def obey(orders: Orders) -> None:
    """What the process does."""
    state = os.open(orders.state, os.O_WRONLY)

    def point(name: str) -> None:
        if name == orders.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if name in (BEGINS, ENDS):
            os.pwrite(state, INSIDE if name == BEGINS else OUTSIDE, 0)

    with open_store(orders.place) as store:
        store.faults = point
        for number, file in enumerate(orders.files):
            receipt = receive(store, later(OFFICER, seconds=number), sample(orders.rows, file=file))
            (orders.done / file.decode()).write_text("again" if receipt.again else "new")


def make(place: StorePlace, result: Path) -> None:
    """Makes a store, or says that there is one."""
    try:
        create_store(place, SYSTEM).engine.dispose()
        result.write_text("made")
    except StoreError as problem:
        result.write_text(problem.finding.code)


def kill(process: BaseProcess) -> None:
    """Kill -9, and its end."""
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()

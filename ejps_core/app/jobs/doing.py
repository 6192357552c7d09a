"""Does a job: in the scope that its maker has now, telling how far it is, and never leaving it without an end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ejps_core.app.access.accounts import by_number
from ejps_core.app.access.sessions import scope_of
from ejps_core.app.jobs import board
from ejps_core.app.jobs.board import Taken
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.stores import StoreOptions
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store

BEAT_SECONDS = 5
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a kind of job is given. store: as its maker sees it."""

    store: Store
    scope: Scope
    options: StoreOptions
    plugins: Plugins
    parameters: Mapping[str, Any]
    progress: Progress


Doing = Callable[[Work], Mapping[str, Any] | Diagnostic]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. repeatable: done twice it changes nothing more, so a lost one may simply be done again."""

    name: str
    do: Doing
    repeatable: bool = False


def do(store: Store, job: Taken, kinds: Mapping[str, Kind], plugins: Plugins) -> None:
    """Does the job and records how it ended; a defect of ours is its end too, and raises after that."""
    try:
        with _beating(store, job.id):
            outcome = _done(store, job, kinds, plugins)
    except StoreError as problem:
        outcome = problem.finding
    except Exception as problem:
        board.fail(store, job.id, now(), _defect(problem))
        raise
    if isinstance(outcome, Diagnostic):
        board.fail(store, job.id, now(), outcome)
    else:
        board.finish(store, job.id, now(), outcome)


def _done(store: Store, job: Taken, kinds: Mapping[str, Kind], plugins: Plugins) -> Mapping[str, Any] | Diagnostic:
    with store.reading() as session:
        known = by_number(session, job.account, day_in_gorontalo(now()))
    if known is None or not known.usable:
        return _account_gone()
    scope = scope_of(known)
    seen = store.seen_by(scope)

    def progress(stage: str, share: float) -> None:
        board.tell(store, job.id, now(), stage, share)

    return kinds[job.kind].do(Work(seen, scope, StoreOptions(opened=seen), plugins, job.parameters, progress))


@contextmanager
def _beating(store: Store, job: str) -> Iterator[None]:
    """The job shows life while the block runs."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            board.tell(store, job, now())

    thread = threading.Thread(target=beat, name=f"beat-{job}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _account_gone() -> Diagnostic:
    return Diagnostic(
        "account-closed",
        Severity.ERROR,
        None,
        Words("Akun yang meminta pekerjaan ini sudah ditutup.", "The account that asked for this job is closed."),
    )


def _defect(problem: Exception) -> Diagnostic:
    kind = type(problem).__name__
    return Diagnostic(
        "defect",
        Severity.ERROR,
        None,
        Words(f"Ada kesalahan di dalam e-JPS sendiri ({kind}).", f"There is a defect in e-JPS itself ({kind})."),
        Words("Laporkan kepada TI provinsi, tanpa data warga.", "Tell the provincial IT, without people's data."),
    )

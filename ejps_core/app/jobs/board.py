"""The board of jobs: who puts one up, which worker takes it, how far it is, how it ended, and what lost its worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.scope import EVERYWHERE, Scope, out_of_scope
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store
from ejps_core.store.tables import Job
from ejps_core.store.words import JobState
from ejps_core.store.working_state import keeping

SILENT = timedelta(seconds=30)
"""A running job that shows no life so long has lost its worker."""
MOST_ATTEMPTS = 3
WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job to be done. title: in words, for whoever waits. parameters: plain values without numbers of identity."""

    kind: str
    title: Words
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A job as it stands. done: in thousandths. problem: what went wrong, as a record of a diagnostic."""

    id: str
    kind: str
    title: Words
    who: str
    state: JobState
    stage: str
    done: int
    attempts: int
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    result: Mapping[str, Any] | None
    problem: Mapping[str, Any] | None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A job in a worker's hands."""

    id: str
    kind: str
    account: int
    parameters: Mapping[str, Any]
    attempts: int


def put_up(store: Store, scope: Scope, wanted: Wanted, at: datetime) -> str:
    """Puts a job on the board; its number."""
    if scope.account is None:
        raise out_of_scope()
    job = Job(
        id=new_id("j"), kind=wanted.kind, title={"id": wanted.title.id, "en": wanted.title.en}, account_id=scope.account,
        who=scope.who, parameters=dict(wanted.parameters), state=JobState.WAITING.value, stage="", done=0, attempts=0,
        made_at=at,
    )  # fmt: skip
    with keeping(store.seen_by(scope)) as session:
        session.add(job)
    return job.id


def take(store: Store, worker: str, at: datetime) -> Taken | None:
    """The job that waits longest, now this worker's; no other takes it. None: nothing waits."""
    with keeping(store.seen_by(EVERYWHERE)) as session:
        asked = select(Job).where(col(Job.state) == JobState.WAITING.value).order_by(col(Job.made_at), col(Job.id)).limit(1)
        found = session.execute(asked.with_for_update(skip_locked=True)).scalar_one_or_none()
        if found is None:
            return None
        found.state, found.worker, found.attempts = JobState.RUNNING.value, worker, found.attempts + 1
        found.started_at, found.beat_at, found.stage, found.done = at, at, "", 0
        return Taken(found.id, found.kind, found.account_id, dict(found.parameters), found.attempts)


def tell(store: Store, job: str, at: datetime, stage: str | None = None, share: float = 0.0) -> None:
    """How far a job is; without a stage, only that its worker lives."""
    values: dict[str, Any] = {"beat_at": at}
    if stage is not None:
        values |= {"stage": stage, "done": round(max(0.0, min(1.0, share)) * WHOLE)}
    _set(store, job, values)


def finish(store: Store, job: str, at: datetime, result: Mapping[str, Any]) -> None:
    """The job is done."""
    _set(store, job, {"state": JobState.DONE.value, "done": WHOLE, "ended_at": at, "result": dict(result)})


def fail(store: Store, job: str, at: datetime, finding: Diagnostic) -> None:
    """The job could not be done."""
    _set(store, job, {"state": JobState.FAILED.value, "ended_at": at, "problem": _record(finding)})


def again(store: Store, scope: Scope, job: str, at: datetime) -> str:
    """The same job once more, as a new one; its number."""
    with store.seen_by(scope).reading() as session:
        old = session.get(Job, job)
        if old is None or old.state != JobState.FAILED.value:
            raise out_of_scope()
        wanted = Wanted(old.kind, Words(**old.title), dict(old.parameters))
    return put_up(store, scope, wanted, at)


def rescue(store: Store, at: datetime, repeatable: frozenset[str], dead: frozenset[str] = frozenset()) -> int:
    """Jobs that lost their worker: put up again where that does no harm, else failed with the reason. How many there were.

    dead: workers that are known to have ended; of others a job must have been silent for a while.
    """
    found = 0
    with keeping(store.seen_by(EVERYWHERE)) as session:
        for job in session.execute(select(Job).where(col(Job.state) == JobState.RUNNING.value)).scalars().all():
            if job.worker not in dead and job.beat_at is not None and job.beat_at > at - SILENT:
                continue
            found += 1
            if job.kind in repeatable and job.attempts < MOST_ATTEMPTS:
                job.state, job.worker, job.stage, job.done = JobState.WAITING.value, None, "", 0
            else:
                job.state, job.ended_at, job.problem = JobState.FAILED.value, at, _record(worker_lost())
    return found


def job_of(store: Store, scope: Scope, job: str) -> Shown:
    """A job of the scope; StoreError `not-found` for a foreign one as for one that there is not."""
    with store.seen_by(scope).reading() as session:
        found = session.get(Job, job)
        if found is None:
            raise out_of_scope()
        return _shown(found)


def jobs_of(store: Store, scope: Scope, *, everybody: bool, last: int = 50) -> tuple[Shown, ...]:
    """The last jobs of the scope's account, or everybody's (whose right to see them the caller has asked for)."""
    with store.seen_by(EVERYWHERE if everybody else scope).reading() as session:
        asked = select(Job).order_by(col(Job.made_at).desc(), col(Job.id)).limit(last)
        if not everybody:
            asked = asked.where(col(Job.account_id) == scope.account)
        return tuple(_shown(each) for each in session.execute(asked).scalars())


def waiting(store: Store) -> int:
    """How many jobs wait."""
    with store.seen_by(EVERYWHERE).reading() as session:
        asked = select(func.count()).select_from(Job).where(col(Job.state) == JobState.WAITING.value)
        return int(session.execute(asked).scalar_one())


def workers_at_work(store: Store) -> tuple[str, ...]:
    """The workers that have a job in hand."""
    with store.seen_by(EVERYWHERE).reading() as session:
        asked = select(col(Job.worker)).where(col(Job.state) == JobState.RUNNING.value, col(Job.worker).is_not(None))
        return tuple(session.execute(asked.distinct()).scalars())


def _set(store: Store, job: str, values: Mapping[str, Any]) -> None:
    with keeping(store.seen_by(EVERYWHERE)) as session:
        session.execute(update(Job).where(col(Job.id) == job).values(**values))


def _record(finding: Diagnostic) -> dict[str, Any]:
    mend = None if finding.mend is None else {"id": finding.mend.id, "en": finding.mend.en}
    return {"code": finding.code, "words": {"id": finding.words.id, "en": finding.words.en}, "mend": mend}


def _shown(job: Job) -> Shown:
    return Shown(
        id=job.id, kind=job.kind, title=Words(**job.title), who=job.who, state=JobState(job.state), stage=job.stage,
        done=job.done, attempts=job.attempts, made_at=job.made_at, started_at=job.started_at, ended_at=job.ended_at,
        result=job.result, problem=job.problem,
    )  # fmt: skip


def worker_lost() -> Diagnostic:
    """What is said of a job whose worker was killed."""
    return Diagnostic(
        "worker-lost",
        Severity.ERROR,
        None,
        Words("Pekerjaan ini terhenti di tengah jalan; tidak ada yang tercatat setengah.",
              "This job was broken off; nothing was recorded by halves."),
        Words("Jalankan sekali lagi.", "Run it once more."),
    )  # fmt: skip

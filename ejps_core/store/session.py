"""A store in use: reading it as of one moment, and changing it wholly or not at all, each change told in the audit log."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from ejps_core.store import database
from ejps_core.store.acts import Act
from ejps_core.store.audit.anchors import Anchors
from ejps_core.store.audit.chain import Head, Note, append, open_segment
from ejps_core.store.audit.segments import Segments
from ejps_core.store.failures import FAILURES, as_problem
from ejps_core.store.fences import tell_areas
from ejps_core.store.keyring import Keyring
from ejps_core.store.scope import Scope
from ejps_core.store.scoping import FREE, SCOPE, ScopedSession
from ejps_core.store.tables import AuditEntry, DataKey, KeyDestruction
from ejps_core.store.words import KeyKind


def no_fault(_: str) -> None:
    """What happens at a named point outside of tests: nothing."""


@dataclass(slots=True)
class Work:
    """One transaction: what is done through `session` is recorded together with its notes, or not at all."""

    store: Store
    session: Session
    act: Act
    notes: list[Note] = field(default_factory=list)

    def tell(
        self,
        action: str,
        about: str,
        about_id: object,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Tells the audit log what is done: the verb, the kind and id of the thing, its state before and after."""
        self.notes.append(Note(action, about, str(about_id), before, after))

    def alone(self, name: str) -> None:
        """Until the end of the transaction nobody else is alone under this name; SQLite has one writer anyway."""
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(_ALONE, {"name": f"{self.store.identity}:{name}"})

    def point(self, name: str) -> None:
        """A named point at which tests break off; costs a call of nothing in use."""
        self.store.faults(name)


class Changes(Protocol):
    """How many transactions have changed the store, so that what was read before can be kept until then."""

    @property
    def count(self) -> int: ...

    def note(self) -> None: ...


@dataclass(slots=True)
class OwnChanges:
    """Those of this process alone."""

    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self) -> None:
        """The store was changed; two at once are two."""
        with self._lock:
            self.count += 1


@dataclass(slots=True)
class Store:
    """An open store: its database, its keys, and the folder where sealed files lie."""

    engine: Engine
    identity: str
    keys: Keyring
    files: Path
    faults: Callable[[str], None] = no_fault
    scope: Scope | None = None
    """How far it is seen; None: where a district's data is, nowhere."""
    kept_open: bool = False
    """Whether others use its connections too, so that the end of a block does not close them."""
    changes: Changes = field(default_factory=OwnChanges)
    _segments: Segments = field(default_factory=Segments)
    _anchors: Anchors = field(init=False)

    def __post_init__(self) -> None:
        self._anchors = Anchors(self.keys.folder)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.kept_open:
            self.engine.dispose()

    def seen_by(self, scope: Scope | None) -> Store:
        """The same store as far as a scope sees it; its connections stay open when a block ends."""
        return replace(self, scope=scope, kept_open=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and can't change anything. What is sealed stays sealed."""
        try:
            with ScopedSession(database.reading(self.engine)) as session:
                session.info[SCOPE] = self.scope
                tell_areas(session, self.scope)
                yield session
        except FAILURES as problem:
            raise as_problem(problem, recorded=False) from problem

    @contextmanager
    def writing(self, act: Act) -> Iterator[Work]:
        """A transaction of `act`: committed at the end of the block, taken back when the block raises.

        Work that tells nothing to the audit log is a defect of ours, and is taken back.
        """
        committing = False
        backend: int | None = None
        told: Head | None = None
        sealed: tuple[Head, ...] = ()
        try:
            with ScopedSession(database.writing(self.engine), expire_on_commit=False) as session:
                session.info[SCOPE] = self.scope
                tell_areas(session, self.scope)
                work = Work(self, session, act)
                yield work
                session.flush()
                work.point("before-audit")
                told, sealed = self._audit(work)
                work.point("before-commit")
                backend, committing = _backend(session), True
                session.commit()
                committing = False
                self.changes.note()
            work.point("after-commit")
        except FAILURES as problem:
            recorded = self._landed(told, backend) if committing else False
            if not (committing and recorded):
                raise as_problem(problem, recorded=recorded) from problem
        assert told is not None
        self._segments.give(act.at, told)
        self._anchors.keep(told)
        self._anchors.release(sealed)

    def current_key(self, session: Session, kind: KeyKind) -> str:
        """The newest key of a kind that was not destroyed."""
        gone = select(col(KeyDestruction.key_id))
        newest = (
            select(col(DataKey.id))
            .where(col(DataKey.kind) == kind.value, col(DataKey.id).not_in(gone))
            .order_by(col(DataKey.made_at).desc(), col(DataKey.id).desc())
        )
        found: str = session.execute(newest.limit(1)).scalar_one()
        return found

    def _audit(self, work: Work) -> tuple[Head, tuple[Head, ...]]:
        if not work.notes:
            raise AssertionError("a change that tells the audit log nothing")
        key_id = self.current_key(work.session, KeyKind.AUDIT)
        head, sealed = self._segments.take(work.act.at), tuple[Head, ...]()
        if head is None:
            writer = f"{socket.gethostname()}:{os.getpid()}"
            head, sealed = open_segment(work.session, work.act, writer, key_id, self.keys.key(key_id))
        return append(work.session, work.act, work.notes, head, self.keys.key(key_id)), sealed

    def _landed(self, told: Head | None, backend: int | None) -> bool | None:
        """Whether a transaction was committed whose answer was lost; None: the database can't be asked.

        backend: the process of PostgreSQL that was committing; while it lives, it may still do so.
        """
        if told is None:
            return False
        entry = select(col(AuditEntry.mac)).where(
            col(AuditEntry.segment_id) == told.segment, col(AuditEntry.seq) == told.length
        )
        for _ in range(ASKED_AGAIN):
            try:
                with Session(database.reading(self.engine)) as session:
                    alive = backend is not None and session.execute(_ALIVE, {"backend": backend}).first() is not None
                    if session.execute(entry).scalar_one_or_none() == told.mac:
                        return True
                    if not alive:
                        return False
            except OperationalError:
                pass
            time.sleep(SECONDS_BETWEEN)
        return None


ASKED_AGAIN, SECONDS_BETWEEN = 20, 0.5
_ALONE = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))").execution_options(**FREE)
_ALIVE = text("select 1 from pg_stat_activity where pid = :backend").execution_options(**FREE)


def _backend(session: Session) -> int | None:
    """The process of PostgreSQL that serves the session."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    driver: Any = session.connection().connection.driver_connection
    return int(driver.info.backend_pid)

"""The working state of the service: sessions, jobs, uploads under way. It is no record: it changes, it may be cleared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from ejps_core.store import database
from ejps_core.store.failures import FAILURES, as_problem
from ejps_core.store.scoping import SCOPE, WORKING_ONLY, ScopedSession
from ejps_core.store.session import Store


@contextmanager
def keeping(store: Store) -> Iterator[Session]:
    """A transaction over the working state alone, committed at the end of the block; records can't be written in it.

    What matters beyond the day (who signed in, what was decided) is told to the audit log by `writing`.
    """
    try:
        with ScopedSession(database.writing(store.engine), expire_on_commit=False) as session:
            session.info.update({SCOPE: store.scope, WORKING_ONLY: True})
            yield session
            session.commit()
            store.changes.note()
    except FAILURES as problem:
        raise as_problem(problem, recorded=False) from problem

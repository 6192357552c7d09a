"""Answers that were given once to a request with a key: repeated after a broken line, it is answered, not done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from ejps_core.app.access.secrets import digest
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope, out_of_scope
from ejps_core.store.session import Store
from ejps_core.store.tables import GivenAnswer
from ejps_core.store.working_state import keeping

KEPT = timedelta(days=2)
UNDER_WAY = 0
Answer = tuple[int, Mapping[str, Any]]


def once(store: Store, scope: Scope, key: str, request: str, at: datetime, do: Callable[[], Answer]) -> Answer:
    """What `do` answers, or what it answered before for this key. StoreError if the key was another request's."""
    if scope.account is None:
        raise out_of_scope()
    marks = (scope.account, digest(key))
    if (before := _before(store, marks, digest(request), at)) is not None:
        return before
    try:
        answer = do()
    except BaseException:
        with keeping(store) as session:
            session.execute(delete(GivenAnswer).where(*_marked(marks)))
        raise
    with keeping(store) as session:
        told = {"status": answer[0], "answer": dict(answer[1])}
        session.execute(update(GivenAnswer).where(*_marked(marks)).values(told))
    return answer


def _marked(marks: tuple[int, str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(GivenAnswer.account_id) == marks[0], col(GivenAnswer.key) == marks[1]


def _before(store: Store, marks: tuple[int, str], request: str, at: datetime) -> Answer | None:
    """The answer of before; None: this is the first time, and from now on it is under way."""
    try:
        with keeping(store) as session:
            session.execute(delete(GivenAnswer).where(col(GivenAnswer.made_at) < at - KEPT))
            found = session.get(GivenAnswer, marks)
            if found is None:
                made = GivenAnswer(
                    account_id=marks[0], key=marks[1], request=request, status=UNDER_WAY, answer=None, made_at=at
                )
                session.add(made)
                session.flush()
                return None
            if found.request != request:
                raise _reused()
            if found.status == UNDER_WAY:
                raise _under_way()
            return found.status, dict(found.answer or {})
    except IntegrityError as problem:
        raise _under_way() from problem


def _reused() -> StoreError:
    return StoreError(
        "idempotency-key-reused",
        Words("Idempotency-Key ini sudah dipakai untuk permintaan lain.", "This Idempotency-Key was another request's."),
    )


def _under_way() -> StoreError:
    return StoreError(
        "request-under-way",
        Words("Permintaan yang sama sedang dikerjakan.", "The same request is being done."),
        Words("Tunggu sebentar, lalu ulangi.", "Wait a little and repeat it."),
    )

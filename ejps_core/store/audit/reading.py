"""What the audit log says: of a thing, of a person, of a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlmodel import Session, col

from ejps_core.store.tables import AuditEntry


def entries(
    session: Session,
    *,
    about: Iterable[tuple[str, str]] | None = None,
    who: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    last: int | None = None,
    skip: int = 0,
) -> Sequence[AuditEntry]:
    """Entries in the order of time. about: (kind, id) of things. last: only so many, the newest but for `skip` of them."""
    asked = select(AuditEntry)
    if about is not None:
        asked = asked.where(tuple_(col(AuditEntry.about), col(AuditEntry.about_id)).in_(list(about)))
    if who is not None:
        asked = asked.where(col(AuditEntry.who) == who)
    if since is not None:
        asked = asked.where(col(AuditEntry.at) >= since)
    if until is not None:
        asked = asked.where(col(AuditEntry.at) < until)
    newest = asked.order_by(col(AuditEntry.at).desc(), col(AuditEntry.segment_id).desc(), col(AuditEntry.seq).desc())
    found = session.execute(newest.limit(last).offset(skip or None)).scalars().all()
    return tuple(reversed(found))

"""Sessions of browsers, kept on the server: they end when unused, after a day, when signed out, or when taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import col

from ejps_core.app.access.accounts import Known, by_number
from ejps_core.app.access.rights import RIGHTS
from ejps_core.app.access.secrets import digest, new_token
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store
from ejps_core.store.tables import SignedIn
from ejps_core.store.working_state import keeping

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""That a session is used is noted at most so often."""
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Visit:
    """A session in use: whose, and how far he sees."""

    account: Known
    scope: Scope
    session: str
    two_factors: bool
    seen_at: datetime


def open_session(store: Store, account: int, address: str, at: datetime, *, two_factors: bool) -> str:
    """A new session; its token, of which only the hash is kept."""
    token = new_token()
    with keeping(store) as session:
        session.execute(delete(SignedIn).where(col(SignedIn.expires_at) < at - KEPT))
        made = SignedIn(
            id=digest(token), account_id=account, opened_at=at, seen_at=at, expires_at=at + LONGEST,
            two_factors=two_factors, address=address[:64],
        )  # fmt: skip
        session.add(made)
    return token


def visit_of(store: Store, token: str, at: datetime) -> Visit | None:
    """Whose session this is; None: there is none, it has ended, or its account may do nothing any more.

    That it was used is noted by `note_seen`, which need not be waited for.
    """
    with store.reading() as session:
        found = session.get(SignedIn, digest(token))
        if found is None or found.ended_at is not None or at >= found.expires_at or at >= found.seen_at + IDLE:
            return None
        known = by_number(session, found.account_id, day_in_gorontalo(at))
    if known is None or not known.usable:
        return None
    return Visit(known, scope_of(known), found.id, found.two_factors, found.seen_at)


def note_seen(store: Store, seen: Mapping[str, datetime]) -> None:
    """Notes when sessions were used last, by their ids; one that has ended meanwhile stays so."""
    with keeping(store) as session:
        for number, at in seen.items():
            later = update(SignedIn).where(col(SignedIn.id) == number, col(SignedIn.seen_at) < at)
            session.execute(later.values(seen_at=at))


def scope_of(known: Known, rights: frozenset[str] | None = None) -> Scope:
    """How far an account sees and what it may do; rights: no more than these."""
    assert known.grant is not None
    own = frozenset(str(right) for right in RIGHTS[known.grant.role])
    may = own if rights is None else own & rights
    return Scope(known.full_name, known.grant.role, known.grant.areas, known.number, may, known.grant.acting)


def end_session(store: Store, session_id: str, at: datetime) -> None:
    """Ends a session at once."""
    with keeping(store) as session:
        session.execute(update(SignedIn).where(col(SignedIn.id) == session_id).values(ended_at=at))


def end_sessions(store: Store, account: int, at: datetime, but: str | None = None) -> None:
    """Ends all sessions of an account, such as after a new password; `but`: all except this one."""
    with keeping(store) as session:
        living = update(SignedIn).where(col(SignedIn.account_id) == account, col(SignedIn.ended_at).is_(None))
        session.execute(living.where(col(SignedIn.id) != (but or "")).values(ended_at=at))


def sessions_of(store: Store, account: int, at: datetime) -> tuple[SignedIn, ...]:
    """The sessions of an account that can still be used, the newest first."""
    with store.reading() as session:
        asked = select(SignedIn).where(
            col(SignedIn.account_id) == account, col(SignedIn.ended_at).is_(None), col(SignedIn.expires_at) > at,
            col(SignedIn.seen_at) > at - IDLE,
        )  # fmt: skip
        return tuple(session.execute(asked.order_by(col(SignedIn.seen_at).desc())).scalars())

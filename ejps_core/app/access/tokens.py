"""Tokens by which programs use the API: made once, shown once, with rights and an end; taken back at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.access.accounts import by_number
from ejps_core.app.access.secrets import digest, new_token
from ejps_core.app.access.sessions import scope_of
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope
from ejps_core.store.sealing import new_id
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import ApiToken, ApiTokenEnd

PREFIX = "ejps_"
"""So that a token that got where it should not be can be found by searching."""
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Told:
    """A token as it is listed."""

    id: str
    title: str
    rights: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    ended: bool


def make_token(work: Work, scope: Scope, title: str, rights: frozenset[str], expires_at: datetime) -> tuple[str, str]:
    """A new token of the account: its id, and itself, shown this once. rights: of those that the account has."""
    if scope.account is None or not rights or not rights <= scope.rights:
        raise StoreError(
            "token-rights",
            Words("Token hanya boleh memakai hak akun ini.", "A token may only have rights that this account has."),
        )
    if not work.act.at < expires_at <= work.act.at + LONGEST:
        raise StoreError("token-term", Words("Token berlaku paling lama setahun.", "A token lives for a year at most."))
    token, number = PREFIX + new_token(), new_id("t")
    made = ApiToken(
        id=number, account_id=scope.account, hash=digest(token), title=title, rights=sorted(rights),
        expires_at=expires_at, made_at=work.act.at, made_by=work.act.who,
    )  # fmt: skip
    work.session.add(made)
    told = {"title": title, "rights": sorted(rights), "expires_at": expires_at.isoformat()}
    work.tell("token.made", "token", number, after=told)
    return number, token


def scope_of_token(store: Store, token: str, at: datetime) -> Scope | None:
    """How far the token sees; None: there is none such, it has ended, or its account may do nothing any more."""
    with store.reading() as session:
        found = session.execute(select(ApiToken).where(col(ApiToken.hash) == digest(token))).scalar_one_or_none()
        if found is None or at >= found.expires_at or session.get(ApiTokenEnd, found.id) is not None:
            return None
        known = by_number(session, found.account_id, day_in_gorontalo(at))
    return None if known is None or not known.usable else scope_of(known, frozenset(found.rights))


def tokens_of(session: Session, account: int) -> tuple[Told, ...]:
    """The tokens of an account, the newest first."""
    asked = select(ApiToken).where(col(ApiToken.account_id) == account).order_by(col(ApiToken.made_at).desc())
    found = session.execute(asked).scalars().all()
    ended = set(session.execute(select(col(ApiTokenEnd.token_id))).scalars())
    return tuple(
        Told(each.id, each.title, tuple(each.rights), each.made_at, each.expires_at, each.id in ended) for each in found
    )


def end_token(work: Work, account: int, number: str) -> None:
    """Takes back a token of the account; StoreError if it has none such."""
    found = work.session.get(ApiToken, number)
    if found is None or found.account_id != account:
        raise StoreError("token-unknown", Words("Tidak ada token itu.", "There is no such token."))
    if work.session.get(ApiTokenEnd, number) is None:
        work.session.add(ApiTokenEnd(token_id=number, ended_at=work.act.at, ended_by=work.act.who))
    work.tell("token.ended", "token", number)

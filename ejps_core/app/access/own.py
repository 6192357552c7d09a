"""What everybody does with his own account: a new password, a second factor, sessions and tokens."""

from __future__ import annotations

from datetime import datetime

from ejps_core.app.access import second_factor
from ejps_core.app.access.accounts import by_number, secret_of, set_password
from ejps_core.app.access.secrets import is_password
from ejps_core.app.access.sessions import end_sessions, sessions_of
from ejps_core.app.access.tokens import Told, end_token, make_token, tokens_of
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope, out_of_scope
from ejps_core.store.session import Store
from ejps_core.store.tables import SignedIn
from ejps_core.store.words import SecretKind


def change_password(store: Store, scope: Scope, old: str, new: str, at: datetime, session: str | None) -> None:
    """A new password in place of the old one; all sessions but this one end."""
    account = number_of(scope)
    with store.reading() as reading:
        secret = secret_of(reading, account, SecretKind.PASSWORD)
    if not is_password(old, None if secret is None else secret.hashed):
        raise StoreError("password-wrong", Words("Kata sandi lama salah.", "The old password is wrong."))
    if old == new:
        raise StoreError("password-same", Words("Kata sandi baru sama dengan yang lama.", "It is the same password."))
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        set_password(work, account, new)
    end_sessions(store, account, at, but=session)


def sessions(store: Store, scope: Scope, at: datetime) -> tuple[SignedIn, ...]:
    """One's sessions that can still be used."""
    return sessions_of(store, number_of(scope), at)


def end_others(store: Store, scope: Scope, at: datetime, session: str | None) -> None:
    """Ends all sessions but this one."""
    end_sessions(store, number_of(scope), at, but=session)


def second_factor_seed(store: Store, scope: Scope, at: datetime, seed: str | None = None) -> tuple[str, str]:
    """A seed for an authenticator, fresh if none was given, and the address that a telephone reads from the picture."""
    with store.reading() as session:
        known = by_number(session, number_of(scope), day_in_gorontalo(at))
    assert known is not None
    used = seed or second_factor.new_seed()
    return used, second_factor.address_for(used, known.name)


def turn_on(store: Store, scope: Scope, seed: str, code: str, at: datetime) -> tuple[str, ...]:
    """Puts the second factor in use; recovery codes, shown this once."""
    try:
        with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
            return second_factor.turn_on(work, number_of(scope), seed, code)
    except ValueError as problem:  # a seed that is none
        raise second_factor.wrong_code() from problem


def tokens(store: Store, scope: Scope) -> tuple[Told, ...]:
    """One's tokens."""
    with store.reading() as session:
        return tokens_of(session, number_of(scope))


def new_token(
    store: Store, scope: Scope, title: str, rights: frozenset[str], expires: datetime, at: datetime, in_person: bool
) -> tuple[str, str]:
    """A new token. A token makes none: in_person says that somebody signed in asks."""
    if not in_person:
        raise StoreError("not-allowed", Words("Token tidak membuat token.", "A token makes no tokens."))
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        return make_token(work, scope, title, rights, expires)


def end_token_of(store: Store, scope: Scope, number: str, at: datetime) -> None:
    """Takes back one of one's tokens."""
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        end_token(work, number_of(scope), number)


def number_of(scope: Scope) -> int:
    """The number of the account behind a scope."""
    if scope.account is None:
        raise out_of_scope()
    return scope.account

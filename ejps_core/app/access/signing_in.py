"""Signing in: password, then the second factor where there is one; too many wrong attempts lock the account for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.app.access import second_factor
from ejps_core.app.access.accounts import Known, by_name, secret_of
from ejps_core.app.access.secrets import is_password
from ejps_core.app.access.sessions import open_session
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import SignInAttempt, UsedCode
from ejps_core.store.words import Attempt, SecretKind

MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody types to sign in; code: of the second factor, or a recovery code."""

    name: str
    password: str
    code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who has signed in, and the token of the session, which only the browser keeps."""

    account: Known
    token: str


@dataclass(frozen=True, slots=True)
class Tried:
    """From where and by what an attempt was made."""

    address: str
    by: str = "password"


def sign_in(store: Store, given: Credentials, at: datetime) -> SignedInAs:
    """Opens a session; StoreError if anything is wrong, in the same words whether or not there is such an account."""
    today = day_in_gorontalo(at)
    with store.reading() as session:
        known = by_name(session, given.name, today)
        secret = None if known is None else secret_of(session, known.number, SecretKind.PASSWORD)
        locked = known is not None and is_locked(session, known.number, at)
    tried = Tried(given.address)
    right = is_password(given.password, None if secret is None else secret.hashed)
    if known is None:
        raise not_signed_in()
    if locked:
        note(store, known, Attempt.LOCKED, tried, at)
        raise account_locked()
    if not right or not known.usable:
        note(store, known, Attempt.WRONG_PASSWORD, tried, at)
        raise not_signed_in()
    if not known.second_factor:
        note(store, known, Attempt.RIGHT, tried, at)
        return SignedInAs(known, open_session(store, known.number, given.address, at, two_factors=False))
    if not given.code.strip():
        raise code_needed()
    with store.reading() as session:
        used = second_factor.accept(store, session, known.number, given.code, at)
    if used is None:
        note(store, known, Attempt.WRONG_CODE, tried, at)
        raise not_signed_in()
    note(store, known, Attempt.RIGHT, tried, at, (used,))
    return SignedInAs(known, open_session(store, known.number, given.address, at, two_factors=True))


def is_locked(session: Session, account: int, at: datetime) -> bool:
    """Whether there were too many wrong attempts lately, since the last right one."""
    asked = (
        select(col(SignInAttempt.outcome))
        .where(col(SignInAttempt.account_id) == account, col(SignInAttempt.at) > at - LOCKED_FOR)
        .where(col(SignInAttempt.outcome) != Attempt.LOCKED.value)
        .order_by(col(SignInAttempt.id).desc())
        .limit(MOST_WRONG)
    )
    last = session.execute(asked).scalars().all()
    return len(last) == MOST_WRONG and Attempt.RIGHT.value not in last


def note(
    store: Store,
    known: Known,
    outcome: Attempt,
    tried: Tried,
    at: datetime,
    used: tuple[str, ...] = (),
    also: Callable[[Work], None] = lambda _: None,
) -> None:
    """Puts an attempt on record, and the codes that were used; two who use one code at once: one of them is refused.

    also: what is recorded with an attempt that was right.
    """
    role = known.grant.role if known.grant is not None else Role.SYSTEM
    with store.writing(Act(known.full_name, role, Purpose.ADMINISTRATION, at, "")) as work:
        work.alone(f"account:{known.number}")
        if outcome is Attempt.RIGHT and is_locked(work.session, known.number, at):
            outcome = Attempt.LOCKED
        if any(work.session.get(UsedCode, (known.number, code)) is not None for code in used):
            outcome, used = Attempt.WRONG_CODE, ()
        for code in used:
            work.session.add(UsedCode(account_id=known.number, code=code, used_at=at))
        if outcome is Attempt.RIGHT:
            also(work)
        made = SignInAttempt(account_id=known.number, outcome=outcome.value, address=tried.address[:64], at=at)
        work.session.add(made)
        told = {"address": tried.address, "by": tried.by}
        work.tell(f"sign-in.{outcome.value.replace('_', '-')}", "account", known.number, after=told)
    if outcome is Attempt.LOCKED:
        raise account_locked()
    if outcome is Attempt.WRONG_CODE:
        raise not_signed_in()


def not_signed_in() -> StoreError:
    return StoreError(
        "sign-in-wrong",
        Words("Nama akun, kata sandi atau kode salah.", "The account, the password or the code is wrong."),
        Words(
            "Periksa huruf besar. Lupa kata sandi: hubungi TI provinsi.",
            "Check capital letters. If you forgot it, ask the provincial IT.",
        ),
    )


def account_locked() -> StoreError:
    minutes = LOCKED_FOR.seconds // 60
    return StoreError(
        "account-locked",
        Words("Terlalu banyak percobaan salah; akun dikunci sementara.", "Too many wrong attempts; the account is locked."),
        Words(f"Coba lagi setelah {minutes} menit.", f"Try again after {minutes} minutes."),
    )


def code_needed() -> StoreError:
    return StoreError(
        "code-needed",
        Words("Masukkan kode dari aplikasi autentikator.", "Give the code from your authenticator."),
        Words("Ponsel hilang? Pakai kode pemulihan.", "Lost your telephone? Use a recovery code."),
    )

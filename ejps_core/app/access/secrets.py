"""Secrets of accounts: passwords hashed by argon2, random tokens known by their hash, a key that seals second factors."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import Session, col

from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import ServiceKey

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 256
TOKEN_BYTES = 32


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


def hashed_password(password: str, names: tuple[str, ...] = ()) -> str:
    """The hash of a new password; StoreError if it is too short, too long, or holds a name of its owner."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < SHORTEST // 2:
        raise StoreError(
            "password-weak",
            Words(
                f"Kata sandi harus {SHORTEST} sampai {LONGEST} huruf, dan tidak berulang-ulang.",
                f"A password has {SHORTEST} to {LONGEST} characters, and doesn't repeat the same few.",
            ),
            Words(
                "Pakai beberapa kata yang tidak berhubungan.", "Use several words that have nothing to do with each other."
            ),
        )
    low = password.lower()
    if any(name and name.lower() in low for name in names):
        raise StoreError(
            "password-is-name", Words("Kata sandi memuat nama akun.", "The password holds the name of the account.")
        )
    return _hasher().hash(password)


def is_password(password: str, hashed: str | None) -> bool:
    """Whether it is the password. Without one the same time passes, so that nobody learns which accounts there are."""
    right = _hasher().verify(password[: LONGEST + 1], hashed or _nobodys())
    return right and hashed is not None


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def new_token() -> str:
    """A random token of 256 bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """By what a random token is known again."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def proof(token: str, about: str) -> str:
    """A text that only who has the token can make, such as the hidden field of a form."""
    return hmac.digest(token.encode(), about.encode(), "sha256").hex()


def newest_key(session: Session) -> str | None:
    """The key that seals now; None: none was made yet."""
    asked = select(col(ServiceKey.id)).order_by(col(ServiceKey.made_at).desc(), col(ServiceKey.id).desc()).limit(1)
    found: str | None = session.execute(asked).scalar_one_or_none()
    return found


def service_key(work: Work) -> str:
    """The key that seals now, made where there is none, in the transaction of what it seals."""
    work.alone("service-key")
    if (found := newest_key(work.session)) is not None:
        return found
    made = work.store.keys.make()
    work.session.add(ServiceKey(id=made, made_at=work.act.at, made_by=work.act.who))
    work.session.flush()
    work.tell("key.made", "key", made, after={"kind": "service"})
    return made

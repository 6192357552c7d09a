"""The second factor: a time-based code (TOTP, RFC 6238) from a telephone, and recovery codes for when that is lost."""

from __future__ import annotations

import json
import secrets
from datetime import datetime

import pyotp
from sqlmodel import Session

from ejps_core.app.access.accounts import keep_secret, secret_of
from ejps_core.app.access.secrets import digest, service_key
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.sealing import Sealed, UnopenedError
from ejps_core.store.session import Store, Work
from ejps_core.store.tables import UsedCode
from ejps_core.store.words import SecretKind

ISSUER = "e-JPS"
STEP_SECONDS = 30
LATE_STEPS = 1
"""A telephone's clock may be half a minute off."""
RECOVERY_CODES = 10


def new_seed() -> str:
    """A secret for a telephone's authenticator, not yet in use."""
    return pyotp.random_base32()


def address_for(seed: str, name: str) -> str:
    """What a telephone reads from the picture."""
    return pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=ISSUER)


def turn_on(work: Work, account: int, seed: str, code: str) -> tuple[str, ...]:
    """Puts the second factor in use once its first code is right; recovery codes, shown once and kept as hashes."""
    if matching_step(seed, code, work.act.at) is None:
        raise wrong_code()
    key_id = service_key(work)
    sealed = work.store.keys.lock(key_id).seal(seed.encode(), _bound(account))
    keep_secret(work, account, SecretKind.SECOND_FACTOR, None, sealed.box)
    work.tell("account.second-factor", "account", account)
    return new_recovery_codes(work, account)


def turn_off(work: Work, account: int, why: str) -> None:
    """Takes the second factor away."""
    keep_secret(work, account, SecretKind.NO_SECOND_FACTOR, None)
    keep_secret(work, account, SecretKind.RECOVERY, "[]")
    work.tell("account.no-second-factor", "account", account, after={"why": why})


def new_recovery_codes(work: Work, account: int) -> tuple[str, ...]:
    """Ten codes that each work once; the ones before are of no use any more."""
    codes = tuple(f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES))
    keep_secret(work, account, SecretKind.RECOVERY, json.dumps([digest(code) for code in codes]))
    work.tell("account.recovery-codes", "account", account)
    return codes


def is_on(session: Session, account: int) -> bool:
    """Whether the account has a second factor."""
    found = secret_of(session, account, SecretKind.SECOND_FACTOR, SecretKind.NO_SECOND_FACTOR)
    return found is not None and found.kind == SecretKind.SECOND_FACTOR.value


def accept(store: Store, session: Session, account: int, code: str, at: datetime) -> str | None:
    """What the code is on record as once it is used; None: it is wrong, too old, or was used before."""
    found = secret_of(session, account, SecretKind.SECOND_FACTOR, SecretKind.NO_SECOND_FACTOR)
    if found is None or found.sealed is None:
        return None
    plain = code.strip().replace(" ", "")
    if plain.isdecimal():
        step = matching_step(_seed(store, account, found.sealed), plain, at)
        mark = None if step is None else f"step:{step}"
    else:
        mark = _recovery_mark(session, account, plain.lower())
    return None if mark is None or session.get(UsedCode, (account, mark)) is not None else mark


def matching_step(seed: str, code: str, at: datetime) -> int | None:
    """The half-minute of which this is the code."""
    totp, now = pyotp.TOTP(seed), int(at.timestamp()) // STEP_SECONDS
    for step in range(now - LATE_STEPS, now + LATE_STEPS + 1):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.strip().encode()):
            return step
    return None


def _recovery_mark(session: Session, account: int, code: str) -> str | None:
    found = secret_of(session, account, SecretKind.RECOVERY)
    hashes = [] if found is None or found.hashed is None else json.loads(found.hashed)
    return digest(code) if digest(code) in hashes else None


def _seed(store: Store, account: int, box: bytes) -> str:
    sealed = Sealed(bytes(box))
    try:
        return store.keys.lock(sealed.key_id).open(sealed, _bound(account)).decode()
    except UnopenedError as problem:
        words = Words(
            "Faktor kedua akun ini diubah dari luar.", "The second factor of this account was changed from outside."
        )
        raise StoreError("store-unsound", words) from problem


def _bound(account: int) -> str:
    return f"second-factor:{account}"


def wrong_code() -> StoreError:
    return StoreError(
        "code-wrong",
        Words("Kode tidak cocok.", "The code doesn't match."),
        Words("Tunggu kode berikutnya, lalu coba lagi.", "Wait for the next code and try again."),
    )

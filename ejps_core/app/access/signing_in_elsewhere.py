"""Signing in by a provider of identities (OIDC): an account that is linked, with its second factor unless that was shown."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from ejps_core.app.access import second_factor
from ejps_core.app.access.accounts import Known, by_number
from ejps_core.app.access.identities import link, meant
from ejps_core.app.access.secrets import newest_key
from ejps_core.app.access.sessions import open_session
from ejps_core.app.access.signing_in import SignedInAs, Tried, code_needed, not_signed_in, note
from ejps_core.app.moments import day_in_gorontalo
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.sealing import Sealed, UnopenedError
from ejps_core.store.session import Store, Work
from ejps_core.store.words import Attempt, IdentityKind

BY = "oidc"
BOUND = "signing-in-elsewhere"
CODE_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a provider has recognised. email: only if verified; two_factors: whether it says so; mark: of this sign-in."""

    issuer: str
    subject: str
    email: str | None
    two_factors: bool
    mark: str


def sign_in_as(store: Store, person: Person, address: str, at: datetime, code: str = "") -> SignedInAs:
    """Opens a session for the account that is meant, once for each sign-in; StoreError otherwise, and nothing is made.

    Nobody gets an account this way. With `code-needed` the caller keeps `ticket` until the code was typed.
    """
    with store.reading() as session:
        number, by_address = meant(session, person.issuer, person.subject, person.email)
        known = None if number is None else by_number(session, number, day_in_gorontalo(at))
    if known is None or not known.usable:
        raise not_linked()
    marks: tuple[str, ...] = (f"{BY}:{person.mark[:56]}",)
    if known.second_factor and not person.two_factors:
        marks += (_accepted(store, known, code, Tried(address, BY), at),)

    def also(work: Work) -> None:
        if by_address:  # from now on the subject counts: an address may be given to somebody else one day
            link(work, known.number, person.issuer, IdentityKind.SUBJECT, person.subject)

    note(store, known, Attempt.RIGHT, Tried(address, BY), at, marks, also)
    factors = known.second_factor or person.two_factors
    return SignedInAs(known, open_session(store, known.number, address, at, two_factors=factors))


def ticket(store: Store, person: Person, at: datetime) -> str:
    """What a browser brings back together with its code, sealed: whom the provider has recognised, for five minutes."""
    told = json.dumps([asdict(person), (at + CODE_WITHIN).timestamp()]).encode()
    with store.reading() as session:
        key = newest_key(session)
    assert key is not None, "a second factor is sealed by it"
    return base64.urlsafe_b64encode(store.keys.lock(key).seal(told, BOUND).box).decode()


def person_of(store: Store, given: str, at: datetime) -> Person:
    """Whom a ticket tells of; StoreError if it is too old or none of ours."""
    try:
        sealed = Sealed(base64.urlsafe_b64decode(given))
        told, until = json.loads(store.keys.lock(sealed.key_id).open(sealed, BOUND))
    except (binascii.Error, ValueError, UnopenedError, StoreError) as problem:
        raise begun_too_long_ago() from problem
    if at.timestamp() > until:
        raise begun_too_long_ago()
    return Person(**told)


def _accepted(store: Store, known: Known, code: str, tried: Tried, at: datetime) -> str:
    """What the code is on record as once it is used."""
    if not code.strip():
        raise code_needed()
    with store.reading() as session:
        used = second_factor.accept(store, session, known.number, code, at)
    if used is None:
        note(store, known, Attempt.WRONG_CODE, tried, at)
        raise not_signed_in()
    return used


def not_linked() -> StoreError:
    return StoreError(
        "identity-unknown",
        Words(
            "Identitas ini tidak tertaut dengan akun e-JPS yang aktif.",
            "No open account of e-JPS is linked to this identity.",
        ),
        Words("Minta TI provinsi menautkannya.", "Ask the provincial IT to link it."),
    )


def begun_too_long_ago() -> StoreError:
    return StoreError(
        "sign-in-begun",
        Words("Proses masuk ini kedaluwarsa atau tidak dimulai di sini.", "This sign-in has expired or was not begun here."),
        Words("Mulai lagi dari halaman masuk.", "Begin again at the sign-in page."),
    )

"""Whom a provider of identities (OIDC) means: the IT links its subject, or its verified e-mail address, to an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from ejps_core.app.access.secrets import digest
from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import AccountIdentity
from ejps_core.store.words import Declared, IdentityKind

LONGEST = 255
"""A subject has no more characters (OpenID Connect Core, 8)."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What an account is known by. shown: with numbers of identity masked."""

    kind: IdentityKind
    shown: str


def link(work: Work, account: int, issuer: str, kind: IdentityKind, value: str) -> None:
    """The provider means this account by the value from now on; StoreError if it means another one by it."""
    clean = value.strip()
    if not clean or len(clean) > LONGEST or (kind is IdentityKind.EMAIL and "@" not in clean):
        raise StoreError("identity-value", Words("Isi subject atau alamat surel.", "Give a subject or an e-mail address."))
    key = _key(issuer, kind, clean)
    work.alone(f"identity:{key}")
    if (other := _owner(work.session, key)) not in (None, account):
        raise StoreError(
            "identity-taken",
            Words("Identitas itu sudah milik akun lain.", "That identity is another account's already."),
            Words("Lepas dahulu dari akun itu.", "Take it off that account first."),
        )
    if other is None:
        _record(work, account, kind, key, clean, Declared.MADE)


def unlink(work: Work, account: int) -> None:
    """No provider means this account any more."""
    found = _newest(work.session, account)
    for each in found:
        _record(work, account, IdentityKind(each.kind), each.hash, each.shown, Declared.WITHDRAWN)
    if not found:
        raise StoreError("identity-none", Words("Akun ini tidak tertaut.", "This account is not linked."))


def meant(session: Session, issuer: str, subject: str, email: str | None) -> tuple[int | None, bool]:
    """The account that is meant, and whether by its address only; email: one that the provider has verified.

    Whoever has a subject is found by it alone, so that an address given to somebody else later opens nothing.
    """
    found = _owner(session, _key(issuer, IdentityKind.SUBJECT, subject))
    if found is not None or email is None:
        return found, False
    by_address = _owner(session, _key(issuer, IdentityKind.EMAIL, email))
    if by_address is None or any(each.kind == IdentityKind.SUBJECT.value for each in _newest(session, by_address)):
        return None, False
    return by_address, True


def links(session: Session) -> Mapping[int, tuple[Linked, ...]]:
    """What each account is known by; accounts that are not linked are left out."""
    told: dict[int, tuple[Linked, ...]] = {}
    for each in _newest(session):
        told[each.account_id] = (*told.get(each.account_id, ()), Linked(IdentityKind(each.kind), each.shown))
    return told


def _owner(session: Session, key: str) -> int | None:
    asked = select(col(AccountIdentity.account_id)).where(col(AccountIdentity.hash) == key).distinct()
    for account in session.execute(asked).scalars():
        if any(each.hash == key for each in _newest(session, account)):
            return int(account)
    return None


def _newest(session: Session, account: int | None = None) -> tuple[AccountIdentity, ...]:
    """The records that count, of one account or of all."""
    last = select(func.max(col(AccountIdentity.id))).group_by(col(AccountIdentity.account_id), col(AccountIdentity.kind))
    if account is not None:
        last = last.where(col(AccountIdentity.account_id) == account)
    asked = select(AccountIdentity).where(
        col(AccountIdentity.id).in_(last), col(AccountIdentity.state) == Declared.MADE.value
    )
    return tuple(session.execute(asked.order_by(col(AccountIdentity.id))).scalars())


def _record(work: Work, account: int, kind: IdentityKind, key: str, shown: str, state: Declared) -> None:
    made = AccountIdentity(
        account_id=account, kind=kind.value, hash=key, shown=shown, state=state.value, recorded_at=work.act.at,
        recorded_by=work.act.who,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    verb = "identity-linked" if state is Declared.MADE else "identity-unlinked"
    work.tell(f"account.{verb}", "account", account, after={"kind": kind.value, "value": shown})


def _key(issuer: str, kind: IdentityKind, value: str) -> str:
    plain = value.strip().lower() if kind is IdentityKind.EMAIL else value
    return digest("\n".join((issuer, kind.value, plain)))

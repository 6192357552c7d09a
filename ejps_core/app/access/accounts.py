"""Accounts on record: made, given a role in an area, closed and opened again; each change is told in the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from ejps_core.app.access.rights import RIGHTS, needs_one_district
from ejps_core.app.access.secrets import hashed_password
from ejps_core.model.words import Words
from ejps_core.store.acts import Role
from ejps_core.store.problems import StoreError
from ejps_core.store.session import Work
from ejps_core.store.tables import Account, AccountRole, AccountSecret, AccountStanding
from ejps_core.store.words import AccountState, Declared, SecretKind

T = TypeVar("T", AccountStanding, AccountRole, AccountSecret)
NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in an area from a day on. areas: codes of districts; None: the whole province. acting: as Plt., by document."""

    role: Role
    areas: frozenset[str] | None
    day_from: date
    day_to: date | None = None
    acting: bool = False
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An account as it stands. grant None: no role today. to_change: the password was given by somebody else."""

    number: int
    name: str
    full_name: str
    state: AccountState
    grant: Grant | None
    to_change: bool
    second_factor: bool

    @property
    def usable(self) -> bool:
        """Whether its owner may do anything."""
        return self.state is AccountState.OPEN and self.grant is not None


def make_account(work: Work, name: str, full_name: str, grant: Grant, password: str, *, to_change: bool = True) -> int:
    """A new account with its role and a first password, which its owner has to change; its number."""
    if not NAME.fullmatch(name):
        raise StoreError(
            "account-name",
            Words("Nama akun: 3–40 huruf kecil, angka, titik, garis.", "A name: 3–40 small letters, digits, dots, dashes."),
        )
    if work.session.execute(select(col(Account.id)).where(col(Account.name) == name)).first() is not None:
        raise StoreError("account-exists", Words(f"Akun {name} sudah ada.", f"There is an account {name} already."))
    made = Account(name=name, full_name=full_name, made_at=work.act.at, made_by=work.act.who)
    work.session.add(made)
    work.session.flush()
    assert made.id is not None
    work.tell("account.made", "account", made.id, after={"name": name, "full_name": full_name})
    set_state(work, made.id, AccountState.OPEN, "")
    give_role(work, made.id, grant)
    set_password(work, made.id, password, to_change=to_change)
    return made.id


def give_role(work: Work, number: int, grant: Grant) -> None:
    """Gives an account its role; the one before ends with it."""
    if grant.role not in RIGHTS:
        raise ValueError(grant.role)
    if needs_one_district(grant.role) and (grant.areas is None or len(grant.areas) != 1):
        raise StoreError(
            "role-needs-district", Words("Peran ini untuk tepat satu daerah.", "This role is of exactly one district.")
        )
    if grant.acting and not grant.document:
        raise StoreError(
            "acting-needs-document",
            Words("Plt. ditunjuk dengan surat: sebutkan nomornya.", "Who acts for another does so by a letter: name it."),
        )
    areas = None if grant.areas is None else sorted(grant.areas)
    work.session.add(
        AccountRole(
            account_id=number,
            role=grant.role.value,
            areas=areas,
            acting=grant.acting,
            document=grant.document,
            day_from=grant.day_from,
            day_to=grant.day_to,
            state=Declared.MADE.value,
            recorded_at=work.act.at,
            recorded_by=work.act.who,
        )
    )
    told = {"role": grant.role.value, "areas": areas, "acting": grant.acting, "document": grant.document}
    work.tell("account.role", "account", number, after=told | {"from": grant.day_from.isoformat()})


def set_state(work: Work, number: int, state: AccountState, why: str) -> None:
    """Opens or closes an account; a closed one can't sign in, and its sessions and tokens end at once."""
    made = AccountStanding(account_id=number, state=state.value, why=why, recorded_at=work.act.at, recorded_by=work.act.who)
    work.session.add(made)
    work.tell(f"account.{state.value}", "account", number, after={"why": why})


def set_password(work: Work, number: int, password: str, *, to_change: bool = False) -> None:
    """A new password; the old one is of no use any more."""
    account = work.session.get(Account, number)
    assert account is not None
    keep_secret(work, number, SecretKind.PASSWORD, hashed_password(password, (account.name,)), to_change=to_change)
    work.tell("account.password", "account", number, after={"to_change": to_change})


def keep_secret(
    work: Work, number: int, kind: SecretKind, hashed: str | None, sealed: bytes | None = None, *, to_change: bool = False
) -> None:
    """Records a secret; the newest of a kind counts. The caller tells the audit log."""
    made = AccountSecret(
        account_id=number, kind=kind.value, hashed=hashed, sealed=sealed, to_change=to_change,
        set_at=work.act.at, set_by=work.act.who,
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()


def secret_of(session: Session, number: int, *kinds: SecretKind) -> AccountSecret | None:
    """The newest secret of these kinds."""
    asked = select(AccountSecret).where(
        col(AccountSecret.account_id) == number, col(AccountSecret.kind).in_([kind.value for kind in kinds])
    )
    found: AccountSecret | None = session.execute(asked.order_by(col(AccountSecret.id).desc()).limit(1)).scalar_one_or_none()
    return found


def by_name(session: Session, name: str, today: date) -> Known | None:
    """The account of this name."""
    found = session.execute(select(Account).where(col(Account.name) == name.strip().lower())).scalar_one_or_none()
    return None if found is None else _known(session, [found], today)[0]


def by_number(session: Session, number: int, today: date) -> Known | None:
    """The account of this number."""
    found = session.get(Account, number)
    return None if found is None else _known(session, [found], today)[0]


def accounts(session: Session, today: date) -> tuple[Known, ...]:
    """All accounts, by name."""
    return tuple(_known(session, session.execute(select(Account).order_by(col(Account.name))).scalars().all(), today))


def _known(session: Session, found: Iterable[Account], today: date) -> list[Known]:
    """How accounts stand; a few statements whatever their number."""
    told = []
    listed = [each for each in found if each.id is not None]
    numbers = [int(each.id or 0) for each in listed]
    states = _newest(session, AccountStanding, numbers)
    roles = _newest(session, AccountRole, numbers)
    passwords = _newest(session, AccountSecret, numbers, _of_kind(SecretKind.PASSWORD))
    factors = _newest(session, AccountSecret, numbers, _of_kind(SecretKind.SECOND_FACTOR, SecretKind.NO_SECOND_FACTOR))
    for account, number in zip(listed, numbers, strict=True):
        password, factor = passwords.get(number), factors.get(number)
        told.append(
            Known(
                number=number,
                name=account.name,
                full_name=account.full_name,
                state=AccountState(states[number].state) if number in states else AccountState.CLOSED,
                grant=_grant(roles.get(number), today),
                to_change=password is not None and password.to_change,
                second_factor=factor is not None and factor.kind == SecretKind.SECOND_FACTOR.value,
            )
        )
    return told


def _of_kind(*kinds: SecretKind) -> ColumnElement[bool]:
    return col(AccountSecret.kind).in_([kind.value for kind in kinds])


def _newest(session: Session, table: type[T], numbers: list[int], *those: ColumnElement[bool]) -> dict[int, T]:
    """The newest record of each account, of those that are meant."""
    ids = select(func.max(col(table.id))).where(col(table.account_id).in_(numbers), *those).group_by(col(table.account_id))
    return {each.account_id: each for each in session.execute(select(table).where(col(table.id).in_(ids))).scalars()}


def _grant(record: AccountRole | None, today: date) -> Grant | None:
    """The role as it holds today."""
    if record is None or record.state != Declared.MADE.value or record.day_from > today:
        return None
    if record.day_to is not None and record.day_to < today:
        return None
    areas = None if record.areas is None else frozenset(record.areas)
    return Grant(Role(record.role), areas, record.day_from, record.day_to, record.acting, record.document)

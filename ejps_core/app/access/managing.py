"""What the provincial IT does with accounts: makes them, gives roles, closes them, helps who lost a password."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ejps_core.app.access import second_factor
from ejps_core.app.access.accounts import (
    Grant,
    Known,
    accounts,
    by_name,
    by_number,
    give_role,
    make_account,
    set_password,
    set_state,
)
from ejps_core.app.access.identities import Linked, link, links, unlink
from ejps_core.app.access.sessions import end_sessions
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words
from ejps_core.registry.district import district_code
from ejps_core.store.acts import Purpose, Role
from ejps_core.store.opening import open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store
from ejps_core.store.words import AccountState, IdentityKind

SYLLABLES = tuple(f"{c}{v}" for c in "bdfghjklmnprst" for v in "aeiou")
WORDS, LONG = 4, 4


def new_password() -> str:
    """A password that can be read out over the telephone: four made-up words, about 98 bits."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(LONG)) for _ in range(WORDS))


def listed(store: Store, at: datetime) -> tuple[Known, ...]:
    """All accounts."""
    with store.reading() as session:
        return accounts(session, day_in_gorontalo(at))


def made(store: Store, scope: Scope, name: str, full_name: str, grant: Grant, at: datetime) -> tuple[int, str]:
    """A new account: its number, and its first password, shown this once."""
    password = new_password()
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        return make_account(work, name, full_name, grant, password), password


def role_given(store: Store, scope: Scope, number: int, grant: Grant, at: datetime) -> None:
    """Gives an account another role; its sessions end, so that nobody goes on in the old one."""
    _known(store, number, at)
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        give_role(work, number, grant)
    end_sessions(store, number, at)


def state_set(store: Store, scope: Scope, number: int, state: AccountState, why: str, at: datetime) -> None:
    """Opens or closes an account; of a closed one all sessions end at once. Nobody closes his own."""
    _known(store, number, at)
    if number == scope.account:
        raise StoreError("account-own", Words("Akun sendiri tidak dapat ditutup.", "Nobody closes his own account."))
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at, why)) as work:
        set_state(work, number, state, why)
    end_sessions(store, number, at)


def linked(
    store: Store, scope: Scope, number: int, issuer: str, given: tuple[tuple[IdentityKind, str], ...], at: datetime
) -> None:
    """A provider of identities means this account from now on by what was given; its sessions go on."""
    _known(store, number, at)
    if not given:
        raise StoreError("identity-value", Words("Isi subject atau alamat surel.", "Give a subject or an e-mail address."))
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        for kind, value in given:
            link(work, number, issuer, kind, value)


def unlinked(store: Store, scope: Scope, number: int, at: datetime) -> None:
    """No provider means this account any more; its sessions end, whichever way they were opened."""
    _known(store, number, at)
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        unlink(work, number)
    end_sessions(store, number, at)


def links_of_all(store: Store) -> Mapping[int, tuple[Linked, ...]]:
    """What each account is known by elsewhere."""
    with store.reading() as session:
        return links(session)


def password_reset(store: Store, scope: Scope, number: int, at: datetime, *, factor_too: bool) -> str:
    """A new password for who forgot his, shown this once; factor_too: the second factor is taken away as well."""
    _known(store, number, at)
    password = new_password()
    with store.seen_by(scope).writing(scope.act(Purpose.ADMINISTRATION, at)) as work:
        set_password(work, number, password, to_change=True)
        if factor_too:
            second_factor.turn_off(work, number, "diatur ulang TI provinsi")
    end_sessions(store, number, at)
    return password


def _known(store: Store, number: int, at: datetime) -> Known:
    with store.reading() as session:
        found = by_number(session, number, day_in_gorontalo(at))
    if found is None:
        raise StoreError("account-unknown", Words("Tidak ada akun itu.", "There is no such account."))
    return found


@dataclass(frozen=True, slots=True)
class Desk:
    """The same from the command line, which acts without an account of its own."""

    options: StoreOptions
    actor: Actor

    def add(self, name: str, full_name: str, role: Role, district: str | None) -> str | Diagnostic:
        """A new account; its first password."""

        def done() -> str:
            areas = None if district is None else frozenset({str(or_problem(district_code(district)))})
            with open_store(place_of(self.options)) as store:
                scope, at = self._scope(), now()
                return made(store, scope, name, full_name, Grant(role, areas, day_in_gorontalo(at)), at)[1]

        return attempt(done)

    def reset(self, name: str, *, factor_too: bool) -> str | Diagnostic:
        """A new password for an account."""

        def done() -> str:
            with open_store(place_of(self.options)) as store:
                at = now()
                with store.reading() as session:
                    found = by_name(session, name, day_in_gorontalo(at))
                if found is None:
                    raise StoreError("account-unknown", Words("Tidak ada akun itu.", "There is no such account."))
                return password_reset(store, self._scope(), found.number, at, factor_too=factor_too)

        return attempt(done)

    def listed(self) -> tuple[Known, ...] | Diagnostic:
        """All accounts."""

        def found() -> tuple[Known, ...]:
            with open_store(place_of(self.options)) as store:
                return listed(store, now())

        return attempt(found)

    def _scope(self) -> Scope:
        return Scope(act_of(self.actor, Purpose.ADMINISTRATION).who, self.actor.role, None)


def or_problem(found: object) -> object:
    """What was found; StoreError if it is a finding."""
    if isinstance(found, Diagnostic):
        raise StoreError(found.code, found.words, found.mend)
    return found

"""Who uses the service: accounts made in its store, sessions of browsers, tokens of programs; signing in is not measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ejps_core.app.access.accounts import Grant, by_name, make_account
from ejps_core.app.access.rights import RIGHTS
from ejps_core.app.access.sessions import open_session, scope_of
from ejps_core.app.access.tokens import make_token
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.app.stores import Actor, StoreOptions, act_of, place_of
from ejps_core.store.acts import OF_ONE_DISTRICT, Purpose, Role
from ejps_core.store.opening import open_store

DISTRICTS = ("75.01", "75.02", "75.03", "75.04", "75.05", "75.71")
BROWSING = (Role.DISTRICT, Role.DISTRICT, Role.HEAD, Role.PROVINCE, Role.LEADER, Role.AUDITOR, Role.SYSTEM, Role.VERIFIER)
"""The roles of those who look at pages; district operators are the most."""
PASSWORD = "beban uji sembilan laut"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a session and a token. district: his own, where he has one."""

    name: str
    role: Role
    district: str | None
    session: str
    token: str

    @property
    def as_browser(self) -> dict[str, str]:
        """The headers of his browser."""
        return {"Cookie": f"ejps_session={self.session}", "Sec-Fetch-Site": "same-origin"}

    @property
    def as_program(self) -> dict[str, str]:
        """The headers of his program."""
        return {"Authorization": f"Bearer {self.token}"}


def crowd(options: StoreOptions, roles: tuple[Role, ...], count: int, name: str) -> tuple[Person, ...]:
    """So many people, each with an account of his own; roles and districts in turns."""
    return tuple(
        _person(options, f"{name}-{place}", roles[place % len(roles)], DISTRICTS[place % len(DISTRICTS)])
        for place in range(count)
    )


def _person(options: StoreOptions, name: str, role: Role, district: str) -> Person:
    at, own = now(), district if role in OF_ONE_DISTRICT else None
    act = act_of(Actor("Uji beban", Role.SYSTEM), Purpose.ADMINISTRATION)
    with open_store(place_of(options)) as store:
        with store.writing(act) as work:
            grant = Grant(role, None if own is None else frozenset({own}), date(2020, 1, 1))
            make_account(work, name, f"Uji {name}", grant, PASSWORD, to_change=False)
        with store.reading() as session:
            known = by_name(session, name, day_in_gorontalo(at))
        assert known is not None
        with store.writing(act) as work:
            rights = frozenset(str(each) for each in RIGHTS[role])
            _, token = make_token(work, scope_of(known), "beban", rights, act.at + timedelta(days=1))
        return Person(name, role, own, open_session(store, known.number, "", at, two_factors=False), token)

"""Signing in: lock-out, the second factor, codes that work once, sessions that end; unknown accounts are told alike."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pyotp
import pytest
from fastapi.testclient import TestClient

from ejps_core.app.access import own
from ejps_core.app.access.accounts import Grant, by_name, give_role
from ejps_core.app.access.managing import password_reset, state_set
from ejps_core.app.access.sessions import IDLE, LONGEST, scope_of, visit_of
from ejps_core.app.access.signing_in import LOCKED_FOR, MOST_WRONG, Credentials, sign_in
from ejps_core.app.access.tokens import scope_of_token
from ejps_core.app.moments import day_in_gorontalo, now
from ejps_core.service.known import Known
from ejps_core.store.acts import Role
from ejps_core.store.opening import StorePlace, create_store
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import Scope
from ejps_core.store.session import Store
from ejps_core.store.words import AccountState
from tests.service.office import ADDRESS, IT, OWN, PASSWORD, Office, form_proof, make_accounts, name_of

NAME = name_of(Role.DISTRICT)
ADMIN = Scope("TI", Role.SYSTEM, None, 999)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with accounts, as nobody sees it."""
    with create_store(StorePlace(str(tmp_path / "s.db"), tmp_path / "keys", tmp_path / "files"), IT) as made:
        make_accounts(made)
        return made.seen_by(None)


def number_of(store: Store, name: str = NAME) -> int:
    with store.reading() as session:
        known = by_name(session, name, day_in_gorontalo(now()))
    assert known is not None
    return known.number


def code(store: Store, **given: str) -> str:
    """With which code signing in is refused; '' if it is not."""
    try:
        sign_in(store, Credentials(**{"name": NAME, "password": PASSWORD} | given), now())
    except StoreError as problem:
        return problem.finding.code
    return ""


def test_who_is_unknown_and_who_is_wrong_are_told_the_same(store: Store) -> None:
    assert code(store) == ""
    said = []
    for given in ({"password": "salah sama sekali"}, {"name": "tidak-ada"}, {"name": ""}):
        with pytest.raises(StoreError) as problem:
            sign_in(store, Credentials(**{"name": NAME, "password": PASSWORD} | given), now())
        said.append(problem.value.finding)
    assert said[0] == said[1] == said[2]


def test_too_many_wrong_attempts_lock_the_account_for_a_while(store: Store) -> None:
    at = now()
    for _ in range(MOST_WRONG):
        with pytest.raises(StoreError, match="wrong"):
            sign_in(store, Credentials(NAME, "salah"), at)
    with pytest.raises(StoreError, match="locked"):
        sign_in(store, Credentials(NAME, PASSWORD), at + LOCKED_FOR - timedelta(seconds=1))
    assert sign_in(store, Credentials(NAME, PASSWORD), at + LOCKED_FOR + timedelta(seconds=1)).token
    assert sign_in(store, Credentials(name_of(Role.AUDITOR), PASSWORD), at).token


def test_a_session_ends_unused_and_after_a_day_of_work(store: Store) -> None:
    at = now()
    token = sign_in(store, Credentials(NAME, PASSWORD), at).token
    assert visit_of(store, token, at + IDLE) is None
    seen = at
    while seen < at + LONGEST - IDLE:
        seen += IDLE - timedelta(minutes=1)
        known = Known(store)
        assert known.visit(token, seen) is not None
        known.close()  # that it was used is noted beside the request
    assert visit_of(store, token, at + LONGEST) is None
    assert visit_of(store, token + "x", at) is None


def test_the_session_itself_is_nowhere_in_the_database(store: Store, tmp_path: Path) -> None:
    token = sign_in(store, Credentials(NAME, PASSWORD), now()).token
    whole = b"".join(path.read_bytes() for path in tmp_path.glob("s.db*"))
    assert token.encode() not in whole
    assert PASSWORD.encode() not in whole


def test_what_ends_sessions_at_once(store: Store) -> None:
    at, number = now(), number_of(store)

    def signed_in(password: str = PASSWORD) -> str:
        return sign_in(store, Credentials(NAME, password), at).token

    kept, other = signed_in(), signed_in()
    visit = visit_of(store, kept, at)
    assert visit is not None
    own.change_password(store, visit.scope, PASSWORD, "gunung kidul sore hari", at, visit.session)
    assert visit_of(store, kept, at) is not None
    assert visit_of(store, other, at) is None
    with pytest.raises(StoreError, match="wrong"):
        sign_in(store, Credentials(NAME, PASSWORD), at)
    given = password_reset(store, ADMIN, number, at, factor_too=False)
    assert visit_of(store, kept, at) is None
    again = signed_in(given)
    state_set(store, ADMIN, number, AccountState.CLOSED, "pindah tugas", at)
    assert visit_of(store, again, at) is None
    with pytest.raises(StoreError, match="wrong"):
        signed_in(given)


def test_a_role_that_is_over_lets_nobody_in(store: Store) -> None:
    at, number = now(), number_of(store, name_of(Role.HEAD))
    today = day_in_gorontalo(at)
    with store.writing(IT) as work:
        give_role(work, number, Grant(Role.HEAD, frozenset({OWN}), date(2020, 1, 1), today, True, "SK Plt. 7/2026"))
    token = sign_in(store, Credentials(name_of(Role.HEAD), PASSWORD), at).token
    assert visit_of(store, token, at) is not None
    with pytest.raises(StoreError, match="wrong"):
        sign_in(store, Credentials(name_of(Role.HEAD), PASSWORD), at + timedelta(days=1))
    with pytest.raises(StoreError, match="letter"), store.writing(IT) as work:
        give_role(work, number, Grant(Role.HEAD, frozenset({OWN}), today, None, True))
    with pytest.raises(StoreError, match="exactly one district"), store.writing(IT) as work:
        give_role(work, number, Grant(Role.DISTRICT, None, today))


def test_the_second_factor_and_codes_that_work_once(store: Store) -> None:
    at = now()
    visit = visit_of(store, sign_in(store, Credentials(NAME, PASSWORD), at).token, at)
    assert visit is not None
    seed, address = own.second_factor_seed(store, visit.scope, at)
    assert address.startswith("otpauth://totp/e-JPS:")
    with pytest.raises(StoreError, match="doesn't match"):
        own.turn_on(store, visit.scope, seed, "000000", at)
    with pytest.raises(StoreError, match="doesn't match"):
        own.turn_on(store, visit.scope, "!!!", "000000", at)
    recovery = own.turn_on(store, visit.scope, seed, pyotp.TOTP(seed).at(at), at)
    assert len(set(recovery)) == 10

    def with_code(given: str, later: int = 60) -> str:
        return sign_in(store, Credentials(NAME, PASSWORD, given), at + timedelta(seconds=later)).token

    with pytest.raises(StoreError, match="Give the code"):
        with_code("")
    right = pyotp.TOTP(seed).at(at + timedelta(seconds=60))
    assert with_code(right)
    for wrong in (right, "123456", "zzzzzz-zzzzzz"):
        with pytest.raises(StoreError, match="wrong"):
            with_code(wrong)
    assert with_code(recovery[3])
    with pytest.raises(StoreError, match="wrong"):
        with_code(recovery[3])
    late = pyotp.TOTP(seed).at(at + timedelta(minutes=3))
    with pytest.raises(StoreError, match="wrong"):
        with_code(late, 360)


def test_the_seed_lies_sealed(store: Store, tmp_path: Path) -> None:
    at = now()
    visit = visit_of(store, sign_in(store, Credentials(NAME, PASSWORD), at).token, at)
    assert visit is not None
    seed, _ = own.second_factor_seed(store, visit.scope, at)
    own.turn_on(store, visit.scope, seed, pyotp.TOTP(seed).at(at), at)
    assert seed.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("s.db*"))


def test_a_token_ends_by_itself(store: Store) -> None:
    at = now()
    with store.reading() as session:
        known = by_name(session, NAME, day_in_gorontalo(at))
    assert known is not None
    _, token = own.new_token(store, scope_of(known), "uji", frozenset({"lists.see"}), at + timedelta(days=1), at, True)
    found = scope_of_token(store, token, at)
    assert found is not None and found.rights == frozenset({"lists.see"}) and found.areas == frozenset({OWN})
    assert scope_of_token(store, token, at + timedelta(days=1)) is None
    assert scope_of_token(store, token[:-1] + "x", at) is None
    with pytest.raises(StoreError, match="a year"):
        own.new_token(store, scope_of(known), "uji", frozenset({"lists.see"}), at + timedelta(days=400), at, True)
    with pytest.raises(StoreError, match="makes no tokens"):
        own.new_token(store, scope_of(known), "uji", frozenset({"lists.see"}), at + timedelta(days=1), at, False)


@pytest.mark.parametrize("weak", ["pendek", "aaaaaaaaaaaaaaaa", "x" * 300, f"rahasia {NAME} kita"])
def test_weak_passwords_are_refused(store: Store, weak: str) -> None:
    at = now()
    visit = visit_of(store, sign_in(store, Credentials(NAME, PASSWORD), at).token, at)
    assert visit is not None
    with pytest.raises(StoreError):
        own.change_password(store, visit.scope, PASSWORD, weak, at, None)


def test_a_password_of_somebody_else_has_to_be_changed_first(here: Office) -> None:
    it = here.browser(name_of(Role.SYSTEM))
    asked = {"name": "baru", "full_name": "Orang Baru", "role": "district", "areas": [OWN]}
    made = it.ask("POST", "/api/v1/accounts", json=asked).json()
    new = here.browser("baru", made["password"])
    assert new.get("/api/v1/lists").json()["code"] == "password-to-change"
    page = new.get("/akun").text
    own_one = "sungai jernih di hulu"
    given = {"csrf": form_proof(page), "old": made["password"], "new": own_one, "again": own_one}
    assert new.client.post("/akun/sandi", data=given).status_code == 200
    assert new.get("/api/v1/lists").status_code == 200


def test_signing_out_ends_the_session_wherever_its_cookie_is(here: Office) -> None:
    browser = here.browser(NAME)
    stolen = dict(browser.client.cookies)
    assert browser.client.post("/keluar", data={"csrf": form_proof(browser.get("/akun").text)}).status_code == 200
    thief = TestClient(here.app, base_url=ADDRESS, cookies=stolen)
    assert thief.get("/api/v1/lists").status_code == 401


def test_the_page_leads_back_to_where_one_wanted_to_be(here: Office) -> None:
    here.client.cookies.clear()
    page = here.client.get("/daftar")
    assert str(page.url).endswith("/masuk?ke=/daftar")
    given = {"csrf": form_proof(page.text), "name": NAME, "password": PASSWORD}
    for to, goes in (("/daftar", "/daftar"), ("https://jahat.example", "/"), ("//jahat.example", "/"), ("/\\x", "/")):
        answer = here.client.post("/masuk", data=given | {"ke": to}, follow_redirects=False)
        assert answer.headers["location"] == goes
        here.client.cookies.delete("ejps_session")
        given["csrf"] = form_proof(here.client.get("/masuk").text)
    here.client.cookies.clear()


def test_the_picture_for_a_telephone_is_ours(here: Office) -> None:
    page = here.browser(NAME).get("/akun/faktor-kedua").text
    assert "<svg" in page
    assert re.search(r'name="seed" value="[A-Z2-7]{32}"', page)

"""Signing in by a provider of identities: a real one, in a process of its own; what is not proven opens nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.access import managing, own
from ejps_core.app.access.sessions import visit_of
from ejps_core.app.access.signing_in import Credentials, sign_in
from ejps_core.app.moments import now
from ejps_core.service.settings import Settings
from ejps_core.store.acts import Role
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.tables import AccountIdentity
from tests.service.identity_provider import CLIENT, SECRET, back_from, plan, provider_at_work
from tests.service.office import ADDRESS, FOREIGN, PASSWORD, Office, form_proof, name_of, office

IT = name_of(Role.SYSTEM)
OPERATOR, HEAD, AUDITOR = (name_of(role) for role in (Role.DISTRICT, Role.HEAD, Role.AUDITOR))
SUBJECTS = {OPERATOR: "s-1", HEAD: "s-head"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider_at_work() as found:
        yield found


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[Office]:
    """A service that trusts the provider; two accounts are linked by their subjects."""
    settings = {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_name": "SSO Provinsi"}
    with office(tmp_path_factory.mktemp("o"), public_url=ADDRESS, oidc_issuer=issuer, **settings) as made:
        it = made.browser(IT)
        for name, subject in SUBJECTS.items():
            asked = it.ask("PUT", f"/api/v1/accounts/{number_of(made, name)}/identity", json={"subject": subject})
            assert asked.status_code == 204, asked.text
        yield made


@pytest.fixture(autouse=True)
def as_it_should_be(issuer: str) -> None:
    plan(issuer)


def number_of(here: Office, name: str) -> int:
    return next(each.number for each in managing.listed(here.store.seen_by(EVERYWHERE), now()) if each.name == name)


def begun(here: Office, to: str = "/daftar") -> tuple[TestClient, str]:
    """A browser that went to the provider, and where it is sent back to."""
    client = TestClient(here.app, base_url=ADDRESS)
    there = client.get("/masuk/oidc", params={"ke": to}, follow_redirects=False)
    assert there.status_code == 303, there.text
    return client, back_from(there.headers["location"])


def come_back(here: Office, **plan_of: Any) -> tuple[TestClient, Any]:
    """The whole way, and the last answer."""
    client, back = begun(here)
    return client, client.get(back, follow_redirects=False)


def code_of(answer: Any) -> str:
    found = re.search(r"belum|tidak tertaut|tidak dapat dipercaya|kedaluwarsa|tidak mengizinkan|salah", answer.text)
    return "" if found is None else found[0]


def signed_in_as(client: TestClient) -> str:
    answer = client.get("/api/v1/session")
    return str(answer.json()["who"]) if answer.status_code == 200 else ""


def test_who_is_linked_comes_in_where_he_wanted_to_be(here: Office) -> None:
    assert "SSO Provinsi" in here.client.get("/masuk?ke=/daftar").text
    client, answer = come_back(here)
    assert (answer.status_code, answer.headers["location"]) == (303, "/daftar")
    assert signed_in_as(client) == "district 75.03"
    assert "ejps_oidc" not in client.cookies


def test_what_the_browser_takes_along_is_a_challenge_and_no_secret(here: Office) -> None:
    client = TestClient(here.app, base_url=ADDRESS)
    there = client.get("/masuk/oidc", follow_redirects=False).headers["location"]
    said = {name: value[0] for name, value in parse_qs(urlsplit(there).query).items()}
    assert said["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge", "client_id"} <= set(said)
    token = client.cookies["ejps_oidc"].strip('"').split(".")[0]
    assert len(token) > 40 and token not in there and SECRET not in there


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "x" * 64}},
    "no nonce": {"without": ["nonce"]},
    "another issuer": {"claims": {"iss": "https://jahat.example"}},
    "for another client": {"claims": {"aud": "lain"}},
    "for several, given to another": {"claims": {"aud": [CLIENT, "lain"], "azp": "lain"}},
    "expired": {"claims": {"exp": 1_600_000_000, "iat": 1_599_999_000}},
    "of the future": {"claims": {"iat": 4_000_000_000, "nbf": 4_000_000_000, "exp": 4_000_000_300}},
    "no end": {"without": ["exp"]},
    "no subject": {"without": ["sub"]},
    "an empty subject": {"claims": {"sub": ""}},
    "of another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "signed by nobody": {"signed": "none"},
    "signed by another key": {"signed": "other-key"},
    "signed with the public key": {"signed": "by-public-key"},
    "an answer of another provider": {"answer": {"iss": "https://jahat.example"}},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_proven_opens_nothing(here: Office, issuer: str, case: str) -> None:
    plan(issuer, **WRONG[case])
    client, answer = come_back(here)
    assert (answer.status_code, code_of(answer)) == (401, "tidak dapat dipercaya")
    assert signed_in_as(client) == ""


def test_a_state_that_this_browser_did_not_begin_is_refused(here: Office) -> None:
    client, back = begun(here)
    _, of_another = begun(here)
    forged = re.sub(r"state=[0-9a-f]+", "state=" + "0" * 64, back)
    for asked in (of_another, forged, back.replace("state=", "other="), "/masuk/oidc/kembali"):
        mine = TestClient(here.app, base_url=ADDRESS, cookies=dict(client.cookies))
        answer = mine.get(asked, follow_redirects=False)
        assert (answer.status_code, code_of(answer)) == (401, "kedaluwarsa")
        assert signed_in_as(mine) == ""
    without_cookie = TestClient(here.app, base_url=ADDRESS)
    assert code_of(without_cookie.get(back, follow_redirects=False)) == "kedaluwarsa"


def test_a_sign_in_that_took_too_long_is_refused(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client, back = begun(here)
    provider = here.app.state.running.oidc
    clock = provider._clock
    monkeypatch.setattr(provider, "_clock", lambda: clock() + 601)
    assert code_of(client.get(back, follow_redirects=False)) == "kedaluwarsa"


def test_an_answer_works_once(here: Office) -> None:
    client, back = begun(here)
    thief = TestClient(here.app, base_url=ADDRESS, cookies=dict(client.cookies))
    assert client.get(back, follow_redirects=False).status_code == 303
    again = thief.get(back, follow_redirects=False)
    assert (again.status_code, code_of(again)) == (401, "tidak dapat dipercaya")
    assert signed_in_as(thief) == ""


def test_even_a_provider_that_takes_a_code_twice_opens_one_session(here: Office) -> None:
    from ejps_core.app.access.signing_in_elsewhere import Person, sign_in_as
    from ejps_core.store.problems import StoreError

    issuer = str(here.settings.oidc_issuer)
    person = Person(issuer, "s-1", None, False, "ab" * 32)
    assert sign_in_as(here.store, person, "", now()).token
    with pytest.raises(StoreError, match="wrong"):
        sign_in_as(here.store, person, "", now())


def test_who_did_not_consent_is_told(here: Office, issuer: str) -> None:
    plan(issuer, answer={"error": "access_denied"})
    _, answer = come_back(here)
    assert (answer.status_code, code_of(answer)) == (401, "tidak mengizinkan")


def test_nobody_gets_an_account_by_signing_in(here: Office, issuer: str) -> None:
    before = len(managing.listed(here.store.seen_by(EVERYWHERE), now()))
    unverified = {"email": "auditor@contoh.go.id", "email_verified": False}
    for said in ({}, unverified, unverified | {"email_verified": "true"}):
        plan(issuer, claims={"sub": "nobody"} | said)
        client, answer = come_back(here)
        assert (answer.status_code, code_of(answer)) == (401, "tidak tertaut")
        assert signed_in_as(client) == ""
    assert len(managing.listed(here.store.seen_by(EVERYWHERE), now())) == before


def test_a_verified_address_leads_to_its_account_until_the_subject_is_known(here: Office, issuer: str) -> None:
    number = number_of(here, AUDITOR)
    it = here.browser(IT)
    given = {"csrf": form_proof(it.get("/pengguna").text), "email": "Auditor@Contoh.go.id"}
    assert it.client.post(f"/pengguna/{number}/identitas", data=given).status_code == 200
    unverified = {"sub": "s-aud", "email": "auditor@contoh.go.id", "email_verified": False}
    plan(issuer, claims=unverified)
    assert code_of(come_back(here)[1]) == "tidak tertaut"
    plan(issuer, claims={"sub": "s-aud"}, userinfo={"sub": "other", "email": "auditor@contoh.go.id", "email_verified": True})
    assert code_of(come_back(here)[1]) == "tidak tertaut"
    plan(issuer, claims={"sub": "s-aud"}, userinfo=unverified | {"email_verified": True})
    assert signed_in_as(come_back(here)[0]).startswith("auditor")
    plan(issuer, claims={"sub": "s-successor", "email": "auditor@contoh.go.id", "email_verified": True})
    assert code_of(come_back(here)[1]) == "tidak tertaut"
    plan(issuer, claims={"sub": "s-aud"})
    client = come_back(here)[0]
    assert signed_in_as(client).startswith("auditor")
    assert it.ask("DELETE", f"/api/v1/accounts/{number}/identity").status_code == 204
    assert signed_in_as(client) == ""
    assert code_of(come_back(here)[1]) == "tidak tertaut"


def test_an_identity_is_one_accounts_only_and_lies_as_a_hash(here: Office) -> None:
    it = here.browser(IT)
    other = number_of(here, name_of(Role.DISTRICT, FOREIGN))
    taken = it.ask("PUT", f"/api/v1/accounts/{other}/identity", json={"subject": "s-1"})
    assert (taken.status_code, taken.json()["code"]) == (409, "identity-taken")
    assert it.ask("PUT", f"/api/v1/accounts/{other}/identity", json={}).json()["code"] == "identity-value"
    number = "750304" + "410785" + "9010"
    assert it.ask("PUT", f"/api/v1/accounts/{other}/identity", json={"subject": number}).status_code == 204
    with here.store.seen_by(EVERYWHERE).reading() as session:
        found = session.execute(select(AccountIdentity).where(col(AccountIdentity.account_id) == other)).scalars().all()
    assert number not in str([each.model_dump() for each in found])
    assert it.ask("DELETE", f"/api/v1/accounts/{other}/identity").status_code == 204


def test_an_account_with_a_second_factor_is_asked_for_it_unless_the_provider_did(here: Office, issuer: str) -> None:
    at = now()
    session = sign_in(here.store, Credentials(HEAD, PASSWORD), at).token
    visit = visit_of(here.store, session, at)
    assert visit is not None
    seed, _ = own.second_factor_seed(here.store, visit.scope, at)
    recovery = own.turn_on(here.store, visit.scope, seed, pyotp.TOTP(seed).at(at), at)
    plan(issuer, claims={"sub": SUBJECTS[HEAD]})
    client, answer = come_back(here)
    assert answer.status_code == 401 and "/masuk/oidc/kode" in answer.text
    assert signed_in_as(client) == ""
    for given, status in (("123456", 401), (recovery[0], 303)):
        said = {"csrf": form_proof(answer.text), "code": given, "ke": "/daftar"}
        answer = client.post("/masuk/oidc/kode", data=said, follow_redirects=False)
        assert answer.status_code == status
    assert signed_in_as(client) == "head 75.03"
    for shown in ({"amr": ["pwd", "mfa"]}, {"acr": "mfa"}):
        plan(issuer, claims={"sub": SUBJECTS[HEAD], **shown})
        assert signed_in_as(come_back(here)[0]) == "head 75.03"
    forged = client.post("/masuk/oidc/kode", data={"csrf": form_proof(here.client.get("/masuk").text), "code": recovery[1]})
    assert forged.status_code == 403


def test_a_provider_may_change_its_keys(here: Office, issuer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert signed_in_as(come_back(here)[0])
    plan(issuer, **{"new-key": True})
    provider = here.app.state.running.oidc
    assert code_of(come_back(here)[1]) == "tidak dapat dipercaya"
    clock = provider._clock
    monkeypatch.setattr(provider, "_clock", lambda: clock() + 61)
    assert signed_in_as(come_back(here)[0])


ELSEWHERE = {
    "another issuer": {"issuer": "https://jahat.example"},
    "tokens without TLS": {"token_endpoint": "http://203.0.113.9/token"},
    "keys of this network": {"jwks_uri": "http://169.254.169.254/latest"},
    "a file": {"userinfo_endpoint": "file:///etc/passwd"},
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_description_that_leads_elsewhere_is_not_followed(here: Office, issuer: str, case: str) -> None:
    from ejps_core.service.oidc import Provider
    from ejps_core.service.problems import RefusedError

    plan(issuer, about=ELSEWHERE[case])
    with pytest.raises(RefusedError, match="trusted"):
        Provider(here.settings).begin("/")


def test_without_a_provider_there_is_no_such_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    with office(tmp_path_factory.mktemp("without")) as plain:
        assert "/masuk/oidc" not in plain.client.get("/masuk").text
        assert plain.client.get("/masuk/oidc").status_code == 404
        assert plain.client.get("/masuk/oidc/kembali?code=x&state=y").status_code == 404
        given = {"email": "a@contoh.go.id"}
        answer = plain.browser(IT).ask("PUT", "/api/v1/accounts/1/identity", json=given)
        assert answer.json()["code"] == "identity-off"


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_issuer": "https://sso.example.go.id"},
        {"oidc_issuer": "https://sso.example.go.id", "oidc_client_id": "e-jps"},
        {"oidc_issuer": "http://sso.example.go.id", "oidc_client_id": "e-jps", "public_url": "https://jps.example.go.id"},
    ],
)
def test_a_provider_is_named_whole_and_safely(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Settings(**wrong)  # type: ignore[arg-type]

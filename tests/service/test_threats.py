"""What attackers try, one by one, that no other test tries; docs/threat-model.md names the test of each threat."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ejps_core.app.access import managing, secrets
from ejps_core.app.access.scopes import EVERYWHERE
from ejps_core.app.access.signing_in import Credentials, sign_in
from ejps_core.app.made_files import Made
from ejps_core.app.moments import now
from ejps_core.service.logs import log, set_up
from ejps_core.service.short_lived import Leaving, handed
from ejps_core.store.acts import Role
from ejps_core.store.problems import StoreError
from ejps_core.store.words import AccountState
from ejps_core.web.pages import own_path
from tests.house.sources import ROOT
from tests.service.office import ADDRESS, FOREIGN, MESSY, OWN, PASSWORD, Office, form_proof, list_and_run, name_of, office

NAME = name_of(Role.DISTRICT)
NUMBER = "750304" + "410785" + "9010"
SCRIPT = "<script>alert(1)</script>"
PICTURE = '"><img src=x onerror=alert(1)>'


def test_a_session_that_was_laid_in_a_browser_is_not_the_one_it_signs_in_with(here: Office) -> None:
    laid = {"ejps_session": "a" * 43, "ejps_before": "b" * 43}
    victim = TestClient(here.app, base_url=ADDRESS, cookies=laid)
    page = victim.get("/masuk")
    given = {"csrf": form_proof(page.text), "name": NAME, "password": PASSWORD}
    proof_of_laid = TestClient(here.app, base_url=ADDRESS, cookies=laid).post("/masuk", data=given)
    assert proof_of_laid.status_code == 403
    victim.cookies.delete("ejps_session")
    assert victim.post("/masuk", data=given, follow_redirects=False).status_code == 303
    (token,) = [each.value for each in victim.cookies.jar if each.name == "ejps_session"]
    assert token not in laid.values()
    thief = TestClient(here.app, base_url=ADDRESS, cookies=laid)
    assert thief.get("/api/v1/lists").status_code == 401


FORGED = {
    "of our form": "ejps_" + "A" * 43,
    "another prefix": "x" * 48,
    "a token without signature": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
    "nothing": "",
    "not of letters": "ejps_\xe9\xe9",
    "a very long one": "ejps_" + "A" * 8000,
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_token_opens_nothing(here: Office, case: str) -> None:
    headers = {b"Authorization": f"Bearer {FORGED[case]}".encode("latin-1")}
    browser = here.browser(NAME)
    for client in (here.client, browser.client):
        answer = client.get("/api/v1/lists", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_that_was_taken_back_or_whose_account_was_closed_opens_nothing(here: Office) -> None:
    name = name_of(Role.DISTRICT, FOREIGN)
    browser = here.browser(name)
    made = [
        browser.ask("POST", "/api/v1/account/tokens", json={"title": "uji", "rights": ["lists.see"]}).json() for _ in "ab"
    ]
    kept = [{"Authorization": f"Bearer {each['token']}"} for each in made]
    assert [here.client.get("/api/v1/lists", headers=each).status_code for each in kept] == [200, 200]
    browser.ask("DELETE", f"/api/v1/account/tokens/{made[0]['id']}")
    assert [here.client.get("/api/v1/lists", headers=each).status_code for each in kept] == [401, 200]
    number = next(each.number for each in managing.listed(here.store.seen_by(EVERYWHERE), now()) if each.name == name)
    it = here.browser(name_of(Role.SYSTEM))
    for state, status in ((AccountState.CLOSED, 401), (AccountState.OPEN, 200)):
        it.ask("PUT", f"/api/v1/accounts/{number}/state", json={"state": state.value, "why": "uji"})
        assert here.client.get("/api/v1/lists", headers=kept[1]).status_code == status
    assert browser.get("/api/v1/lists").status_code == 401, "the session ended when the account was closed"


def test_an_unknown_account_takes_as_long_as_a_wrong_password(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    real = secrets._hasher()

    class Counting:
        def verify(self, password: str, hashed: str) -> bool:
            verified.append(hashed.split("$p=", maxsplit=1)[0].split(",p=", maxsplit=1)[0])
            return real.verify(password, hashed)

        hash = staticmethod(real.hash)

    monkeypatch.setattr(secrets, "_hasher", Counting)
    for name in (NAME, "tidak-ada"):
        with pytest.raises(StoreError):
            sign_in(here.store, Credentials(name, "salah sekali ini"), now())
    assert len(verified) == 2
    assert verified[0] == verified[1], "the same work: the same parameters of argon2"


OTHER_SITES = ["https://jahat.example", "//jahat.example", "/\\jahat.example", "/\t/jahat.example", "\\/jahat.example",
               "javascript:alert(1)", "/\r\nSet-Cookie: x=y", "/é", " //jahat.example", "jahat.example"]  # fmt: skip


@pytest.mark.parametrize("to", OTHER_SITES)
def test_no_page_leads_to_another_site(here: Office, to: str) -> None:
    assert own_path(to) == "/"
    answer = here.client.get("/bahasa/id", params={"ke": to}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert f'name="ke" value="{to}"' not in here.client.get("/masuk", params={"ke": to}).text


def test_what_stands_in_a_list_is_never_markup(here: Office) -> None:
    operator = here.browser(NAME)
    lines = MESSY.replace("Ahmad", SCRIPT).splitlines()
    header = next(place for place, line in enumerate(lines) if "NIK" in line)
    quoted = PICTURE.replace('"', '""')
    lines[header] += f',"{quoted}"'
    lines[header + 1 :] = [f"{line},{SCRIPT}" for line in lines[header + 1 :]]
    name = f"{SCRIPT[:8]}.csv"
    sent = operator.ask("POST", "/api/v1/uploads", params={"name": name}, content="\n".join(lines).encode()).json()
    read = operator.done(sent["job"])
    pages = [operator.get(f"/unggahan/{sent['upload']}", params={"job": sent["job"]}).text]
    job = operator.ask("POST", "/api/v1/lists", json={"upload": sent["upload"], "mappings": read["proposed"]}).json()["job"]
    listed = operator.done(job)["list"]
    paths = (f"/daftar/{listed}", f"/daftar/{listed}/perbaiki", "/daftar", "/pekerjaan")
    pages += [operator.get(path).text for path in paths]
    assert any("&lt;script&gt;" in page or "&lt;img" in page for page in pages), "the texts are shown, as texts"
    for page in pages:
        assert "<script>alert" not in page and "<img src=x" not in page and "<script.csv" not in page


def test_what_is_asked_for_is_never_markup(here: Office) -> None:
    browser = here.browser(NAME)
    number = list_and_run(here, OWN)["list_id"]
    for path in (f"/daftar/{number}", "/daftar", "/putusan", f"/{SCRIPT}", "/masuk"):
        answer = browser.get(path, params={"ke": PICTURE, "alasan": SCRIPT, "status": SCRIPT, "cursor": SCRIPT})
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text


def test_templates_pass_nothing_on_as_markup_but_what_is_ours() -> None:
    found = [
        (path.name, expression.strip())
        for path in sorted((ROOT / "ejps_core/web/templates").glob("*.html"))
        for expression in re.findall(r"{{([^}]*\|\s*safe[^}]*)}}", path.read_text("utf-8"))
    ]
    # Attributes that a template of ours writes, and the picture of a second factor, which segno draws.
    assert set(found) <= {("parts.html", "more|safe"), ("second_factor.html", "picture|safe")}


def test_a_request_puts_no_number_and_no_second_line_into_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = '{"event": "sign-in.right", "who": "kepala"}'
    with office(tmp_path, log_level="info", log_form="json") as made:
        made.client.get(f"/daftar/{NUMBER}", follow_redirects=False)
        made.client.get(f"/a%0a{forged}%0d%1b[2J%e2%80%ae")
        made.client.post("/api/v1/session", json={"name": f"x\n{forged}", "password": NUMBER})
        made.client.get("/api/v1/lists", headers={"User-Agent": NUMBER, "X-Forwarded-For": f"{NUMBER}, x"})
        log().error(f"defect\n{forged}", path=f"/a\n{forged}")
    set_up("text", "error")
    log().error(f"defect\n{forged}", path=f"/a\n{forged}")
    as_text = capsys.readouterr().err.splitlines()
    as_json = [json.loads(each) for each in as_text[:-1]]
    assert len([each for each in as_json if each["event"] == "request"]) == 4
    assert "sign-in.right" not in {each["event"] for each in as_json}
    assert "defect" in as_text[-1] and forged in as_text[-1]
    whole = "".join(as_text)
    assert NUMBER not in whole and NUMBER[4:12] not in whole
    assert not re.search("[\x00-\x1f\x1b\u202e]", whole)


NAMES = ["../../etc/x.csv", "..\\..\\x.csv", "a\r\nSet-Cookie: x=y.csv", 'a".csv', "/x.csv", "x" * 500 + ".csv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_leads_nowhere_and_into_no_header(here: Office, name: str) -> None:
    browser = here.browser(NAME)
    sent = browser.ask("POST", "/api/v1/uploads", params={"name": name[-190:]}, content=MESSY.encode())
    assert sent.status_code == 202
    assert not {"set-cookie", "x"} & set(sent.headers)
    kept = browser.get(f"/api/v1/uploads/{sent.json()['upload']}").json()
    assert "/" not in kept["name"] and "\\" not in kept["name"]
    with handed(name, b"x") as path:
        assert path.parent.name.startswith("ejps-") and len(path.name) <= 100
        assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_header_can_not_be_broken_by_a_name() -> None:
    with pytest.raises(ValueError):
        Leaving(Made('a\r\nX: y".xlsx', b"")).response()


def test_a_question_to_the_database_is_a_value(here: Office) -> None:
    browser = here.browser(NAME)
    number = list_and_run(here, OWN)["list_id"]
    for text in ("' or '1'='1", "'; drop table lists; --", '" or ""="', "%' union select 1 --"):
        assert browser.get("/api/v1/lists", params={"cursor": text}).status_code == 422
        assert browser.get(f"/daftar/{number}", params={"alasan": text, "status": text}).status_code < 500
    assert browser.get("/api/v1/lists").json()["total"] >= 1

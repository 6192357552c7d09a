"""The public pages: nothing where they are off; totals, a letter's code, complaints with receipts where they are on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from ejps_core.app.access.accounts import Grant, make_account
from ejps_core.app.demo_money import enable_everywhere
from ejps_core.app.stores import Actor, StoreOptions
from ejps_core.reports import family_letter
from ejps_core.reports.family_letter import LetterData
from ejps_core.store.acts import Role
from ejps_core.store.public import GROUPS, hash_of, new_code
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.tables import AuditEntry, StatusCode
from tests.service.aid_office import decreed
from tests.service.office import ADDRESS, FOREIGN, IT, OWN, PASSWORD, Browser, Office, form_proof, name_of, office
from tests.service.test_every_route import guards, routes_of

CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b")
WORDS = "Ketua RT meminta Rp20.000 tiap paket. NIK saya 7503010107809001."


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A service with public pages, a decree in each of two districts, and an officer of one of them."""
    with office(tmp_path_factory.mktemp("public"), public=True, public_tries_a_minute=1000) as made:
        options = StoreOptions(opened=made.store.seen_by(EVERYWHERE))
        enable_everywhere(options, Actor("Biro P2E", Role.PROVINCE, "uji"), "jps_food_aid", date(2020, 4, 28))
        for district in (OWN, FOREIGN):
            decreed(made, district)
        grant = Grant(Role.COMPLAINTS, frozenset({FOREIGN}), date(2020, 1, 1))
        with made.store.seen_by(EVERYWHERE).writing(IT) as work:
            make_account(work, "pengaduan.04", "Nova", grant, PASSWORD, to_change=False)
        yield made


def anybody(there: Office) -> TestClient:
    """A browser of somebody who never signed in."""
    return TestClient(there.app, base_url=ADDRESS)


def sent(client: TestClient, path: str, **fields: str) -> Any:
    """A public form, as a browser sends it."""
    return client.post(path, data={"csrf": form_proof(client.get(path).text), **fields})


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The codes that are printed on letters, each with the address beside it, as the letter's template gets them."""
    found: list[tuple[str, str]] = []

    def seen(data: LetterData) -> dict[str, Any]:
        found.append((data.code, data.status_at))
        return facts(data)

    facts = family_letter.facts_of
    monkeypatch.setattr(family_letter, "facts_of", seen)
    return found


def letter(there: Office, browser: Browser) -> str:
    """A letter to a family of the own district is downloaded; the family's pseudonym."""
    number = decreed(there, OWN)["decree_id"]
    run = browser.get(f"/api/v1/decrees/{number}").json()["run"]
    pid = browser.get(f"/api/v1/runs/{run}/decisions").json()["items"][0]["pid"]
    form = {"csrf": form_proof(browser.get("/akun").text), "paper": "460/1", "why": "dikirim"}
    paper = browser.ask("POST", f"/putusan/{run}/keluarga/{pid}/surat", data=form)
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF"), paper.text[:500]
    return str(pid)


def test_where_they_are_off_there_is_nothing(here: Office) -> None:
    client = TestClient(here.app, base_url=ADDRESS)
    tried = 0
    for method, route in routes_of(here):
        path = str(route.path)
        if path.startswith(("/publik", "/api/v1/public")):
            answer = client.request(method, path.replace("{id}", "jps_food_aid"), json={})
            nowhere = client.request(method, path.replace("publi", "nirgend").replace("{id}", "x"), json={})
            assert answer.status_code == nowhere.status_code == 404, path
            tried += 1
    assert tried >= 10
    assert "/publik" not in client.get("/masuk").text


def test_without_an_account_only_these_pages_are_there(there: Office) -> None:
    client = anybody(there)
    for path in ("/publik", "/publik/program/jps_food_aid", "/publik/penerima", "/publik/status", "/publik/pengaduan"):
        assert client.get(path).status_code == 200, path
    assert "/publik" in client.get("/masuk").text
    assert client.get("/publik/program/rtlh_housing").status_code == 404, "it decides nowhere"
    text = client.get("/publik/program/jps_food_aid").text
    assert "Tidak berhak bila: <b>Menerima PKH</b>" in text and "asumsi" in text and "kunci" not in text
    assert client.get("/publik?lang=en").text.count("<h2>Programs and their rules") == 1
    assert [route.path for _, route in routes_of(there) if not guards(route.dependant)] == []


def test_totals_keep_small_numbers_back(there: Office) -> None:
    text = anybody(there).get("/publik/penerima").text
    assert "Kabupaten Bone Bolango" in text and "•" in text
    told = anybody(there).get("/api/v1/public/totals").json()
    assert {each["phase"] for each in told} == {2, 3}
    for each in told:
        numbers = [number for row in each["rows"] for number in row if number is not None]
        assert all(number == 0 or number >= 5 for number in numbers)
    second = next(each for each in told if each["phase"] == 2)
    assert second["rows"][-1][-1] is None or second["rows"][-1][-1] >= 5


def test_the_letters_code_tells_where_the_family_stands(there: Office, printed: list[tuple[str, str]]) -> None:
    operator = there.browser(name_of(Role.DISTRICT))
    pid = letter(there, operator)
    (code, address), client = printed[0], anybody(there)
    assert CODE.fullmatch(code) and address == f"{ADDRESS}/publik/status"
    shown = sent(client, "/publik/status", code=code)
    for typed in (code, code.lower().replace("-", " "), code.replace("0", "O").replace("1", "l")):
        shown = sent(client, "/publik/status", code=typed)
        assert shown.status_code == 200 and "memenuhi syarat" in shown.text
    assert "188.4/12/2020" in shown.text and pid not in shown.text
    assert not re.search(r"\d{16}", shown.text)
    names = [each["name"] for each in operator.get("/api/v1/lists").json()["items"] if each.get("name")]
    assert not any(name in shown.text for name in names)
    api = client.post("/api/v1/public/status", json={"code": code}).json()
    assert api["kind"] == "family" and api["verdict"] == "eligible" and "pid" not in api
    with there.store.seen_by(EVERYWHERE).reading() as session:
        kept = session.execute(select(StatusCode)).scalars().all()
        log = " ".join(str(each.model_dump()) for each in session.execute(select(AuditEntry)).scalars())
    plain = code.replace("-", "")
    assert hash_of(code) in {each.hash for each in kept}
    assert plain not in log and code not in log and all(plain not in str(each.model_dump()) for each in kept)


def test_without_public_pages_a_letter_bears_no_code(here: Office, printed: list[tuple[str, str]]) -> None:
    letter(here, here.browser(name_of(Role.DISTRICT)))
    assert printed == [("", "")]


def test_a_wrong_code_is_told_the_same_whatever_it_is(there: Office) -> None:
    client = anybody(there)
    said = {sent(client, "/publik/status", code=each).status_code for each in (new_code(), "x", "7503010107809001", "é")}
    assert said == {404}
    assert client.post("/publik/status", data={"code": new_code()}).status_code == 403, "without the form's own proof"
    assert client.post("/api/v1/public/status", json={"code": new_code()}).json()["code"] == "code-unknown"


def test_codes_are_long_and_their_hashes_are_not_shared() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000 and {len(each.split("-")) for each in codes} == {GROUPS}
    assert len({hash_of(each) for each in codes}) == 2000
    assert hash_of("ABCD-EFGH-JKMN-PQR") is None and hash_of("ABCD-EFGH-JKMN-PQR*") is None


def test_whoever_tries_codes_is_slowed_down(tmp_path: Any) -> None:
    with office(tmp_path, public=True, public_tries_a_minute=3, public_a_minute=8) as made:
        client = anybody(made)
        answers = [client.post("/api/v1/public/status", json={"code": new_code()}) for _ in range(4)]
        assert [each.status_code for each in answers] == [404, 404, 404, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert [client.get("/publik").status_code for _ in range(9)] == [200] * 8 + [429]


def test_a_complaint_is_answered_and_its_author_reads_it(there: Office, printed: list[tuple[str, str]]) -> None:
    client, officer = anybody(there), there.browser(name_of(Role.COMPLAINTS))
    pid, own = letter(there, there.browser(name_of(Role.DISTRICT))), printed[0][0]
    receipt = sent(client, "/publik/pengaduan", district=OWN, program="jps_food_aid", words=WORDS, code=own)
    code = CODE.search(receipt.text)
    assert receipt.status_code == 200 and code is not None and code[0] != own
    waiting = officer.get("/api/v1/complaints").json()["items"]
    one = next(each for each in waiting if each["pid"] == pid)
    assert "7503010107809001" not in one["words"] and "Rp20.000" in one["words"], "long numbers are masked, amounts stay"
    assert "sedang diperiksa" not in sent(client, "/publik/status", code=code[0]).text
    page = officer.get(f"/pengaduan/{one['number']}").text
    assert f"/keluarga/{pid}" in page
    path = f"/pengaduan/{one['number']}/langkah"
    form = {"csrf": form_proof(page), "words": "Sudah ditegur; potongan dikembalikan."}
    assert officer.ask("POST", path, data=form).status_code == 422
    assert officer.ask("POST", path, data=form | {"act": "answered", "words": " "}).status_code == 422
    assert officer.ask("POST", path, data=form | {"act": "answered"}).status_code == 200
    shown = sent(client, "/publik/status", code=code[0]).text
    assert "potongan dikembalikan" in shown and "dijawab" in shown
    assert name_of(Role.COMPLAINTS) not in shown and pid not in shown
    assert one["number"] not in {each["number"] for each in officer.get("/api/v1/complaints").json()["items"]}
    assert one["number"] in {each["number"] for each in officer.get("/api/v1/complaints?every=true").json()["items"]}
    assert f"/pengaduan/{one['number']}" in officer.get("/pengaduan?semua=true").text


def test_an_officer_of_another_district_does_not_see_it(there: Office) -> None:
    code = anybody(there).post("/api/v1/public/complaints", json={"district": OWN, "words": "beras basah"}).json()["code"]
    told = anybody(there).post("/api/v1/public/status", json={"code": code}).json()
    assert told["kind"] == "complaint" and told["state"] == "received" and told["steps"] == []
    foreign = there.browser("pengaduan.04")
    assert told["number"] not in {each["number"] for each in foreign.get("/api/v1/complaints?every=true").json()["items"]}
    step = {"act": "taken", "words": "x"}
    for number in (told["number"], 9999):
        assert foreign.get(f"/pengaduan/{number}").status_code == 404
        answer = foreign.ask("POST", f"/api/v1/complaints/{number}/steps", json=step)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_what_is_wrong_of_a_complaint_is_said_and_what_was_typed_stays(there: Office) -> None:
    client = anybody(there)
    for fields, status in (
        ({"district": "", "words": "beras basah"}, 422), ({"district": "75.99", "words": "beras basah"}, 422),
        ({"district": OWN, "words": "beras basah", "code": new_code()}, 404),
    ):  # fmt: skip
        answer = sent(client, "/publik/pengaduan", **fields)
        assert answer.status_code == status and "beras basah" in answer.text and CODE.search(
            answer.text.replace("ABCD-EFGH-JKMN-PQRS", "").replace(fields.get("code", "-"), "")
        ) is None  # fmt: skip
    hostile = sent(client, "/publik/pengaduan", district=OWN, words="<script>alert(1)</script>")
    assert hostile.status_code == 200 and "<script>alert" not in hostile.text


def test_a_family_has_its_history_and_its_objection(there: Office) -> None:
    operator = there.browser(name_of(Role.DISTRICT))
    number = decreed(there, OWN)["decree_id"]
    run = operator.get(f"/api/v1/decrees/{number}").json()["run"]
    pid = operator.get(f"/api/v1/runs/{run}/decisions").json()["items"][0]["pid"]
    path = f"/putusan/{run}/keluarga/{pid}"
    page = operator.get(path).text
    assert "Tercantum sebagai penerima pada keputusan 188.4/12/2020" in page
    kinds = [each["kind"] for each in operator.get(f"/api/v1/runs/{run}/families/{pid}/happenings").json()["items"]]
    assert kinds[0] == "decree"
    form = {"csrf": form_proof(page), "known_on": "2020-07-21", "filed_on": "2020-07-22", "document": "S-1"}
    assert operator.ask("POST", f"{path}/keberatan", data=form).status_code == 422
    filed = operator.ask("POST", f"{path}/keberatan", data=form | {"grounds": "data keliru"}, follow_redirects=False)
    assert filed.status_code == 303 and "keberatan=" in filed.headers["location"]
    assert "data keliru" in operator.get(path).text and "data keliru" in operator.get("/keberatan").text
    complaints = there.browser(name_of(Role.COMPLAINTS))
    assert f'action="{path}/surat"' not in complaints.get(path).text
    refused = complaints.ask("POST", f"/api/v1/runs/{run}/families/{pid}/letter", json={"why": "uji"})
    assert refused.status_code == 403

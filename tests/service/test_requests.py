"""What every request meets: proofs, origins, limits, problems in both languages, pages of a listing, once-only requests."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ejps_core.service import envelope
from ejps_core.service.envelope import policy
from ejps_core.service.guard import form_token, is_form_token
from ejps_core.service.logs import redacted
from ejps_core.service.rates import Rates
from ejps_core.service.settings import Settings
from ejps_core.service.together import Together
from ejps_core.store.acts import Role
from tests.apart import run_apart
from tests.service.office import ADDRESS, FOREIGN, MESSY, OWN, PASSWORD, Office, form_proof, list_and_run, name_of, office

NAME = name_of(Role.DISTRICT)
BIG = "x" * (26 << 20)


def _forged(proof: str) -> str:
    """The same with another letter in the midst of its seal."""
    return f"{proof[:-9]}{'a' if proof[-9] != 'a' else 'b'}{proof[-8:]}"


def test_a_change_by_cookie_needs_its_proof(here: Office) -> None:
    browser = here.browser(NAME)
    for proof in ("", "x", "x.y", _forged(browser.proof["X-CSRF-Token"]), form_token("another session")):
        headers = {"X-CSRF-Token": proof} if proof else {}
        answer = browser.client.post("/api/v1/uploads?name=a.csv", content=b"x", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert browser.client.post("/unggahan/baru", data={"csrf": "x.y"}).status_code == 403


def test_each_proof_is_another_and_all_hold() -> None:
    one, two = form_token("session"), form_token("session")
    assert one != two
    assert is_form_token("session", one) and is_form_token("session", two)
    assert not is_form_token("other", one)


def test_other_sites_are_refused(here: Office) -> None:
    browser = here.browser(NAME)
    for headers in ({"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = browser.ask("POST", "/api/v1/uploads?name=a.csv", content=b"x", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin")
    assert here.client.post("/api/v1/session", json={"name": NAME, "password": PASSWORD},
                            headers={"Origin": "https://jahat.example"}).status_code == 403  # fmt: skip


def test_problems_have_codes_and_words_in_both_languages(here: Office) -> None:
    browser = here.browser(NAME)
    for path, status, code in (
        ("/api/v1/lists/9999", 404, "list-unknown"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/lists?limit=0", 422, "request-invalid"),
        ("/api/v1/lists?cursor=xx", 422, "cursor"),
        ("/api/v1/runs/x", 422, "request-invalid"),
    ):
        answer = browser.get(path)
        told = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
        assert told["type"] == f"urn:ejps:{code}"
        assert told["words"]["id"] != told["words"]["en"]
        assert told["title"] == told["words"]["id"]
    english = browser.get("/api/v1/lists/9999", headers={"Accept-Language": "en-GB,en;q=0.9"}).json()
    assert english["title"] == english["words"]["en"]


def test_a_problem_repeats_no_value_that_was_sent(here: Office) -> None:
    answer = here.browser(NAME).get("/api/v1/lists?limit=7504044107859010")
    assert "7504044107859010" not in answer.text


def test_a_listing_comes_in_pages(here: Office) -> None:
    run = list_and_run(here, OWN)["run_id"]
    browser, seen, cursor = here.browser(NAME), [], None
    while True:
        query = {"limit": 1} | ({} if cursor is None else {"cursor": cursor})
        page = browser.get(f"/api/v1/runs/{run}/decisions", params=query).json()
        seen += [each["position"] for each in page["items"]]
        assert page["total"] == 3
        if (cursor := page["next"]) is None:
            break
    assert seen == [1, 2, 3]


def test_a_request_with_a_key_is_done_once(here: Office) -> None:
    number = list_and_run(here, OWN)["list_id"]
    browser = here.browser(NAME)
    asked = {"programs": ["jps_food_aid"], "on": "2020-07-16"}
    jobs = {
        browser.ask("POST", f"/api/v1/lists/{number}/runs", json=asked, headers={"Idempotency-Key": "satu"}).json()["job"]
        for _ in range(3)
    }
    assert len(jobs) == 1
    other = browser.ask(
        "POST", f"/api/v1/lists/{number}/runs", json=asked | {"on": "2020-07-17"}, headers={"Idempotency-Key": "satu"}
    )
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")
    wrong = {"Idempotency-Key": "dua"}
    assert browser.ask("POST", "/api/v1/lists/9999/runs", json=asked, headers=wrong).status_code == 404
    assert browser.ask("POST", f"/api/v1/lists/{number}/runs", json=asked, headers=wrong).status_code == 202


UPLOADS = {
    "empty": ("a.csv", b"", 422, "upload-empty"),
    "of no kind that is read": ("a.exe", b"MZ", 415, "upload-kind"),
    "too large": ("a.csv", BIG.encode(), 413, "upload-too-large"),
}


@pytest.mark.parametrize("case", UPLOADS)
def test_uploads_have_limits(here: Office, case: str) -> None:
    name, content, status, code = UPLOADS[case]
    answer = here.browser(NAME).ask("POST", f"/api/v1/uploads?name={name}", content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(here: Office) -> None:
    browser = here.browser(NAME)
    for path, code in (("/api/v1/uploads?name=a.csv", "upload-too-large"), ("/api/v1/decide", "upload-too-large")):
        answer = browser.ask("POST", path, content=(b"x" * (1 << 20) for _ in range(30)))
        assert (answer.status_code, answer.json()["code"]) == (413, code)


def test_an_upload_lies_sealed(here: Office) -> None:
    browser = here.browser(NAME)
    sent = browser.ask("POST", "/api/v1/uploads?name=../../rahasia.csv", content=MESSY.encode()).json()
    kept = browser.get(f"/api/v1/uploads/{sent['upload']}").json()
    assert kept["name"] == "rahasia.csv"
    place = Path(str(here.settings.files)) / "uploads" / sent["upload"]
    assert b"Ahmad" not in place.read_bytes()
    assert place.stat().st_mode & 0o077 == 0
    browser.done(sent["job"])
    assert browser.ask("DELETE", f"/api/v1/uploads/{sent['upload']}").status_code == 204
    assert not place.exists()


def test_a_broken_workbook_is_told_and_harms_nothing(here: Office) -> None:
    browser = here.browser(NAME)
    sent = browser.ask("POST", "/api/v1/uploads?name=rusak.xlsx", content=b"PK\x03\x04" + b"\0" * 500).json()
    told = browser.ended(sent["job"])
    assert told["state"] == "failed"
    assert told["problem"]["words"]["id"]
    assert here.client.get("/health/ready").status_code == 200


def test_headers_keep_browsers_safe(here: Office) -> None:
    answer = here.client.get("/masuk")
    policies = [here.client.get("/masuk").headers["content-security-policy"] for _ in range(2)]
    nonces = {nonce for each in policies for nonce in re.findall(r"'nonce-([^']+)'", each)}
    assert len(nonces) == 2
    assert "unsafe" not in policy("x")
    for name, value in (
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
    ):
        assert answer.headers[name] == value
    assert "server" not in answer.headers
    assert not re.search(r"\son\w+=|style=|javascript:", answer.text)


def test_the_cookie_is_out_of_scripts_reach(tmp_path: Path) -> None:
    with office(tmp_path, public_url="https://jps.example.go.id", host="0.0.0.0") as far:
        client = TestClient(far.app, base_url="https://jps.example.go.id")
        answer = client.post("/api/v1/session", json={"name": NAME, "password": PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-ejps_session=")
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "strict-transport-security" in answer.headers


def test_figures_are_for_the_network_of_the_settings(tmp_path: Path) -> None:
    with office(tmp_path, metrics_from="10.0.0.0/8", behind_proxy=True) as made:
        assert made.client.get("/metrics").status_code == 404
        inside = {"X-Forwarded-For": "203.0.113.9, 10.1.2.3"}
        text = made.client.get("/metrics", headers=inside).text
        assert 'ejps_requests_total{method="GET",route="/metrics",status="404"} 1.0' in text
        forged = {"X-Forwarded-For": "10.1.2.3, 203.0.113.9"}
        assert made.client.get("/metrics", headers=forged).status_code == 404


def test_too_many_attempts_from_one_address_wait(tmp_path: Path) -> None:
    with office(tmp_path, sign_ins_a_minute=3) as made:
        given = {"name": "tidak-ada", "password": "x"}
        told = [made.client.post("/api/v1/session", json=given) for _ in range(5)]
        assert [each.status_code for each in told] == [401, 401, 401, 429, 429]
        assert int(told[-1].headers["retry-after"]) > 0


def test_too_many_uploads_of_one_account_wait(tmp_path: Path) -> None:
    with office(tmp_path, uploads_a_minute=2) as made:
        browser = made.browser(NAME)
        told = [browser.ask("POST", "/api/v1/uploads?name=a.csv", content=MESSY.encode()) for _ in range(3)]
        assert [each.status_code for each in told] == [202, 202, 429]
        problem = told[-1].json()
        assert problem["code"] == "too-many-requests" and problem["words"]["id"] != problem["words"]["en"]
        assert int(told[-1].headers["retry-after"]) > 0
        page = browser.get("/unggahan/baru").text
        files = {"file": ("a.csv", MESSY.encode())}
        assert browser.client.post("/unggahan/baru", data={"csrf": form_proof(page)}, files=files).status_code == 429
        assert made.browser(name_of(Role.DISTRICT, FOREIGN)).ask(
            "POST", "/api/v1/uploads?name=a.csv", content=MESSY.encode()).status_code == 202  # fmt: skip


def test_who_guesses_tokens_waits(tmp_path: Path) -> None:
    with office(tmp_path, strangers_a_minute=10) as made:
        guess = {"Authorization": "Bearer ejps_" + "x" * 43}
        told = [made.client.get("/api/v1/lists", headers=guess).status_code for _ in range(12)]
        assert told == [401] * 10 + [429] * 2
        assert made.browser(NAME).get("/api/v1/lists").status_code == 200


def test_a_body_that_comes_too_slowly_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "PATIENCE", 0.2)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http" and send is not None
        while (await receive()).get("more_body"):
            pass

    def came(pieces: int, each: int, pause: float) -> None:
        async def receive() -> dict[str, object]:
            nonlocal pieces
            await asyncio.sleep(pause)
            pieces -= 1
            return {"type": "http.request", "body": b"x" * each, "more_body": pieces > 0}

        async def send(_: object) -> None:
            raise AssertionError("nothing is answered here")

        layer = envelope.Lengths(app, 1 << 20, envelope.Pace(60, 1000), lambda *_: Response())
        run_apart(layer({"type": "http", "path": "/", "query_string": b"", "headers": []}, receive, send))

    came(pieces=20, each=100, pause=0.02)
    with pytest.raises(HTTPException) as problem:
        came(pieces=20, each=1, pause=0.1)
    assert problem.value.status_code == 408


def test_permits_come_again() -> None:
    clock = [0.0]
    rates = Rates(Together(), lambda: clock[0])
    assert [rates.allow("x", "a", 2) > 0 for _ in range(3)] == [False, False, True]
    assert rates.allow("x", "b", 2) == 0
    clock[0] += 31
    assert rates.allow("x", "a", 2) == 0


def test_logs_hold_no_numbers_of_identity() -> None:
    event = {"event": "NIK 7504044107859010", "deep": [{"a": "7504 0441 0785 9010"}], "number": 7504044107859010, "ms": 12}
    told = str(redacted(None, "", dict(event)))
    assert "785" not in told and "9010" in told and "12" in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "0.0.0.0"},
        {"host": "0.0.0.0", "public_url": "http://jps.example.go.id"},
        {"port": 70000},
        {"workers": -1},
        {"metrics_from": "everywhere"},
        {"unknown": 1},
        {"public_url": "jps.example.go.id"},
    ],
)
def test_settings_are_checked_at_the_start(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_settings_come_from_a_file_the_environment_and_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ejps.toml"
    file.write_text("port = 9001\nworkers = 3\nupload_megabytes = 9\n", encoding="utf-8")
    monkeypatch.setenv("EJPS_SETTINGS", str(file))
    monkeypatch.setenv("EJPS_WORKERS", "4")
    found = Settings(upload_megabytes=10)
    assert (found.port, found.workers, found.upload_megabytes) == (9001, 4, 10)


def test_the_description_of_the_api_has_examples(here: Office) -> None:
    described = here.client.get("/api/v1/openapi.json").json()
    bodies = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for methods in described["paths"].values()
        for operation in methods.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    assert bodies
    page = here.browser(NAME).get("/api/docs").text
    assert "https://" not in page.replace(ADDRESS, "")
    assert "/api/v1/lists/{list_id}/cells" in page

"""Each route × role × foreign area: who lacks the right is refused, and what is foreign is not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from ejps_core.app.access.rights import RIGHTS, Right
from ejps_core.service.guard import Needs, Open, Public
from ejps_core.store.acts import Role
from tests.service.aid_office import MINUTES, SHEET, decreed
from tests.service.office import FOREIGN, OWN, Browser, Office, form_proof, list_and_run, name_of

MISSING = {
    "list_id": 9999, "run_id": 9999, "pid": "pzzzzzzzzzzzzzzz", "job_id": "jzzzzzzzzzzzzzzz",
    "upload_id": "uzzzzzzzzzzzzzzz", "token_id": "tzzzzzzzzzzzzzzz", "decree_id": 9999, "payment_id": 9999,
    "objection_id": 9999, "finding_id": 9999, "delegation_id": 9999, "handover_id": 9999,
}  # fmt: skip
PLAIN: dict[str, object] = {
    "number": 1, "id": "jps_food_aid", "language": "id", "sample_id": 9999, "report": "bnba", "complaint_id": 1,
}  # fmt: skip
"""Parameters of what belongs to no district."""
JSON: dict[str, object] = {
    "/api/v1/lists": {"upload": "uzzzzzzzzzzzzzzz"},
    "/api/v1/lists/{list_id}/cells": {"version": 1, "changes": [{"row": 5, "cells": {"NIK": "x"}}]},
    "/api/v1/lists/{list_id}/runs": {"programs": ["jps_food_aid"], "on": "2020-07-15"},
    "/api/v1/positions": {"program": "jps_food_aid", "at": "2020-10-16 08:00", "why": "uji"},
    "/api/v1/runs/{run_id}/families/{pid}/reveal": {"purpose": "verification", "why": "uji"},
    "/api/v1/runs/{run_id}/replay": {"why": "uji"},
    "/api/v1/runs/{run_id}/families/{pid}/letter": {"why": "uji"},
    "/api/v1/complaints/{complaint_id}/steps": {"act": "taken", "words": "uji"},
    "/api/v1/decrees/{decree_id}/issue": {"number": "1", "day": "2020-07-20", "signatory": "X", "office": "Bupati"},
    "/api/v1/decrees/{decree_id}/amendments": {
        "title": "uji",
        "changes": [{"kind": "remove", "family": "p", "reason": "moved", "why": "uji"}],
    },
    "/api/v1/decrees/{decree_id}/papers": {"why": "uji"},
    "/api/v1/decrees/{decree_id}/deliveries": {
        "phase": 2,
        "region": "75.03.01.2004",
        "day": "2020-08-10",
        "document": "BA",
        "sheet": SHEET,
    },
    "/api/v1/decrees/{decree_id}/payments": {"phase": 2, "family": "p", "day": "2020-08-10", "document": "TT"},
    "/api/v1/decrees/{decree_id}/holds": {"phase": 2, "family": "p", "day": "2020-08-10", "why": "uji"},
    "/api/v1/payments/{payment_id}/reason": {"reason": "uji"},
    "/api/v1/objections/{objection_id}/ruling": {"outcome": "rejected", "decided_on": "2020-08-10", "why": "uji"},
    "/api/v1/uploads/{upload_id}/password": {"password": "rahasia"},
    "/api/v1/delegations/{delegation_id}/end": {"last": "2020-08-10", "why": "uji"},
    "/api/v1/decrees/{decree_id}/handovers": {"region": "75.03.01.2004", "values": MINUTES},
    "/api/v1/decrees/{decree_id}/handovers/{handover_id}/paper": {"why": "uji"},
    "/api/v1/lists/{list_id}/determinations": {
        "program": "jps_food_aid",
        "as_of": "2020-07-15",
        "kk": "1",
        "fact": "x",
        "value": "ya",
        "determined_by": "X",
        "why": "uji",
        "document": "SPTJM",
        "on": "2020-07-15",
    },
    "/api/v1/findings/{finding_id}/steps": {"act": "follow_up", "day": "2020-10-10", "words": "uji"},
}
FORMS: dict[str, dict[str, str]] = {
    "/daftar/{list_id}/nilai": {"program": "jps_food_aid", "on": "2020-07-15"},
    "/daftar/{list_id}/perbaiki": {"version": "1", "new\x1f\x1f5\x1fNIK": "x", "old\x1f\x1f5\x1fNIK": "y"},
    "/putusan/{run_id}/keluarga/{pid}/buka": {"purpose": "verification", "why": "uji"},
    "/putusan/{run_id}/keluarga/{pid}/surat": {"why": "uji"},
    "/putusan/{run_id}/keluarga/{pid}/keberatan": {
        "grounds": "uji",
        "known_on": "2020-07-21",
        "filed_on": "2020-07-22",
        "document": "S",
    },
    "/unggahan/{upload_id}": {"job": "jzzzzzzzzzzzzzzz"},
    "/keputusan/{decree_id}/langkah": {"act": "periksa"},
    "/keputusan/{decree_id}/setujui": {"office": "Kepala Dinas Sosial"},
    "/keputusan/{decree_id}/tetapkan": {"number": "1", "day": "2020-07-20", "signatory": "X", "office": "Bupati"},
    "/unggahan/{upload_id}/sandi": {"password": "rahasia", "job": "jzzzzzzzzzzzzzzz"},
    "/penunjukan/{delegation_id}/akhiri": {"last": "2020-08-10", "why": "uji"},
    "/keputusan/{decree_id}/bast/{handover_id}/unduh": {"why": "uji"},
    "/keputusan/{decree_id}/unduh": {"report": "bnba", "form": "xlsx", "why": "uji"},
}
QUESTIONS: dict[str, dict[str, object]] = {
    "/unggahan/{upload_id}": {"job": "jzzzzzzzzzzzzzzz"},
    "/api/v1/decrees/{decree_id}/villages": {"phase": 2},
}


def routes_of(here: Office) -> list[tuple[str, RouteContext]]:
    """(method, route) of everything that can be asked; the description of the API and our own files are everybody's."""
    found = [each for each in iter_route_contexts(here.app.routes) if isinstance(each.original_route, APIRoute)]
    return [(method, route) for route in found for method in sorted(route.methods or ())]


def guards(dependant: Dependant) -> list[Needs | Open]:
    """What a route asks of whoever asks."""
    own = [dependant.call] if isinstance(dependant.call, Needs | Open) else []
    return [*own, *(each for inner in dependant.dependencies for each in guards(inner))]


def asked(browser: Browser, method: str, route: RouteContext, values: dict[str, Any]) -> Any:
    """The answer to a request of the route, as complete as it needs to be to be done."""
    path = re.sub(r"{(\w+)}", lambda found: str({**PLAIN, **values}[found[1]]), str(route.path))
    more: dict[str, Any] = {"params": QUESTIONS.get(str(route.path))}
    if method != "GET" and str(route.path).startswith("/api/"):
        more["json"] = JSON.get(str(route.path), {})
    elif method != "GET":
        proof = form_proof(browser.get("/akun").text)
        more["data"] = {"csrf": proof, **FORMS.get(str(route.path), {})}
    return browser.ask(method, path, follow_redirects=False, **more)


def code_of(answer: Any) -> str:
    """The code of what went wrong, of problem+json or of a page."""
    if "problem+json" in answer.headers.get("content-type", ""):
        return str(answer.json()["code"])
    found = re.search(r"(?:Kode|Code): ([\w-]+)", answer.text)
    return "" if found is None else found[1]


def test_there_are_routes(here: Office) -> None:
    paths = {route.path for _, route in routes_of(here)}
    assert {"/api/v1/lists/{list_id}", "/daftar/{list_id}", "/health/live"} <= paths
    assert len(paths) > 50


def test_every_route_says_what_it_needs(here: Office) -> None:
    silent = [f"{method} {route.path}" for method, route in routes_of(here) if len(guards(route.dependant)) == 0]
    assert silent == []


def test_open_routes_are_these(here: Office) -> None:
    opened = {route.path for _, route in routes_of(here) if type(guards(route.dependant)[0]) is Open}
    assert opened == {
        "/health/live",
        "/health/ready",
        "/metrics",
        "/api/v1/session",
        "/masuk",
        "/bahasa/{language}",
        "/masuk/oidc",
        "/masuk/oidc/kembali",
        "/masuk/oidc/kode",
    }
    public = {route.path for _, route in routes_of(here) if isinstance(guards(route.dependant)[0], Public)}
    assert public == {str(path) for path in public if str(path).startswith(("/publik", "/api/v1/public/"))}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_right_is_refused(here: Office, role: Role) -> None:
    values = list_and_run(here, OWN) | decreed(here, OWN)
    browser = here.browser(name_of(role))
    wrong = []
    for method, route in routes_of(here):
        needed = [each.right for each in guards(route.dependant) if isinstance(each, Needs)]
        lacking = set(needed) - RIGHTS[role]
        if not lacking:
            continue
        answer = asked(browser, method, route, values)
        if (answer.status_code, code_of(answer)) != (403, "right-missing"):
            wrong.append((method, route.path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.HEAD])
def test_what_is_foreign_is_not_there(here: Office, role: Role) -> None:
    foreign = list_and_run(here, FOREIGN) | decreed(here, FOREIGN)
    browser = here.browser(name_of(role, OWN))
    tried = 0
    for method, route in routes_of(here):
        names = set(re.findall(r"{(\w+)}", str(route.path))) & set(MISSING)
        needed = {each.right for each in guards(route.dependant) if isinstance(each, Needs)}
        if not names or not needed or needed - RIGHTS[role]:
            continue
        tried += 1
        there, nowhere = (asked(browser, method, route, values) for values in (foreign, MISSING))
        assert there.status_code == nowhere.status_code == 404, (method, route.path, there.text[:300], nowhere.text[:300])
        assert code_of(there) == code_of(nowhere) != ""
        assert _same(there.text, foreign) == _same(nowhere.text, MISSING), (method, route.path)
    assert tried > (20 if role is Role.DISTRICT else 5)


def _same(text: str, values: dict[str, Any]) -> str:
    """The answer without what is another in every request: its number, proofs, the id that was asked for."""
    text = re.sub(r'[0-9a-f]{16}\.[0-9a-f]{64}|"request":\s*"\w+"|nonce="[^"]+"|(permintaan|request) [a-p]{16}', "", text)
    for value in values.values():
        text = re.sub(rf"(?<![\w.]){re.escape(str(value))}(?![\w])", "N", text)
    return text


def test_lists_hold_only_ones_own(here: Office) -> None:
    own, foreign = list_and_run(here, OWN), list_and_run(here, FOREIGN)
    browser = here.browser(name_of(Role.DISTRICT, OWN))
    lists, runs = (browser.get(f"/api/v1/{name}").json()["items"] for name in ("lists", "runs"))
    assert own["list_id"] in {each["list"] for each in lists} and {each["district"] for each in lists} == {OWN}
    assert own["run_id"] in {each["run"] for each in runs} and foreign["run_id"] not in {each["run"] for each in runs}
    assert foreign["job_id"] not in browser.get("/api/v1/jobs").text
    both = here.browser(name_of(Role.PROVINCE)).get("/api/v1/lists").json()
    assert {each["district"] for each in both["items"]} == {OWN, FOREIGN}


def test_a_token_has_no_more_rights_than_it_was_given(here: Office) -> None:
    own = list_and_run(here, OWN)
    browser = here.browser(name_of(Role.DISTRICT, OWN))
    made = browser.ask("POST", "/api/v1/account/tokens", json={"title": "baca", "rights": [Right.SEE_LISTS.value]}).json()
    program = {"Authorization": f"Bearer {made['token']}"}
    assert here.client.get("/api/v1/lists", headers=program).status_code == 200
    run = {"programs": ["jps_food_aid"], "on": "2020-07-15"}
    refused = here.client.post(f"/api/v1/lists/{own['list_id']}/runs", headers=program, json=run)
    assert (refused.status_code, refused.json()["code"]) == (403, "right-missing")
    more = browser.ask("POST", "/api/v1/account/tokens", json={"title": "lebih", "rights": ["accounts.manage"]})
    assert more.json()["code"] == "token-rights"
    assert browser.ask("DELETE", f"/api/v1/account/tokens/{made['id']}").status_code == 204
    assert here.client.get("/api/v1/lists", headers=program).status_code == 401

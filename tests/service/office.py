"""An office at work: the service over a new store, its accounts, and a browser for each of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from ejps_core.app.access.accounts import Grant, make_account
from ejps_core.app.moments import now
from ejps_core.service.settings import Settings
from ejps_core.store.acts import OF_ONE_DISTRICT, Act, Purpose, Role
from ejps_core.store.opening import StorePlace, create_store
from ejps_core.store.session import Store
from ejps_core.web.site import create_site
from tests.docs.following import BLOCK
from tests.house.sources import ROOT

PASSWORD = "kuda laut biru tujuh"
ADDRESS = "http://127.0.0.1:8750"
IT = Act("TI", Role.SYSTEM, Purpose.ADMINISTRATION, now(), "uji")
OWN, FOREIGN = "75.03", "75.04"
MESSY = next(
    text for kind, _, name, text in BLOCK.findall((ROOT / "docs/tour.md").read_text("utf-8")) if name == "daftar.csv"
)
"""The list of the tour: a title, headers lower down, a NIK destroyed by a spreadsheet, a family without one."""


def in_district(text: str, district: str) -> str:
    """The same list, sent by another district."""
    plain = district.replace(".", "")
    return text.replace("7503", plain).replace("75.03", district)


@dataclass(slots=True)
class Office:
    """The service, its store as nobody sees it, and what was made in it."""

    app: FastAPI
    store: Store
    settings: Settings
    client: TestClient
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def browser(self, name: str, password: str = PASSWORD) -> Browser:
        """Somebody who has signed in by the API."""
        client = TestClient(self.app, base_url=ADDRESS)
        answer = client.post("/api/v1/session", json={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        return Browser(client, {"X-CSRF-Token": answer.json()["csrf"]})


@dataclass(slots=True)
class Browser:
    """A client with a session; changes carry the proof that its own page asked."""

    client: TestClient
    proof: dict[str, str]

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        headers = {**self.proof, **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **more)

    def ended(self, job: str) -> Any:
        """The job, once it has ended."""
        for _ in range(300):
            told = self.get(f"/api/v1/jobs/{job}").json()
            if told["state"] in ("done", "failed"):
                return told
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def done(self, job: str) -> Any:
        """The job's result, once it has ended well."""
        told = self.ended(job)
        assert told["state"] == "done", told
        return told["result"]


def form_proof(html: str) -> str:
    """The hidden field that a form of ours carries."""
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def name_of(role: Role, district: str = OWN) -> str:
    """The name of the account of a role."""
    return f"{role.value}.{district[-2:]}"


@contextmanager
def office(folder: Path, **settings: Any) -> Iterator[Office]:
    """A service over a new store; jobs are done by a thread of its own."""
    place = StorePlace(str(folder / "store.db"), folder / "keys", folder / "files")
    with create_store(place, IT) as store:
        make_accounts(store)
    said: dict[str, Any] = {
        "workers": 0,
        "log_level": "error",
        "sign_ins_a_minute": 10_000,
        "requests_a_minute": 100_000,
        "uploads_a_minute": 10_000,
        "strangers_a_minute": 100_000,
    } | settings
    made = Settings(store=place.database, keys=place.keys, files=place.files, **said)
    app = create_site(made)
    with TestClient(app, base_url=ADDRESS) as client:
        yield Office(app, app.state.running.store, made, client)


def make_accounts(store: Store) -> None:
    """One account a role, those of one district in each of two districts."""
    with store.writing(IT) as work:
        for role in Role:
            for district in (OWN, FOREIGN):
                areas = frozenset({district}) if role in OF_ONE_DISTRICT else None
                if areas is None and district == FOREIGN:
                    continue
                grant = Grant(role, areas, date(2020, 1, 1))
                make_account(work, name_of(role, district), f"{role.value} {district}", grant, PASSWORD, to_change=False)


def list_and_run(here: Office, district: str) -> dict[str, Any]:
    """A list of the district on record and decided; the numbers and names of what came of it. Made once."""
    if district in here.made:
        return here.made[district]
    operator = here.browser(name_of(Role.DISTRICT, district))
    sent = operator.ask("POST", "/api/v1/uploads?name=daftar.csv", content=in_district(MESSY, district).encode()).json()
    read = operator.done(sent["job"])
    job = operator.ask("POST", "/api/v1/lists", json={"upload": sent["upload"], "mappings": read["proposed"]}).json()["job"]
    recorded = operator.done(job)
    asked = {"programs": ["jps_food_aid"], "on": "2020-07-15"}
    run = operator.ask("POST", f"/api/v1/lists/{recorded['list']}/runs", json=asked).json()["job"]
    number = operator.done(run)["runs"][0]["run"]
    pid = operator.get(f"/api/v1/runs/{number}/decisions").json()["items"][0]["pid"]
    kept = operator.ask("POST", "/api/v1/uploads?name=lain.csv", content=in_district(MESSY, district).encode()).json()
    token = operator.ask("POST", "/api/v1/account/tokens", json={"title": "uji", "rights": ["lists.see"]}).json()["id"]
    here.made[district] = {
        "list_id": recorded["list"], "run_id": number, "pid": pid, "job_id": run, "upload_id": kept["upload"],
        "token_id": token,
    }  # fmt: skip
    return here.made[district]

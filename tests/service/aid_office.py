"""A district whose list is decreed: four families decided, drafted, approved by the head, issued, one village paid."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from typing import Any

import xlsxwriter

from ejps_core.store.acts import Role
from tests.docs.following import BLOCK
from tests.house.sources import ROOT
from tests.service.office import Browser, Office, in_district, name_of

FILES = {name: text for _, _, name, text in BLOCK.findall((ROOT / "docs/decree.md").read_text("utf-8")) if name}
SHEETS = {"Keluarga": "keluarga.csv", "Anggota": "anggota.csv"}
MINUTES = {
    "number": "BAST 1", "at": "2020-08-10T08:00:00+08:00", "place": "Kantor Desa", "program": {"id": "JPS", "en": "JPS"},
    "phase": 2, "basis": "SK 188.4/12/2020", "families": 1,
    "first": {"name": "A", "id": "1", "office": "Kepala Dinas", "address": "Limboto"},
    "second": {"name": "B", "id": "2", "office": "Kepala Desa", "address": "Desa"},
    "items": [{"name": "paket pangan", "volume": 1, "unit": "paket", "price": 178150}],
}  # fmt: skip
DEPUTY = {
    "office": "Kepala Bidang", "capacity": "plh", "deputy": "Wakil Uji", "powers": ["approve"], "first": "2020-10-01",
    "last": "2020-12-31", "document": "SK 1", "document_date": "2020-09-30",
}  # fmt: skip
SHEET = {"name": "lembar.pdf", "content": b64encode(b"%PDF-1.4 pindaian").decode()}


def workbook(district: str) -> bytes:
    """The families and members of docs/decree.md as one workbook of a district."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for title, name in SHEETS.items():
            page = book.add_worksheet(title)
            for row, cells in enumerate(csv.reader(io.StringIO(in_district(FILES[name], district)))):
                for column, text in enumerate(cells):
                    page.write_string(row, column, text)
    return made.getvalue()


def decided(here: Office, operator: Browser, district: str) -> int:
    """The number of a run over the district's four families, all of them eligible."""
    sent = operator.ask("POST", "/api/v1/uploads?name=keluarga.xlsx", content=workbook(district)).json()
    read = operator.done(sent["job"])
    job = operator.ask("POST", "/api/v1/lists", json={"upload": sent["upload"], "mappings": read["proposed"]}).json()["job"]
    asked = {"programs": ["jps_food_aid"], "on": "2020-07-15"}
    listed = operator.done(job)["list"]
    run = operator.ask("POST", f"/api/v1/lists/{listed}/runs", json=asked).json()["job"]
    return int(operator.done(run)["runs"][0]["run"])


def done(browser: Browser, path: str, **given: Any) -> Any:
    """The answer of the API to what was done."""
    answer = browser.ask("POST", f"/api/v1{path}", json=given)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def issued(here: Office, district: str) -> int:
    """The number of a decree that was signed."""
    operator, head = here.browser(name_of(Role.DISTRICT, district)), here.browser(name_of(Role.HEAD, district))
    run = decided(here, operator, district)
    number = int(done(operator, "/decrees", run=run, title="penerima bantuan pangan", phases=[2, 3])["number"])
    done(operator, f"/decrees/{number}/check")
    done(head, f"/decrees/{number}/approve", office="Kepala Dinas Sosial")
    done(operator, f"/decrees/{number}/issue", number="188.4/12/2020", day="2020-07-20", signatory="Hamim Contoh",
         office="Bupati")  # fmt: skip
    return number


def decreed(here: Office, district: str) -> dict[str, Any]:
    """The numbers of a decree and of what follows it, in a district. Made once."""
    key = f"decree {district}"
    if key not in here.made:
        number, operator = issued(here, district), here.browser(name_of(Role.DISTRICT, district))
        region = done_villages(operator, number)[0]["region"]
        done(
            operator, f"/decrees/{number}/deliveries", phase=2, region=region, day="2020-08-10", document="BA 1", sheet=SHEET
        )
        payments = operator.get(f"/api/v1/decrees/{number}/deliveries").json()["deliveries"][0]["payments"]
        objection = done(
            operator, "/objections", decree=number, known_on="2020-07-21", filed_on="2020-07-22", grounds="x", document="S"
        )
        finding = done(
            operator, "/findings", decree=number, inspector="Inspektorat", found_on="2020-09-01", words="x",
            recommendation="y", answerable="Dinas", deadline="2020-09-30", document="LHP",
        )  # fmt: skip
        minutes = done(operator, f"/decrees/{number}/handovers", region=region, values=MINUTES, reason="uji")
        deputy = done(operator, "/delegations", **(DEPUTY | {"district": district}))
        here.made[key] = {
            "handover_id": minutes["number"], "delegation_id": deputy["delegation"], "decree_id": number,
            "payment_id": payments[0]["payment"], "objection_id": objection["number"],
            "finding_id": finding["finding"], "region": region,
        }  # fmt: skip
    return here.made[key]


def done_villages(browser: Browser, number: int) -> Any:
    """The villages of the decree's second phase."""
    return browser.get(f"/api/v1/decrees/{number}/villages", params={"phase": 2}).json()["items"]

"""Decrees and aid over the API and the pages: who may do what, four eyes, files that leave, villages with exceptions."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from ejps_core.app import made_files
from ejps_core.app.access.accounts import Grant, by_name, make_account
from ejps_core.app.jobs import board
from ejps_core.app.moments import now
from ejps_core.model.decreed import Capacity, Power
from ejps_core.store.acts import Role
from ejps_core.store.delegations import Deputising, delegate
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import EVERYWHERE, Scope
from tests.service.aid_office import SHEET, decided, decreed, done
from tests.service.office import FOREIGN, IT, OWN, PASSWORD, Browser, Office, form_proof, list_and_run, name_of

OFFICE = {"office": "Kepala Dinas Sosial"}


def draft(here: Office, operator: Browser) -> int:
    """A draft of a run of its own."""
    return int(done(operator, "/decrees", run=decided(here, operator, OWN), title="uji", phases=[2])["number"])


def number_of(here: Office, name: str) -> int:
    """The number of an account."""
    with here.store.seen_by(EVERYWHERE).reading() as session:
        known = by_name(session, name, date(2020, 10, 16))
    assert known is not None
    return known.number


def sent(browser: Browser, path: str, files: Any = None, **fields: str) -> Any:
    """A form of a page, as a browser sends it."""
    proof = form_proof(browser.get("/akun").text)
    return browser.ask("POST", path, data={"csrf": proof, **fields}, files=files, follow_redirects=False)


def test_the_operator_cant_approve_and_the_head_cant_draft(here: Office) -> None:
    operator, head = here.browser(name_of(Role.DISTRICT)), here.browser(name_of(Role.HEAD))
    number = draft(here, operator)
    assert operator.ask("POST", f"/api/v1/decrees/{number}/approve", json=OFFICE).json()["code"] == "right-missing"
    assert head.ask("POST", "/api/v1/decrees", json={"run": 1, "title": "x"}).json()["code"] == "right-missing"
    checked = head.ask("POST", f"/api/v1/decrees/{number}/check", json={})
    assert (checked.status_code, checked.json()["code"]) == (403, "role-not-allowed")
    early = head.ask("POST", f"/api/v1/decrees/{number}/approve", json=OFFICE)
    assert (early.status_code, early.json()["code"]) == (409, "decree-state")


def test_two_accounts_are_two_persons_and_one_account_is_one(here: Office) -> None:
    operator, head = here.browser(name_of(Role.DISTRICT)), here.browser(name_of(Role.HEAD))
    number = draft(here, operator)
    done(operator, f"/decrees/{number}/check")
    assert done(head, f"/decrees/{number}/approve", **OFFICE)["state"] == "approved"
    steps = operator.get(f"/api/v1/decrees/{number}").json()["steps"]
    assert [each["act"] for each in steps] == ["draft", "check", "approve"]
    assert len({each["who"] for each in steps}) == 2
    done(operator, f"/decrees/{number}/withdraw", reason="uji")


def test_a_deputys_account_approves_by_a_delegation_on_record_only(here: Office) -> None:
    grant = Grant(Role.HEAD, frozenset({OWN}), date(2020, 1, 1), None, True, "SPT 1/2020")
    with here.store.seen_by(EVERYWHERE).writing(IT) as work:
        make_account(work, "plt.03", "Sari Contoh", grant, PASSWORD, to_change=False)
    operator, deputy = here.browser(name_of(Role.DISTRICT)), here.browser("plt.03")
    number = draft(here, operator)
    done(operator, f"/decrees/{number}/check")
    path = f"/api/v1/decrees/{number}/approve"
    assert deputy.ask("POST", path, json=OFFICE).json()["code"] == "delegation-missing"
    paper = Deputising(
        OWN, OFFICE["office"], Capacity.PLT, "Sari Contoh", (Power.APPROVE,), date(2020, 1, 1), date(2099, 12, 31),
        "SPT 1/2020", date(2020, 1, 1),
    )  # fmt: skip
    with here.store.seen_by(EVERYWHERE).writing(IT) as work:
        delegate(work, paper)
    assert deputy.ask("POST", path, json={"office": "Kepala Badan"}).json()["code"] == "delegation-missing"
    assert deputy.ask("POST", path, json=OFFICE).json()["capacity"] == "plt"
    done(operator, f"/decrees/{number}/withdraw", reason="uji")


def test_what_waits_for_whom(here: Office) -> None:
    operator, head = here.browser(name_of(Role.DISTRICT)), here.browser(name_of(Role.HEAD))
    number = draft(here, operator)

    def acts(browser: Browser) -> dict[int, str | None]:
        items = browser.get("/api/v1/decrees/waiting").json()["items"]
        return {each["decree"]["decree"]: each["act"] for each in items}

    assert (acts(operator).get(number), acts(head).get(number)) == ("check", None)
    done(operator, f"/decrees/{number}/check")
    assert (acts(operator).get(number), acts(head).get(number)) == (None, "approve")
    assert f"/keputusan/{number}" in head.get("/").text
    done(head, f"/decrees/{number}/approve", **OFFICE)
    assert acts(operator)[number] == "issue"
    done(operator, f"/decrees/{number}/withdraw", reason="uji")
    assert number not in acts(operator)


def test_lists_leave_for_a_purpose_only_and_are_on_record(here: Office) -> None:
    number, operator = decreed(here, OWN)["decree_id"], here.browser(name_of(Role.DISTRICT))
    path = f"/api/v1/decrees/{number}/papers"
    refused = operator.ask("POST", path, json={"report": "bnba", "form": "xlsx", "why": " "})
    assert refused.json()["code"] == "purpose-missing"
    job = operator.ask("POST", path, json={"report": "bnba", "form": "xlsx", "phase": 3, "why": "penyaluran"}).json()["job"]
    operator.done(job)
    book = operator.get(f"/api/v1/jobs/{job}/file")
    cells = [
        str(c) for row in load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows(values_only=True) for c in row
    ]
    assert "Ahmad Contoh" in cells and not any(text.startswith("7503010107859001") for text in cells)
    asked = sent(operator, f"/keputusan/{number}/unduh", report="lampiran-sk", form="pdf", phase="3", why="lampiran SK")
    operator.done(asked.headers["location"].rpartition("/")[2])
    assert "Simpan berkas" in operator.get(asked.headers["location"]).text
    page = operator.get(f"{asked.headers['location']}/berkas")
    assert page.content.startswith(b"%PDF") and 'filename="lampiran-sk.pdf"' in page.headers["content-disposition"]
    for other in (Role.HEAD, Role.PROVINCE):  # in the same district, and of all districts
        assert here.browser(name_of(other)).get(f"/api/v1/jobs/{job}/file").json()["code"] == "not-found"
    kept = list((here.store.files / made_files.FOLDER).iterdir())
    assert kept and not any(b"Ahmad" in each.read_bytes() or each.read_bytes().startswith(b"PK") for each in kept)
    told = board.job_of(here.store, EVERYWHERE, job)
    mine = Scope(told.who, Role.DISTRICT, frozenset({OWN}), number_of(here, name_of(Role.DISTRICT)))
    assert made_files.fetch(here.store, mine, job, now()).content == book.content
    with pytest.raises(StoreError, match="a day only"):
        made_files.fetch(here.store, mine, job, now() + made_files.KEPT)
    with pytest.raises(StoreError, match="not of your area"):
        made_files.fetch(here.store, replace(mine, areas=frozenset({OWN, FOREIGN})), job, now())
    auditor = here.browser(name_of(Role.AUDITOR))
    assert auditor.ask("POST", path, json={"why": "ingin tahu"}).json()["code"] == "right-missing"


def test_all_received_but_those_named(here: Office) -> None:
    number, operator = decreed(here, OWN)["decree_id"], here.browser(name_of(Role.DISTRICT))
    region = decreed(here, OWN)["region"]
    page = operator.get(f"/keputusan/{number}/desa", params={"tahap": 3, "desa": region})
    assert page.status_code == 200 and "Ahmad Contoh" not in page.text and "7503010101209001" not in page.text
    fields = [text.split('"')[0] for text in page.text.split('name="tidak:')[1:]]
    assert len(fields) == 4
    answer = sent(
        operator, f"/keputusan/{number}/desa", files={"sheet": ("lembar.pdf", b"%PDF ditandatangani", "application/pdf")},
        phase="3", region=region, day="2020-10-20", document="BA 9", lines="", **{f"tidak:{fields[0]}": "tidak di rumah"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    shown = operator.get(answer.headers["location"]).text
    assert "diterima 3 keluarga, gagal 1" in shown
    found = operator.get(f"/api/v1/decrees/{number}/villages", params={"phase": 3}).json()["items"][0]
    assert (found["received"], found["failed"], found["payable"]) == (3, 1, 0)
    again = done(
        operator, f"/decrees/{number}/deliveries", phase=2, region=region, day="2020-08-10", document="BA 1", sheet=SHEET
    )
    assert again["again"] is True


def test_one_family_a_hold_and_a_reason(here: Office) -> None:
    number, operator = decreed(here, OWN)["decree_id"], here.browser(name_of(Role.DISTRICT))
    whom = "7503010101209002"
    held = sent(operator, f"/keputusan/{number}/tangguhkan", phase="2", whom=whom, hold_reason="unclear", day="2020-08-01",
                why="diperiksa", document="", what="pasang")  # fmt: skip
    assert held.status_code == 303
    paid = sent(operator, f"/keputusan/{number}/penerima", phase="2", whom=whom, outcome="received", day="2020-08-12",
                document="TT 2", taker="istri", reason="")  # fmt: skip
    assert paid.status_code == 303, paid.text
    told = operator.get(f"/api/v1/decrees/{number}/deliveries", params={"phase": 2}).json()
    odd = next(each for delivery in told["deliveries"] for each in delivery["payments"] if each["taker"])
    assert odd["open"] and {"on-hold", "paid-already"} <= set(odd["cautions"])
    sent(
        operator,
        f"/keputusan/{number}/alasan",
        phase="2",
        payment=str(odd["payment"]),
        reason="dua kali memang",
        document="",
    )
    assert operator.get(f"/api/v1/decrees/{number}/deliveries", params={"phase": 2}).json()["open"] == told["open"] - 1
    lifted = sent(operator, f"/keputusan/{number}/tangguhkan", phase="2", whom=whom, hold_reason="unclear",
                  day="2020-08-13", why="jelas", document="", what="cabut")  # fmt: skip
    assert lifted.status_code == 303


def test_an_amendment_goes_the_same_way(here: Office) -> None:
    number = decreed(here, OWN)["decree_id"]
    operator, head = here.browser(name_of(Role.DISTRICT)), here.browser(name_of(Role.HEAD))
    answer = sent(
        operator, f"/keputusan/{number}/perubahan", title="perubahan", from_phase="3", run="",
        **{"whom:0": "7503010101209004", "kind:0": "remove", "reason:0": "moved", "why:0": "pindah", "document:0": "S 1"},
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    amendment = answer.headers["location"].split("?")[0]
    assert sent(operator, f"{amendment}/langkah", act="periksa").status_code == 303
    assert sent(head, f"{amendment}/setujui", **OFFICE).status_code == 303
    signed = sent(operator, f"{amendment}/tetapkan", number="188.4/13", day="2020-08-20", signatory="Hamim", office="Bupati")
    assert signed.status_code == 303, signed.text
    phases = operator.get(f"/api/v1/decrees/{number}").json()["in_phases"]
    assert [(each["phase"], each["recipients"]) for each in phases] == [(2, 4), (3, 3)]


def test_objections_and_findings(here: Office) -> None:
    made, operator, head = decreed(here, OWN), here.browser(name_of(Role.DISTRICT)), here.browser(name_of(Role.HEAD))
    ruled = sent(operator, f"/keberatan/{made['objection_id']}/putus", outcome="rejected", decided_on="2020-07-28",
                 why="tidak terbukti", consequence="", document="S 2", amendment="")  # fmt: skip
    assert ruled.status_code == 303, ruled.text
    assert "ditolak" in operator.get("/keberatan").text
    step = {"words": "sudah diantar", "document": "TT", "amount": "", "deadline": ""}
    path = f"/temuan/{made['finding_id']}/langkah"
    assert sent(operator, path, act="follow_up", day="2020-09-10", **step).status_code == 303
    assert sent(operator, path, act="close", day="2020-09-11", **step).status_code == 403
    assert sent(head, path, act="close", day="2020-09-11", **step).status_code == 303
    assert operator.get("/api/v1/findings").json()["items"][0]["state"] == "closed"


PAGES = ("/keputusan", "/keputusan/baru?run={run_id}", "/keputusan/{decree_id}", "/keputusan/{decree_id}/penyaluran",
         "/keputusan/{decree_id}/desa?tahap=2&desa={region}", "/keputusan/{decree_id}/penerima?tahap=2&siapa=p",
         "/keputusan/{decree_id}/perubahan", "/keberatan", "/temuan")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_in_both_languages(here: Office, path: str) -> None:
    operator = here.browser(name_of(Role.DISTRICT))
    place = path.format(**(list_and_run(here, OWN) | decreed(here, OWN)))
    texts = []
    for language in ("id", "en"):
        operator.client.cookies.set("ejps_lang", language)
        answer = operator.get(place)
        assert answer.status_code == 200, answer.text
        texts.append(answer.text)
    assert texts[0] != texts[1]

"""The province's, the IT's and the auditor's pages and API over a store with the money of three phases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from ejps_core.app.demo_money import enable_everywhere, money_of_three_phases
from ejps_core.app.library import installed
from ejps_core.app.program_states import DISTRICTS
from ejps_core.app.stores import Actor, StoreOptions
from ejps_core.store.acts import Role
from ejps_core.store.scope import EVERYWHERE
from tests.service.office import OWN, Browser, Office, form_proof, list_and_run, name_of, office

DAY = date(2020, 4, 28)
ACTOR = Actor("Biro P2E", Role.PROVINCE, "uji")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The service, its store with the money of 2020."""
    with office(tmp_path_factory.mktemp("province")) as made:
        options = StoreOptions(opened=made.store.seen_by(EVERYWHERE))
        enable_everywhere(options, ACTOR, "jps_food_aid", DAY)
        money_of_three_phases(options, ACTOR, "jps_food_aid", installed())
        list_and_run(made, OWN)
        yield made


def test_the_dashboard_is_of_the_frozen_position_and_says_what_came_later(there: Office) -> None:
    text = there.browser(name_of(Role.PROVINCE)).get("/provinsi").text
    for figure in ("Rp17.116.295.700", "Rp15.472.327.500", "Rp1.643.968.200", "90,40%", "1 angka berubah"):
        assert figure in text
    assert "Kepala BKAD" in text and "30 Oktober 2020" in text
    districts, late = text.split("<tbody>")[1:3]
    assert districts.count(">*</abbr>") == 3 * 6 and late.count(">*</abbr>") == 4 * 3, "as on the paper"
    now = there.browser(name_of(Role.LEADER)).get("/provinsi?posisi=sekarang").text
    assert "Rp15.902.025.300" in now and "belum dibekukan" in now


def test_behind_a_figure_are_entries_that_give_its_sum(there: Office) -> None:
    browser = there.browser(name_of(Role.AUDITOR))
    text = browser.get("/provinsi/rincian?posisi=1&angka=transfer&daerah=75.04").text
    assert "Rp859.395.600" in text and text.count("<tr><th scope") == 2
    assert "Rp429.697.800" in browser.get("/provinsi/rincian?posisi=1&angka=transfer&daerah=75.04&tahap=2").text
    assert "SP2D 0777/BUD/2020" in browser.get("/provinsi/rincian?posisi=sekarang&daerah=75.04").text
    assert "SP2D 0777/BUD/2020" not in browser.get("/provinsi/rincian?posisi=1&daerah=75.04").text


def test_a_position_is_frozen_once_compared_and_reported(there: Office) -> None:
    browser = there.browser(name_of(Role.PROVINCE))
    form = {"csrf": form_proof(browser.get("/provinsi/posisi").text), "program": "jps_food_aid", "year": "2020"}
    assert browser.ask("POST", "/provinsi/posisi", data=form).status_code == 422
    form |= {"at": "2020-10-16T08:00", "why": "rapat"}
    again = browser.ask("POST", "/provinsi/posisi", data=form, follow_redirects=False)
    assert again.headers["location"] == "/provinsi/posisi/1?sudah=1"
    given = {"program": "jps_food_aid", "at": "2020-11-01 08:00", "why": "rapat"}
    made = browser.ask("POST", "/api/v1/positions", json=given)
    assert made.status_code == 201 and made.json()["again"] is False
    shown = browser.get("/provinsi/posisi/1").text
    assert "Utuh" in shown and "Kabupaten Pohuwato" in shown and "Rp429.697.800" in shown
    other = browser.get(f"/provinsi/posisi/1?dengan={made.json()['position']}").text
    assert "Tidak ada yang berubah" in other  # the entry of Pohuwato was entered later than either moment
    paper = browser.get("/provinsi/posisi/1/laporan.pdf")
    assert paper.content.startswith(b"%PDF") and paper.headers["content-type"] == "application/pdf"
    assert browser.get("/provinsi/posisi/77").status_code == 404


def test_a_province_without_money_says_so(here: Office) -> None:
    browser = here.browser(name_of(Role.PROVINCE))
    assert "Belum ada tahun anggaran" in browser.get("/provinsi").text
    assert browser.get("/provinsi/posisi").status_code == browser.get("/provinsi/rincian").status_code == 404


def test_targeting_and_quality_name_what_each_figure_is_of(there: Office) -> None:
    browser = there.browser(name_of(Role.LEADER))
    text = browser.get("/provinsi/sasaran").text
    assert "Belum ada penyaluran" in text and "tepat sasaran" in text and "tidak ada penerima" in text
    told = browser.get("/api/v1/targeting").json()
    assert {"name", "of", "part", "whole", "nobody"} == set(told["bases"][0]["rates"][0])
    assert "/daftar/1?baris=set_apart" in browser.get("/provinsi/mutu").text


def test_the_log_is_searched_and_checked(there: Office) -> None:
    browser = there.browser(name_of(Role.AUDITOR))
    assert "Utuh" in browser.get("/audit?periksa=true").text
    found = browser.get("/audit?jenis=position&nomor=1").text
    assert "position.frozen" in found and "run.recorded" not in found
    assert browser.get("/api/v1/audit/verification").json()["whole"] is True
    assert all(each["who"] == "Biro P2E" for each in browser.get("/api/v1/audit?by=Biro P2E").json())


def test_a_run_is_decided_again_and_is_the_same(there: Office) -> None:
    browser = there.browser(name_of(Role.AUDITOR))
    run = list_and_run(there, OWN)["run_id"]
    proof = form_proof(browser.get(f"/putusan/{run}").text)
    asked = browser.ask("POST", f"/putusan/{run}/ulang", data={"csrf": proof, "why": "uji"}, follow_redirects=False)
    job = asked.headers["location"].rpartition("/")[2]
    assert browser.done(job)["equal"] is True
    assert "Sama" in browser.get(asked.headers["location"]).text
    assert browser.get(f"/api/v1/jobs/{job}/file").json()["code"] == "right-missing"


def test_a_program_is_laid_aside_with_a_reason_and_the_old_record_stays(there: Office) -> None:
    it = there.browser(name_of(Role.SYSTEM))
    form = {"csrf": form_proof(it.get("/penerapan").text), "program": "jps_food_aid", "district": "75.02"}
    form |= {"state": "quarantined", "from": "2021-01-01"}
    assert it.ask("POST", "/penerapan", data=form).status_code == 422
    assert it.ask("POST", "/penerapan", data=form | {"why": "x", "to": "2020-01-01"}).status_code == 422
    assert it.ask("POST", "/penerapan", data=form | {"why": "menunggu anggaran"}).status_code == 200
    told = it.get("/api/v1/program-states?on=2021-02-01").json()
    food = next(each for each in told["now"] if each["program"] == "jps_food_aid")
    assert food["districts"] == {code: "quarantined" if code == "75.02" else "active" for code in DISTRICTS}
    assert len(told["history"]) == len(DISTRICTS) + 1


@pytest.mark.parametrize("path", ["/provinsi", "/provinsi/posisi", "/provinsi/sasaran", "/api/v1/positions", "/audit"])
def test_a_district_does_not_see_the_province(there: Office, path: str) -> None:
    assert there.browser(name_of(Role.DISTRICT)).get(path).status_code == 403


def test_registers_are_listed(there: Office) -> None:
    browser: Browser = there.browser(name_of(Role.SYSTEM))
    assert "Belum ada register" in browser.get("/register").text
    assert browser.get("/api/v1/registers").json() == []

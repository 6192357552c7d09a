"""The pages of programs: rules beside their meaning, a family tried in a form, nothing recorded."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from ejps_core.store.acts import Role
from ejps_core.store.scope import EVERYWHERE
from ejps_core.store.tables import AuditEntry, Run
from tests.service.office import OWN, Browser, Office, form_proof, list_and_run, name_of

TRY = "/program/jps_food_aid/coba"
FAMILY = {
    "f.terdaftar_dtks": "ya", "f.menerima_pkh": "tidak", "f.menerima_bpnt": "tidak", "f.menerima_bst": "tidak",
    "f.menerima_blt_dd": "tidak", "f.bantuan_pangan_lain": "tidak", "f.keluarga_mampu": "tidak", "f.status_kepala": "aktif",
    "f.alamat": "75.01.01", "on": "2020-10-16", "members": "1", "m1.status_dukcapil": "aktif", "m1.pegawai_negara": "tidak",
}  # fmt: skip


def counted(here: Office) -> tuple[int, int]:
    """How many runs and how many entries of the audit log there are."""
    with here.store.seen_by(EVERYWHERE).reading() as session:
        found = [session.execute(select(func.count()).select_from(each)).scalar_one() for each in (Run, AuditEntry)]
    return found[0], found[1]


def sent(browser: Browser, path: str, **fields: str) -> Any:
    """A form of a page, as a browser sends it."""
    proof = form_proof(browser.get("/akun").text)
    return browser.ask("POST", path, data={"csrf": proof, **fields}, follow_redirects=False)


def selected(html: str, name: str) -> str:
    """What a choice of the form stands at."""
    field = re.search(rf'<select name="{re.escape(name)}">(.*?)</select>', html, re.DOTALL)
    assert field is not None
    found = re.search(r'value="([^"]*)" selected', field[1])
    return "" if found is None else found[1]


def test_the_list_says_where_and_when_each_is_in_force(here: Office) -> None:
    text = here.browser(name_of(Role.DESIGNER)).get("/program").text
    assert text.count("<tr><th scope") == 3 + 6
    row = next(each for each in text.split("<tr>") if "jps_tahap_3_pohuwato" in each)
    assert "Kabupaten Pohuwato" in row and "masa berlakunya lewat" in row and "1 Juli 2020" in row


@pytest.mark.parametrize("id", ["jps_food_aid", "pkh_topup", "rtlh_housing", "bsps_2022", "jps_tahap_3_pohuwato"])
@pytest.mark.parametrize("surface", ["id", "en"])
def test_a_program_is_shown_beside_its_meaning_in_either_surface(here: Office, id: str, surface: str) -> None:
    answer = here.browser(name_of(Role.DESIGNER)).get(f"/program/{id}?teks={surface}")
    assert answer.status_code == 200 and len(answer.content) < 400_000
    keyword = "gugur bila" if surface == "id" else "refuse"
    assert f'<span class="k">{keyword}</span>' in answer.text
    assert "Berbeda dari berkas aturan" not in answer.text and "Versi yang pernah memutuskan" in answer.text
    assert "style=" not in answer.text and "asumsi" in answer.text


def test_versions_that_decided_are_named(here: Office) -> None:
    list_and_run(here, OWN)
    text = here.browser(name_of(Role.AUDITOR)).get("/program/jps_food_aid").text
    assert "yang terpasang" in text.split('id="versi"')[1]


def test_the_api_tells_the_same(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    told = browser.get("/api/v1/programs/jps_food_aid/meaning?language=en").json()
    rule = next(each for each in told["statements"] if each["name"] == "penerima_pkh")
    assert rule["meaning"] == [{"lead": {"id": "Tidak berhak bila", "en": "Not entitled if"}, "words": "Receives PKH"}]
    assert all(each["as_said"] for each in told["examples"]) and told["examples"][0]["amount"] == 178150
    assert browser.get("/api/v1/programs/entah/meaning").status_code == 404


def test_a_family_is_tried_with_its_reasoning_and_nothing_is_recorded(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    before = counted(here)
    asked = browser.get(TRY).text
    assert 'name="f.kk"' not in asked and 'name="m1.nik"' not in asked, "no identity is asked for"
    answer = sent(browser, TRY, do="putuskan", **FAMILY)
    assert answer.status_code == 200
    result = answer.text.split('id="hasil"')[1].split("<form")[0]
    assert "memenuhi syarat" in result and "Rp178.150" in result and "Republika" in result
    assert selected(answer.text, "f.terdaftar_dtks") == "ya" and selected(answer.text, "m1.pegawai_negara") == "tidak"
    refused = sent(browser, TRY, do="putuskan", **FAMILY | {"m1.pegawai_negara": "ya"}).text
    assert "tidak memenuhi syarat" in refused and "ASN, TNI, atau Polri" in refused
    open_ = sent(browser, TRY, do="putuskan", **FAMILY | {"f.menerima_pkh": ""}).text.split('id="hasil"')[1]
    assert "perlu verifikasi" in open_ and "Menerima PKH" in open_.split("Aturan satu per satu")[0]
    assert counted(here) == before


def test_the_page_decides_as_the_api_does(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    family = {name[2:]: value for name, value in FAMILY.items() if name.startswith("f.")}
    member = {name[3:]: value for name, value in FAMILY.items() if name.startswith("m1.")}
    for change, verdict in (({}, "memenuhi syarat"), ({"keluarga_mampu": "ya"}, "tidak memenuhi syarat")):
        asked = {"program": "jps_food_aid", "on": "2020-10-16", "family": family | change, "members": [member]}
        told = browser.ask("POST", "/api/v1/decide", json=asked).json()
        shown = sent(browser, TRY, do="putuskan", **FAMILY | {f"f.{name}": value for name, value in change.items()}).text
        badge = re.search(r'<span class="badge \w+">([^<]+)</span>', shown.split('id="hasil"')[1])
        assert badge is not None and badge[1] == verdict
        assert told["verdict"] == ("eligible" if verdict == "memenuhi syarat" else "ineligible")


def test_members_come_and_go_and_all_else_stays(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    more = sent(browser, TRY, do="tambah", **FAMILY).text
    assert 'name="members" value="2"' in more and selected(more, "m1.status_dukcapil") == "aktif"
    two = FAMILY | {"members": "2", "m2.status_dukcapil": "meninggal"}
    left = sent(browser, TRY, do="hapus-1", **two).text
    assert 'name="members" value="1"' in left and selected(left, "m1.status_dukcapil") == "meninggal"
    assert selected(left, "f.terdaftar_dtks") == "ya"
    assert 'name="members" value="30"' in sent(browser, TRY, do="tambah", **FAMILY | {"members": "999"}).text


def test_what_can_t_be_read_is_said_at_its_field_and_shown_as_text(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    text = sent(browser, TRY, do="putuskan", **FAMILY | {"f.alamat": '"><b>x'}).text
    assert "<b>x" not in text and "&lt;b&gt;x" in text and 'class="wrong"' in text
    assert sent(browser, TRY, do="putuskan", **FAMILY | {"on": "2035-01-01"}).status_code == 422
    assert sent(browser, TRY, do="putuskan", **FAMILY | {"on": "kemarin"}).status_code == 422
    assert browser.get("/program/entah/coba").status_code in (404, 422)
    assert browser.get("/program/..%2Fx/coba").status_code == 404


def test_a_rule_set_of_a_district_is_used_where_it_is_asked_for(here: Office) -> None:
    browser = here.browser(name_of(Role.DESIGNER))
    text = sent(browser, TRY, do="putuskan", **FAMILY | {"district": "75.04", "f.alamat": "75.04.01"}).text
    assert "jps_tahap_3_pohuwato" in text.split('id="hasil"')[1]
    assert browser.get("/program/rtlh_housing/coba").status_code == 200
    assert browser.get("/program/pkh_topup/coba").status_code == 200

"""The desks of district and province: money, samples, overlaps, matching, delegations, minutes, reports, backups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ejps_core.app import backups
from ejps_core.app.demo_money import enable_everywhere, money_of_three_phases
from ejps_core.app.library import installed
from ejps_core.app.moments import now
from ejps_core.app.stores import Actor, StoreOptions
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.lists import newest_version
from ejps_core.store.matches import Matching, Suspected, record_matching
from ejps_core.store.scope import EVERYWHERE
from tests.service.aid_office import decreed
from tests.service.office import FOREIGN, MESSY, OWN, Browser, Office, form_proof, list_and_run, name_of, office

ACTOR = Actor("Biro P2E", Role.PROVINCE, "uji")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The service: the money of 2020, a decree with a village paid and its minutes, a list with doubts."""
    with office(tmp_path_factory.mktemp("desk")) as made:
        options = StoreOptions(opened=made.store.seen_by(EVERYWHERE))
        enable_everywhere(options, ACTOR, "jps_food_aid", date(2020, 4, 28))
        money_of_three_phases(options, ACTOR, "jps_food_aid", installed())
        list_and_run(made, OWN)
        decreed(made, OWN)
        yield made


def sent(browser: Browser, path: str, **fields: Any) -> Any:
    """A form of ours, sent without following where it leads."""
    data = {"csrf": form_proof(browser.get("/akun").text)} | fields
    return browser.ask("POST", path, data=data, follow_redirects=False)


def test_a_district_enters_its_money_and_is_asked_for_a_reason(there: Office) -> None:
    operator, province = there.browser(name_of(Role.DISTRICT)), there.browser(name_of(Role.PROVINCE))
    form = {"program": "jps_food_aid", "year": "2020", "step": "receipt", "phase": "3", "on": "2020-10-20"}
    form |= {"document": "BA 7/2020", "province": "999.999.999.999"}
    assert sent(operator, "/keuangan", **form, district=FOREIGN).status_code == 404
    assert sent(operator, "/keuangan", **form | {"province": "satu"}, district=OWN).status_code == 422
    entered = sent(operator, "/keuangan", **form, district=OWN)
    number = re.search(r"dicatat=([^&]+)", entered.headers["location"])
    assert entered.status_code == 303 and number is not None and number[1].startswith(f"{OWN}-")
    page = operator.get("/keuangan").text
    assert "Perlu alasan" in page and "diterima KPM lebih dari dana yang ada" in page
    assert "Kabupaten Boalemo" not in page.split("<tbody>")[1]
    code = "received-over-funds"
    said = {"program": "jps_food_aid", "year": "2020", "code": code, "phase": "3", "district": OWN, "why": "uji"}
    assert sent(operator, "/keuangan/alasan", **said).status_code == 303
    cautions = operator.get("/api/v1/money/jps_food_aid/entries").json()["cautions"]
    assert [each["because"] for each in cautions if each["code"] == code and each["district"] == OWN] == ["uji"]
    taken = {"program": "jps_food_aid", "year": "2020", "number": number[1], "why": "salah ketik"}
    assert sent(there.browser(name_of(Role.DISTRICT, FOREIGN)), "/keuangan/batalkan", **taken).status_code == 404
    assert sent(operator, "/keuangan/batalkan", **taken).status_code == 303
    assert "dibatalkan" in operator.get("/keuangan").text
    items = province.get("/api/v1/money/jps_food_aid/entries").json()["items"]
    assert [each.get("cancelled") for each in items if each["number"] == number[1]] == [True]


def test_a_sample_is_drawn_visited_estimated_and_traced(there: Office) -> None:
    auditor = there.browser(name_of(Role.AUDITOR))
    run = there.made[f"decree {OWN}"]
    number = decree_run(auditor, run["decree_id"])
    assert sent(auditor, "/uji-petik", run=number, size=4, level="village").status_code == 422
    drawn = sent(auditor, "/uji-petik", run=number, size=4, seed="undian", level="district", least=4)
    path = drawn.headers["location"].partition("?")[0]
    assert drawn.status_code == 303
    results = {f"hasil:{place}": "ya" for place in range(1, 5)} | {"hasil:2": "tidak", "catatan:2": "mampu"}
    assert "tercatat=4" in sent(auditor, f"{path}/hasil", on="2020-10-20", **results).headers["location"]
    assert sent(auditor, f"{path}/hasil", on="2020-10-20").status_code == 422
    page = auditor.get(path).text
    assert page.count('badge good">berhak') == 3 and "mampu" in page and "Unduh formulir" not in page
    told = auditor.get(f"/api/v1/samples/{path.rpartition('/')[2]}").json()
    assert told["estimates"][0]["interval"] is not None and len(told["units"]) == 4
    assert "sama=1" in sent(auditor, f"{path}/ulang").headers["location"]
    trace = auditor.get(f"{path}/jejak").text
    assert "188.4/12/2020" in trace and "10 Agustus 2020" in trace and "Rahasia" not in trace
    assert sent(auditor, f"{path}/formulir", why="kunjungan").status_code == 403
    paper = sent(there.browser(name_of(Role.PROVINCE)), f"{path}/formulir", why="kunjungan", form="pdf")
    assert paper.content.startswith(b"%PDF")
    assert auditor.get("/uji-petik/99").status_code == 404
    assert path in auditor.get("/uji-petik").text


def decree_run(browser: Browser, number: int) -> int:
    """The run that a decree rests on."""
    return int(browser.get(f"/api/v1/decrees/{number}").json()["run"])


def test_overlaps_name_what_was_compared(there: Office) -> None:
    leader = there.browser(name_of(Role.LEADER))
    assert "Tidak ada keluarga yang menerima dua program" in leader.get("/provinsi/tumpang-tindih").text
    told = leader.get("/api/v1/overlaps").json()
    assert told["pairs"] == [] and told["receipts"] > 0 and told["without_card"] == 0
    assert leader.get("/provinsi/tumpang-tindih?pasangan=satu").status_code == 422


def test_a_deputy_is_recorded_by_another_and_ended(there: Office) -> None:
    operator = there.browser(name_of(Role.DISTRICT))
    form = {
        "district": OWN,
        "office": "Kepala Dinas Sosial",
        "capacity": "plh",
        "deputy": "Wakil Kepala",
        "power": "approve",
    }
    form |= {"first": "2020-10-01", "last": "2020-12-31", "document": "SK 9", "document_date": "2020-09-30"}
    assert sent(operator, "/penunjukan", **form | {"last": "2020-01-01"}).status_code == 422
    assert sent(operator, "/penunjukan", **form | {"district": FOREIGN}).status_code == 404
    assert sent(operator, "/penunjukan", **form | {"deputy": f"district {OWN}"}).status_code == 422
    made = sent(operator, "/penunjukan", **form)
    number = made.headers["location"].rpartition("=")[2]
    page = operator.get("/penunjukan").text
    assert "Wakil Kepala" in page and "berakhir" in page
    ended = operator.ask("POST", f"/api/v1/delegations/{number}/end", json={"last": "2020-11-30", "why": "kembali"})
    assert ended.status_code == 200
    assert "30 November 2020" in operator.get("/penunjukan").text


def test_holidays_move_the_clock_and_can_be_taken_back(there: Office) -> None:
    operator, it = there.browser(name_of(Role.DISTRICT)), there.browser(name_of(Role.SYSTEM))
    assert sent(operator, "/libur", day="2020-07-31", name="Iduladha", document="SKB").status_code == 403
    before = due(operator)
    assert sent(it, "/libur", day="2020-07-31", name="Iduladha", document="SKB").status_code == 303
    assert due(operator) == before + 1, "the ten working days end a day later"
    assert "Iduladha" in operator.get("/libur").text
    assert sent(it, "/libur", day="2020-07-31", name="Iduladha", document="SKB", withdrawn="ya").status_code == 303
    assert due(operator) == before


def due(browser: Browser) -> int:
    """The day by which the objection of the decree has to be answered, as a number."""
    (own,) = browser.get("/api/v1/objections").json()["items"]
    return date.fromisoformat(own["answer_by"]).toordinal()


def test_minutes_are_made_from_what_is_known_and_printed(there: Office) -> None:
    operator, made = there.browser(name_of(Role.DISTRICT)), there.made[f"decree {OWN}"]
    path = f"/keputusan/{made['decree_id']}/bast"
    page = operator.get(f"{path}?tahap=2&desa={made['region']}").text
    values = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
    party = {"name": "A", "id": "1", "office": "Kepala", "address": "Limboto"}
    values |= {f"{which}:{name}": text for which in ("first", "second") for name, text in party.items()}
    values |= {"number": "BAST 2", "at": "2020-08-11T09:00", "region": made["region"], "phase": "2"}
    assert sent(operator, path, **values | {"number": ""}).status_code == 422
    answer = sent(operator, path, **values)
    assert "dicatat=" in answer.headers["location"] and "beda" not in answer.headers["location"]
    number = re.search(r"dicatat=(\d+)", answer.headers["location"])
    assert number is not None
    paper = sent(operator, f"{path}/{number[1]}/unduh", why="ditandatangani")
    assert paper.content.startswith(b"%PDF"), paper.text[-600:]
    assert sent(there.browser(name_of(Role.HEAD)), f"{path}/999/unduh", why="xxx").status_code == 404


def test_a_fact_is_determined_by_a_document(there: Office) -> None:
    operator, made = there.browser(name_of(Role.DISTRICT)), list_and_run(there, OWN)
    path = f"/daftar/{made['list_id']}/ketetapan"
    page = operator.get(path).text
    fact = re.search(r'<option value="(menerima_[a-z_]+)"', page)
    assert fact is not None
    form = {"program": "jps_food_aid", "as_of": "2020-07-15", "kk": "7503010101209999", "fact": fact[1], "value": "tidak"}
    form |= {"determined_by": "Pejabat Uji", "why": "kunjungan", "document": "SPTJM 1", "on": "2020-07-14"}
    assert sent(operator, path, **form).status_code == 422, "nobody of that number is on the list"
    card = re.search(r"7503\d{12}", MESSY)
    assert card is not None
    answer = sent(operator, path, **form | {"kk": card[0]})
    assert answer.status_code == 303, answer.text[-800:]
    assert "SPTJM 1" in operator.get(path).text


def test_reports_are_taken_by_who_may(there: Office) -> None:
    operator, leader = there.browser(name_of(Role.DISTRICT)), there.browser(name_of(Role.LEADER))
    shelf = {each["name"] for each in operator.get("/api/v1/reports").json()["items"]}
    assert {"bnba", "rekap-desa", "bast"} <= shelf and "realisasi" not in shelf and "uji-petik" not in shelf
    public = {each["name"] for each in leader.get("/api/v1/reports").json()["items"]}
    assert {"realisasi", "sasaran", "rekap-desa", "hasil-uji-petik"} <= public and "bnba" not in public
    assert "bnba" in operator.get("/laporan").text and "/laporan/bnba" not in leader.get("/laporan").text
    assert leader.get("/laporan/bnba").status_code == 403 and operator.get("/laporan/realisasi").status_code == 404
    assert operator.get("/laporan/lain").status_code == 404
    run = decree_run(operator, there.made[f"decree {OWN}"]["decree_id"])
    assert operator.get(f"/laporan/rekap-desa?putusan={run}").status_code == 200
    book = sent(operator, "/laporan/rekap-desa", run=run, form="xlsx", why="laporan")
    assert book.content.startswith(b"PK")
    assert sent(operator, "/laporan/rekap-desa", run=9999, form="xlsx", why="laporan").status_code == 404
    position = sent(leader, "/laporan/realisasi", position=1, form="csv", why="laporan")
    assert position.status_code == 200 and "realisasi-posisi-1" in position.headers["content-disposition"]
    decree = there.made[f"decree {OWN}"]["decree_id"]
    assert sent(operator, "/laporan/bnba", decree=decree, phase=2, form="xlsx", why="").status_code == 422
    assert sent(operator, "/laporan/bnba", decree=decree, phase=2, form="xlsx", why="penyaluran").content.startswith(b"PK")


def test_backups_are_seen_with_when_they_were_proved(there: Office, tmp_path: Path) -> None:
    it = there.browser(name_of(Role.SYSTEM))
    assert "belum pernah" in it.get("/cadangan").text
    options = StoreOptions(there.settings.store, there.settings.keys, there.settings.files)
    actor = Actor("TI", Role.SYSTEM, "uji")
    assert not isinstance(backups.data(options, actor, tmp_path / "data", together=True), Diagnostic)
    assert "belum pernah dibuktikan" in it.get("/cadangan").text
    backups.verified(options, tmp_path / "data", None, actor)
    (kept,) = it.get("/api/v1/backups").json()["items"]
    assert kept["kind"] == "data" and kept["proved_at"] is not None
    assert there.browser(name_of(Role.DISTRICT)).get("/cadangan").status_code == 403


def test_settings_say_where_they_come_from_and_never_a_secret(there: Office) -> None:
    it = there.browser(name_of(Role.SYSTEM))
    page = it.get("/pengaturan").text
    assert "upload_megabytes" in page and "bawaan" in page
    told = {each["name"]: each for each in it.get("/api/v1/settings").json()["items"]}
    assert told["log_level"]["value"] == "error"
    assert there.browser(name_of(Role.AUDITOR)).get("/pengaturan").status_code == 403


def test_a_person_decides_what_is_doubtful(there: Office) -> None:
    operator, made = there.browser(name_of(Role.DISTRICT)), list_and_run(there, OWN)
    items = operator.get(f"/api/v1/runs/{made['run_id']}/decisions").json()["items"]
    one, other = items[0]["pid"], items[1]["pid"]
    act = Act("Uji", Role.PROVINCE, Purpose.MATCHING, now(), "uji")
    with there.store.seen_by(EVERYWHERE).writing(act) as work:
        version = newest_version(work.session, made["list_id"]).id
        assert version is not None
        twins = [Suspected(one, version, other, "name-birth-village", 900, doubtful=True)]
        record_matching(work, Matching(version, None, 800, duplicates=twins))
    page = operator.get("/pemadanan").text
    number = re.search(r'name="duplicate" value="(\d+)"', page)
    assert number is not None and one in page and "Rahasia" not in page
    assert sent(operator, "/pemadanan/buka", why="").status_code == 422
    assert "Rahasia" in sent(operator, "/pemadanan/buka", why="memeriksa").text
    foreign = there.browser(name_of(Role.DISTRICT, FOREIGN))
    answer = {"duplicate": number[1], "answer": "other", "why": "dua orang"}
    assert one not in foreign.get("/pemadanan").text
    assert sent(foreign, "/pemadanan/jawab", **answer).status_code == 404
    assert sent(operator, "/pemadanan/jawab", **answer).status_code == 303
    log = there.browser(name_of(Role.AUDITOR)).get(f"/api/v1/audit?about=person&id={one}").json()
    assert "match.decided" in {each["action"] for each in log}


def test_the_queue_is_empty_once_all_is_answered(there: Office) -> None:
    operator = there.browser(name_of(Role.DISTRICT))
    assert "Tidak ada yang menunggu" in operator.get("/pemadanan").text
    assert sent(operator, "/pemadanan/jawab", match=7, answer="12", why="uji").status_code == 404
    assert sent(operator, "/pemadanan/jawab", why="uji").status_code == 422


def test_the_log_is_read_a_page_at_a_time(there: Office) -> None:
    auditor = there.browser(name_of(Role.AUDITOR))
    first, second = (auditor.get(f"/audit?mulai={place}").text for place in (0, 40))
    entries = [set(re.findall(r"isi</summary>|\d\d\.\d\d WITA <small>\d+", text)) for text in (first, second)]
    assert first.count("<tr><th scope") == 40 and entries[0] != entries[1]
    assert "mulai=40" in first and len(first) < 60_000

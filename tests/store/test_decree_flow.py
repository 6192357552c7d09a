"""A dead head is not a dead family (scenario 4), by the commands, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ejps_core.aid.entries import Money
from ejps_core.aid.targeting import Judgement, Receipt, targeting
from ejps_core.app.decrees_on_record import receipts_of
from ejps_core.model.ruleset import Verdict
from ejps_core.store.aid_of_person import aid_of
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.runs import decisions_of
from tests.store.decree_desk import CLERK, HEAD, VILLAGE, Desk, at_desk, kk, lists, nik

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return at_desk(place, tmp_path, monkeypatch, capsys)


def paid(desk: Desk, phase: int) -> tuple[Receipt, ...]:
    with open_store(desk.place) as store, store.reading() as session:
        return receipts_of(session, "jps_food_aid", phase=phase)


def judged(desk: Desk, run: int, phase: int) -> tuple[Judgement, ...]:
    with open_store(desk.place) as store, store.reading() as session:
        found = decisions_of(session, run)
    return tuple(Judgement("jps_food_aid", phase, each.pid, VILLAGE, Verdict(each.verdict)) for each in found)


def test_deaths_between_the_decree_and_the_third_phase(desk: Desk) -> None:
    """Phase III: A (the wife named), C, D = Rp534,450. Phase II: 3 of 3 by what was known then, 2 of 3 on the latest."""
    desk.decree(2, 3)
    desk.village(2, "2020-08-10")
    desk.evaluate("2020-08-10")  # run 2: what was known then
    desk.receive(deaths=True)
    desk.evaluate("2020-10-16")  # run 3: phase III
    desk.evaluate("2020-08-10", "--known", "latest")  # run 4: phase II on the latest data
    pids = desk.pids()
    odd = desk.json("decree", "compare", "1", "--run", "3", "--phase", "3", code=3)
    assert [(each["pid"], each["because"]) for each in odd] == [(pids["B"], ["meninggal"])]
    wife = ("--change", "nama", "--family", kk("A"), "--because", "kepala meninggal", "--recipient-nik", nik("A", 1))
    amend = ("decree", "amend", "1", "--from-phase", "3", "--run", "3", "--why", "akta kematian", *CLERK, "--title")
    desk.run(*amend, "nama penerima", *wife)
    desk.issue(2, "188.4/30/2020", "2020-10-19")
    desk.run(*amend, "pengganti", "--change", "ganti", "--family", kk("B"), "--because", "meninggal")
    desk.issue(3, "188.4/31/2020", "2020-10-19")
    third = desk.json("decree", "annex", "1", "--phase", "3")
    assert third["amount"] == 534_450 and third["hash"] == third["signed"]
    named = {each["pid"]: each["recipient"] for each in third["members"]}
    assert set(named) == {pids["A"], pids["C"], pids["D"]}
    assert named[pids["A"]] != pids["A"] and named[pids["C"]] == pids["C"]
    assert all(each["standing"] == "recipient" for each in third["members"])
    second = desk.json("decree", "annex", "1", "--phase", "2")
    assert [each["pid"] for each in second["members"] if each["standing"] == "reserve"] == [pids["D"]]
    desk.run("decree", "annex", "1", "--phase", "3", "--out", "lampiran.json", "--who", "Rahma", "--why", "lampiran SK")
    families = json.loads(Path("lampiran.json").read_text(encoding="utf-8"))["families"]
    assert {each["name"] for each in families} == {"Contoh A1", "Contoh C", "Contoh D"}
    assert {each["nik"] for each in families} == {nik("A", 1), nik("C"), nik("D")}
    reason = ("--who", "Rahma", "--why", "lampiran perubahan")
    desk.run("decree", "annex", "3", "--changes", "--out", "perubahan.json", *reason)
    changed = json.loads(Path("perubahan.json").read_text(encoding="utf-8"))["families"]
    assert [(each["name"], each["note"]) for each in changed] == [
        ("Contoh B", "diganti dari cadangan: meninggal seluruh KK"),
        ("Contoh D", "pengganti"),
    ]
    desk.run("decree", "annex", "1", "--changes", "--out", "x.json", *reason, code=2)
    desk.village(3, "2020-10-20")
    assert sum(each.money.total for each in paid(desk, 3)) == 534_450
    then, latest = (targeting(paid(desk, 2), judged(desk, run, 2))[0] for run in (2, 4))
    assert (then.right, then.wrong, then.paid) == (3, 0, 3)
    assert (latest.right, latest.wrong, latest.wrong_money) == (2, 1, Money(106_890, 71_260))
    assert latest.wrong_money.total == 178_150
    desk.run("audit", "verify")
    assert desk.lies_anywhere(*map(nik, "ABCD"), nik("A", 1), *map(kk, "ABCD"), "Contoh A", "%PDF lembar") == []


def test_four_eyes_roles_and_deputies(desk: Desk) -> None:
    desk.receive()
    desk.evaluate("2020-07-15")
    desk.run("decree", "draft", "1", "--title", "x", *CLERK)
    desk.run("decree", "approve", "1", *HEAD, code=2)
    desk.run("decree", "check", "1", *CLERK)
    for who, account in (("Rahma", "baru"), ("Hj. RAHMA, S.E.", "baru"), ("Yusuf", "rahma")):
        told = desk.run("decree", "approve", "1", "--who", who, "--account", account, "--office", "Kadis", code=2)
        assert "four-eyes" in told.err
    assert "role-not-allowed" in desk.run("decree", "approve", "1", *HEAD, "--role", "district", code=2).err
    paper = ("--office", "Kadis", "--capacity", "plh", "--document", "SPT", "--date", "2020-07-01", "--power", "approve")
    dates = ("--from", "2020-07-01", "--to", "2020-07-31", "--district", "75.03")
    refused = desk.run("delegation", "add", *paper, "--deputy", "Sari", *dates, "--who", "Sari", code=2)
    assert "delegation-to-oneself" in refused.err
    desk.run("delegation", "add", *paper, "--deputy", "Sari", *dates, "--who", "Tuna", "--account", "tuna")
    sari = ("--who", "Sari", "--account", "sari", "--office", "Kadis")
    assert "delegation-does-not-hold" in desk.run("decree", "approve", "1", *sari, code=2).err
    longer = ("--from", "2020-07-01", "--to", "2099-12-31", "--district", "75.03")
    desk.run("delegation", "add", *paper, "--deputy", "Sari", *longer, "--who", "Tuna", "--account", "tuna")
    assert "Deputising (Plh.) Kadis" in desk.run("decree", "approve", "1", *sari).out
    signed = (
        "decree",
        "issue",
        "1",
        "--number",
        "188/1",
        "--date",
        "2020-07-20",
        "--signatory",
        "Sari",
        "--office",
        "Kadis",
    )
    assert "delegation-does-not-hold" in desk.run(*signed, *CLERK, code=2).err  # the paper allows to approve only
    desk.run("decree", "return", "1", "--reason", "salah judul", "--who", "Yusuf", "--account", "yusuf", "--role", "head")
    assert desk.json("decree", "show", "1")["state"] == "returned"
    desk.run("decree", "withdraw", "1", "--reason", "disusun lagi", *CLERK)
    desk.run("decree", "check", "1", *CLERK, code=2)
    steps = desk.json("decree", "show", "1")["steps"]
    assert [each["act"] for each in steps] == ["draft", "check", "approve", "return", "withdraw"]
    assert (steps[2]["capacity"], steps[2]["delegation"]) == ("plh", 2)


def test_what_is_newer_than_the_run_is_told(desk: Desk) -> None:
    desk.receive()
    desk.evaluate("2020-07-15")
    desk.evaluate("2020-07-20")
    assert "Run 2 is newer" in desk.run("decree", "draft", "1", "--title", "x", *CLERK, code=3).err
    again = desk.run("decree", "draft", "2", "--title", "y", *CLERK, code=3)
    assert "3 families stand on decree 1 too" in again.err and "newer" not in again.err
    desk.run("decree", "withdraw", "1", "--reason", "run lama", *CLERK, code=3)
    desk.run("decree", "check", "2", *CLERK)
    desk.receive(deaths=True)
    assert "version 2" in desk.run("decree", "approve", "2", *HEAD, code=3).err
    desk.evaluate("2020-07-15", "--known", "latest")
    assert "run-on-latest-data" in desk.run("decree", "draft", "3", "--title", "z", *CLERK, code=2).err
    assert "phase-differs" in desk.run("decree", "draft", "2", "--title", "z", "--phase", "3", *CLERK, code=2).err


def test_without_nik_counted_on_the_decree_and_not_payable(desk: Desk) -> None:
    desk.receive(without_nik="C")
    desk.evaluate("2020-07-15")
    pids = desk.pids()
    assert "1 with NIK to follow; Rp534,450" in desk.run("decree", "draft", "1", "--title", "x", *CLERK).out
    (phase,) = desk.json("decree", "show", "1")["in_phases"]
    assert (phase["recipients"], phase["places"]) == (3, {"enrolled": 2, "nik_to_follow": 1, "reserve": 1})
    desk.issue(1, "188.4/1/2020", "2020-07-20")
    assert "1 not recorded: NIK to follow" in desk.village(2, "2020-08-10", code=3).err
    assert pids["C"] not in {each.family for each in paid(desk, 2)}
    desk.receive()
    change = ("--change", "perbaiki", "--family", kk("C"), "--because", "nik", "--why", "KTP dilihat", *CLERK)
    desk.run("decree", "amend", "1", "--title", "NIK", *change, code=0)
    desk.issue(2, "188.4/2/2020", "2020-08-12", code=3)
    late = ("--date", "2020-08-13", "--document", "TT 1", "--who", "Rahma")
    desk.run("delivery", "family", "1", "--phase", "2", "--family", pids["C"], *late)
    assert pids["C"] in {each.family for each in paid(desk, 2)}


def test_reality_is_recorded_and_asks_for_a_reason(desk: Desk) -> None:
    desk.decree(2)
    pids = desk.pids()
    desk.village(2, "2020-08-10", "--except", f"{kk('A')}=tidak di rumah")
    assert {each.family for each in paid(desk, 2)} == {pids["B"], pids["C"]}
    kept = sorted(desk.place.files.iterdir())
    (desk.folder / "lain.pdf").write_bytes(b"%PDF lembar lain")
    elsewhere = ("--village", "75.03.01.2005", "--date", "2020-08-12", "--document", "BA", "--who", "Rahma")
    sheet = ("--phase", "2", "--sheet", desk.folder / "lain.pdf")
    assert "nobody-to-pay" in desk.run("delivery", "village", "1", *elsewhere, *sheet, code=2).err
    assert sorted(desk.place.files.iterdir()) == kept  # a sheet of which nothing is recorded leaves nothing
    one = ("delivery", "family", "1", "--phase", "2", "--date", "2020-08-11", "--document", "TT", "--who", "Rahma")
    odd = desk.run(*one, "--family", kk("D"), code=3)
    assert "still in the reserve" in odd.err and pids["D"] in {each.family for each in paid(desk, 2)}
    assert "has received" in desk.run(*one, "--family", kk("B"), code=3).err
    twice = {each.family: each.money.total for each in paid(desk, 2)}
    assert twice[pids["B"]] == 2 * 178_150
    told = desk.json("delivery", "show", "1", code=3)
    payments = [each for delivery in told["deliveries"] for each in delivery["payments"]]
    mistaken = max(each["payment"] for each in payments)
    cancel = ("--outcome", "keliru", "--cancels", str(mistaken), "--reason", "tercatat dua kali")
    assert "payment-not-there" in desk.run(*one, "--family", kk("C"), *cancel, code=2).err
    desk.run(*one, "--family", kk("B"), *cancel)
    assert "payment-not-there" in desk.run(*one, "--family", kk("B"), *cancel, code=2).err
    back = ("--outcome", "dikembalikan", "--reason", "beras rusak", "--amount", "100000")
    assert "shares-differ" in desk.run(*one, "--family", kk("C"), *back, code=2).err
    desk.run(*one, "--family", kk("C"), *back, "--share", "provinsi=60000", "--share", "kabupaten=40000")
    money = {each.family: each.money for each in paid(desk, 2)}
    assert money[pids["B"]].total == 178_150 and money[pids["C"]] == Money(46_890, 31_260)
    assert desk.json("delivery", "show", "1", code=3)["open"] == 1
    desk.run("delivery", "reason", str(mistaken - 1), "--reason", "D menggantikan A", "--who", "Rahma")
    assert desk.json("delivery", "show", "1")["open"] == 0


def test_an_amendment_is_one_paper(desk: Desk) -> None:
    desk.decree(2)
    file = desk.folder / "perubahan.csv"
    head = "keluarga,perubahan,alasan,keterangan\n"
    file.write_text(head + f"{kk('A')},keluarkan,mampu,musdes\n{kk('D')},keluarkan,mampu,musdes\n", encoding="utf-8")
    told = desk.run("decree", "amend", "1", "--title", "x", "--file", file, *CLERK, code=2)
    assert "not-a-recipient" in told.err and len(desk.json("decree", "list")) == 1
    file.write_text(head + f"{kk('A')},keluarkan,kepala meninggal,musdes\n", encoding="utf-8")
    assert "reason-unfit" in desk.run("decree", "amend", "1", "--title", "x", "--file", file, *CLERK, code=2).err
    file.write_text(head + f"{kk('A')},hapus,mampu,musdes\n", encoding="utf-8")
    assert "change-unknown" in desk.run("decree", "amend", "1", "--title", "x", "--file", file, *CLERK, code=2).err
    stranger = ("--change", "nama", "--family", kk("C"), "--because", "kepala meninggal", "--why", "akta", *CLERK)
    mine = ("--recipient-nik", nik("D"))
    assert "another-family" in desk.run("decree", "amend", "1", "--title", "x", *stranger, *mine, code=2).err
    new = ("--recipient-nik", "7503014107909001", "--recipient-name", "Contoh Baru")
    desk.run("decree", "amend", "1", "--title", "x", *stranger, *new)
    desk.issue(2, "188.4/13/2020", "2020-07-21")
    desk.run("decree", "annex", "1", "--out", "a.json", "--who", "Rahma", "--why", "lampiran")
    families = json.loads(Path("a.json").read_text(encoding="utf-8"))["families"]
    assert ("Contoh Baru", "7503014107909001") in {(each["name"], each["nik"]) for each in families}
    taken = ("--number", "188.4/13/2020", "--date", "2020-07-22", "--signatory", "Hamim", "--office", "Bupati")
    desk.run("decree", "amend", "1", "--title", "y", "--change", "keluarkan", "--family", kk("A"), "--because", "mampu",
             "--why", "musdes", *CLERK)  # fmt: skip
    desk.run("decree", "check", "3", *CLERK)
    desk.run("decree", "approve", "3", *HEAD)
    assert "decree-number-taken" in desk.run("decree", "issue", "3", *taken, *CLERK, code=2).err
    twice = ("--change", "keluarkan", "--family", kk("A"), "--because", "ganda", "--why", "musdes", *CLERK)
    desk.run("decree", "amend", "1", "--title", "z", *twice, code=3)  # amendment 3 is not issued yet
    last = ("--number", "188.4/14/2020", "--date", "2020-07-22", "--signatory", "Hamim", "--office", "Bupati")
    early = ("--number", "188.4/15/2020", "--date", "2020-07-19", "--signatory", "Hamim", "--office", "Bupati")
    assert "amendment-before-decree" in desk.run("decree", "issue", "3", *early, *CLERK, code=2).err
    desk.run("decree", "issue", "3", *last, *CLERK)
    assert "amendment-impossible" in desk.run("decree", "check", "4", *CLERK, code=2).err
    desk.run("decree", "withdraw", "4", "--reason", "sudah dikeluarkan", *CLERK)
    one = ("delivery", "family", "1", "--phase", "2", "--date", "2020-08-11", "--document", "TT", "--who", "Rahma")
    gone = (*one, "--family", kk("A"), "--reason", "sudah diserahkan sebelum musdes")
    assert "amount-missing" in desk.run(*gone, code=2).err
    shares = ("--amount", "178.150", "--share", "provinsi=106.890", "--share", "kabupaten=71.260")
    assert "not on the decree" in desk.run(*gone, *shares).err


def test_minutes_come_back_as_they_were_and_are_compared(desk: Desk) -> None:
    desk.decree(2)
    party = {"name": "CV Contoh", "id": "199001012020121001", "office": "Pemasok", "address": "Jalan Rahasia 9"}
    data = {
        "number": "BAST 7/2020",
        "at": "2020-08-10T09:00:00+08:00",
        "place": "Kantor Desa",
        "program": {"id": "Bantuan pangan", "en": "Food aid"},
        "phase": 2,
        "basis": "SK 188.4/12/2020",
        "first": party,
        "second": {**party, "name": "Kades Contoh", "office": "Kepala Desa"},
        "items": [{"name": "paket", "volume": 3, "unit": "paket", "price": 178150}],
        "families": 3,
    }
    file = desk.folder / "bast.json"
    keep = ("delivery", "bast", "record", "1", "--village", VILLAGE, "--data", file, "--who", "Rahma")
    file.write_text(json.dumps(data), encoding="utf-8")
    assert desk.run(*keep, "--scan", desk.folder / "lembar.pdf").out.startswith("Minutes on record: 1")
    assert "handover-number-taken" in desk.run(*keep, code=2).err
    file.write_text(json.dumps(data | {"number": "BAST 8", "families": 2, "missing": "1 paket"}), encoding="utf-8")
    told = desk.run(*keep, code=3)
    assert "2 families, 3 enrolled" in told.err and "shortage: 1 paket" in told.err
    values = desk.run("delivery", "bast", "show", "1", "--who", "Rahma", "--why", "cetak BAST")
    found = json.loads(values.out)
    assert found["first"]["id"] == party["id"] and found["items"][0]["price"] == 178_150
    refused = desk.run("delivery", "bast", "show", "1", "--who", "Ani", "--role", "auditor", "--why", "periksa", code=2)
    assert "may not read" in refused.err
    shown = desk.json("delivery", "show", "1")["handovers"]
    assert [(each["families"], each["amount"]) for each in shown] == [(3, 534_450), (2, 534_450)]


PERSONS = """ejps 1 id
program santunan_lansia "Santunan lansia" en "Elderly aid"
    menetapkan orang
    berlaku 2020-01-01 sampai 2026-12-31
    dasar hukum "asumsi: contoh"
    mata uang IDR
    untuk "75"

keluarga memiliki
    kk "Nomor KK" en "Family card" kode kunci pribadi
    alamat "Kode wilayah" en "Region code" wilayah

anggota memiliki
    nik "NIK" en "NIK" kode kunci pribadi
    pegawai_negara "ASN" en "Civil servant" ya/tidak

syarat bukan_asn "Bukan ASN" en "No civil servant" dasar hukum "asumsi: contoh"
    bukan pegawai_negara

berikan santunan "Santunan" en "Aid"
    Rp500.000
"""


def test_persons_are_decreed_under_their_own_names(desk: Desk) -> None:
    """Where persons are decided each is a recipient; the program has no phases and shares nothing."""
    rules = desk.folder / "santunan.ejps"
    rules.write_text(PERSONS, encoding="utf-8")
    families, members = lists(desk.folder, False)
    more = ("--program", rules, "--yes", "--who", "Rahma", "--quiet")
    desk.run("list", "import", families, "--members", members, "--district", "75.03", *more)
    desk.run("evaluate", rules, "--list", "1", "--as-of", "2020-07-15", "--who", "Rahma", "--quiet")
    drafted = desk.run("decree", "draft", "1", "--title", "santunan", *CLERK)
    assert "phase 0: 7 recipients, 0 in reserve, 0 with NIK to follow; Rp3,500,000" in drafted.out
    desk.issue(1, "188.4/1/2020", "2020-07-20")
    one = ("--date", "2020-08-01", "--document", "TT 1", "--who", "Rahma", "--phase", "0")
    desk.run("delivery", "family", "1", "--family", nik("A", 2), *one)
    assert "nobody-meant" in desk.run("delivery", "family", "1", "--family", kk("A"), *one, code=2).err
    with open_store(desk.place) as store, store.reading() as session:
        (receipt,) = receipts_of(session, "santunan_lansia")
    assert (receipt.money, receipt.phase, receipt.region) == (Money(500_000, 0), 0, VILLAGE)
    desk.run("decree", "annex", "1", "--out", "s.json", "--who", "Rahma", "--why", "lampiran")
    named = json.loads(Path("s.json").read_text(encoding="utf-8"))["families"]
    assert len(named) == 7 and ("Contoh A2", nik("A", 2), kk("A")) in {(e["name"], e["nik"], e["kk"]) for e in named}


def test_appeals_and_findings_keep_their_clocks(desk: Desk) -> None:
    desk.decree(2)
    desk.run("objection", "holiday", "2020-08-17", "--name", "Kemerdekaan", "--document", "contoh", "--who", "Sari")
    filed = ("--document", "S 1", "--who", "Rahma", "--grounds", "tidak tercantum", "--letter", desk.folder / "lembar.pdf")
    late = ("objection", "file", "--run", "1", "--known-on", "2020-07-21", "--filed-on", "2020-08-21", *filed)
    assert "filed after 2020-08-20" in desk.run(*late, code=3).err
    mine = (
        "objection",
        "file",
        "--decree",
        "1",
        "--family",
        kk("D"),
        "--known-on",
        "2020-07-21",
        "--filed-on",
        "2020-08-10",
    )
    assert "answered by 2020-08-25" in desk.run(*mine, *filed).out
    both = desk.json("objection", "list", "--on", "2020-08-25")
    assert [(each["pid"], each["overdue"], each["late"]) for each in both] == [
        (desk.pids()["D"], False, False),
        (None, False, True),
    ]
    decide = ("objection", "decide", "2", "--date", "2020-08-25", "--why", "benar", "--document", "S 2", "--who", "Rahma")
    assert "consequence-missing" in desk.run(*decide, "--outcome", "dikabulkan", code=2).err
    desk.run(*decide, "--outcome", "dikabulkan", "--consequence", "masuk pada perubahan berikut")
    assert [each["outcome"] for each in desk.json("objection", "list", "--on", "2020-09-09", code=3)] == ["granted", None]
    found = (
        "finding",
        "add",
        "1",
        "--inspector",
        "BPKP",
        "--text",
        "ganda",
        "--recommendation",
        "tagih",
        "--document",
        "LHP",
    )
    when = ("--date", "2020-09-01", "--answerable", "Dinas Sosial", "--deadline", "2020-09-30", "--who", "Ani")
    desk.run(*found, *when, "--family", kk("B"), "--amount", "178.150", "--account", "ani")
    close = ("finding", "close", "1", "--date", "2020-09-20", "--text", "lunas")
    assert "no-follow-up" in desk.run(*close, "--who", "Ani", "--account", "ani", code=2).err
    desk.run("finding", "follow-up", "1", "--date", "2020-09-10", "--text", "ditagih", "--amount", "178.150", *CLERK)
    for who in (("--who", "Rahma", "--account", "x"), ("--who", "Ani", "--account", "rahma")):
        assert "four-eyes" in desk.run(*close, *who, code=2).err
    assert "role-not-allowed" in desk.run(*close, "--who", "Vera", "--account", "v", "--role", "district", code=2).err
    desk.run("finding", "follow-up", "1", "--date", "2020-09-15", "--text", "diminta", "--deadline", "2020-10-15", *CLERK)
    (open_,) = desk.json("finding", "list", "--on", "2020-10-16", code=3)
    assert (open_["deadline"], open_["overdue"], open_["made_good"]) == ("2020-10-15", True, 178_150)
    desk.run(*close, "--who", "Ani", "--account", "ani")
    (closed,) = desk.json("finding", "list", "--on", "2020-10-16")
    assert (closed["state"], closed["closed_by"], closed["overdue"]) == ("closed", "Ani", False)
    with open_store(desk.place) as store, store.reading() as session:
        told = aid_of(session, [desk.pids()["B"]])
    assert set(told) == {"decree_members", "findings", "finding_steps"} and len(told["finding_steps"]) == 3

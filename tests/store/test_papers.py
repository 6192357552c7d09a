"""Reports and ground checks from the store, by the commands, on SQLite and on PostgreSQL: scenario 4 among them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ejps_core.cli import main
from ejps_core.store.opening import StorePlace
from tests.cli.shell import Result
from tests.store.test_flow import DYING

pytestmark = pytest.mark.slow

VILLAGE = "75.03.01.2004"
WHY = ("--why", "laporan tahap II")
HEADS = (
    "kk,nama_kepala,nik,alamat,terdaftar_dtks,status_kepala,keluarga_mampu,"
    "menerima_pkh,menerima_bpnt,menerima_bst,menerima_blt_dd,bantuan_pangan_lain"
)
PEOPLE = "kk,nik,nama,status_dukcapil,tanggal_meninggal,pegawai_negara"


def kk(n: int) -> str:
    return f"750301010120{9000 + n}"


def nik(n: int) -> str:
    return f"750301010785{9000 + n}"


def heads(dead: tuple[int, ...] = (), pkh: tuple[int, ...] = ()) -> str:
    """Four families: three are eligible, the fourth has PKH and is not."""
    lines = [HEADS]
    for n, name in enumerate(("Ahmad", "Budi", "Citra", "Dewi"), start=1):
        state = "meninggal" if n in dead else "aktif"
        has = "ya" if n in (4, *pkh) else "tidak"
        lines.append(f"{kk(n)},{name} Contoh,{nik(n)},{VILLAGE},ya,{state},tidak,{has},tidak,tidak,tidak,tidak")
    return "\n".join(lines) + "\n"


def people(dead: tuple[tuple[int, str], ...] = ()) -> str:
    """Ahmad lives with his wife and a child, the others alone."""
    days = dict(dead)
    lines = [PEOPLE]
    for family, n in ((1, 1), (1, 11), (1, 12), (2, 2), (3, 3), (4, 4)):
        state, day = ("meninggal", days[n]) if n in days else ("aktif", "")
        lines.append(f"{kk(family)},{nik(n)},Orang {n},{state},{day},tidak")
    return "\n".join(lines) + "\n"


class Office:
    """A store and the commands run on it, in this process."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture

    def run(self, *arguments: str | Path) -> Result:
        self.capture.readouterr()
        code = main([*map(str, arguments), "--lang", "en"])
        told = self.capture.readouterr()
        return Result(code, told.out, told.err)

    def done(self, *arguments: str | Path, code: int = 0) -> Result:
        result = self.run(*arguments)
        assert result.code == code, result.out + result.err
        return result

    def receive(self, families: str, members: str, *more: str) -> None:
        (self.folder / "keluarga.csv").write_text(families, encoding="utf-8")
        (self.folder / "anggota.csv").write_text(members, encoding="utf-8")
        keep = ("--for", "jps_food_aid", "--program", "jps_food_aid,rtlh_housing", "--yes", "--who", "Rahma", *more)
        self.done("list", "import", "keluarga.csv", "--members", "anggota.csv", "--district", "75.03", *keep)

    def decide(self, on: str, *more: str) -> None:
        self.done("evaluate", "jps_food_aid", "--list", "1", "--as-of", on, "--who", "Rahma", *more)

    def decree(self, run: str = "1") -> None:
        """Drafted, checked, approved by another person, issued; for phase II."""
        by = ("--who", "Rahma", "--account", "rahma")
        self.done("decree", "draft", run, "--title", "penerima pangan", "--phase", "2", *by)
        self.done("decree", "check", "1", *by)
        head = ("--office", "Kepala Dinas Sosial")
        self.done("decree", "approve", "1", *head, "--who", "Hamid Contoh", "--account", "hamid")
        issued = ("--number", "188.4/12/2020", "--date", "2020-08-01", "--signatory", "Hamim Contoh", "--office", "Bupati")
        self.done("decree", "issue", "1", *issued, *by)

    def deliver(self) -> None:
        (self.folder / "lembar.pdf").write_bytes(b"%PDF-1.7 lembar")
        at = ("--phase", "2", "--village", VILLAGE, "--date", "2020-08-10", "--document", "BA 7/2020")
        self.done("delivery", "village", "1", *at, "--sheet", "lembar.pdf", "--who", "Rahma")

    def report(self, name: str, *more: str) -> Any:
        """The report as JSON."""
        self.done("report", name, "--format", "json", "--out", "laporan.json", *more)
        return json.loads((self.folder / "laporan.json").read_text(encoding="utf-8"))

    def rows(self, name: str, *more: str, at: int = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.report(name, *more)["tables"][at]["rows"]
        return found

    def actions(self) -> list[str]:
        return [each["action"] for each in json.loads(self.done("audit", "show", "--format", "json").out)]


@pytest.fixture
def office(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    for name, value in (("STORE", place.database), ("KEYS", str(place.keys)), ("FILES", str(place.files))):
        monkeypatch.setenv(f"EJPS_{name}", value)
    monkeypatch.delenv("EJPS_MASTER_KEY", raising=False)
    made = Office(tmp_path, capsys)
    made.done("store", "init", "--who", "Sistem")
    made.receive(heads(), people())
    made.decide("2020-08-10")
    return made


def test_lists_of_a_run_name_people_with_a_reason_on_record(office: Office) -> None:
    rows = office.rows("bnba", "--run", "1", *WHY)
    assert [row["name"] for row in rows] == ["Ahmad Contoh", "Budi Contoh", "Citra Contoh"]
    # The middle columns are those of the program's `laporan`, without what identifies or is the same for each.
    assert list(rows[0]) == ["no", "name", "nik", "kk", "address", "phase", "usulkan_dtks", "amount", "note"]
    assert (rows[0]["usulkan_dtks"], rows[0]["amount"], rows[0]["nik"][-5:]) == ("tidak", 178_150, "•9001")
    whole = office.rows("bnba", "--run", "1", "--full-numbers", *WHY)
    assert (whole[1]["nik"], whole[1]["kk"]) == (nik(2), kk(2))
    for name in ("lampiran-sk", "tanda-terima", "pengumuman"):
        assert len(office.rows(name, "--run", "1", *WHY)) == 3
    log = office.done("audit", "show", "--last", "40").out
    assert log.count("people.revealed") == 5 and log.count("export.made") == 5


def test_nobody_is_named_without_a_reason_or_by_the_wrong_role(office: Office) -> None:
    for wrong in ((), (*WHY, "--role", "auditor")):
        done = office.run("report", "bnba", "--run", "1", "--format", "json", *wrong)
        assert done.code == 2 and not (office.folder / "bnba.json").exists()
    assert "people.refused" in office.done("audit", "show", "--last", "5").out
    other = office.run("report", "bnba", "--run", "1", *WHY, "--role", "province", "--format", "doc")
    assert other.code == 2
    assert office.run("report", "bnba", "--run", "9", *WHY).code == 2
    assert "--run" in office.done("report", "rekap-desa", "--sample", "1", code=2).err


def test_recaps_and_letters_of_a_run(office: Office) -> None:
    (village,) = office.rows("rekap-desa", "--run", "1")
    told = {name: village[name] for name in ("region", "village", "families", "eligible", "ineligible", "selected")}
    assert told == {"region": VILLAGE, "village": "Talumopatu", "families": 4, "eligible": 3, "ineligible": 1, "selected": 3}
    assert (village["province"], village["district"], village["amount"]) == (320_670, 213_780, 534_450)
    assert [(row["families"], row["part"]) for row in office.rows("penolakan", "--run", "1")] == [(1, 10_000)]
    letter = office.report("surat", "--run", "1", "--whom", kk(4), "--number", "460/7", *WHY)["facts"]
    assert (letter["name"], letter["verdict"]) == ("Dewi Contoh", "tidak memenuhi syarat")
    assert "PKH" in letter["reasons"][0]["words"] and letter["number"] == "460/7"
    assert " – daftar keluarga.csv, diterima " in letter["reasons"][0]["seen"] and ": ya" in letter["reasons"][0]["seen"]
    assert office.run("report", "surat", "--run", "1", "--whom", "7503010101209999", *WHY).code == 2


def test_the_letter_names_the_register_whose_data_were_used(office: Office) -> None:
    (office.folder / "pkh.csv").write_text(f"kk\n{kk(3)}\n", encoding="utf-8")
    office.done("register", "import", "pkh", "pkh.csv", "--on", "2020-07-01", "--source", "Dinsos", "--who", "Sari")
    office.done("evaluate", "jps_food_aid", "--list", "1", "--as-of", "2020-08-10", "--who", "Rahma")
    letter = office.report("surat", "--run", "2", "--whom", kk(3), "--number", "460/8", *WHY)["facts"]
    assert letter["verdict"] == "tidak memenuhi syarat" and "register pkh" in letter["reasons"][0]["seen"], letter


def test_targeting_on_what_was_paid_then_and_on_the_latest_data(office: Office) -> None:
    """Scenario 4, phase II: 3 of 3 right on what was known then, 2 of 3 on the latest, Rp178,150 off target."""
    office.decree()
    office.deliver()
    assert office.rows("kemajuan", "--decree", "1", "--phase", "2")[0]["reached"] == 3
    office.receive(heads((1, 2)), people(((1, "2020-08-03"), (2, "2020-08-05"))))
    office.decide("2020-08-10", "--known", "latest")
    both = office.report("sasaran", "--run", "1", "--run", "2", "--by", "program,phase,district,village")
    rates = {row["rate"]: (row["then"], row["latest"]) for row in both["tables"][0]["rows"]}
    assert rates["tepat sasaran"] == ("100,0 % (3 dari 3)", "66,7 % (2 dari 3)")
    assert rates["nilai tidak tepat sasaran"][1] == "33,3 % (178.150 dari 534.450)"
    wrong = both["tables"][1]["rows"][1]
    assert (wrong["then_families"], wrong["then_amount"]) == (0, 0)
    assert (wrong["latest_families"], wrong["latest_amount"], wrong["latest_province"]) == (1, 178_150, 106_890)
    assert [column["name"] for column in both["tables"][3]["columns"]][:4] == ["program", "phase", "district", "village"]
    alone = office.report("sasaran", "--run", "1")
    assert [column["name"] for column in alone["tables"][0]["columns"]] == ["rate", "of", "then"]
    assert "Not judged on the latest data yet." in office_english(office, "sasaran", "--run", "1")
    assert office.run("report", "sasaran", "--run", "2").code == 2


def office_english(office: Office, name: str, *more: str) -> str:
    office.done("report", name, "--format", "json", "--out", "en.json", *more)
    return " ".join(json.loads((office.folder / "en.json").read_text(encoding="utf-8"))["notes"])


def test_who_is_entitled_and_was_not_paid_is_named(office: Office) -> None:
    office.decree()
    (row, *rest) = office.rows("belum-menerima", "--run", "1", *WHY)
    assert (row["name"], row["family"][-5:], len(rest)) == ("Ahmad Contoh", "•9001", 2)
    office.deliver()
    assert office.rows("belum-menerima", "--run", "1", *WHY) == []


def test_a_decree_gives_its_lists_after_amendments_and_its_minutes(office: Office) -> None:
    office.decree()
    annex = office.report("lampiran-sk", "--decree", "1", "--phase", "2", *WHY)
    assert annex["facts"]["annex"][1] == "Nomor 188.4/12/2020 tanggal 1 Agustus 2020"
    assert annex["lines"][-1].endswith(" WITA")
    rows = annex["tables"][0]["rows"]
    assert [row["name"] for row in rows] == ["Ahmad Contoh", "Budi Contoh", "Citra Contoh"]
    done = office.run("report", "tumpang-tindih", "--decree", "1", "--decree", "1", *WHY)
    assert (done.code, "two decrees" in done.err) == (2, True)
    done = office.run("report", "kemajuan", "--decree", "1")
    assert (done.code, "No delivery" in done.err) == (2, True)
    assert office.run("report", "realisasi", "--run", "1").code == 2


def test_houses_by_condition_come_from_a_plugin(office: Office) -> None:
    houses = "kk,nama_kepala,alamat,rumah_utama,kerusakan,lantai_buruk,tanpa_mck,luas_lantai,penghuni\n" + "".join(
        f"{kk(n)},Nama {n},{VILLAGE},{'tidak' if n == 4 else 'ya'},{damage},{floor},tidak,35,5\n"
        for n, damage, floor in ((1, "berat", "ya"), (2, "", ""), (3, "ringan", "tidak"), (4, "berat", "ya"))
    )
    (office.folder / "rumah.csv").write_text(houses, encoding="utf-8")
    keep = ("--for", "rtlh_housing", "--program", "rtlh_housing", "--yes", "--new", "--who", "Rahma")
    office.run("list", "import", "rumah.csv", "--district", "75.03", *keep)
    office.run("evaluate", "rtlh_housing", "--list", "2", "--as-of", "2021-07-01", "--who", "Rahma")
    found = office.report("rumah-kondisi", "--run", "2")
    (row,) = found["tables"][0]["rows"]
    assert [row[name] for name in ("ringan", "sedang", "berat", "unknown", "houses")] == [1, 0, 1, 1, 3]
    defects = {row["defect"]: (row["yes"], row["no"], row["unknown"]) for row in found["tables"][1]["rows"]}
    assert defects["Lantai buruk"] == (1, 1, 1)
    assert defects["Luas lantai per orang di bawah minimum"] == (3, 0, 0)
    assert "people.revealed" not in office.actions()
    missing = office.run("report", "rumah-kondisi", "--run", "1")
    assert (missing.code, "don't have: rumah_utama" in missing.err) == (2, True)


def test_a_sample_from_drawing_to_both_errors(office: Office) -> None:
    office.decree()
    office.deliver()
    asked = ("--run", "1", "--size", "4", "--least", "1", "--seed", "undian 4 2 6", "--format", "json")
    drawn = json.loads(office.done("sample", "draw", *asked).out)
    counted = [(each["stratum"], each["paid"], each["size"], each["drawn"]) for each in drawn["strata"]]
    assert (drawn["paid_by"], counted) == ("received", [("75.03", False, 1, 1), ("75.03", True, 3, 3)])
    twin = json.loads(office.done("sample", "draw", *asked).out)
    assert (twin["frame_hash"], twin["sample"]) == (drawn["frame_hash"], 2)
    office.done("sample", "form", "1", "--format", "json", "--out", "formulir.json", *WHY)
    form = json.loads((office.folder / "formulir.json").read_text(encoding="utf-8"))
    names = [row["name"] for row in form["tables"][1]["rows"]]
    assert names[0] == "Dewi Contoh" and sorted(names) == sorted(f"{n} Contoh" for n in ("Ahmad", "Budi", "Citra", "Dewi"))
    (office.folder / "hasil.csv").write_text(
        "no,hasil,tanggal,catatan\n1,tidak,2020-09-01,PKH benar\n2,ya,2020-09-01,\n3,mungkin,,\n4,tidak,2020-09-01,mampu\n",
        encoding="utf-8",
    )
    first = office.done("sample", "record", "1", "--file", "hasil.csv", "--who", "Vera", code=3)
    assert "3 results on record" in first.out and "result-unreadable" in first.err
    again = office.done("sample", "record", "1", "--file", "hasil.csv", "--who", "Vera", code=3)
    assert "0 results on record, 3 were" in again.out
    office.done("sample", "record", "1", "--no", "3", "--result", "ya", "--on", "2020-09-02", "--who", "Vera")
    estimates = json.loads(office.done("sample", "estimate", "1", "--format", "json").out)
    leak, _, missed = estimates
    assert (leak["interval"], leak["judged"]) == ({"share": "0.333333", "low": "0.333333", "high": "0.333333"}, 3)
    assert missed["interval"]["share"] == "0.000000"
    office.done("sample", "record", "1", "--no", "4", "--result", "ya", "--on", "2020-09-02", "--who", "Vera")
    results = office.rows("hasil-uji-petik", "--sample", "1")
    assert (results[0]["estimate"], results[0]["judged"]) == ("0,0 %", 3)
    assert "come out again" in office.done("sample", "again", "1").out
    assert office.run("sample", "record", "1", "--no", "9", "--result", "ya").code == 2
    assert office.run("sample", "record", "1", "--no", "1", "--result", "entah").code == 2
    assert office.run("sample", "draw", "--run", "1", "--size", "2", "--seed", " ").code == 2
    assert office.done("audit", "verify").code == 0


def test_an_inspectors_sample_is_traced_to_the_receipt(office: Office) -> None:
    office.decree()
    office.deliver()
    office.done("sample", "draw", "--run", "1", "--size", "4", "--least", "1", "--seed", "7")
    ledger = office.folder / "buku.json"
    event = {"kind": "event", "number": "1", "at": "2020-08-04T09:00:00+08:00", "by": "BKAD", "step": "transfer", "phase": 2}
    event |= {"district": "75.03", "money": {"province": 320_670}, "on": "2020-08-03", "document": "SP2D 0123/LS/2020"}
    head = {"program": "jps_food_aid", "title": {"id": "JPS", "en": "JPS"}, "year": 2020, "phases": [2]}
    place = {"districts": {"75.03": "Kabupaten Bone Bolango"}, "at": "2020-10-16T08:00:00+08:00", "entries": [event]}
    ledger.write_text(json.dumps(head | place), encoding="utf-8")
    asked = ("sample", "trace", "1", "--format", "json", "--out", "jejak.json", *WHY)
    office.done(*asked, "--ledger", "buku.json")
    told = json.loads((office.folder / "jejak.json").read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in told["tables"][0]["rows"]}
    paid, other = rows["Ahmad Contoh"], rows["Dewi Contoh"]
    assert paid["listed"] == "daftar 1 versi 1: keluarga.csv, baris 2"
    assert paid["decree"] == "188.4/12/2020, 1 Agustus 2020 (penerima)"
    assert paid["orders"] == "SP2D 0123/LS/2020, 3 Agustus 2020"
    assert (paid["received"], paid["amount"]) == ("10 Agustus 2020, BA 7/2020", 178_150)
    assert other["verdict"].startswith("tidak memenuhi syarat (run 1): ") and other["decree"] is None
    office.done(*asked)
    told = json.loads((office.folder / "jejak.json").read_text(encoding="utf-8"))
    assert "Payment orders were not looked up: no source." in told["notes"]
    office.done("money", "open", "jps_food_aid", "--year", "2020", "--phases", "1,2,3", "--who", "Biro")
    order = ("salur", "--phase", "2", "--district", "75.03", "--on", "2020-08-04", "--province", "320.670")
    office.done("money", "record", "jps_food_aid", *order, "--document", "0555/SP2D/2020", "--who", "Rina")
    office.done(*asked)
    told = json.loads((office.folder / "jejak.json").read_text(encoding="utf-8"))
    assert {row["orders"] for row in told["tables"][0]["rows"]} == {"0555/SP2D/2020, 4 Agustus 2020"}
    assert "Payment orders as of buku tahun anggaran 2020." in told["notes"]
    ledger.write_text("{}", encoding="utf-8")
    assert "bad-report-data" in office.done(*asked, "--ledger", "buku.json", code=2).err


@pytest.mark.parametrize("point", ["report-recorded", "before-commit"])
def test_a_killed_report_leaves_no_file_without_its_record(office: Office, point: str) -> None:
    command = [sys.executable, "-c", DYING, point, "report", "rekap-desa", "--run", "1", "--out", "rekap.csv"]
    subprocess.run(command, cwd=office.folder, env=os.environ, check=False, capture_output=True)
    assert not (office.folder / "rekap.csv").exists()
    office.done("report", "rekap-desa", "--run", "1", "--out", "rekap.csv")
    assert [path.name for path in office.folder.iterdir() if "rekap" in path.name] == ["rekap.csv"]
    assert office.done("audit", "verify").code == 0


@pytest.mark.parametrize("point", ["sample-written", "units-written", "before-commit"])
def test_a_killed_drawing_leaves_nothing(office: Office, point: str) -> None:
    arguments = ["sample", "draw", "--run", "1", "--size", "2", "--seed", "x"]
    command = [sys.executable, "-c", DYING, point, *arguments]
    subprocess.run(command, cwd=office.folder, env=os.environ, check=False, capture_output=True)
    assert json.loads(office.done("sample", "list", "--format", "json").out) == []
    office.done(*arguments)
    assert len(json.loads(office.done("sample", "list", "--format", "json").out)) == 1

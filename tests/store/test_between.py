"""What one part of the way knows and another needs: pauses of processing, families on two lists, the file on one person."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.runs import decisions_of
from tests.store.decree_desk import CLERK, VILLAGE, Desk, at_desk, kk, lists, nik

pytestmark = pytest.mark.slow
PAID = ("--date", "2020-08-10", "--document", "TT 1", "--who", "Rahma")


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return at_desk(place, tmp_path, monkeypatch, capsys)


def pause(desk: Desk, name: str) -> None:
    asked = ("request", "open", "hold", nik(name), "--received", "2020-07-10 09:00", "--words", "keberatan", "--who", "Tuna")
    desk.run(*asked)
    desk.run("request", "answer", "1", "--outcome", "granted", "--why", "diperiksa", "--who", "Tuna")


def second_list(desk: Desk) -> None:
    """The same families on another list of the district, decided too: run 2."""
    families, members = lists(desk.folder, deaths=False)
    for path in (families, members):
        path.write_text(path.read_text(encoding="utf-8").replace("Contoh D", "Contoh Dewi"), encoding="utf-8")
    more = ("--for", "jps_food_aid", "--program", "jps_food_aid", "--yes", "--who", "Rahma", "--quiet", "--title", "kedua")
    desk.run("list", "import", families, "--members", members, "--district", "75.03", "--new", *more)
    desk.run("evaluate", "jps_food_aid", "--list", "2", "--as-of", "2020-07-15", "--who", "Rahma", "--quiet")


def test_a_pause_of_the_processing_warns_at_the_decree_and_at_payment(desk: Desk) -> None:
    desk.receive()
    pause(desk, "B")
    desk.evaluate("2020-07-15")
    pid = desk.pids()["B"]
    drafted = desk.run("decree", "draft", "1", "--title", "penerima", "--phase", "2", *CLERK, code=3)
    assert "Art. 41" in drafted.err and pid in drafted.err
    desk.issue(1, "188.4/12/2020", "2020-07-20", code=3)
    paid = desk.village(2, "2020-08-10", code=3)
    assert "received by 3 families" in paid.out and f"{pid}: asked for a pause" in paid.err
    shown = desk.json("delivery", "show", "1", code=3)["deliveries"][0]["payments"]
    (warned,) = [each for each in shown if each["cautions"]]
    assert (warned["pid"], warned["cautions"]) == (pid, ["processing-paused"])
    desk.run("delivery", "reason", str(warned["payment"]), "--reason", "sudah dijelaskan", "--who", "Rahma")
    desk.run("request", "release", "1", "--why", "sudah dijelaskan", "--who", "Tuna")
    again = desk.run("decree", "draft", "1", "--title", "lain", "--phase", "2", *CLERK, code=3)
    assert "Art. 41" not in again.err and "3 families stand on decree 1 too" in again.err


def test_a_family_on_two_lists_is_warned_of_at_payment_too(desk: Desk) -> None:
    desk.decree(2, 3)
    second_list(desk)
    drafted = desk.run("decree", "draft", "2", "--title", "kedua", "--phase", "2", *CLERK, code=3)
    assert "3 families stand on decree 1 too" in drafted.err
    one = desk.run("delivery", "family", "2", "--phase", "2", "--family", kk("A"), *PAID, "--reason", "diperiksa")
    assert "on another decree of this phase too" in one.err
    village = desk.village(2, "2020-08-11", code=3)
    assert "received by 2 families" in village.out and "1 not recorded: has received under another decree" in village.err
    assert village.err.count("on another decree of this phase too") == 2
    again = desk.run("delivery", "family", "1", "--phase", "2", "--family", kk("A"), *PAID, code=3)
    assert "has received under another decree" in again.err
    desk.run("decree", "withdraw", "2", "--reason", "ganda", *CLERK)
    third = desk.village(3, "2020-10-16")
    assert "received by 3 families" in third.out and "!" not in third.err


def test_the_file_on_one_person_holds_what_became_of_the_decisions(desk: Desk) -> None:
    desk.decree(2, 3)
    desk.village(2, "2020-08-10")
    desk.run("hold", "set", "1", "--family", kk("A"), "--phase", "3", "--from", "2020-10-01", "--reason", "unclear",
             "--why", "alamat diperiksa", "--who", "Rahma")  # fmt: skip
    filed = ("--known-on", "2020-07-25", "--filed-on", "2020-07-28", "--grounds", "nilainya kurang", "--document", "S 4")
    desk.run("objection", "file", "--decree", "1", "--family", kk("A"), *filed, "--who", "Rahma")
    found = ("--inspector", "Inspektorat", "--date", "2020-11-10", "--text", "tanda terima belum ada", "--document", "LHP 2")
    due = ("--recommendation", "lengkapi", "--answerable", "Dinas Sosial", "--deadline", "2020-11-30")
    desk.run("finding", "add", "1", *found, *due, "--family", kk("A"), "--who", "Ani", "--account", "ani")
    desk.run("sample", "draw", "--run", "1", "--size", "4", "--least", "1", "--seed", "7", "--who", "Rahma")
    desk.run("sample", "record", "1", "--no", "1", "--result", "ya", "--on", "2020-09-02", "--who", "Vera")
    pause(desk, "A")
    asked = ("subject", nik("A"), "--why", "permintaan subjek data", "--who", "Tuna")
    held = desk.json(*asked)
    (decree,) = held["decrees"]
    assert (decree["decree"], decree["decree_day"], decree["standing"]) == ("188.4/12/2020", "2020-07-20", "recipient")
    assert (decree["amount"], decree["phases"]) == (178_150, [2, 3])
    (payment,) = held["payments"]
    assert (payment["phase"], payment["amount"], payment["day"], payment["outcome"]) == (
        2,
        178_150,
        "2020-08-10",
        "received",
    )
    (hold,), (objection,), (finding,) = held["holds"], held["objections"], held["findings"]
    assert (hold["why"], objection["grounds"], finding["words"]) == (
        "alamat diperiksa", "nilainya kurang", "tanda terima belum ada"
    )  # fmt: skip
    (sample,), (request,) = held["samples"], held["requests"]
    assert (sample["sample_id"], request["kind"], request["on_hold"]) == (1, "hold", True)
    assert len(sample["results"]) == (sample["position"] == 1)
    actions = {each["action"] for each in held["looked"]}
    assert {"decree.approve", "delivery.recorded", "objection.filed", "finding.added", "sample.drawn"} <= actions
    text = desk.run(*asked, "--letter", desk.folder / "surat.txt").out
    letter = (desk.folder / "surat.txt").read_text(encoding="utf-8")
    for line in ("Keputusan yang memuat", "188.4/12/2020 (2020-07-20)", "tahap 2, 2020-08-10, diterima, Rp178.150",
                 "Keberatan", "nilainya kurang → belum diputuskan", "Temuan pemeriksaan", "Penangguhan", "Uji petik",
                 "Permintaan menurut UU 27/2022", "pemrosesan ditunda"):  # fmt: skip
        assert line in " ".join(letter.split()), letter
    assert "Payments:" in text and "Rp178,150" in text and max(map(len, letter.splitlines())) <= 100
    other = desk.json("subject", nik("D"), "--why", "permintaan subjek data", "--who", "Tuna")
    assert not any(other[name] for name in ("payments", "holds", "objections", "findings", "requests"))
    assert [each["standing"] for each in other["decrees"]] == ["reserve"]
    assert VILLAGE in {each["region"] for each in held["decrees"]}


FIRST_THREE = ["eligible"] * 3 + ["ineligible"]
ONCE = """ejps 1 id
program paket_uji "Paket uji" en "Test package"
    menetapkan keluarga
    ditetapkan tiap tahap
    satu tiap kk
    berlaku 2020-01-01 sampai 2020-12-31
    mata uang IDR
    jadwal tahap sumber "asumsi"
        1 mulai 2020-01-01 sampai 2020-12-31
keluarga memiliki
    kk kode kunci
    alamat wilayah
    terdaftar_dtks ya/tidak
anggota memiliki
    nik kode kunci
syarat dtks
    terdaftar_dtks
berikan paket
    Rp178.150 per tahap
"""


def test_issued_decrees_and_payments_of_another_list_are_awards(desk: Desk) -> None:
    """The second district sees who has the aid already; on record with the run, so that a replay comes out equal."""
    (desk.folder / "rulesets" / "paket.ejps").write_text(ONCE, encoding="utf-8")
    rules = desk.folder / "rulesets" / "paket.ejps"
    desk.receive()
    decide = ("evaluate", rules, "--as-of", "2020-07-15", "--who", "Rahma", "--list")
    desk.run(*decide, "1", "--no-awards-yet")
    desk.run("decree", "draft", "1", "--title", "penerima", *CLERK)
    second_list(desk)
    desk.run(*decide, "2", "--no-awards-yet")  # run 3: the decree is a draft
    desk.issue(1, "188.4/12/2020", "2020-07-14")
    assert "awards-contradict" in desk.run(*decide, "2", "--no-awards-yet", code=2).err
    seen = desk.run(*decide, "2")  # run 4
    assert "3 awards by decrees and payments on record here count too" in seen.err
    assert verdicts(desk, 3) == FIRST_THREE and verdicts(desk, 4) == ["ineligible"] * 4
    early = ("evaluate", rules, "--as-of", "2020-07-13", "--who", "Rahma", "--list", "2", "--no-awards-yet")
    desk.run(*early)  # run 5: before the day of the decree
    desk.run(*decide, "1", "--no-awards-yet")  # run 6: its own decree is no award to a list
    assert verdicts(desk, 5) == verdicts(desk, 6) == FIRST_THREE
    remove = ("--change", "keluarkan", "--family", kk("B"), "--because", "mampu", "--why", "diperiksa")
    desk.run("decree", "amend", "1", "--title", "mampu", *remove, *CLERK)
    desk.issue(2, "188.4/13/2020", "2020-07-14", code=3)
    desk.run(*decide, "2")  # run 7: unknown for B, since nobody says that the awards are complete
    assert verdicts(desk, 7) == ["ineligible", "undetermined", "ineligible", "ineligible"]
    desk.run("delivery", "family", "1", "--phase", "1", "--family", kk("B"), "--reason", "telanjur",
             "--amount", "178.150", "--share", "provinsi=178150", "--date", "2020-07-15", "--document", "TT 1",
             "--who", "Rahma")  # fmt: skip
    desk.run(*decide, "2")  # run 8: paid beside the decree
    assert verdicts(desk, 8) == ["ineligible"] * 4
    for run in range(1, 9):
        assert "equal" in desk.run("replay", str(run), "--who", "Ani").out


def verdicts(desk: Desk, run: int) -> list[str]:
    with open_store(desk.place) as store, store.reading() as session:
        return [each.verdict for each in decisions_of(session, run)]

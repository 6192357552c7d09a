"""What is handed out of a store: results of several programs at once, the queue with names, and who may see what."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.store.desk import AS_OF, Desk, heads, kk, nik

pytestmark = pytest.mark.slow

THREE = "jps_food_aid,pkh_topup,rtlh_housing"
NAME = "Rahasiawati 1"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def texts_of(path: Path) -> str:
    """All cells of a workbook."""
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_several_programs_are_decided_in_one_scan_and_each_has_its_run(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    desk.register("pkh", "kk", kk(1))
    out = tmp_path / "tiga.csv"
    told = desk.json("evaluate", THREE, "--list", "1", *AS_OF, "--summary", "json", "--out", out)
    assert [(each["run"], *each["programs"]) for each in told] == [
        (number, program) for number, program in enumerate(THREE.split(","), 1)
    ]
    together = rows_of(out)
    runs = {each["run"]: each for each in desk.json("runs", "--format", "json")}
    for number, program in enumerate(THREE.split(","), 1):
        again = desk.json("replay", str(number), "--format", "json")
        assert (again["equal"], again["program"], again["same_plan"], again["rows"]) == (True, program, True, 10)
        alone = tmp_path / f"{program}.csv"
        (single,) = desk.json("evaluate", program, "--list", "1", *AS_OF, "--summary", "json", "--out", alone)
        assert single["programs"][program] == told[number - 1]["programs"][program]
        for row, own in zip(together, rows_of(alone), strict=True):
            assert {name: cell for name, cell in row.items() if name in own} == own
        run = next(each for each in desk.json("runs", "--format", "json") if each["run"] == single["run"])
        assert run["ruleset_hash"] == runs[number]["ruleset_hash"]
    assert desk.run("audit", "verify").code == 0


def test_programs_that_do_not_agree_are_decided_one_by_one(desk: Desk, tmp_path: Path) -> None:
    rules = tmp_path / "lain.ejps"
    rules.write_text(OTHER_KEY, encoding="utf-8")
    desk.receive(heads(tmp_path))
    asked = ("evaluate", f"jps_food_aid,{rules}", "--list", "1", *AS_OF, "--summary", "json")
    told = desk.run(*asked)
    assert [each["run"] for each in json.loads(told.out)] == [1, 2], told.err
    refused = desk.run(*asked, "--out", tmp_path / "x.csv")
    assert (refused.code, "differs from" in refused.err) == (2, True)
    assert not (tmp_path / "x.csv").exists() and len(desk.json("runs", "--format", "json")) == 2


def test_pseudonyms_unless_somebody_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    pids = [row["pid"] for row in desk.json("list", "show", "1", "--format", "json")["rows"]]
    asked = ("evaluate", "jps_food_aid", "--list", "1", *AS_OF, "--summary", "json", "--who", "Yusuf")
    for name in ("a.csv", "a.xlsx", "a.json", "a.parquet"):
        desk.json(*asked, "--out", tmp_path / name)
    assert [row["kk"] for row in rows_of(tmp_path / "a.csv")] == pids
    assert {row["basis"] for row in rows_of(tmp_path / "a.csv")} == {"data yang diketahui waktu itu"}
    assert [row["pseudonym"] for row in json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))] == pids
    assert pq.read_table(tmp_path / "a.parquet").column("kk").to_pylist() == pids
    plain = texts_of(tmp_path / "a.xlsx")
    assert pids[0] in plain and NAME not in plain and "data known then" in plain
    for name in ("b.csv", "b.xlsx"):
        desk.json(*asked, "--out", tmp_path / name, "--why", "daftar untuk Dinsos")
    clear = texts_of(tmp_path / "b.xlsx")
    masked = f"{'•' * 12}{kk(1)[-4:]}"
    assert NAME in clear and masked in clear and kk(1) not in clear
    assert rows_of(tmp_path / "b.csv")[0]["kk"] == masked
    refused = desk.run(*asked, "--out", tmp_path / "c.csv", "--why", "ingin tahu", "--role", "auditor")
    assert (refused.code, "may not read" in refused.err, (tmp_path / "c.csv").exists()) == (2, True, False)
    assert len(desk.json("runs", "--format", "json")) == 6
    log = desk.run("audit", "show", "--last", "60").out
    assert (
        "people.revealed" in log and "people.refused" in log and log.count("export.made") == 6 + 4
    )  # four with their remarks


def test_a_file_that_cannot_be_written_is_told_and_its_run_stays(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    asked = ("evaluate", "jps_food_aid", "--list", "1", *AS_OF)
    assert desk.run(*asked, "--out", tmp_path / "nowhere" / "x.csv").code == 2
    assert desk.run(*asked, "--work-list", tmp_path / "x.json").code == 2
    assert desk.json("runs", "--format", "json") == []


def test_the_queue_with_names_for_whoever_may_see_them(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    path = tmp_path / "in-dukcapil.csv"
    path.write_text(f"nik,nama,tanggal lahir,status\n{nik(1)},Zainudin Harun,14-07-1985,aktif\n", encoding="utf-8")
    assert desk.run("register", "import", "dukcapil", path, "--on", "2020-07-01", "--source", "Dukcapil").code == 0
    assert desk.run("match", "1", "--register", "dukcapil").code == 0
    shown = desk.run("match", "queue")
    assert NAME not in shown.out and "Zainudin" not in shown.out
    asked = ("match", "queue", "--open", "--who", "Vera", "--why", "memeriksa KTP")
    opened = desk.run(*asked)
    assert NAME in opened.out and "Zainudin Harun" in opened.out and "1985-07-14" in opened.out
    assert nik(1) not in opened.out and f"{'•' * 12}{nik(1)[-4:]}" in opened.out
    (record,) = desk.json(*asked, "--list", "1", "--format", "json")
    assert record["who"]["region"] == "75.03.01" and record["candidates"][0]["who"]["name"] == "Zainudin Harun"
    log = desk.run("audit", "show", "--last", "12").out
    assert "people.revealed" in log and "register.revealed" in log and "memeriksa KTP" in log
    assert desk.json("match", "queue", "--district", "75.04", "--format", "json") == []
    assert desk.json("match", "queue", "--list", "2", "--format", "json") == []
    for more in (("--why", ""), ("--role", "auditor"), ("--role", "district", "--district", "75.04")):
        refused = desk.run("match", "queue", "--open", "--who", "Budi", "--why", "ingin tahu", "--list", "1", *more)
        assert "Zainudin" not in refused.out, more
        assert refused.code == (0 if "75.04" in more else 2), more


def test_the_province_sets_the_thresholds_and_matching_names_them(desk: Desk, tmp_path: Path) -> None:
    desk.receive(heads(tmp_path))
    path = tmp_path / "in-dukcapil.csv"
    path.write_text(f"nik,nama\n{nik(1)},Rahasiawaty\n{nik(2)},Zainudin\n", encoding="utf-8")
    assert desk.run("register", "import", "dukcapil", path, "--on", "2020-07-01", "--source", "Dukcapil").code == 0
    assert desk.json("match", "settings", "show", "--format", "json")["number"] is None
    before = desk.json("match", "1", "--register", "dukcapil", "--format", "json")
    assert before["setting"] is None
    change = ("match", "settings", "set", "--who", "Kadis", "--why", "SK 4/2020", "--on", "2020-07-01")
    told = desk.run(*change, "--set", "name_other=99", "--set", "name_same=100", "--set", "points.same_card=20")
    assert told.code == 0, told.err
    now = desk.json("match", "settings", "show", "--format", "json")
    assert (now["number"], now["by"], now["on"], now["values"]["name_same"]) == (1, "Kadis", "2020-07-01", 100)
    assert (now["values"]["accept"], now["values"]["points"]["same_card"]) == (88, 20)
    assert "name_same = 100" in desk.run("match", "settings", "show").out
    after = desk.json("match", "1", "--register", "dukcapil", "--format", "json")
    assert (after["setting"], after["counts"] == before["counts"]) == (1, False)
    assert "by settings 1" in desk.run("match", "1", "--register", "dukcapil").out
    for more, said in (
        (("--set", "accept=10"), "can't be used"),
        (("--set", "akseptasi=90"), "no setting"),
        (("--set", "accept=banyak"), "no setting"),
        (("--set", "accept=90", "--role", "district"), "may not set"),
        ((), "not said which"),
    ):
        refused = desk.run(*change, *more)
        assert (refused.code, said in refused.err) == (2, True), refused.err
    assert desk.json("match", "settings", "show", "--format", "json")["number"] == 1


OTHER_KEY = """ejps 1 id
program uji "Program uji"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    dasar hukum "asumsi: contoh"
    mata uang IDR

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi
    keluarga_mampu "Keluarga mampu" 1..10

syarat kurang "Tidak mampu"
    keluarga_mampu < 5

berikan bantuan "Bantuan"
    Rp100.000

contoh "tidak mampu"
    keluarga kk = "7501010101209001", keluarga_mampu = 1
    pada 2020-10-16
    maka memenuhi syarat, bantuan = Rp100.000
"""

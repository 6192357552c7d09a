"""Subject access by the command: lists, registers, matching, determinations, decisions, exports, who looked; a letter."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from ejps_core.store.opening import StorePlace
from tests.registry.online.scripted import Scripted, serving
from tests.registry.online.test_line import settings
from tests.store.desk import AS_OF, Desk, heads, kk, nik, statements

CHILD = "7503010107209001"
"""In a register, and in no list."""
WHY = ("--why", "permintaan subjek data")


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = Desk(place, tmp_path, capsys)
    made.receive(heads(tmp_path))
    return made


def whole_tour(desk: Desk, folder: Path) -> None:
    """All that can be held on somebody."""
    pkh = folder / "in-pkh.csv"
    pkh.write_text(f"Nomor KK,Nama Pengurus,Bank\n{kk(1)},Rahasiawati 1,BRI\n{kk(2)},Lain,BNI\n", encoding="utf-8")
    dukcapil = folder / "in-dukcapil.csv"
    dukcapil.write_text(f"nik,kk,nama,status\n{nik(1)},{kk(1)},Rahasiawati 1,aktif\n{CHILD},{kk(1)},Anak,aktif\n", "utf-8")
    for name, path in (("pkh", pkh), ("dukcapil", dukcapil)):
        done = desk.run("register", "import", name, path, "--on", "2020-07-01", "--source", f"Sumber {name}")
        assert done.code == 0, done.err
    assert desk.run("match", "1", "--register", "dukcapil").code == 0
    file = statements(folder, range(1, 3))
    assert desk.run("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file, "--who", "Rahma").code == 0
    desk.decide()
    assert desk.run("list", "export", "1", "--return", folder / "in-kembali.xlsx", "--who", "Rahma").code == 0
    with serving(Scripted()) as script:
        asked = ("register", "ask", "dukcapil", "--list", "1", "--settings", settings(folder, url=script.url))
        assert desk.run(*asked).code == 0


def test_all_that_is_held(desk: Desk, tmp_path: Path) -> None:
    whole_tour(desk, tmp_path)
    held = desk.json("subject", nik(1), *WHY, "--who", "Tuna", "--format", "json")
    registers = [(each["name"], each["source"], each["as_of"][:4], each["by"], each["values"]) for each in held["registers"]]
    assert registers[0] == (
        "pkh",
        "Sumber pkh",
        "2020",
        "kk",
        {"Nomor KK": kk(1), "Nama Pengurus": "Rahasiawati 1", "Bank": "BRI"},
    )
    assert registers[1][:4] == ("dukcapil", "Sumber dukcapil", "2020", "nik") and registers[1][4]["nik"] == nik(1)
    assert (registers[2][1], registers[2][4]) == ("Dukcapil (uji)", {"nik": nik(1), "jawaban": "padan", "status": "aktif"})
    assert len(registers) == 3 and "Anak" not in json.dumps(held), "the child's row is the child's"
    assert [(each["register"], each["outcome"]) for each in held["matches"]] == [("dukcapil", "matched")] * 2
    assert held["askings"][0]["source"] == "Dukcapil (uji)"
    assert held["determinations"][0]["document"] == "SPTJM 12"
    (decision,) = held["decisions"]
    assert (decision["program"], decision["verdict"]) == ("jps_food_aid", "ineligible")
    assert decision["reasons"][0]["words"] and decision["reasons"][0]["legal"]
    assert [each["kind"] for each in held["exports"]] == ["returned"]
    actions = {each["action"] for each in held["looked"]}
    assert {"list.received", "export.made", "run.recorded", "registry.asked", "subject.access"} <= actions
    log = desk.json("audit", "show", "--by", "Tuna", "--format", "json")
    assert [each["action"] for each in log].count("register.read") == 3
    assert {each["purpose"] for each in log} == {"subject_access"}


def test_it_is_told_in_words_and_as_a_letter(desk: Desk, tmp_path: Path) -> None:
    whole_tour(desk, tmp_path)
    office = tmp_path / "kantor.toml"
    office.write_text(
        'government = "Pemerintah Provinsi Gorontalo"\nname = "Dinas Sosial"\nplace = "Gorontalo"\ncontact = "0435-0000"\n'
        '[signatory]\noffice = "Pejabat Pelindungan Data Pribadi"\nname = "Tuna Olii"\n',
        encoding="utf-8",
    )
    path = tmp_path / "in-surat.txt"
    done = desk.run("subject", nik(1), *WHY, "--who", "Tuna", "--letter", path, "--office", office)
    assert done.code == 0, done.err
    for line in ("In registers:", "Bank: BRI", "Correction and objection:", "Who looked or changed:", "matched"):
        assert line in done.out, done.out
    letter = path.read_text(encoding="utf-8")
    for part in ("DINAS SOSIAL", "UU 27/2022 Pasal 32", "Rahasiawati 1", "Hak Saudara", "keberatan tertulis", "Tuna Olii"):
        assert part in letter, letter
    assert "Sumber pkh" in letter and max(map(len, letter.splitlines())) <= 100
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log = desk.json("audit", "show", "--by", "Tuna", "--format", "json")
    assert {"export.made", "subject.letter"} <= {each["action"] for each in log}


def test_somebody_of_a_register_only_and_nobody(desk: Desk, tmp_path: Path) -> None:
    whole_tour(desk, tmp_path)
    held = desk.json("subject", CHILD, *WHY, "--format", "json")
    assert [(each["name"], each["by"], each["values"]["nama"]) for each in held["registers"]] == [
        ("dukcapil", "nik", "Anak")
    ]
    assert held["lists"] == held["decisions"] == []
    other = desk.run("subject", "7503014107859876", *WHY)
    assert "Nothing is held" in other.out


def test_what_was_destroyed_is_said(desk: Desk, tmp_path: Path) -> None:
    whole_tour(desk, tmp_path)
    keys = desk.json("keys", "list", "--format", "json")
    gone = next(str(each["id"]) for each in keys if each["about"].startswith("pkh"))
    assert desk.run("keys", "destroy", gone, "--why", "retensi", "--yes", "--who", "Tuna").code == 0
    held = desk.json("subject", nik(1), *WHY, "--format", "json")
    assert {each["name"] for each in held["registers"]} == {"dukcapil"}
    assert "register 1 (pkh" in held["destroyed"][0] and "destroyed" in held["destroyed"][0]


def test_who_may_not(desk: Desk, tmp_path: Path) -> None:
    whole_tour(desk, tmp_path)
    refused = desk.run("subject", nik(1), *WHY, "--who", "Budi", "--role", "province", "--letter", tmp_path / "x.txt")
    assert (refused.code, "may not read" in refused.err, refused.out) == (2, True, "")
    assert not (tmp_path / "x.txt").exists()
    log = desk.json("audit", "show", "--by", "Budi", "--format", "json")
    assert {each["action"] for each in log} == {"subject.refused"}, "no register was opened"

"""What matching and officials have found decides what a register says of somebody; on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.store.desk import Desk, kk, nik

pytestmark = pytest.mark.slow

PROGRAM = "jps_food_aid"
NO_AID = (
    "Menerima PKH", "Menerima BPNT/Program Sembako", "Menerima BST", "Menerima BLT Dana Desa",
    "Menerima bantuan pangan provinsi lain pada tahap yang sama", "Keluarga mampu",
)  # fmt: skip
BORN = "14-07-1985"
KNOWN = "Rahasiawati Harun"
STRANGER = "Zainudin Mopangga"


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def receive(
    desk: Desk, number: str, *, asn: str | None = "tidak", pkh: bool = True, village: str = "75.03.01", born: str = BORN
) -> int:
    """A family of one person, who has this NIK in the list; nothing is said of her life. Her list's number."""
    family = {
        "Nomor KK": kk(1), "Nama Kepala Keluarga": KNOWN, "NIK": number, "Kode Wilayah": village,
        "Terdaftar di DTKS": "ya", **dict.fromkeys(NO_AID if pkh else NO_AID[1:], "tidak"),
    }  # fmt: skip
    person = {"Nomor KK": kk(1), "NIK": number, "Nama": KNOWN, "Tanggal lahir": born}
    if asn is not None:
        person["ASN, TNI, atau Polri"] = asn
    members = write(desk.folder / "in-anggota.csv", [person])
    path = write(desk.folder / "in-keluarga.csv", [family])
    told = desk.receive(path, "--members", str(members), "--program", PROGRAM, code=None)
    return int(told["list"])


def register(desk: Desk, name: str, rows: list[dict[str, str]], *more: str, on: str = "2020-07-01") -> None:
    path = write(desk.folder / f"in-{name}.csv", rows)
    done = desk.run("register", "import", name, path, "--on", on, "--source", "Dinas", "--who", "Rahma", *more)
    assert done.code == (3 if any(not row.get("nik", "-") for row in rows) else 0), done.err


def decide(desk: Desk, *more: str) -> tuple[str, dict[str, Any], str]:
    """Which verdict the family has, what else is told of the program, and the findings."""
    done = desk.run("evaluate", PROGRAM, "--list", "1", "--as-of", "2020-07-15", "--summary", "json", *more)
    told = json.loads(done.out)[0]["programs"][PROGRAM]
    (verdict,) = [each for each in ("eligible", "ineligible", "undetermined") if told[each]]
    assert done.code == (3 if "Set apart" in done.err else 0), done.err
    return verdict, told, done.err


def ask(desk: Desk, name: str = "dukcapil") -> list[dict[str, Any]]:
    """Matches, and what waits for an official then."""
    done = desk.run("match", "1", "--register", name, "--who", "Yusuf")
    assert done.code == 0, done.err
    waiting: list[dict[str, Any]] = desk.json("match", "queue", "--format", "json")
    return waiting


def answer(desk: Desk, asked: dict[str, Any], which: str) -> None:
    done = desk.run(
        "match", "answer", "--match", str(asked["match"]), "--which", which, "--who", "Vera", "--why", "KTP dilihat"
    )
    assert done.code == 0, done.err


def person(number: str, status: str = "aktif", name: str = KNOWN) -> dict[str, str]:
    return {"nik": number, "nama": name, "tanggal lahir": BORN, "kode wilayah": "75.03.01", "status": status}


def test_a_death_found_under_a_slip_of_the_nik_waits_for_an_official(desk: Desk) -> None:
    receive(desk, nik(1))
    register(desk, "dukcapil", [person(nik(2), "wafat")])
    verdict, _, said = decide(desk)
    assert (verdict, "answer to matching" in said) == ("undetermined", False)
    (asked,) = ask(desk)
    verdict, _, said = decide(desk)
    assert (verdict, "1 person waits for an official's answer to matching 1" in said) == ("undetermined", True)
    answer(desk, asked, "2")
    verdict, told, said = decide(desk)
    assert (verdict, told["by_reason"]["meninggal"], "waits" in said) == ("ineligible", 1, False)
    (pid,) = [row["pid"] for row in desk.json("list", "show", "1", "--format", "json")["rows"] if row["unit"] == "family"]
    told_then, told_now = (desk.run("replay", run, "--explain", pid) for run in ("2", "3"))
    assert "waits for an official's answer to matching 1" in told_then.out, told_then.err
    words = " ".join(told_now.out.split())
    assert "(register dukcapil, data as of 2020-07-01 (Dinas), by matching 1, decided by Vera)" in words, words
    assert desk.run("replay", "3", "--explain", "nobody").code == 2
    for run in ("1", "2", "3"):
        again = desk.json("replay", run, "--format", "json")
        assert (again["equal"], again["same_matchings"]) == (True, True), run
    answer(desk, asked, "none")
    assert decide(desk)[0] == "undetermined"
    assert desk.json("replay", "3", "--format", "json")["equal"]


def test_the_number_of_somebody_else_says_nothing_of_her(desk: Desk) -> None:
    """What the register says of the number is not used while it is asked whose that is."""
    receive(desk, nik(1))
    register(desk, "dukcapil", [person(nik(1), "meninggal", STRANGER)])
    assert decide(desk)[0] == "ineligible"  # by number alone, before anybody has compared the names
    (asked,) = ask(desk)
    assert asked["outcome"] == "name_differs"
    assert decide(desk)[0] == "undetermined"
    answer(desk, asked, "none")
    assert decide(desk)[0] == "undetermined"
    answer(desk, asked, "2")
    assert decide(desk)[0] == "ineligible"


def test_none_of_them_is_absent_where_the_register_is_declared_complete(desk: Desk) -> None:
    receive(desk, nik(1), asn=None)
    register(desk, "dukcapil", [person(nik(1))])
    register(desk, "asn", [person(nik(1), name=STRANGER)], "--complete", "75.03")
    assert decide(desk)[1]["by_reason"]["asn_tni_polri"] == 1
    (asked,) = ask(desk, "asn")
    assert decide(desk)[0] == "undetermined"
    answer(desk, asked, "none")
    assert decide(desk)[0] == "eligible"
    answer(desk, asked, "2")
    assert decide(desk)[1]["by_reason"]["asn_tni_polri"] == 1


def test_somebody_without_a_nik_is_found_by_name(desk: Desk) -> None:
    receive(desk, "", asn=None)
    register(desk, "dukcapil", [person(nik(1))])
    register(desk, "asn", [person(nik(3), name=STRANGER), person("")], "--complete", "75.03")
    assert decide(desk)[0] == "undetermined"
    assert ask(desk, "dukcapil") == [] and ask(desk, "asn") == []
    verdict, told, _ = decide(desk)
    assert (verdict, told["by_reason"]["asn_tni_polri"]) == ("ineligible", 1)


def test_a_family_is_in_a_register_of_cards_by_its_head(desk: Desk) -> None:
    receive(desk, nik(1), pkh=False)
    register(desk, "dukcapil", [person(nik(1))])
    rows = [{"kk": kk(7), "nik": nik(1), "nama": KNOWN}]
    register(desk, "pkh", rows, "--complete", "75.03")
    assert decide(desk)[0] == "eligible"
    assert ask(desk, "pkh") == []
    verdict, told, said = decide(desk)
    assert (verdict, told["by_reason"]["penerima_pkh"]) == ("ineligible", 1)
    assert "under another card" in said


def test_an_answer_stays_while_the_question_is_the_same(desk: Desk) -> None:
    receive(desk, nik(1))
    register(desk, "dukcapil", [person(nik(2), "meninggal")])
    (asked,) = ask(desk)
    answer(desk, asked, "2")
    assert ask(desk) == []
    assert decide(desk)[0] == "ineligible"
    done = desk.run(
        "match", "settings", "set", "--set", "accept=95", "--who", "Kadis", "--why", "SK 1", "--role", "province"
    )
    assert done.code == 0, done.err
    assert ask(desk) == []
    receive(desk, nik(1), village="75.03.01.2001")  # the family's row changes, the person's doesn't
    verdict, _, said = decide(desk)
    assert (verdict, "Match again" in said) == ("undetermined", True)
    assert ask(desk) == []
    assert decide(desk)[0] == "ineligible"
    receive(desk, nik(1), born="15-07-1985")
    (again,) = ask(desk)
    assert (again["match"] != asked["match"], again["pid"] == asked["pid"]) == (True, True)
    assert decide(desk)[0] == "undetermined"
    assert desk.json("replay", "3", "--format", "json")["equal"]


def test_a_moved_head_and_a_silent_register(desk: Desk) -> None:
    receive(desk, nik(1))
    register(desk, "dukcapil", [person(nik(1), "pindah")])
    assert decide(desk)[1]["by_reason"]["pindah_keluar"] == 1
    register(desk, "dukcapil", [person(nik(1), "pindah datang")], on="2020-07-02")
    verdict, _, said = decide(desk)
    assert (verdict, "is not one of the answers" in said) == ("undetermined", True)

"""Day 4, from files to recorded decisions: a dead head is not a dead family, and life is judged on the day of delivery."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ejps_core.aid.entries import Money
from ejps_core.aid.targeting import Basis, Judgement, Receipt, on_both
from ejps_core.model.ruleset import Verdict
from tests.store.desk import Desk

pytestmark = pytest.mark.slow  # they start databases

DELIVERED, LATER = "2020-08-10", "2020-10-16"
PACKAGE = 178_150
SIZES = {"A": 4, "B": 1, "C": 1, "D": 1}
"""Persons of each family; the head is the first. A's wife and two children remain."""
DEAD = {("A", 1): "2020-08-03", ("B", 1): "2020-08-05"}
NO_AID = (
    "Menerima PKH", "Menerima BPNT/Program Sembako", "Menerima BST", "Menerima BLT Dana Desa",
    "Menerima bantuan pangan provinsi lain pada tahap yang sama", "Keluarga mampu",
)  # fmt: skip
PROGRAM = "jps_food_aid"


def card(family: str) -> str:
    return f"750301010120900{'ABCD'.index(family)}"


def nik(family: str, person: int) -> str:
    return f"75030101018{'ABCD'.index(family)}900{person}"


def name(family: str, person: int) -> str:
    return f"{('Kepala', 'Istri', 'Sulung', 'Bungsu')[person - 1]} Rahasia {family}"


def persons(families: str) -> list[tuple[str, int]]:
    return [(family, person) for family in families for person in range(1, SIZES[family] + 1)]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


class Day:
    """The desk of the day: the lists of the two phases, and what Dukcapil said before and after the deaths were known."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        # Nothing of life and residence stands in the lists: only Dukcapil knows it.
        self.register("2020-08-01", dead=False)

    def receive(self, families: str) -> int:
        """A list of families with their persons; its number."""
        heads = [
            {"Nomor KK": card(f), "Nama Kepala Keluarga": name(f, 1), "NIK": nik(f, 1), "Kode Wilayah": "75.03.01",
             "Terdaftar di DTKS": "ya", **dict.fromkeys(NO_AID, "tidak")}
            for f in families
        ]  # fmt: skip
        people = [
            {"Nomor KK": card(f), "NIK": nik(f, p), "Nama": name(f, p), "ASN, TNI, atau Polri": "tidak"}
            for f, p in persons(families)
        ]
        members = write(self.folder / f"in-{families}-anggota.csv", people)
        path = write(self.folder / f"in-{families}.csv", heads)
        received = self.desk.receive(path, "--members", str(members), "--program", PROGRAM, "--new")
        return int(received["list"])

    def register(self, on: str, *, dead: bool) -> None:
        """Dukcapil's answers as of a day."""
        rows = []
        for family, person in persons("ABCD"):
            died = DEAD.get((family, person), "") if dead else ""
            status = "meninggal" if died else "aktif"
            rows.append(
                {"nik": nik(family, person), "nama": name(family, person), "status": status, "tanggal_meninggal": died}
            )
        path = write(self.folder / f"in-dukcapil-{on}.csv", rows)
        done = self.desk.run("register", "import", "dukcapil", path, "--on", on, "--source", "Dukcapil", "--who", "Rahma")
        assert done.code == 0, done.err

    def decide(self, number: int, on: str, basis: str) -> dict[str, Any]:
        """The run on a list: its number, counts and rupiah."""
        asked = ("evaluate", PROGRAM, "--list", str(number), "--as-of", on, "--basis", basis)
        (told,) = self.desk.json(*asked, "--summary", "json")
        return {"run": told["run"], "basis": told["basis"]["id"], **told["programs"][PROGRAM]}

    def verdicts(self, run: int) -> dict[str, Verdict]:
        """Family card -> verdict of a run, read with a reason."""
        out = self.folder / f"hasil-{run}.csv"
        number = next(each["list"] for each in self.desk.json("runs", "--format", "json") if each["run"] == run)
        done = self.desk.run(
            "list", "export", str(number), "--return", out.with_suffix(".xlsx"), "--run", str(run), "--who", "Rahma"
        )
        assert done.code == 0, done.err
        from openpyxl import load_workbook

        sheet = load_workbook(out.with_suffix(".xlsx")).worksheets[0]
        heads, *rows = sheet.iter_rows(values_only=True)
        place = [str(each) for each in heads].index(f"DECISION {PROGRAM} (run {run})")
        return {str(row[0]): Verdict(str(row[place])) for row in rows}


@pytest.fixture
def day(desk: Desk, tmp_path: Path) -> Day:
    return Day(desk, tmp_path)


def test_phase_three_goes_to_the_widow_the_living_and_the_first_of_the_reserve(day: Day) -> None:
    number = day.receive("ABCD")
    assert day.decide(number, LATER, "then")["eligible"] == 4
    day.register("2020-09-20", dead=True)
    told = day.decide(number, LATER, "then")
    assert (told["eligible"], told["ineligible"], told["undetermined"], told["amount"]) == (3, 1, 0, 3 * PACKAGE)
    assert told["amount"] == 534_450 and told["by_reason"]["meninggal"] == 1
    assert day.verdicts(told["run"]) == {
        card(family): Verdict.INELIGIBLE if family == "B" else Verdict.ELIGIBLE for family in "ABCD"
    }
    assert all(day.desk.json("replay", run, "--format", "json")["equal"] for run in ("1", "2"))


def test_phase_two_was_right_on_what_was_known_and_two_of_three_on_the_latest(day: Day) -> None:
    number = day.receive("ABC")
    day.register("2020-09-20", dead=True)
    then, latest = day.decide(number, DELIVERED, "then"), day.decide(number, DELIVERED, "latest")
    assert (then["basis"], then["eligible"]) == ("data yang diketahui waktu itu", 3)
    assert (latest["basis"], latest["eligible"], latest["ineligible"]) == ("data terbaru", 2, 1)
    village = "75.03.01"
    receipts = tuple(Receipt(PROGRAM, 2, card(f), village, Money(106_890, 71_260)) for f in "ABC")
    judged = {
        basis: tuple(Judgement(PROGRAM, 2, kk, village, verdict) for kk, verdict in day.verdicts(told["run"]).items())
        for basis, told in ((Basis.THEN, then), (Basis.LATEST, latest))
    }
    ((known,), (now,)) = on_both(receipts, judged).values()
    assert (known.on_target.part, known.on_target.whole, known.wrong_money.total) == (3, 3, 0)
    assert (now.on_target.part, now.on_target.whole, now.wrong_money.total) == (2, 3, PACKAGE)

"""The worked-out days, through the command line, as an official would run them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

HERE = Path(__file__).parent


def ejps(*args: object) -> subprocess.CompletedProcess[str]:
    """The command line, as a process."""
    command = [sys.executable, "-m", "ejps_core", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    """A list as a district would send it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def summary(*args: object, exit_code: int = 0) -> dict[str, Any]:
    """The JSON summary of an evaluation."""
    done = ejps("evaluate", *args, "--summary", "json")
    assert done.returncode == exit_code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def card(number: int) -> str:
    """A synthetic family card number."""
    return f"750301010120{9000 + number}"


HEADS = [
    {
        "Nomor KK": card(n),
        "Terdaftar di DTKS": "ya",
        "Status kepala keluarga": "aktif",
        "Keluarga mampu": "tidak",
        "Menerima bantuan pangan provinsi lain pada tahap yang sama": "tidak",
        "Menerima PKH": "ya" if n == 1 else "tidak",
        "Menerima BPNT/Program Sembako": "ya" if n in (1, 2) else "tidak",
    }
    for n in range(1, 11)
]


class TestHeadsOnlyList:
    """Day 2: a list of ten heads; what is not loaded is unknown, never no."""

    def more(self, tmp_path: Path) -> Path:
        rows = [
            row | {"Menerima BST": "ya" if n == 3 else "tidak", "Menerima BLT Dana Desa": "tidak"}
            for n, row in enumerate(HEADS, 1)
        ]
        return write_csv(tmp_path / "list.csv", rows)

    def test_only_pkh_and_bpnt_loaded(self, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "list.csv", HEADS)
        found = summary("jps_food_aid", path, "--as-of", "2020-07-15", "--district", "75.03")["programs"]["jps_food_aid"]
        assert (found["ineligible"], found["undetermined"], found["eligible"]) == (2, 8, 0)

    def test_all_aids_loaded_only_members_are_missing(self, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        found = summary("jps_food_aid", self.more(tmp_path), "--as-of", "2020-07-15", "--district", "75.03", "--out", out)[
            "programs"
        ]["jps_food_aid"]
        assert (found["ineligible"], found["undetermined"], found["eligible"]) == (3, 7, 0)
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row["jps_food_aid_needs"] for row in rows if row["jps_food_aid_status"] == "perlu verifikasi"} == {"members"}

    def test_members_settle_the_seven(self, tmp_path: Path) -> None:
        people = [
            {
                "Nomor KK": card(n),
                "NIK": f"750301010180{9000 + n}",
                "Status kependudukan": "aktif",
                "ASN, TNI, atau Polri": "tidak",
            }
            for n in range(1, 11)
        ]
        members = write_csv(tmp_path / "members.csv", people)
        out = tmp_path / "out.csv"
        found = summary(
            "jps_food_aid", self.more(tmp_path), "--members", members,
            "--as-of", "2020-07-15", "--district", "75.03", "--out", out,
        )["programs"]["jps_food_aid"]  # fmt: skip
        assert (found["ineligible"], found["undetermined"], found["eligible"]) == (3, 0, 7)
        assert found["amount"] == 1_247_050
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["jps_food_aid_status"] == "memenuhi syarat"]
        totals = {
            share: sum(int(row[f"jps_food_aid_paket_pangan_{share}"]) for row in rows) for share in ("provinsi", "kabupaten")
        }
        assert totals == {"provinsi": 748_230, "kabupaten": 498_820}


class TestNik:
    """Day 3: what happens to one column of numbers."""

    def workbook(self, path: Path, cells: list[str | int | None]) -> Path:
        book = Workbook(str(path))
        sheet = book.add_worksheet("keluarga")
        sheet.write_row(0, 0, ["Nomor", "NIK", "Berhak"])
        for row, cell in enumerate(cells, 1):
            sheet.write_number(row, 0, row)
            if isinstance(cell, str):
                sheet.write_string(row, 1, cell)
            elif cell is not None:
                sheet.write_number(row, 1, cell)
            sheet.write_string(row, 2, "ya")
        book.close()
        return path

    def read(self, path: Path, exit_code: int) -> tuple[dict[str, Any], str]:
        done = ejps("evaluate", HERE / "heads.ejps", path, "--as-of", "2020-10-16", "--summary", "json")
        assert done.returncode == exit_code, done.stderr
        return json.loads(done.stdout), done.stderr

    def test_text_is_accepted(self, tmp_path: Path) -> None:
        found, notes = self.read(self.workbook(tmp_path / "a.xlsx", ["7504044107859010"]), 0)
        assert found["rows"] == {"read": 1, "set_apart": 0, "remarks": 0}
        assert found["programs"]["daftar_kepala"]["eligible"] == 1
        assert not notes

    def test_number_cell_is_warned_never_repaired(self, tmp_path: Path) -> None:
        found, notes = self.read(self.workbook(tmp_path / "a.xlsx", [7504044107859010, "7504044107859011"]), 0)
        assert found["rows"]["set_apart"] == 0
        assert found["rows"]["remarks"] == 1
        assert "15" in notes

    def test_scientific_notation_is_set_apart(self, tmp_path: Path) -> None:
        found, _ = self.read(self.workbook(tmp_path / "a.xlsx", ["7,50404E+15", "7504044107859011"]), 3)
        assert found["rows"]["set_apart"] == 1
        assert found["programs"]["daftar_kepala"]["eligible"] == 1

    def test_forty_numbers_ending_in_zero_are_one_message(self, tmp_path: Path) -> None:
        cells = [7504044107859010 + 10 * n for n in range(40)]
        found, _ = self.read(self.workbook(tmp_path / "a.xlsx", list(cells)), 0)
        assert found["rows"] == {"read": 40, "set_apart": 0, "remarks": 1}

    def test_last_digits_tell_people_apart(self, tmp_path: Path) -> None:
        found, _ = self.read(self.workbook(tmp_path / "a.xlsx", ["7504044107859001", "7504044107859002"]), 0)
        assert found["rows"] == {"read": 2, "set_apart": 0, "remarks": 0}

    def test_without_nik_the_family_is_kept(self, tmp_path: Path) -> None:
        found, notes = self.read(self.workbook(tmp_path / "a.xlsx", [None, "7504044107859002"]), 0)
        assert found["programs"]["daftar_kepala"]["eligible"] == 2
        assert "NIK menyusul" in notes


FAMILIES = {"A": card(1), "B": card(2), "C": card(3), "D": card(4)}


class TestDeaths:
    """Day 4: a dead head is not a dead family."""

    def decide(self, tmp_path: Path, families: str, deaths: bool, on: str) -> dict[str, Any]:
        heads = [
            {
                "Nomor KK": FAMILIES[name],
                "Kode wilayah": "75.03.01",
                "Terdaftar di DTKS": "ya",
                "Status kepala keluarga": "meninggal" if deaths and name in "AB" else "aktif",
                **dict.fromkeys(
                    (
                        "Menerima PKH",
                        "Menerima BPNT/Program Sembako",
                        "Menerima BST",
                        "Menerima BLT Dana Desa",
                        "Menerima bantuan pangan provinsi lain pada tahap yang sama",
                        "Keluarga mampu",
                    ),
                    "tidak",
                ),
            }
            for name in families
        ]
        dead = {("A", 1): "2020-08-03", ("B", 1): "2020-08-05"} if deaths else {}
        people = [
            {
                "Nomor KK": FAMILIES[name],
                "NIK": f"75030101018{'ABCD'.index(name)}900{number}",
                "Status kependudukan": "meninggal" if (name, number) in dead else "aktif",
                "Tanggal meninggal": dead.get((name, number), ""),
                "ASN, TNI, atau Polri": "tidak",
            }
            for name in families
            for number in range(1, 5 if name == "A" else 2)
        ]
        list_path = write_csv(tmp_path / "list.csv", heads)
        members = write_csv(tmp_path / "members.csv", people)
        found: dict[str, Any] = summary("jps_food_aid", list_path, "--members", members, "--as-of", on)
        program: dict[str, Any] = found["programs"]["jps_food_aid"]
        return program

    def test_phase_three(self, tmp_path: Path) -> None:
        found = self.decide(tmp_path, "ABCD", True, "2020-10-16")
        assert (found["eligible"], found["amount"]) == (3, 534_450)
        assert found["by_reason"]["meninggal"] == 1

    @pytest.mark.parametrize(("deaths", "right"), [(False, 3), (True, 2)])
    def test_phase_two_as_known_then_and_on_the_latest_data(self, tmp_path: Path, deaths: bool, right: int) -> None:
        found = self.decide(tmp_path, "ABC", deaths, "2020-08-10")
        assert (found["eligible"], found["amount"]) == (right, right * 178_150)


class TestKnownAsOf:
    """Day 5: the poverty line that was published by then decides, also when it is replayed later."""

    def decide(self, tmp_path: Path, *known: str) -> tuple[dict[str, Any], str]:
        families = write_csv(tmp_path / "list.csv", [{"kk": card(1), "penghasilan": "744000"}])
        members = write_csv(tmp_path / "members.csv", [{"kk": card(1), "nik": f"750301010180900{n}"} for n in (1, 2)])
        rules = HERE / "poverty_line.ejps"
        done = ejps("evaluate", rules, families, "--members", members, "--as-of", "2020-10-16", *known, "--summary", "json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)["programs"]["garis_kemiskinan"]
        return found, done.stderr

    def test_as_published_then(self, tmp_path: Path) -> None:
        found, notes = self.decide(tmp_path)
        assert (found["eligible"], found["ineligible"]) == (0, 1)
        assert "374.843" in notes  # the newer line is told as a remark

    def test_on_the_latest_data(self, tmp_path: Path) -> None:
        found, _ = self.decide(tmp_path, "--known", "latest")
        assert (found["eligible"], found["ineligible"]) == (1, 0)

    def test_the_examples_of_the_rule_file(self) -> None:
        done = ejps("test", HERE / "poverty_line.ejps")
        assert done.returncode == 0, done.stdout + done.stderr

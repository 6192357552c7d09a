"""Day 2, as written: a list of heads without aid columns, and the registers, declarations and statement beside it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.test_days import card, ejps, summary, write_csv

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

ON, SIGNED = "2020-07-15", "2020-07-14"
HEADS = [
    {
        "Nomor KK": card(n),
        "Kode wilayah": "75.03.01",
        "Terdaftar di DTKS": "ya",
        "Status kepala keluarga": "aktif",
        "Keluarga mampu": "tidak",
        "Menerima bantuan pangan provinsi lain pada tahap yang sama": "tidak",
    }
    for n in range(1, 11)
]
REGISTERS = {"pkh": [card(1)], "bpnt": [card(1), card(2)], "bst": [card(3)], "blt_dd": [], "asn": []}


class Day:
    """The files of the day in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.list = write_csv(folder / "daftar.csv", HEADS)
        for name, numbers in REGISTERS.items():
            rows = ["nik" if name == "asn" else "kk", *numbers]
            (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def complete(self, *names: str) -> Path:
        """A file that declares these registers complete for the district, with how many rows each has: 0 for nobody."""
        signed = {"wilayah": "75.03", "tanggal": ON, "siapa": "Dinsos Bone Bolango"}
        rows = [{"register": n, **signed, "jumlah": str(len(REGISTERS[n]))} for n in names]
        return write_csv(self.folder / f"lengkap-{len(names)}.csv", rows)

    def statement(self) -> Path:
        """The village's signed statement for the seven."""
        rows = [
            {
                "kk": card(n),
                "fakta": "aturan:asn_tni_polri",
                "nilai": "tidak",
                "siapa": "Kepala Desa Talulobutu",
                "alasan": "tidak ada ASN, TNI, atau Polri dalam KK",
                "dokumen": "SPTJM 4/2020",
                "tanggal": SIGNED,
            }
            for n in range(4, 11)
        ]
        return write_csv(self.folder / "sptjm.csv", rows)

    def options(self, *names: str, complete: bool = True) -> list[object]:
        """These registers, each declared complete unless said otherwise."""
        given: list[object] = ["jps_food_aid", self.list, "--as-of", ON]
        for name in names:
            given += ["--register", f"{name}={self.folder / name}.csv"]
        return [*given, "--complete", self.complete(*names)] if complete else given

    def decide(self, *more: object) -> dict[str, Any]:
        """The summary of the program."""
        found: dict[str, Any] = summary(*more)["programs"]["jps_food_aid"]
        return found


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day(tmp_path)


def counts(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["ineligible"], found["undetermined"], found["eligible"]


def column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_two_registers_settle_two(day: Day) -> None:
    assert counts(day.decide(*day.options("pkh", "bpnt"))) == (2, 8, 0)


def test_five_registers_leave_only_the_members_of_seven(day: Day) -> None:
    out = day.folder / "hasil.csv"
    found = day.decide(*day.options(*REGISTERS), "--out", out)
    assert counts(found) == (3, 7, 0)
    needs = [need for need in column(out, "jps_food_aid_needs") if need]
    assert needs == ["members"] * 7


def test_the_statement_settles_the_seven(day: Day) -> None:
    out = day.folder / "hasil.csv"
    told = summary(*day.options(*REGISTERS), "--determinations", day.statement(), "--out", out)
    found = told["programs"]["jps_food_aid"]
    assert (counts(found), found["amount"]) == ((3, 0, 7), 1_247_050)
    shares = [
        sum(int(cell or 0) for cell in column(out, f"jps_food_aid_paket_pangan_{s}")) for s in ("provinsi", "kabupaten")
    ]
    assert shares == [748_230, 498_820]
    assert (told["determinations"]["used"], told["determinations"]["decisions"]) == (7, 7)
    assert column(out, "determined").count("aturan:jps_food_aid.asn_tni_polri") == 7
    assert {each["name"] for each in told["registers"]} == set(REGISTERS)


def test_an_empty_register_is_complete_only_if_the_declaration_says_none(day: Day) -> None:
    path = day.complete("blt_dd")
    path.write_text(path.read_text(encoding="utf-8").replace(",0", ","), encoding="utf-8")
    done = ejps("evaluate", *day.options("blt_dd", complete=False), "--complete", path)
    assert done.returncode == 2 and "register-empty" in done.stderr


def test_without_a_declaration_nothing_becomes_no(day: Day) -> None:
    out = day.folder / "hasil.csv"
    found = day.decide(*day.options(*REGISTERS, complete=False), "--determinations", day.statement(), "--out", out)
    assert counts(found) == (3, 7, 0)
    assert set(column(out, "jps_food_aid_needs")[3:]) == {"menerima_pkh; menerima_bpnt; menerima_bst; menerima_blt_dd"}


def test_a_statement_without_its_document_settles_nothing(day: Day) -> None:
    path = day.statement()
    path.write_text(path.read_text(encoding="utf-8").replace("SPTJM 4/2020", ""), encoding="utf-8")
    told = summary(*day.options(*REGISTERS), "--determinations", path, exit_code=3)
    assert counts(told["programs"]["jps_food_aid"]) == (3, 7, 0)


def test_which_missing_fact_would_settle_the_most_rows(day: Day) -> None:
    done = ejps("evaluate", *day.options("pkh", "bpnt", "bst"))
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    start = lines.index("Data yang masih diperlukan:")
    assert lines[start + 1 : start + 3] == ["7 Menerima BLT Dana Desa", "7 daftar anggota keluarga"]


def test_the_explanation_names_register_declaration_and_statement(day: Day) -> None:
    done = ejps("explain", *day.options(*REGISTERS), "--determinations", day.statement(), "--id", card(5))
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "menerima_pkh = tidak (tidak ada di register pkh" in text
    assert f"dinyatakan lengkap untuk 75.03 per {ON} oleh Dinsos Bone Bolango" in text
    assert f"(ditetapkan: Kepala Desa Talulobutu, SPTJM 4/2020, {SIGNED})" in text

"""Bad input: each located, in both languages, with its exit code; what could be evaluated was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.cli.shell import DATE, FAMILIES, MEMBERS, RULES, ejps, made

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

LANGUAGES = pytest.mark.parametrize("lang", ["id", "en"])
CHOICE = """
pilih per kabupaten dari alamat
    urutkan menurut desil terkecil dahulu, kk terkecil dahulu
    paling banyak 1
    cadangan 1

laporan
"""


def workbook(path: Path, **sheets: list[list[str | float]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


def cells(text: str) -> list[list[str | float]]:
    return [list(line) for line in csv.reader(text.splitlines())]


@LANGUAGES
@pytest.mark.parametrize(
    ("families", "said"),
    [
        ("", "daftar.csv"),
        ("Nomor KK,Alamat,Menerima PKH,Desil\n", "daftar.csv"),
        ("Nomer KKK,Alamat\n7501010101209001,75.01\n", "Nomor KK"),
        ("Nomor KK,Nomor KK\n7501010101209001,7501010101209001\n", "Nomor KK"),
    ],
)
def test_a_list_that_is_none_exits_2(tmp_path: Path, families: str, said: str, lang: str) -> None:
    done = made(tmp_path, families=families).evaluate("--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@LANGUAGES
def test_a_wrong_sheet_exits_2_and_names_those_there_are(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path)
    book = workbook(tmp_path / "x.xlsx", keluarga=cells(FAMILIES), anggota=cells(MEMBERS))
    done = ejps("evaluate", files.rules, book, *DATE, "--sheet", "kelurga", "--lang", lang)
    assert done.code == 2
    assert "keluarga" in done.err


@LANGUAGES
def test_a_cell_in_the_last_corner_is_refused(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path)
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    book.add_worksheet("keluarga").write_string(1048575, 16383, "x")
    book.close()
    done = ejps("evaluate", files.rules, tmp_path / "x.xlsx", *DATE, "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "x.xlsx" in done.err


def test_a_file_that_is_no_workbook_exits_2(tmp_path: Path) -> None:
    files = made(tmp_path)
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert ejps("evaluate", files.rules, tmp_path / "x.xlsx", *DATE).code == 2
    assert ejps("evaluate", files.rules, tmp_path, *DATE).code == 2


@LANGUAGES
def test_bad_cells_are_unknown_and_the_row_is_decided(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path, families=FAMILIES.replace("tidak,1", "tidak,satu"))
    done = files.evaluate("--lang", lang, "--out", tmp_path / "x.csv")
    assert done.code == 0
    assert "satu" in done.err
    first = next(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert first["bantuan_needs"] == "desil"


@LANGUAGES
def test_a_nik_in_scientific_notation_is_set_apart_with_its_place(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path, members=MEMBERS.replace("7501014107859001", '"7,50101E+15"'))
    done = files.evaluate("--lang", lang, "--out", tmp_path / "x.xlsx")
    assert done.code == 3
    assert "•,•••••E+15" in done.err
    notes = list(openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[-1].values)
    assert any(row[1] == 2 and row[2] == "NIK" and row[3] == "•,•••••E+15" for row in notes)


@LANGUAGES
def test_a_column_that_is_missing_is_unknown_and_said(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path, families=FAMILIES.replace("Menerima PKH", "Menerma PHK"))
    done = files.evaluate("--lang", lang, "--out", tmp_path / "x.csv")
    assert done.code == 0
    assert "Menerma PHK" in done.err
    rows = list(csv.DictReader((tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["bantuan_needs"] == "pkh"


@LANGUAGES
def test_deep_nesting_is_a_message(tmp_path: Path, lang: str) -> None:
    deep = "(" * 500 + "desil <= batas" + ")" * 500
    files = made(tmp_path, rules=RULES.replace("    desil <= batas\n", f"    {deep}\n"))
    done = ejps("--lang", lang, "check", files.rules)
    assert done.code == 1
    assert "bantuan.ejps:" in done.err


def test_ten_thousand_lines_are_checked(tmp_path: Path) -> None:
    more = "".join(f'gugur bila alasan_{n} "Alasan {n}"\n    pkh dan desil = {n % 10 + 1}\n' for n in range(4_990))
    files = made(tmp_path, rules=RULES.replace("berikan paket", more + "\nberikan paket"))
    assert len(files.rules.read_text(encoding="utf-8").splitlines()) > 10_000
    assert ejps("check", files.rules).code == 0


def test_seats_and_reserve_end_to_end(tmp_path: Path) -> None:
    homes = ("75.01.01", "75.01.02", "75.01.03", "75.04.01")
    rows = [f"750101010120900{n},{home},{'' if n == 2 else 'tidak'},{n}" for n, home in enumerate(homes, start=1)]
    members = [f"750101010120900{n},750101410785900{n},tidak" for n in range(1, 5)]
    files = made(
        tmp_path,
        rules=RULES.replace("\nlaporan\n", CHOICE),
        families="\n".join([FAMILIES.splitlines()[0], *rows]) + "\n",
        members="\n".join([MEMBERS.splitlines()[0], *members]) + "\n",
    )
    done = files.evaluate("--summary", "json", "--out", tmp_path / "x.xlsx")
    assert done.code == 0, done.err
    program = json.loads(done.out)["programs"]["bantuan"]
    assert (program["selected"], program["provisional"]) == (2, 0)
    assert (program["eligible"], program["amount"], program["amount_selected"]) == (3, 3 * 178_150, 2 * 178_150)
    header, *table = openpyxl.load_workbook(tmp_path / "x.xlsx")["bantuan"].values
    seats = [dict(zip(header, row, strict=True)) for row in table]
    assert [(row["Peringkat"], row["Terpilih"], row["Cadangan"]) for row in seats] == [
        (1, "ya", None),
        (None, "tidak", None),
        (2, "tidak", 1),
        (1, "ya", None),
    ]

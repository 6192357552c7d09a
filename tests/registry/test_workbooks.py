"""Workbooks: cells of all kinds, choice of sheets, and files that are wrong or hostile."""

import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ejps_core.registry import workbooks
from tests.registry.lists import kk, nik, read, text_list, workbook

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

HEAD = ["kk", "in_dtks", "decile", "income", "status", "surveyed", "village"]


def test_cells_of_all_kinds(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [None],
        [*HEAD],
        [kk(1), True, 5.0, 178150, "Aktif", date(2020, 3, 12), "75.01"],
        [None],
        [kk(2), 0, "6", "178.150", " aktif ", datetime.fromisoformat("2020-03-12"), 7501],
        [kk(3), "ya", 7, 178150.0, "active", 43902, 75.01],
    ]
    outcome = read(workbook(tmp_path, {"Keluarga": rows}))
    assert outcome.column("in_dtks") == [True, False, True]
    assert outcome.column("decile") == [5, 6, 7]
    assert outcome.column("income") == [178150] * 3
    assert outcome.column("status") == ["active"] * 3
    assert outcome.column("surveyed") == [date(2020, 3, 12)] * 3
    assert outcome.column("village") == ["75.01"] * 3
    assert outcome.codes == ["serial-date"]
    assert outcome.candidates is not None and outcome.candidates.family_rows.tolist() == [3, 5, 6]


def test_numbers_of_a_spreadsheet_are_never_rounded(tmp_path: Path) -> None:
    rows = [["kk", "decile", "income"], [kk(1), 5.5, 178150.25], [kk(2), 11, 1e15]]
    outcome = read(workbook(tmp_path, {"Keluarga": rows}))
    assert outcome.column("decile") == [None, None]
    assert outcome.codes == ["too-many-decimals", "too-many-decimals", "out-of-bounds", "out-of-bounds"]
    place = outcome.place(next(f for f in outcome.findings if f.code == "too-many-decimals"))
    assert (place.sheet, place.row, place.column, place.value) == ("Keluarga", 2, "decile", "5.5")


def test_formulas_with_an_error_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "galat.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Lain")
    sheet = book.add_worksheet("Keluarga & anggota")
    sheet.write_row(2, 1, ["kk", "decile", "affected"])
    sheet.write_row(3, 1, [kk(1), 3])
    sheet.write_formula(3, 3, "=NA()", None, "#N/A")
    sheet.write_row(4, 1, [kk(2)])
    sheet.write_formula(4, 2, "=1+2", None, 3)
    sheet.write_formula(4, 3, '=""', None, "")
    sheet.write_row(5, 1, [kk(3), 5])
    book.close()
    outcome = read(path)
    assert outcome.column("decile") == [3, 3, 5]
    assert outcome.column("affected")[::2] == [None, False]
    assert outcome.codes[0] == "broken-cell"
    place = outcome.place(next(f for f in outcome.findings if f.code == "broken-cell"))
    assert (place.row, place.column, place.value) == (4, "affected", "#N/A")


def test_a_formula_that_was_never_calculated_is_not_blank(tmp_path: Path) -> None:
    rows = [["kk", "affected"], [kk(1), "=1=1"], [kk(2), None]]
    outcome = read(workbook(tmp_path, {"Keluarga": rows}))
    assert outcome.column("affected") == [None, False]
    assert outcome.codes == ["formula-not-calculated"]


def test_a_sheet_called_anggota_holds_the_members(tmp_path: Path) -> None:
    sheets = {
        "Anggota": [["kk", "nik"], [kk(1), nik(1)], [kk(1), nik(2)]],
        "Petunjuk": [["Isi lembar Keluarga"]],
        "Keluarga": [["kk", "decile"], [kk(1), 3]],
    }
    outcome = read(workbook(tmp_path, sheets))
    assert outcome.column("decile") == [3]
    assert outcome.sizes == [2]
    assert "“Petunjuk”" in outcome.only("sheets-not-read").words.id
    assert outcome.only("sheets-not-read").severity == "remark"


def test_else_the_only_other_sheet_with_the_key_and_other_headers(tmp_path: Path) -> None:
    families, people = [["kk", "decile"], [kk(1), 3]], [["kk", "nik"], [kk(1), nik(1)]]
    taken = read(workbook(tmp_path, {"A": families, "B": people}))
    assert taken.sizes == [1]
    said = taken.only("members-sheet-taken")
    assert "“B” (1 row)" in said.words.en and said.mend is not None and "--members-sheet" in said.mend.en
    named = read(workbook(tmp_path, {"A": families, "B": people}), members_sheet="B")
    assert named.sizes == [1] and "members-sheet-taken" not in {finding.code for finding in named.findings}
    assert read(workbook(tmp_path, {"A": families, "B": [*families[:1], [kk(2), 4]]})).sizes == [0, 0]
    assert read(workbook(tmp_path, {"A": families, "B": people, "C": people})).sizes == [0]


def test_sheets_by_name(tmp_path: Path) -> None:
    sheets = {
        "Desa A": [["kk", "decile"], [kk(1), 3]],
        "Desa B": [["kk", "decile"], [kk(2), 4]],
        "Orang": [["kk", "nik"], [kk(2), nik(1)]],
    }
    path = workbook(tmp_path, sheets)
    outcome = read(path, sheet="desa b", members_sheet="Orang")
    assert outcome.column("kk") == [kk(2)]
    assert outcome.sizes == [1]
    assert outcome.only("sheets-not-read").severity == "remark"
    finding = read(path, sheet="Desa D").only("no-such-sheet")
    assert finding.mend is not None and "“Desa A”" in finding.mend.id
    read(path, members_sheet="Anggota").only("no-such-sheet")


def test_sheets_with_the_same_headers_are_one_list(tmp_path: Path) -> None:
    heads = ["kk", "decile"]
    sheets = {
        "Desa A": [["DAFTAR"], heads, [kk(1), 3]],
        "Desa B": [["decile", "kk"], [4, kk(2)], [44, kk(3)]],
        "Catatan": [["x"]],
        "Desa D": [heads],
    }
    outcome = read(workbook(tmp_path, sheets))
    assert outcome.column("kk") == [kk(1), kk(2), kk(3)] and outcome.column("decile") == [3, 4, None]
    place = outcome.place(outcome.only("out-of-bounds"))
    assert (place.sheet, place.row) == ("Desa B", 3)
    assert "“Desa A” (1), “Desa B” (2), “Desa D” (0)" in outcome.only("sheets-joined").words.id
    assert "“Catatan”" in outcome.only("sheets-not-read").words.id and outcome.apart == []


def test_sheets_of_families_with_other_headers_are_loud(tmp_path: Path) -> None:
    sheets = {
        "Desa A": [["kk", "decile"], [kk(1), 3]],
        "Desa B": [["kk", "income"], [kk(2), 4], [kk(3), 4]],
        "Desa C": [["kk", "status"], [kk(4), 4]],
        "Catatan": [["x"]],
    }
    outcome = read(workbook(tmp_path, sheets), members=())
    loud, quiet = (f for f in outcome.findings if f.code == "sheets-not-read")
    assert (loud.severity, quiet.severity) == ("set_apart", "remark")
    assert "“Desa B” (2 baris), “Desa C” (1 baris); 3 baris" in loud.words.id
    assert "“Desa B” (2 rows), “Desa C” (1 row); 3 rows are" in loud.words.en
    assert "“Catatan”" in quiet.words.id


def test_both_lists_from_one_workbook_named_twice(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["kk", "decile"], [kk(1), 3]], "B": [["kk", "nik"], [kk(1), nik(1)]]})
    outcome = read(path, people=path)
    assert outcome.sizes == [1] and outcome.apart == []


def test_a_members_sheet_beside_a_members_file_is_no_sheet_of_families(tmp_path: Path) -> None:
    sheets = {"Keluarga": [["kk", "decile"], [kk(1), 3]], "Anggota": [["kk", "nik"], [kk(1), nik(1)]]}
    people = text_list(tmp_path, f"kk;nik\n{kk(1)};{nik(2)}\n", "anggota.csv")
    outcome = read(workbook(tmp_path, sheets), people=people)
    assert outcome.member("nik") == [nik(2)] and outcome.apart == []


def test_members_from_a_workbook_of_their_own(tmp_path: Path) -> None:
    families = text_list(tmp_path, f"kk;decile\n{kk(1)};3\n")
    people = workbook(tmp_path, {"Info": [["x"]], "Anggota": [["kk", "nik"], [kk(1), nik(1)]]}, "orang.xlsx")
    assert read(families, people=people).sizes == [1]


def test_an_empty_sheet(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, {"Keluarga": []})).only("empty-list").severity == "error"


def test_one_cell_in_the_last_corner_is_a_message(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "kk"
    book.active["XFD1048576"] = 1
    path = tmp_path / "jauh.xlsx"
    book.save(path)
    assert path.stat().st_size < 8000
    finding = read(path).only("sheet-too-large")
    assert "XFD1048576" in finding.words.id and "XFD1048576" in finding.words.en


def test_a_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    read(workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]})).only("sheet-too-large")


def test_a_bomb_of_blanks_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b" " * 20_000_000)
    finding = read(path).only("sheet-too-large")
    assert "21 MB" in finding.words.id and "200" in finding.words.en


def test_the_ending_of_the_name_is_not_believed(tmp_path: Path) -> None:
    book = workbook(tmp_path, {"Keluarga": [["kk", "decile"], [kk(1), 3]]}, "daftar.xlsx")
    for name in ("daftar.xls", "daftar.csv", "daftar.ods", "daftar"):
        (tmp_path / name).write_bytes(book.read_bytes())
        assert read(tmp_path / name).column("decile") == [3]
    assert read(text_list(tmp_path, f"kk;decile\n{kk(1)};3\n", "teks.xlsx")).column("decile") == [3]
    (tmp_path / "rahasia.xls").write_bytes(protected())
    read(tmp_path / "rahasia.xls").only("password")


def test_damaged_and_foreign_files(tmp_path: Path) -> None:
    whole = workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]}).read_bytes()
    (tmp_path / "putus.xlsx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "arsip.xlsx", "w") as archive:
        archive.writestr("catatan.txt", "bukan lembar kerja")
    (tmp_path / "lama.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for name in ("putus.xlsx", "arsip.xlsx", "lama.xls"):
        assert read(tmp_path / name).only("unreadable").severity == "error"


def protected() -> bytes:
    """The shell of a workbook under a password: a compound file that holds a stream EncryptedPackage, and little else."""
    free, end = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIII4xI", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096)
    header += end + struct.pack("<I", 0) + end + struct.pack("<I", 0) + struct.pack("<I", 0) + free * 108
    sectors = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]  # the table itself, the folder, eight of the stream
    table = struct.pack(f"<{len(sectors)}I", *sectors) + free * (128 - len(sectors))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("EncryptedPackage", 2, 0xFFFFFFFF, 2, 4096)
    return header + table + folder.ljust(512, b"\0") + bytes(4096)


def test_a_password_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.xlsx"
    path.write_bytes(protected())
    assert "kata sandi" in read(path).only("password").words.id


def test_a_child_that_dies_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "mati.py"
    script.write_text("import sys; sys.exit(3)")
    monkeypatch.setattr(workbooks, "_SCRIPT", script)
    read(workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]})).only("sheet-too-large")


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "lama.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(workbooks, "_SCRIPT", script)
    monkeypatch.setattr(workbooks, "WAIT_SECONDS", 0.5)
    read(workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]})).only("sheet-too-large")

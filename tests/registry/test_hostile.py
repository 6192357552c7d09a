"""Files that are wrong, protected or hostile: a message each, never a crash, and nothing of a password anywhere."""

import io
import zipfile
from datetime import date
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter

from ejps_core.app.evaluate import Request
from ejps_core.app.importing import Incoming
from ejps_core.registry.readers import READERS, with_password
from tests.registry.lists import kk, read, text_list, workbook

SECRET = "Rahasia-75.04"


def locked(folder: Path, source: Path, name: str = "terkunci.xlsx") -> Path:
    """The workbook under a password."""
    out = io.BytesIO()
    with source.open("rb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt(SECRET, out)
    path = folder / name
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.slow
def test_a_protected_workbook_opens_with_its_password(tmp_path: Path) -> None:
    path = locked(tmp_path, workbook(tmp_path, {"Keluarga": [["kk", "decile"], [kk(1), 3]]}))
    assert read(path, readers=with_password(READERS, SECRET)).column("decile") == [3]
    assert "kata sandi" in read(path).only("password").words.id
    wrong = read(path, readers=with_password(READERS, "lain")).only("password-wrong")
    assert wrong.severity == "error" and "lain" not in wrong.words.id
    plain = workbook(tmp_path, {"Keluarga": [["kk", "decile"], [kk(1), 3]]}, "terbuka.xlsx")
    assert read(plain, readers=with_password(READERS, SECRET)).column("decile") == [3]
    assert not [each for each in tmp_path.iterdir() if each.suffix not in {".xlsx"}]


@pytest.mark.slow
def test_a_bomb_inside_a_protected_workbook_is_not_opened(tmp_path: Path) -> None:
    source = workbook(tmp_path, {"Keluarga": [["kk"], [kk(1)]]})
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b" " * 20_000_000)
    read(locked(tmp_path, source), readers=with_password(READERS, SECRET)).only("sheet-too-large")


def test_a_password_is_in_no_words(tmp_path: Path) -> None:
    path, on = tmp_path / "a.xlsx", date(2020, 10, 16)
    requests = (Incoming(path, "75.04", on, password=SECRET), Request("x", path, on, password=SECRET))
    assert all(SECRET not in repr(each) and SECRET not in str(each) for each in requests)


@pytest.mark.slow
def test_a_million_formatted_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "berformat.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, look = book.add_worksheet("Keluarga"), book.add_format({"bg_color": "#FFFF00"})
        sheet.write_row(0, 0, ["kk", "decile"])
        sheet.write_row(1, 0, [kk(1), 3])
        for row in range(2, 1_000_000):
            sheet.write_blank(row, 0, None, look)
    outcome = read(path)
    if outcome.candidates is None:  # the machine is too slow for the limits: a message, not a wrong list
        outcome.only("sheet-too-large")
    else:
        assert outcome.column("decile") == [3] and outcome.candidates.read == 1


@pytest.mark.slow
@pytest.mark.parametrize("far", ["XFD1048576", "XFD1", "A1048576"])
def test_a_cell_far_outside(tmp_path: Path, far: str) -> None:
    book = openpyxl.Workbook()
    for place, value in (("A1", "kk"), ("B1", "decile"), ("A2", kk(1)), ("B2", 3), (far, "x")):
        book.active[place] = value
    book.save(tmp_path / "jauh.xlsx")
    outcome = read(tmp_path / "jauh.xlsx")
    if outcome.candidates is None:
        outcome.only("sheet-too-large")
    else:
        assert outcome.column("decile")[0] == 3


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "csv", "csv-quoted"])
def test_a_cell_of_a_hundred_megabytes(tmp_path: Path, form: str) -> None:
    huge = "x" * 100_000_000
    if form == "xlsx":
        path = workbook(tmp_path, {"Keluarga": [["kk", "decile"], [kk(1), 3]]})
        inline = f'<c r="C2" t="inlineStr"><is><t>{huge}</t></is></c></row></sheetData>'.encode()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "besar.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                new.writestr(part, old.read(part).replace(b"</row></sheetData>", inline))
        read(tmp_path / "besar.xlsx").only("sheet-too-large")
        return
    cell = f'"{huge}"' if form == "csv-quoted" else huge
    outcome = read(text_list(tmp_path, f"kk;decile\n{kk(1)};{cell}\n"))
    assert outcome.candidates is None
    assert {finding.code for finding in outcome.findings} <= {"unreadable", "unclosed-quote", "sheet-too-large"}


def test_what_is_called_a_workbook_and_is_none(tmp_path: Path) -> None:
    page = "<html><body><table><tr><td>kk</td></tr></table></body></html>"
    assert "HTML" in read(text_list(tmp_path, page, "daftar.xls")).only("unreadable").words.id
    spaced = text_list(tmp_path, f"\ufeff\n  {page}", "daftar2.xls")
    assert "HTML" in read(spaced).only("unreadable").words.id


@pytest.mark.slow
def test_a_truncated_workbook(tmp_path: Path) -> None:
    whole = workbook(tmp_path, {"Keluarga": [["kk", "decile"], *([kk(i), 3] for i in range(500))]}).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        path = tmp_path / "putus.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert read(path).candidates is None

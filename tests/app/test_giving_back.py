"""The list given back is the district's own file: every byte of it stays, with three columns beside each table."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ejps_core.app.giving_back import Return, give_back
from ejps_core.app.importing import Imported, Incoming, received
from ejps_core.app.library import installed
from ejps_core.model.words import Language
from ejps_core.registry import sheet_marks
from tests.registry.lists import kk, nik

pytestmark = pytest.mark.slow  # each opens child processes: left out of `make check`

HEADS = ["No", "No. KK", "NIK", "Nama", "Kecamatan", "Ket. DTKS"]
PASSWORD = "sandi uji"


def rows(first: int) -> list[list[Any]]:
    return [
        [1, kk(first), nik(first), "=1+1 bukan rumus", "Marisa", "DTKS"],
        [2, kk(first + 1), "7,50404E+15", "Budi", "Dengilo", "Non DTKS"],
        [3, kk(first + 2), None, "Cici & Dedi <3", "Buntulia", "DTKS"],
    ]


def sheet(page: Worksheet, first: int) -> None:
    """A table as an office lays it out."""
    page.append(["DAFTAR CALON PENERIMA", *[None] * 7])
    page.merge_cells("A1:H1")
    page.append(HEADS)
    for row in rows(first):
        page.append(row)
    page.append([None, "Jumlah", 3])
    for place, wide in zip("ABCD", (5, 22, 22, 40), strict=True):
        page.column_dimensions[place].width = wide
    page["A1"].font = Font(bold=True, size=16, color="FF0000")
    page["B4"].fill = PatternFill("solid", fgColor="FFFF00")
    page["F3"].comment = Comment("periksa", "petugas")
    page["F6"] = "=COUNTA(B3:B5)"
    page["D3"].data_type = "s"
    page.freeze_panes = "A3"
    page.auto_filter.ref = "A2:F5"
    page.row_dimensions[5].hidden = True
    page.column_dimensions["E"].hidden = True
    page.conditional_formatting.add("A3:A5", CellIsRule("greaterThan", ["1"], fill=PatternFill("solid", bgColor="00FF00")))
    choices = DataValidation("list", formula1='"DTKS,Non DTKS"')
    choices.add("F3:F5")
    page.add_data_validation(choices)


def laid_out(path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Desa Teratai & Co"
    sheet(first, 1)
    sheet(book.create_sheet("Desa Dua"), 4)
    hidden = book.create_sheet("Rahasia")
    hidden["A1"] = "catatan"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def read(path: Path, password: str | None = None) -> Imported:
    request = Incoming(path, "75.04", date(2020, 10, 16), "jps_food_aid", password=password)
    found = received(request, installed())
    assert found.read is not None, found.findings
    return found


def back_from(path: Path, back: Path, password: str | None = None) -> list[str]:
    """The list given back; what is said of it."""
    found = read(path, password)
    assert found.read is not None
    given = Return(found.read.originals, found.rows, (path,), back, path, password)
    failed, said = give_back(given, Language.EN)
    assert failed is None, failed
    return [each.words.en for each in said]


def parts(path: Path | BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def without_marks(new: bytes, old: bytes) -> bytes:
    """The sheet without what was added, which stands nowhere in the old one."""
    import re

    new = re.sub(rb'<c r="[A-Z]+\d+"[^>]*t="inlineStr"><is><t xml:space="preserve">[^<]*</t></is></c>', b"", new)
    return re.sub(rb'<col min="\d+" max="\d+" width="(?:24|70)" customWidth="1"/>', b"", new)


def test_a_workbook_keeps_its_look(tmp_path: Path) -> None:
    path, back = laid_out(tmp_path / "daftar.xlsx"), tmp_path / "kembali.xlsx"
    assert back_from(path, back) == []
    old, new = parts(path), parts(back)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert without_marks(new[name], old[name]).replace(b'"A1:K6"', b'"A1:H6"') == old[name]
    book = openpyxl.load_workbook(back)
    assert book.sheetnames == ["Desa Teratai & Co", "Desa Dua", "Rahasia"]
    page = book["Desa Teratai & Co"]
    assert [page.cell(2, n).value for n in (9, 10, 11)] == ["STATUS", "REASON", "HOW TO MEND"]
    assert [page.cell(n, 9).value for n in (3, 4, 5)] == ["accepted", "set apart", "accepted with a remark"]
    assert "NIK_FORMAT" in str(page["J4"].value) and page["J4"].alignment.wrap_text
    assert page["I3"].fill.fgColor.rgb == "FFE3F4E1" and page["I2"].font.bold
    assert page["I6"].value == "skipped (no row of data)"
    assert page.column_dimensions["I"].width == 24 and page.column_dimensions["B"].width == 22
    assert str(page.merged_cells.ranges) == "{<MergedCellRange A1:H1>}" and page["F6"].value == "=COUNTA(B3:B5)"
    assert page["A1"].font.color.rgb == "00FF0000" and page["F3"].comment is not None
    assert page.row_dimensions[5].hidden and book["Rahasia"].sheet_state == "hidden"


def test_what_was_given_back_is_known_again(tmp_path: Path) -> None:
    """A district mends it in place and sends it: our columns are none of its facts, the rows are the same."""
    path, back = laid_out(tmp_path / "daftar.xlsx"), tmp_path / "kembali.xlsx"
    back_from(path, back)
    one, two = read(path), read(back)
    assert [(row.sheet, row.row, row.identity, row.verdict) for row in one.rows] == [
        (row.sheet, row.row, row.identity, row.verdict) for row in two.rows
    ]
    twice = tmp_path / "lagi.xlsx"
    assert back_from(back, twice) == []
    page = openpyxl.load_workbook(twice)["Desa Dua"]
    assert [page.cell(2, n).value for n in (9, 12)] == ["STATUS", "STATUS"]


def test_a_protected_workbook_comes_back_protected(tmp_path: Path) -> None:
    path = laid_out(tmp_path / "terbuka.xlsx")
    locked, back = tmp_path / "daftar.xlsx", tmp_path / "kembali.xlsx"
    with path.open("rb") as file, locked.open("wb") as out:
        OOXMLFile(file).encrypt(PASSWORD, out)
    assert back_from(locked, back, PASSWORD) == []
    assert not zipfile.is_zipfile(back)
    inside = BytesIO()
    with back.open("rb") as file:
        office = OOXMLFile(file)
        office.load_key(password=PASSWORD)
        office.decrypt(inside)
    assert openpyxl.load_workbook(inside)["Desa Dua"]["I3"].value == "accepted"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "_xmlsignatures/sig1.xml"])
def test_what_runs_or_is_signed_is_not_handed_on(name: str, tmp_path: Path) -> None:
    path, back = laid_out(tmp_path / "daftar.xlsx"), tmp_path / "kembali.xlsx"
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(name, b"<x/>")
    (said,) = back_from(path, back)
    assert "macros, links to other files, objects or a digital signature" in said
    assert name not in parts(back)
    assert openpyxl.load_workbook(back)["Desa Dua"]["G3"].value == "accepted"


def test_another_kind_of_file_comes_back_as_a_new_workbook(tmp_path: Path) -> None:
    book = import_module("xlwt").Workbook()
    page = book.add_sheet("Desa")
    for at, row in enumerate((HEADS, *rows(1))):
        for place, cell in enumerate(row):
            page.write(at, place, cell)
    book.save(str(tmp_path / "daftar.xls"))
    (said,) = back_from(tmp_path / "daftar.xls", tmp_path / "kembali.xlsx")
    assert "as a new workbook" in said
    assert openpyxl.load_workbook(tmp_path / "kembali.xlsx").active["G2"].value == "accepted"


TEXTS = {
    "semicolon": ("utf-8-sig", ";", "\r\n", ""),
    "comma": ("utf-8", ",", "\n", ""),
    "tab": ("utf-16", "\t", "\r\n", ""),
    "windows": ("cp1252", ";", "\r\n", ""),
    "stated": ("utf-8", ";", "\n", "sep=;\n"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_list_keeps_its_delimiter_and_encoding(kind: str, tmp_path: Path) -> None:
    coding, sign, end, head = TEXTS[kind]
    table = [HEADS, *([("" if cell is None else str(cell)) for cell in row] for row in rows(1))]
    table[1][3], table[2][3], table[3][3] = "=CMD()", "Bud\u00e9, \u201cBu\u201d", '"Cici"' if sign != ";" else "-"
    if sign == ",":
        table[2][3], table[2][2] = '"Bud\u00e9, \u201cBu\u201d"', '"7,50404E+15"'
    text = head + end.join(sign.join(row) for row in table)
    path, back = tmp_path / "daftar.csv", tmp_path / "kembali.csv"
    path.write_bytes(text.encode(coding))
    assert back_from(path, back) == []
    told = back.read_bytes().decode(coding)
    assert told.startswith(head + sign.join(HEADS) + sign + '"STATUS"')
    lines = told.removeprefix(head).split(end)
    assert lines[1].startswith(sign.join(table[1]).replace("=CMD()", "'=CMD()"))
    assert lines[2].startswith(sign.join(table[2]) + sign + '"set apart"' + sign + '"[NIK_FORMAT]')
    assert lines[3].startswith(sign.join(table[3]) + sign + '"accepted with a remark"')
    assert {row.verdict for row in read(back).rows} == {row.verdict for row in read(path).rows}


def test_a_workbook_is_no_text_list(tmp_path: Path) -> None:
    path = laid_out(tmp_path / "daftar.xlsx")
    found = read(path)
    assert found.read is not None
    failed, _ = give_back(Return(found.read.originals, found.rows, (path,), tmp_path / "x.csv"), Language.EN)
    assert failed is not None and failed.code == "output-kind"


SHEET = (
    b'<?xml version="1.0"?><x:worksheet xmlns:x="urn:x"><x:dimension ref="A1"/>'
    b'<x:cols><x:col min="1" max="16384" width="9"/></x:cols><x:sheetData>'
    b'<x:row spans="1:2"><x:c t="s"><x:v>0</x:v></x:c><x:c/><x:c s="3"/></x:row><x:row r="3"/>'
    b'<x:row r="4"><x:c r="A4"/><x:c r="B4" s="1"/><x:c r="F4" s="1"/></x:row></x:sheetData></x:worksheet>'
)


def told(texts: Sequence[str], style: int | None) -> list[tuple[str, int | None]]:
    """Texts of one style."""
    return [(text, style) for text in texts]


def test_sheets_of_other_makers() -> None:
    """Elements with prefixes, cells and rows without references, empty rows and cells that have a look only."""
    texts = ("A&B <c> 100%", "", "_x0041_\x07")
    made = sheet_marks.marked(SHEET, {1: told(texts, 7), 3: told("xyz", None), 4: told("pqr", None)})
    assert made.count(b"</x:row>") == 3 and b'<x:row r="3"><x:c r="B3" t="inlineStr">' in made
    assert b'<x:c r="B1" s="7" t="inlineStr"><x:is><x:t xml:space="preserve">A&amp;B &lt;c&gt; 100&#37;</x:t>' in made
    assert b"_x005F_x0041_&#65533;" in made and b'spans="1:4"' in made and b'ref="A1:D1"' in made
    assert b'r="D4" t="inlineStr"><x:is><x:t xml:space="preserve">r</x:t></x:is></x:c><x:c r="F4" s="1"/></x:row>' in made
    assert b'<x:c r="B4" s="1"/>' not in made and b'<x:c s="3"/>' not in made, "ours stand in their place"
    assert made.count(b"<x:col ") == 1, "the widths of all columns are set already"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row r="1"/></sheetData></worksheet>',
        b"<worksheet><sheetData><row r='1'></sheetData></worksheet>",
        b"<worksheet><sheetData/></worksheet>",
        '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16"),
        b'<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
    ],
)
def test_what_is_not_written_into(data: bytes) -> None:
    with pytest.raises(sheet_marks.RefusedError):
        sheet_marks.marked(data, {1: told("abc", None)})

"""One table value as CSV, JSON, HTML and workbook: the same figures, nothing that runs."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from ejps_core.model.paper import Column, Paper, Show, Table
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.table_book import as_workbook
from ejps_core.reports.table_files import as_csv, as_html, as_json

COLUMNS = (
    Column("name", Words("Nama", "Name")),
    Column("nik", same("NIK"), Show.CODE),
    Column("amount", Words("Nilai (Rp)", "Amount (Rp)"), Show.MONEY),
    Column("part", same("%"), Show.PERCENT),
    Column("on", Words("Tanggal", "Day"), Show.DAY),
    Column("sign", Words("Tanda tangan", "Signature"), Show.SIGN),
)
ROWS = (
    ("=HYPERLINK(1)", "7504044107859010", 15_472_327_500, 9040, date(2020, 10, 16), "1."),
    ("<b>Moh. & Siti</b>", "", None, None, None, "2."),
)
TABLE = Table(
    "uji", Words("Uji", "Test"), COLUMNS, ROWS, (None, None, 15_472_327_500, None, None, None), frozenset({(0, 2)})
)
PAPER = Paper("uji", Words("Laporan uji", "Test report"), (same("TA 2020"),), (TABLE,), (same("Catatan <i>"),))


def test_csv() -> None:
    data = as_csv(TABLE, Language.ID)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["name", "nik", "amount", "part", "on", "asumsi"]
    assert rows[1] == ["'=HYPERLINK(1)", "7504044107859010", "15472327500", "9040", "2020-10-16", "amount"]
    assert rows[2] == ["<b>Moh. & Siti</b>", "", "", "", "", ""]
    assert b"\r\n" in data


def test_json() -> None:
    found: dict[str, Any] = json.loads(as_json((PAPER,), Language.EN))
    (table,) = found["tables"]
    assert found["title"] == "Test report"
    assert table["rows"][0] == {
        "name": "=HYPERLINK(1)",
        "nik": "7504044107859010",
        "amount": 15_472_327_500,
        "part": 9040,
        "on": "2020-10-16",
    }
    assert table["assumed"] == [[0, "amount"]]
    assert table["total"]["amount"] == 15_472_327_500


def test_html_escapes_and_loads_nothing() -> None:
    text = as_html((PAPER,), Language.ID).decode()
    assert "&lt;b&gt;Moh. &amp; Siti&lt;/b&gt;" in text
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert '<td class="n">15.472.327.500*</td>' in text
    assert "90,40" in text
    assert "16 Oktober 2020" in text
    assert 'lang="id"' in text


def test_workbook() -> None:
    book = openpyxl.load_workbook(BytesIO(as_workbook((PAPER, PAPER), Language.ID)))
    assert book.sheetnames == ["Uji", "Uji (2)"]
    sheet = book["Uji"]
    rows = [list(row) for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0].value == "Nama")
    first = rows[head + 1]
    assert first[0].value == "=HYPERLINK(1)"
    assert first[0].data_type == "s"
    assert first[1].value == "7504044107859010"
    assert first[2].value == 15_472_327_500
    assert first[2].number_format == '#,##0"*"'
    assert (first[3].value, first[3].number_format) == (90.4, "0.00")
    assert rows[head + 3][2].value == 15_472_327_500
    assert rows[head + 3][0].value == "JUMLAH"
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"

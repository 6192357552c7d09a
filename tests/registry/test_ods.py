"""ODS workbooks, in which the reader gives errors of formulas as blanks, and formats where nothing tells them apart."""

import zipfile
from dataclasses import replace
from pathlib import Path

from ejps_core.registry.columns import read_column
from ejps_core.registry.delimited import open_text
from tests.registry.lists import FAMILY, ON, kk, read, text_list

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
BLANK = "<table:table-cell/>"
NUMBER = '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
FAILED = (
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
)
UNCALCULATED = '<table:table-cell table:formula="of:=1=1"/>'
NOTHING = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'


def cell(text: str) -> str:
    """A cell with a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods(folder: Path, *rows: str) -> Path:
    """A workbook with one sheet; every row is the text of its cells."""
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in NAMES.items())
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body = f'<office:body><office:spreadsheet><table:table table:name="Keluarga">{lines}</table:table>'
    body += "</office:spreadsheet></office:body>"
    with zipfile.ZipFile(folder / "daftar.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return folder / "daftar.ods"


def test_cells_of_ods(tmp_path: Path) -> None:
    assert read(ods(tmp_path, cell("kk") + cell("decile"), cell(kk(1)) + NUMBER)).column("decile") == [3]


def test_errors_and_blanks_are_told_apart_in_ods(tmp_path: Path) -> None:
    head = '<table:table-cell table:number-columns-repeated="2"/>' + cell("kk") + cell("decile") + cell("affected")
    rows = [FAILED, UNCALCULATED, NOTHING, BLANK]
    lines = [BLANK * 2 + cell(kk(i)) + NUMBER + last for i, last in enumerate(rows)]
    outcome = read(ods(tmp_path, BLANK, head, *lines))
    assert outcome.column("affected") == [None, None, False, False]
    assert outcome.codes == ["broken-cell", "formula-not-calculated"]
    assert [outcome.place(f).row for f in outcome.findings if f.code == "broken-cell"] == [3]


def test_where_blanks_may_be_errors_they_are_unknown(tmp_path: Path) -> None:
    listing, _ = open_text(text_list(tmp_path, f"kk;affected\n{kk(1)};\n{kk(2)};ya\n{kk(3)};tidak\n"))
    assert listing is not None
    affected = next(f for f in FAMILY if f.name == "affected")
    found = read_column(replace(listing, blanks_hide_errors=True), listing.fetch([1])[0], affected, ON)
    assert found.values.to_pylist() == [None, True, False]
    assert [finding.code for _, finding in found.notes] == ["blanks-unsure"]

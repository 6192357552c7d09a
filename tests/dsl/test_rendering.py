"""Findings as text and as data, of rule files and of lists."""

import json

from ejps_core.dsl import compile_text
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.rendering import as_json, render
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from tests.dsl.plain import HEAD, PAY

CELL = Diagnostic(
    "number-expected",
    Severity.SET_APART,
    Cell("daftar.xlsx", "Anggota", 12, "NIK", "7,50404E+15"),
    Words("NIK ditulis sebagai bilangan ilmiah", "the NIK is written in scientific notation"),
    Words("ketik ulang sebagai teks", "type it again as text"),
)


def test_a_cell_of_a_list() -> None:
    assert render([CELL], {}, Language.ID) == (
        'Disisihkan [number-expected] daftar.xlsx, lembar Anggota, baris 12, kolom NIK, isi "7,50404E+15"\n'
        "  NIK ditulis sebagai bilangan ilmiah.\n"
        "  Cara memperbaiki: ketik ulang sebagai teks.\n"
    )
    english = render([CELL], {}, Language.EN)
    assert english.startswith("Set apart [number-expected] daftar.xlsx, sheet Anggota, row 12, column NIK, content")


def test_as_data() -> None:
    data = as_json(CELL)
    assert json.loads(json.dumps(data)) == data
    assert data["place"] == {
        "path": "daftar.xlsx",
        "sheet": "Anggota",
        "row": 12,
        "column": "NIK",
        "value": "7,50404E+15",
    }
    text = HEAD + PAY + "syarat a\n    desill <= 4\n"
    _, found = compile_text(text, "contoh.ejps")
    (data,) = [as_json(finding) for finding in found]
    line = text.split("\n").index("    desill <= 4") + 1
    place = {"path": "contoh.ejps", "line": line, "column": 5, "end_line": line, "end_column": 11}
    assert data["code"] == "name-unknown" and data["severity"] == "error"
    assert data["place"] == place
    assert data["message"] == {"id": "nama `desill` tidak dikenal", "en": "the name `desill` is not known"}
    assert data["fix"] == {"place": place, "text": "desil"}


def test_a_file_that_is_not_at_hand_is_named_all_the_same() -> None:
    _, found = compile_text(HEAD + PAY + "syarat a\n    desill <= 4\n", "contoh.ejps")
    shown = render(found, {}, Language.EN)
    assert shown.startswith("Error [name-unknown] contoh.ejps:") and "|" not in shown

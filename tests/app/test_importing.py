"""A list taken in as the district sent it: rows by verdict, what is on record, and the workbook that goes back."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ejps_core.app.giving_back import Return, give_back
from ejps_core.app.importing import Imported, Incoming, Recalled, mapping_words, received
from ejps_core.app.library import installed
from ejps_core.hooks.manager import Loaded
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.program import Program
from ejps_core.model.verdicts import RowReason
from ejps_core.model.words import Language, Words
from ejps_core.registry.mapping import from_record
from ejps_core.reports.returned import write_returned
from tests.cli.shell import ejps
from tests.registry.lists import kk, nik, text_list, workbook

ON = date(2020, 10, 16)
HEADS = ["No", "No. KK", "NIK", "Nama", "Hub. Keluarga", "Desa", "Kecamatan", "Ket. DTKS"]
ROWS: list[list[Any]] = [
    ["DAFTAR PENERIMA JPS TAHAP III"],
    HEADS,
    list(range(1, 9)),
    [1, kk(1), nik(1), "=CMD()", "Kepala Keluarga", "Teratai", "Marisa", "DTKS"],
    [None, None, nik(2), "-Ani", "Istri", "Teratai", "Marisa", None],
    [2, kk(2), "7,50404E+15", "+Budi", "Kepala Keluarga", "Padengo", "Dengilo", "Non DTKS"],
    [3, kk(3), None, "@Cici", "Kepala Keluarga", "Hulawa", "Buntulia", "DTKS"],
    [None, "Jumlah", 3],
]


def imported(path: Path, **more: object) -> Imported:
    """The list, as Pohuwato sent it for the food aid."""
    return received(Incoming(path, "75.04", ON, "jps_food_aid"), installed(), **more)  # type: ignore[arg-type]


def returned(found: Imported, source: Path, back: Path, language: Language) -> Diagnostic | None:
    """The list given back."""
    assert found.read is not None
    return give_back(Return(found.read.originals, found.rows, (source,), back, source), language)[0]


def as_text(folder: Path) -> Path:
    """The rows as a text file."""
    lines = [";".join("" if cell is None else str(cell) for cell in (*row, *[None] * (8 - len(row)))) for row in ROWS]
    return text_list(folder, "\n".join(lines) + "\n")


def test_rows_are_counted_by_verdict_and_code(tmp_path: Path) -> None:
    found = imported(as_text(tmp_path))
    assert found.summary.as_record() == {
        "rows": 4,
        "accepted": 2,
        "with_remark": 1,
        "set_apart": 1,
        "by_code": {"NIK_FORMAT": 1, "NIK_KOSONG": 1},
        "unchanged": 0,
        "nik_to_follow": 2,
    }
    assert found.exit == 3 and len(found.proposed) == 1
    assert found.read is not None and found.read.candidates is not None
    assert found.read.candidates.families.column("alamat").to_pylist() == ["75.04.04.2007", "75.04.08.2004", "75.04.09.2001"]


def test_what_is_on_record_is_asked_for_and_told_apart(tmp_path: Path) -> None:
    path = as_text(tmp_path)
    first = imported(path)
    asked: list[tuple[str, str]] = []

    def recall(district: str, shape: str) -> Recalled:
        asked.append((district, shape))
        return Recalled(first.proposed[0], first.rows)

    again = imported(path, recall=recall)
    assert asked == [("75.04", first.proposed[0].shape)]
    assert again.proposed == () and again.summary.unchanged == again.summary.rows == 4


@pytest.mark.parametrize(("district", "code"), [("75.99", "unknown-district"), ("7504", None)])
def test_the_district_is_checked(tmp_path: Path, district: str, code: str | None) -> None:
    found = received(Incoming(as_text(tmp_path), district, ON, "jps_food_aid"), installed())
    assert ([each.code for each in found.findings if each.severity == "error"] == [code]) == (code is not None)


def test_without_a_program_the_facts_of_all_are_read(tmp_path: Path) -> None:
    found = received(Incoming(as_text(tmp_path), "75.04", ON), installed())
    assert found.read is not None and found.summary.rows == 4


@pytest.mark.slow
def test_the_workbook_goes_back_with_three_columns_and_nothing_that_runs(tmp_path: Path) -> None:
    found = imported(workbook(tmp_path, {"Marisa": [*ROWS[:3], [1, kk(1), nik(1), "x", *ROWS[3][4:]], *ROWS[4:]]}))
    back = tmp_path / "kembali.xlsx"
    assert returned(found, tmp_path / "daftar.xlsx", back, Language.ID) is None
    sheet = openpyxl.load_workbook(back)["Marisa"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == ROWS[0][0]
    assert cells[1] == [*HEADS, "STATUS", "ALASAN", "SARAN PERBAIKAN"]
    assert [row[8] for row in cells[3:]] == [
        "diterima",
        "diterima",
        "disisihkan",
        "diterima dengan catatan",
        "dilewati (bukan baris data)",
    ]
    assert "NIK_FORMAT" in cells[5][9] and "Teks" in cells[5][10]
    assert "NIK_KOSONG" in cells[6][9] and "NIK menyusul" in cells[6][9]
    assert [row[1] for row in cells[3:]] == [kk(1), None, kk(2), kk(3), "Jumlah"], "the district's own cells"
    risky = [
        cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@")
    ]
    assert [cell.value for cell in risky] == ["-Ani", "+Budi", "@Cici"]
    assert all(cell.data_type == "s" for cell in risky), "texts, as the district wrote them"


def test_the_mapping_and_the_remark_on_unused_columns_agree(tmp_path: Path) -> None:
    rows = [
        "No;No. KK;NIK;Nama;SHDK;Tgl Lahir;Hobi",
        f"1;{kk(1)};{nik(1)};Ani;Kepala Keluarga;01-07-1985;x",
        f";;{nik(2)};Budi;Anak;01-07-1985;",
    ]
    path = text_list(tmp_path, "\n".join(rows) + "\n")
    found = received(Incoming(path, "75.04", ON, "jps_food_aid"), installed())
    (mapping,) = found.proposed
    said = [each for each in found.findings if each.code == "column-unused"]
    remarked = {header for header in mapping.unused + mapping.layout if any(f"“{header}”" in f.words.id for f in said)}
    assert remarked == set(mapping.unused) and "Hobi" in mapping.unused
    used = {each.header for each in mapping.columns}
    assert not any(f"“{header}”" in f.words.id for header in used for f in said)
    assert mapping.layout == ("No", "SHDK") and from_record(mapping.as_record()) == mapping
    shown = mapping_words(mapping)
    assert "susunan baris: “No”, “SHDK”" in shown.id and "order of the rows: “No”, “SHDK”" in shown.en


def test_signatures_are_set_apart_and_no_family_with_them(tmp_path: Path) -> None:
    path = as_text(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + ";;;;Kepala Dinas Sosial;;;\n;;;Fulan;;;;\n", encoding="utf-8")
    found = imported(path)
    assert found.exit == 3 and dict(found.summary.by_code)["signature-block"] == 2
    assert (found.summary.rows, found.summary.accepted, found.summary.set_apart) == (6, 2, 3)


def test_reasons_that_go_back_hold_no_whole_number(tmp_path: Path) -> None:
    found = imported(as_text(tmp_path))
    assert found.read is not None
    words = Words(f"NIK {nik(7)} salah.", f"NIK {nik(7)} is wrong.")
    reason = RowReason("NIK_FORMAT", "nik-format", "NIK", nik(7), words, words)
    rows = [replace(found.rows[0], reasons=(reason,)), *found.rows[1:]]
    back = tmp_path / "kembali.xlsx"
    write_returned(found.read.originals, rows, back, Language.EN)
    cells = [cell.value for cell in openpyxl.load_workbook(back).active[4]]
    assert cells[2] == nik(1), "the district's own cell"
    assert nik(7) not in f"{cells[9]} {cells[10]}" and cells[9].count(nik(7)[-4:]) == cells[10].count(nik(7)[-4:]) == 1


@pytest.mark.slow
def test_a_formula_of_a_text_list_stays_text(tmp_path: Path) -> None:
    back = tmp_path / "kembali.xlsx"
    assert returned(imported(as_text(tmp_path)), tmp_path / "keluarga.csv", back, Language.EN) is None
    cell = openpyxl.load_workbook(back).active.cell(4, 4)
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=CMD()", "s", True)


def test_where_it_may_not_be_written(tmp_path: Path) -> None:
    path = as_text(tmp_path)
    found = imported(path)
    for back, code in (
        (path, "output-is-input"),
        (tmp_path / "x.ods", "output-kind"),
        (tmp_path / "ada" / "x.xlsx", "output-unwritable"),
    ):
        refused = returned(found, path, back, Language.ID)
        assert refused is not None and refused.code == code


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    path = as_text(tmp_path)
    asked = ("list", "import", str(path), "--district", "75.04", "--program", "jps_food_aid", "--as-of", "2020-10-16")
    refused = ejps(*asked)
    assert refused.code == 2 and "--yes" in refused.err and "Ket. DTKS" in refused.err and refused.out == ""
    done = ejps(*asked, "--yes", "--summary", "json", "--return", str(tmp_path / "kembali.xlsx"))
    assert done.code == 3 and json.loads(done.out)["set_apart"] == 1
    assert (tmp_path / "kembali.xlsx").exists()
    assert kk(1) not in done.out + done.err and nik(1) not in done.out + done.err


def test_programs_that_declare_a_fact_differently_are_told_with_the_way_out(tmp_path: Path) -> None:
    """A list that is read for all installed programs needs facts that they agree on; some of them can be named."""
    other = tmp_path / "uji.ejps"
    other.write_text(DISAGREEING, encoding="utf-8")
    plugins = installed()
    known = plugins.named("jps_food_aid")
    assert known is not None
    two = replace(plugins, programs=(known, Loaded(Program(id="uji", rules=other), "uji")))
    found = received(Incoming(as_text(tmp_path), "75.04", ON), two)
    assert found.read is None and [each.code for each in found.findings] == ["field-differs"]
    mend = found.findings[0].mend
    assert mend is not None and mend.en.startswith("Name the programs that are to decide this list: --program ID[,ID…].")
    assert received(Incoming(as_text(tmp_path), "75.04", ON, "jps_food_aid"), two).read is not None
    named = received(Incoming(as_text(tmp_path), "75.04", ON, "jps_food_aid,uji"), two).findings[0].mend
    assert named is not None and "--program" not in named.en


DISAGREEING = """ejps 1 id
program uji "Program uji"
    menetapkan keluarga
    berlaku 2020-01-01 sampai 2020-12-31
    dasar hukum "asumsi: contoh"
    mata uang IDR

keluarga memiliki
    kk "Nomor KK" kode kunci pribadi
    keluarga_mampu "Keluarga mampu" 1..10

syarat kurang "Kurang mampu"
    keluarga_mampu < 5

berikan bantuan "Bantuan"
    Rp100.000
"""

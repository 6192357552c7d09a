"""The workbook, read back with another library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.reports.figures import LATEST
from ejps_core.reports.workbook import write_workbook
from tests.reports.sample import AMOUNT, ON, run


def made(tmp_path: Path, of: Run, language: Language = Language.ID) -> Any:
    write_workbook(of, tmp_path / "x.xlsx", language)
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


def text_of(sheet: Any) -> str:
    return "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in sheet.values)


def test_sheets_and_the_program_table(tmp_path: Path) -> None:
    book = made(tmp_path, run())
    assert book.sheetnames == ["Ringkasan", "pangan", "Catatan baris"]
    rows = list(book["pangan"].values)
    assert rows[0] == (
        "Baris",
        "Nomor KK",
        "Pekerjaan",
        "Tahap",
        "Status",
        "Alasan",
        "Data yang masih diperlukan",
        "Jumlah bantuan",
        "Kisaran jumlah",
        "Paket pangan: provinsi 60%",
        "Paket pangan: kabupaten 40%",
        "Peringkat",
        "Terpilih",
        "Cadangan",
    )
    masked = "••••••••••••9001"
    assert rows[1][:8] == (2, masked, "Pengemudi bentor", 3, "memenuhi syarat", None, None, AMOUNT)
    assert rows[2][4:6] == (
        "tidak memenuhi syarat",
        "salah satu dari: gugur: Penerima PKH (penerima_pkh); gugur: Mampu (mampu)",
    )
    assert rows[3][6] == "Menerima PKH; daftar anggota keluarga"
    assert [row[12] for row in rows[1:]] == ["ya", "tidak", "menunggu data", "sementara", "tidak"]


def test_the_table_prints_filters_and_runs_nothing(tmp_path: Path) -> None:
    book = made(tmp_path, run())
    sheet = book["pangan"]
    assert sheet.auto_filter.ref == "A1:N6"
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet["H2"].number_format == '"Rp"#,##0'
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_key_is_masked_only_where_the_report_says_so(tmp_path: Path) -> None:
    of = run()
    first = of.programs[0]
    open_ruleset = replace(first.ruleset, columns=())
    book = made(tmp_path, replace(of, programs=(replace(first, ruleset=open_ruleset),)))
    keys = [row[1] for row in book["pangan"].values]
    assert keys[:2] == ["Nomor KK", "7501010101209001"]
    assert keys[4] == "=1+2"
    assert book["pangan"]["B2"].data_type == "s"


def test_notes_say_where_and_how_and_show_no_number_of_identity(tmp_path: Path) -> None:
    rows = list(made(tmp_path, run())["Catatan baris"].values)
    assert rows[1] == (
        "keluarga",
        4,
        "NIK",
        "•,•••••E+15",
        "disisihkan",
        "Angka NIK hilang.",
        "Salin NIK sebagai teks.",
    )
    assert rows[2][3] == "••••••••••••9010"
    assert "7504044107859010" not in rows[2][5]


def test_the_summary_says_what_was_decided(tmp_path: Path) -> None:
    said = text_of(made(tmp_path, run())["Ringkasan"])
    for piece in (
        "Tanggal penetapan | 16 Oktober 2020",
        "Data yang sudah diumumkan s.d. | 16 Oktober 2020",
        "Baris disisihkan | 1",
        "Tidak lengkap | tidak lengkap: plugin rusak tidak dimuat: tidak dapat dimuat",
        "Asumsi | asumsi: jadwal provinsi",
        "Berkas aturan (SHA-256) | " + "ab" * 32,
        "memenuhi syarat | 3 | 0.6",
        "Jumlah, paling sedikit | 356300 | 178150",
        "Paket pangan | provinsi 60% | 213780 | 106890",
        "penerima_pkh | gugur: Penerima PKH | 1 | Perbup 17/2020",
        "pkh | Menerima PKH | 1",
        "75.01 Kabupaten Gorontalo | 2 | 2 | 0 | 0 | 0 | 356300 | 213780 | 142520",
        "JUMLAH | 5 | 3 | 1 | 1 | 1 | 356300 | 213780 | 142520",
    ):
        assert piece in said, piece


@pytest.mark.parametrize(
    ("known", "words"),
    [(ON + 90, "14 Januari 2021 (data terbaru)"), (LATEST, "s.d. | data terbaru")],
)
def test_later_data_are_labelled(tmp_path: Path, known: int, words: str) -> None:
    assert words in text_of(made(tmp_path, run(known=known))["Ringkasan"])


def test_in_english(tmp_path: Path) -> None:
    book = made(tmp_path, run(), Language.EN)
    assert book.sheetnames == ["Summary", "pangan", "Row notes"]
    assert "Decision date | 16 October 2020" in text_of(book["Summary"])
    assert list(book["pangan"].values)[1][4] == "eligible"

"""Text files: encodings, delimiters, quoting, blank and ragged rows, headers."""

from pathlib import Path

import pytest

from ejps_core.registry.text_reader import dialect
from tests.registry.lists import FAMILY, cells, field, kk, read, text_list


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    lines = [["kk", "decile", "status"], [kk(1), "3", "active"], [kk(2), "4", "moved"]]
    outcome = read(text_list(tmp_path, end.join(delimiter.join(line) for line in lines) + end))
    assert outcome.column("decile") == [3, 4]
    assert outcome.candidates is not None and outcome.candidates.family_rows.tolist() == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    name = field("name", "Nama", FAMILY[0].type)
    path = text_list(tmp_path, f"kk;name\n{kk(1)};Siti Nur’aini é\n", encoding=encoding)
    outcome = read(path, (*FAMILY, name))
    assert outcome.column("name") == ["Siti Nur’aini é"]
    assert ("encoding-guessed" in [f.code for f in outcome.findings]) == (encoding == "cp1252")


def test_a_stated_delimiter_is_believed_and_its_line_not_counted(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"sep=|\nkk|status; now|decile\n{kk(1)}|x|12\n"))
    assert [outcome.place(f).row for f in outcome.findings if f.code == "out-of-bounds"] == [2]


def test_quoted_cells_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    name = field("name", "Nama", FAMILY[0].type)
    path = text_list(tmp_path, f'kk,name,decile\n{kk(1)},"Moh. ""Acun"", SE\nalias A",3\n{kk(2)},B,44\n')
    outcome = read(path, (*FAMILY, name))
    assert outcome.column("name") == ['Moh. "Acun", SE\nalias A', "B"]
    assert outcome.place(outcome.only("out-of-bounds")).row == 3


def test_the_header_decides_or_else_the_table(tmp_path: Path) -> None:
    assert dialect("kk;nama\n1;a,b\n")[0] == ";"
    assert dialect("satu\n1\n")[0] == ","
    assert dialect("kk;nama, lengkap;x\n" + "1;a;2\n" * 20)[0] == ";"


def test_a_quote_that_is_never_closed_is_an_error_with_its_row(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f'kk;decile\n{kk(1)};3\n{kk(2)};"4\n{kk(3)};5\n'))
    assert outcome.place(outcome.only("unclosed-quote")).row == 3


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"\n;;\nkk;decile;status\n;;\n{kk(1)};11;\n\n  ; ;\n{kk(2)};2;\n"))
    assert outcome.candidates is not None
    assert outcome.candidates.read == 2
    assert outcome.candidates.family_rows.tolist() == [5, 8]
    assert outcome.place(outcome.only("out-of-bounds")).row == 5


def test_a_cell_that_is_not_there_is_not_a_blank_one(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"kk;decile;affected\n{kk(1)};3;\n{kk(2)};4\n"))
    assert outcome.column("affected") == [False, None]
    assert outcome.codes == ["too-few-cells"]


def test_a_row_with_too_many_cells_is_believed_in_its_key_only(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"kk,decile,affected\n{kk(1)},3,ya,Jl. A\n{kk(2)},4,ya,\n"))
    assert outcome.column("kk") == [kk(1), kk(2)]
    assert outcome.column("decile") == [None, 4]
    assert outcome.column("affected") == [None, True]
    assert outcome.codes == ["too-many-cells"]


@pytest.mark.parametrize("header", ["KK", "Nomor KK", "nomor_kk", "NOMOR.KK", "Nómor  kk", " kk "])
def test_headers_match_by_name_and_title(tmp_path: Path, header: str) -> None:
    assert read(text_list(tmp_path, f"{header};decile\n{kk(1)};3\n")).column("kk") == [kk(1)]


def test_a_missing_key_column_stops_the_run_with_a_did_you_mean(tmp_path: Path) -> None:
    finding = read(text_list(tmp_path, f"Nomer KK;decile\n{kk(1)};3\n")).only("key-column-missing")
    assert finding.mend is not None and "“Nomer KK”" in finding.mend.id


def test_headers_are_found_below_title_rows(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"DAFTAR PENERIMA;\nTahap III;\nkk;decile\n{kk(1)};3\n"))
    assert outcome.column("decile") == [3]
    assert outcome.candidates is not None and outcome.candidates.family_rows.tolist() == [4]
    finding = outcome.only("headers-found")
    assert "baris 3" in finding.words.id and "2 rows above" in finding.words.en and "DAFTAR PENERIMA" in finding.words.en


def test_a_title_line_without_delimiters_is_a_title_too(tmp_path: Path) -> None:
    assert read(text_list(tmp_path, f"DAFTAR PENERIMA\nkk;decile\n{kk(1)};3\n")).column("decile") == [3]
    titled = f"DAFTAR PENERIMA, TAHAP III, 2020, POHUWATO\nNo;No. KK;Desil\n1;{kk(1)};3\n"
    assert read(text_list(tmp_path, titled)).column("decile") == [3]


def test_headers_that_clash_are_located(tmp_path: Path) -> None:
    twice = read(text_list(tmp_path, f"kk;Desil;Desil\n{kk(1)};3;4\n"))
    assert twice.place(twice.only("header-twice")).column == "Desil"
    same = read(text_list(tmp_path, f"kk;Nomor KK;decile\n{kk(1)};3;4\n"))
    assert same.place(same.only("field-twice")).column == "Nomor KK"


def test_a_missing_column_is_unknown_everywhere_and_said_once(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, f"kk;Desill;Terdaftar di DTKSS;Catatan\n{kk(1)};3;ya;\n{kk(2)};3;ya;\n"))
    assert outcome.column("decile") == [None, None]
    missing = [f for f in outcome.findings if f.code == "column-missing"]
    assert len(missing) == len(FAMILY) - 1
    decile = next(f for f in missing if outcome.place(f).column == "decile")
    assert decile.mend is not None and "“Desill”" in decile.mend.id
    unused = [f for f in outcome.findings if f.code == "column-unused"]
    assert [outcome.place(f).column for f in unused] == ["Desill", "Terdaftar di DTKSS", "Catatan"]


def test_what_is_no_list_at_all(tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").write_bytes(b"")
    (tmp_path / "biner.csv").write_bytes(bytes(range(256)) * 4)
    text_list(tmp_path, "kk;decile\n" + "x" * 200_000 + ";1\n", "panjang.csv")
    for path, code in (
        (tmp_path / "kosong.csv", "empty-list"),
        (text_list(tmp_path, "\n;;\n", "blank.csv"), "empty-list"),
        (text_list(tmp_path, "kk;decile\n", "judul.csv"), "empty-list"),
        (tmp_path / "biner.csv", "unreadable"),
        (tmp_path / "panjang.csv", "unreadable"),
        (tmp_path, "not-a-file"),
        (tmp_path / "tidak_ada.csv", "no-such-file"),
    ):
        assert [f.code for f in read(path).findings if f.severity == "error"] == [code]


def test_a_misspelt_file_name_gets_a_did_you_mean(tmp_path: Path) -> None:
    text_list(tmp_path, "kk\n1\n", "keluarga_boalemo.csv")
    finding = read(tmp_path / "keluarga_boalmo.csv").only("no-such-file")
    assert finding.mend is not None and "keluarga_boalemo.csv" in finding.mend.en


@pytest.mark.parametrize("name", ["nofile.xlsx", "laporan.csv", "keluarga_gorut.csv"])
def test_only_close_file_names_are_suggested(tmp_path: Path, name: str) -> None:
    text_list(tmp_path, "kk\n1\n", "profile.xlsx")
    text_list(tmp_path, "kk\n1\n", "keluarga_boalemo.csv")
    finding = read(tmp_path / name).only("no-such-file")
    assert finding.mend is not None and "Maksudnya" not in finding.mend.id


def test_sheets_of_a_text_list_are_told_off(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "decile", ["1"], members_sheet="Anggota")
    assert "“Anggota”" in outcome.only("sheet-ignored").words.id


@pytest.mark.parametrize("start", ["<html><body>", "<!DOCTYPE html>\n", "  <table border=1>", '<?xml version="1.0"?>'])
def test_web_pages_are_named(tmp_path: Path, start: str) -> None:
    path = text_list(tmp_path, f"{start}<tr><td>kk</td></tr>\n", "daftar.xls")
    assert "HTML" in read(path).only("unreadable").words.id


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    seen: list[float] = []
    cells(tmp_path, "decile", ["1"], progress=lambda stage, done: seen.append(done))
    assert seen == sorted(seen) and seen[0] == 0.0 and seen[-1] == 1.0

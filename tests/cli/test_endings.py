"""How commands end when the output can't be written, its reader goes away, or something was set apart."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import DATE, FAMILIES, MEMBERS, RULES, Files, ejps, made

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

POSIX = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
TWICE = FAMILIES + "7501010101209001,75.01.01,ya,1\n"


def command(files: Files, *more: str | Path) -> list[str]:
    return [sys.executable, "-m", "ejps_core", "evaluate", str(files.rules), str(files.families), *DATE, *map(str, more)]


@POSIX
def test_a_full_or_closed_standard_output_exits_2_and_says_so(tmp_path: Path) -> None:
    files = made(tmp_path)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command(files), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"disk penuh" in done.stderr) == (2, True), done.stderr
    assert b"Exception ignored" not in done.stderr
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", *command(files)]
    done = subprocess.run(shell, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"keluaran ditutup" in done.stderr) == (2, True), done.stderr


@POSIX
@pytest.mark.parametrize("arguments", [["--help"], ["evaluat"], ["check", "bantuan.ejps"]])
def test_a_reader_of_both_streams_that_goes_away_gives_141(tmp_path: Path, arguments: list[str]) -> None:
    made(tmp_path)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "ejps_core", *arguments], stdout=write, stderr=write, cwd=tmp_path, check=False
    )
    os.close(write)
    assert done.returncode == 141


@POSIX
@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.json", "x.parquet"])
def test_a_disk_that_fills_up_is_told_before_any_summary(tmp_path: Path, name: str) -> None:
    files = made(tmp_path)
    shell = ["bash", "-c", 'ulimit -f 0; exec "$@"', "bash", *command(files, "--out", tmp_path / name)]
    done = subprocess.run(shell, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b""), done.stderr
    assert b"disk penuh" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert not list(tmp_path.glob("*x.*"))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_output_that_is_a_folder_is_refused(tmp_path: Path, lang: str) -> None:
    files = made(tmp_path)
    (tmp_path / "ada.xlsx").mkdir()
    for out in (f"{tmp_path}/ada.xlsx", f"{tmp_path}/baru.xlsx/"):
        done = files.evaluate("--out", out, "--lang", lang)
        assert (done.code, done.out, "output-folder" in done.err) == (2, "", True)
    done = ejps("demo", "--out", files.rules)
    assert (done.code, done.out, "output-unwritable" in done.err) == (2, "", True)


def test_remarks_stand_beside_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    files = made(tmp_path, families=TWICE)
    done = files.evaluate("--out", tmp_path / "hasil.csv")
    assert "hasil-catatan.csv" in done.err
    text = (tmp_path / "hasil-catatan.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(text.splitlines()))) >= 2
    assert "7501010101209001" not in text
    made(tmp_path).evaluate("--out", tmp_path / "hasil.csv")
    text = (tmp_path / "hasil-catatan.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(text.splitlines()))) == 1, "only that some NIKs come from elsewhere"
    assert "Disisihkan" not in text


def test_without_remarks_there_is_no_file_of_them(tmp_path: Path) -> None:
    files = made(tmp_path)
    done = ejps(
        "evaluate", files.rules, files.families, "--as-of", "2020-10-16", "--out", tmp_path / "r.json", "--lang", "en"
    )
    assert done.code == 0, done.err
    assert not (tmp_path / "r-remarks.csv").exists()


def test_quiet_still_says_that_rows_were_set_apart(tmp_path: Path) -> None:
    done = made(tmp_path, families=TWICE).evaluate("--quiet")
    assert (done.code, done.out) == (3, "")
    assert done.err.strip().count("\n") == 0
    assert "5 baris keluarga: 3 dinilai, 2 disisihkan, 0 berulang" in done.err


def test_nothing_invisible_leaves_the_list(tmp_path: Path) -> None:
    stray = FAMILIES.replace("tidak,1", "ti\u202edak\x1b[2J,1")
    files = made(tmp_path, families=stray)
    done = files.evaluate("--out", tmp_path / "x.xlsx")
    for text in (done.out, done.err, str(list(openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[-1].values))):
        assert "\u202e" not in text
        assert "\x1b" not in text


def test_check_takes_ids_and_folders_and_test_a_file_without_examples(tmp_path: Path) -> None:
    files = made(tmp_path, rules=RULES.split("contoh ")[0])
    assert "program.ejps: benar" in ejps("check", "jps_food_aid").out
    assert "bantuan.ejps: benar" in ejps("check", tmp_path).out
    (tmp_path / "kosong").mkdir()
    assert ejps("check", tmp_path / "kosong").code == 2
    done = ejps("test", files.rules)
    assert (done.code, "tidak ada contoh" in done.out) == (0, True)
    done = ejps("evaluate", "lansia.ejp", files.families, *DATE, where=tmp_path)
    assert (done.code, "rules-unreadable" in done.err) == (2, True)


def test_usage_is_wholly_indonesian(tmp_path: Path) -> None:
    files = made(tmp_path)
    assert "Nilai fr untuk --lang tidak ada. Pilihannya: id, en." in files.evaluate("--lang", "fr").err
    assert "Mungkin maksudnya evaluate?" in ejps("evaluat").err
    done = files.evaluate("--district", "7599")
    assert (done.code, "75.04 Kabupaten Pohuwato" in done.err) == (2, True)
    assert files.evaluate("--district", "7504").code == 3


@pytest.mark.parametrize("key", ["7501 0101 0120 9002", "7501-0101-0120-9002", "7501.0101.0120.9002"])
def test_a_key_may_be_written_in_groups(tmp_path: Path, key: str) -> None:
    files = made(tmp_path)
    done = ejps("explain", files.rules, files.families, "--members", files.members, *DATE, "--id", key)
    assert (done.code, "Keluarga 7501010101209002" in done.out) == (0, True), done.err


def test_a_family_or_member_set_apart_is_explained_as_such(tmp_path: Path) -> None:
    files = made(tmp_path, families=TWICE, members=MEMBERS)
    arguments = ("explain", files.rules, files.families, "--members", files.members, *DATE, "--id")
    done = ejps(*arguments, "7501010101209001")
    assert (done.code, "baris 2, 6" in done.err, "family-twice" in done.err) == (2, True, True)
    done = ejps(*arguments, "7501014107859001", "--lang", "en")
    assert (done.code, "the family was set apart" in done.err, "family-twice" in done.err) == (2, True, True)
    assert "unknown-id" in ejps(*arguments, "7501010101209099").err
    files = made(tmp_path, families=FAMILIES.replace("7501010101209002", "750101010120"))
    done = ejps(*arguments, "7501-0101-0120")
    assert (done.code, "baris 3" in done.err, "family-card-format" in done.err) == (2, True, True)

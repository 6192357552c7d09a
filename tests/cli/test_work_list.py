"""`ejps evaluate --work-list`: what is missing most, as a file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.shell import made

pytestmark = pytest.mark.slow  # many processes: left out of `make check`


def test_the_work_list_is_written(tmp_path: Path) -> None:
    path = tmp_path / "kerja.csv"
    done = made(tmp_path).evaluate("--work-list", str(path))
    assert done.code == 0, done.err
    assert f"Daftar kerja: {path}" in done.err
    [_, row] = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert row[2:6] == ["75.71.01 Kecamatan Kota Barat", "Menerima PKH", "pkh", "1"]


def test_what_cannot_be_written_is_told_before_anything_is_done(tmp_path: Path) -> None:
    files = made(tmp_path)
    for name, code in (("kerja.pdf", "work-list-kind"), ("hasil.csv", "work-list-is-output"), ("x/y.csv", "output-folder")):
        done = files.evaluate("--out", str(tmp_path / "hasil.csv"), "--work-list", str(tmp_path / name))
        assert (done.code, done.out) == (2, "")
        assert f"[{code}]" in done.err
    assert not (tmp_path / "hasil.csv").exists()

"""Faults of data, disk and machine: each is told with its place, in both languages, and no file is half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ejps_core.model.money import WHOLE
from ejps_core.model.types import MOST, MOST_MEMBERS
from tests.cli.shell import DATE, RULES, Result, ejps

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

LANGUAGES = pytest.mark.parametrize("lang", ["id", "en"])
BOUND = MOST // MOST_MEMBERS // WHOLE
"""Shares are worked out in hundredths of a percent of an amount."""
BIG = """ejps 1 en
program big "Big sums"
    decides family
    in force 2020-01-01 until 2020-12-31
    under "assumption: example"
    currency IDR

family has
    id 1..1_000_000 key

members have
    income money up to Rp {bound}

require rich "Rich"
    sum income of members > Rp 0

pay all "All of it"
    sum income of members
"""


def rules(folder: Path, text: str = RULES) -> Path:
    path = folder / "aturan.ejps"
    path.write_text(text, encoding="utf-8")
    return path


def parquet(path: Path, columns: dict[str, object]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def key(number: int) -> str:
    """A made-up family-card number."""
    return f"750101{number // 1000 + 1:02d}0120{9000 + number % 1000}"


def families(path: Path, count: int = 4) -> Path:
    columns = {
        "Nomor KK": [key(number) for number in range(count)],
        "Alamat": ["75.01.01"] * count,
        "Menerima PKH": [False] * count,
        "Desil": pa.array([number % 10 + 1 for number in range(count)], pa.int8()),
    }
    return parquet(path, columns)


def members(path: Path, count: int = 4) -> Path:
    return parquet(path, {"Nomor KK": [key(number) for number in range(count)], "ASN": [False] * count})


def evaluate(folder: Path, *more: str | Path, count: int = 4) -> Result:
    """`ejps evaluate` on the list in the folder, made unless it is there."""
    listed, people = folder / "daftar.parquet", folder / "anggota.parquet"
    if not listed.exists():
        families(listed, count)
    if not people.exists():
        members(people, count)
    return ejps("evaluate", rules(folder), listed, "--members", people, *DATE, *more)


def leftovers(folder: Path) -> list[str]:
    """Hidden files and folders."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


# ---- numbers at their bounds ------------------------------------------------------------------


@LANGUAGES
def test_bounds_that_could_overflow_are_refused_with_their_place(tmp_path: Path, lang: str) -> None:
    path = rules(tmp_path, BIG.format(bound=BOUND + 1))
    done = ejps("check", path, "--lang", lang)
    assert done.code == 1
    assert "[number-too-large]" in done.out + done.err
    assert "aturan.ejps:18" in done.out + done.err
    assert ("paling besar sekitar" if lang == "id" else "the largest number is about") in done.out + done.err


def test_amounts_at_the_declared_bounds_are_exact(tmp_path: Path) -> None:
    path = rules(tmp_path, BIG.format(bound=BOUND))
    ids = range(1, WHOLE + 2)
    listed = parquet(tmp_path / "x.parquet", {"id": list(ids)})
    own = np.repeat(np.array(ids, np.int64), MOST_MEMBERS)
    people = parquet(tmp_path / "m.parquet", {"id": own, "income": np.full(len(own), BOUND)})
    out, asked = tmp_path / "out.parquet", ("--lang", "en", "--summary", "json")
    done = ejps("evaluate", path, listed, "--members", people, *DATE, "--out", out, *asked)
    assert done.code == 0, done.err
    assert pq.read_table(out).column("big_amount").to_pylist() == [BOUND * MOST_MEMBERS] * len(ids)
    total = json.loads(done.out)["programs"]["big"]["amount"]
    assert total == len(ids) * BOUND * MOST_MEMBERS > MOST


@LANGUAGES
@pytest.mark.parametrize("value", [BOUND + 1, MOST, -1])
def test_a_number_out_of_bounds_is_unknown_and_located(tmp_path: Path, lang: str, value: int) -> None:
    path = rules(tmp_path, BIG.format(bound=BOUND))
    listed = parquet(tmp_path / "x.parquet", {"id": [1, 2]})
    people = parquet(tmp_path / "m.parquet", {"id": [1, 2], "income": pa.array([5, value], pa.int64())})
    out = tmp_path / "out.parquet"
    done = ejps("evaluate", path, listed, "--members", people, *DATE, "--out", out, "--lang", lang)
    assert "[out-of-bounds]" in done.err or "[negative-money]" in done.err, done.err
    assert ("baris 2" if lang == "id" else "row 2") in done.err
    assert pq.read_table(out).column("big_status").to_pylist() == ["eligible", "undetermined"]


# ---- keys that are null -----------------------------------------------------------------------


@LANGUAGES
def test_a_family_without_a_key_is_set_apart_and_the_others_decided(tmp_path: Path, lang: str) -> None:
    columns = {"Nomor KK": [key(0), None, key(2)], "Desil": [1, 2, 3], "Menerima PKH": [False] * 3}
    parquet(tmp_path / "daftar.parquet", columns)
    done = evaluate(tmp_path, "--out", tmp_path / "x.parquet", "--lang", lang)
    assert (done.code, "[blank-key]" in done.err) == (3, True), done.err
    assert ("baris 2" if lang == "id" else "row 2") in done.err
    assert pq.read_table(tmp_path / "x.parquet").column("kk").to_pylist() == [key(0), key(2)]


@LANGUAGES
def test_a_member_without_a_key_is_told_loudly(tmp_path: Path, lang: str) -> None:
    parquet(tmp_path / "anggota.parquet", {"Nomor KK": [key(0), None, key(2), key(3)], "ASN": [False] * 4})
    done = evaluate(tmp_path, "--out", tmp_path / "x.parquet", "--lang", lang)
    assert (done.code, "[members-without-family]" in done.err) == (3, True), done.err
    assert "[blank-key]" in done.err
    assert ("baris 2" if lang == "id" else "row 2") in done.err


@LANGUAGES
@pytest.mark.parametrize("kind", [pa.null(), pa.string(), pa.int64()])
def test_a_list_without_any_key_is_refused_or_set_apart_whole(tmp_path: Path, lang: str, kind: pa.DataType) -> None:
    parquet(tmp_path / "daftar.parquet", {"Nomor KK": pa.nulls(3, kind), "Desil": [1, 2, 3]})
    done = evaluate(tmp_path, "--out", tmp_path / "x.parquet", "--lang", lang)
    assert (done.code, "daftar.parquet" in done.err) == (3, True), done.err
    assert "[blank-key]" in done.err
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 0


# ---- files that broke off or were altered -----------------------------------------------------


@LANGUAGES
@pytest.mark.parametrize("name", ["daftar.parquet", "anggota.parquet"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.999])
def test_a_truncated_file_is_named(tmp_path: Path, lang: str, name: str, part: float) -> None:
    evaluate(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
    done = evaluate(tmp_path, "--out", tmp_path / "x.csv", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "[unreadable]" in done.err
    assert name in done.err
    assert not (tmp_path / "x.csv").exists()


@LANGUAGES
@pytest.mark.parametrize(("name", "column"), [("daftar.parquet", "Desil"), ("anggota.parquet", "ASN")])
def test_a_damaged_column_is_named(tmp_path: Path, lang: str, name: str, column: str) -> None:
    """The end of the file, by which it is opened, is whole; the column's own bytes are not."""
    evaluate(tmp_path)
    path = tmp_path / name
    group = pq.ParquetFile(path).metadata.row_group(0)
    place = next(group.column(i) for i in range(group.num_columns) if group.column(i).path_in_schema == column)
    start = place.dictionary_page_offset or place.data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + place.total_compressed_size] = b"\xff" * place.total_compressed_size
    path.write_bytes(bytes(data))
    done = evaluate(tmp_path, "--out", tmp_path / "x.csv", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "[unreadable]" in done.err
    assert name in done.err
    assert (f"Kolom {column}" if lang == "id" else f"The column {column}") in done.err
    assert not (tmp_path / "x.csv").exists()


# ---- a disk without room, a run that is killed ------------------------------------------------


@LANGUAGES
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "parquet"])
def test_a_disk_that_fills_up_half_way_leaves_the_old_file(tmp_path: Path, lang: str, kind: str) -> None:
    """The limit on a file's size stands for the disk: any user can set it, and the system answers in the same way."""
    out = tmp_path / f"hasil.{kind}"
    assert evaluate(tmp_path, "--out", out, count=2_000).code == 0
    size = out.stat().st_size
    out.write_bytes(b"old")
    limit = f"ulimit -f {max(1, size // 2048)}"  # blocks of 1 KiB: half of what is needed
    command = [sys.executable, "-m", "ejps_core", "evaluate", str(rules(tmp_path)), str(tmp_path / "daftar.parquet")]
    command += ["--members", str(tmp_path / "anggota.parquet"), *DATE, "--out", str(out), "--lang", lang]
    done = subprocess.run(
        ["bash", "-c", f'{limit}; exec "$@"', "bash", *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "[output-unwritable]" in done.stderr
    assert f"hasil.{kind}" in done.stderr
    assert ("disk penuh" if lang == "id" else "the disk is full") in done.stderr
    assert "Traceback" not in done.stderr
    assert (out.read_bytes(), leftovers(tmp_path)) == (b"old", [])


def stopped(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """A run that is stopped in the midst of writing."""
    command = [sys.executable, "-m", "ejps_core", "evaluate", str(rules(folder)), str(folder / "daftar.parquet")]
    command += ["--members", str(folder / "anggota.parquet"), *DATE, "--out", str(out)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: any(path.stat().st_size for path in folder.glob(f".{out.name}.*/{out.name}")) or run.poll() is not None)
    os.kill(run.pid, signal.SIGSTOP)
    assert run.poll() is None, "it had ended before it was stopped"
    assert len(leftovers(folder)) == 1
    return run


def until(true: Callable[[], bool]) -> None:
    """Waits, a minute at most."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.001)


@LANGUAGES
def test_a_killed_run_leaves_the_old_file_and_the_next_one_says_so(tmp_path: Path, lang: str) -> None:
    out = tmp_path / "hasil.csv"
    out.write_bytes(b"old")
    evaluate(tmp_path, count=20_000)
    run = stopped(tmp_path, out)
    run.kill()
    run.wait()
    assert (out.read_bytes(), len(leftovers(tmp_path))) == (b"old", 1)
    done = evaluate(tmp_path, "--out", out, "--lang", lang)
    assert (done.code, "[output-broken-off] " in done.err) == (0, True), done.err
    assert ("terputus saat menulis hasil.csv" if lang == "id" else "broken off while it wrote hasil.csv") in done.err
    assert out.read_bytes().count(b"\r\n") == 20_001
    assert leftovers(tmp_path) == []
    assert "output-broken-off" not in evaluate(tmp_path, "--out", out, "--lang", lang).err


def test_two_runs_with_one_output_do_not_meet(tmp_path: Path) -> None:
    out = tmp_path / "hasil.csv"
    evaluate(tmp_path, count=20_000)
    first = stopped(tmp_path, out)
    second = evaluate(tmp_path, "--out", out)
    assert (second.code, "output-broken-off" in second.err) == (0, False), second.err
    written = out.read_bytes()
    os.kill(first.pid, signal.SIGCONT)
    assert first.wait(60) == 0
    assert (out.read_bytes(), leftovers(tmp_path)) == (written, [])

"""Whatever breaks off a real command, nothing is half done, lost or twice, and running it again ends well.

Twelve kills a database in `make test`; the long run:
EJPS_KILLS=200 pytest tests/store/test_command_faults.py -k at_any_time -s -o faulthandler_timeout=0
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from ejps_core.store.opening import StorePlace
from tests.store.commands import STATEMENTS, Orders, start, summary, whole
from tests.store.crowd import INSIDE, OUTSIDE, kill
from tests.store.desk import AS_OF, Desk, heads, kk, nik, statements
from tests.store.postgres import own_cluster

KILLS = int(os.environ.get("EJPS_KILLS", "12"))
LONGEST = 0.004
"""Seconds; about as long as a transaction takes."""
KINDS = ("list", "register", "match", "evaluate", "determine", "export")
COUNTED = dict(
    zip(
        KINDS,
        ("list.received", "register.received", "match.recorded", "run.recorded", "determined", "export.made"),
        strict=True,
    )
)


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return prepared(place, tmp_path, capsys)


def prepared(place: StorePlace, folder: Path, capture: pytest.CaptureFixture[str]) -> Desk:
    """A store with a list and a register to match it with."""
    made = Desk(place, folder, capture)
    made.receive(heads(folder))
    rows = "\n".join(f"{nik(n)},Rahasiawati {n},aktif" for n in range(1, 11))
    (folder / "dukcapil.csv").write_text(f"nik,nama,status\n{rows}\n", encoding="utf-8")
    given = ("register", "import", "dukcapil", folder / "dukcapil.csv", "--on", "2020-07-01", "--source", "Dukcapil")
    assert made.run(*given).code == 0
    return made


def orders(desk: Desk, kind: str, number: int) -> Orders:
    """A command that puts something new on record."""
    folder, source = desk.folder, ("--source", "Dinas")
    match kind:
        case "list":
            lines = "\n".join(f"{kk(n)},Rahasiawati {number}" for n in range(1, 60))
            path = folder / f"daftar-{number}.csv"
            path.write_text(f"Nomor KK,Nama\n{lines}\n", encoding="utf-8")
            more = ("--district", "75.03", "--yes", "--new", "--program", "jps_food_aid", "--summary", "json")
            asked: tuple[object, ...] = ("list", "import", path, *more)
        case "register":
            path = folder / f"pkh-{number}.csv"
            path.write_text("kk\n" + "".join(f"{kk(n)}\n" for n in range(1, 400 + number)), encoding="utf-8")
            asked = ("register", "import", "pkh", path, "--on", "2020-07-01", *source)
        case "match":
            asked = ("match", "1", "--register", "dukcapil")
        case "evaluate":
            asked = ("evaluate", "jps_food_aid", "--list", "1", *AS_OF, "--quiet")
        case "determine":
            file = statements(folder, range(1, STATEMENTS + 1))
            asked = ("determine", "1", "--program", "jps_food_aid", *AS_OF, "--file", file)
        case _:
            asked = ("list", "export", "1", "--return", folder / f"kembali-{number}.xlsx")
    at = desk.at if kind != "determine" else desk.at[:4]
    return Orders((*map(str, asked), *at), folder / "where", folder / "told")


def ended(given: Orders) -> int:
    """The exit code of the command, run to its end."""
    process = start(given)
    process.join(120)
    assert process.exitcode is not None
    return process.exitcode


def test_killed_at_any_time(desk: Desk, request: pytest.FixtureRequest) -> None:
    """Half of the kills fall anywhere in the command, half within one of its transactions."""
    draw, inside, finished = random.Random(request.node.name), 0, 0
    takes = {kind: _measured(desk, kind, 1000 + place) for place, kind in enumerate(KINDS)}
    before = whole(desk.place, desk.folder)
    for number in range(KILLS):
        kind = KINDS[number % len(KINDS)]
        given = orders(desk, kind, number)
        seconds, transactions = takes[kind]
        if number // len(KINDS) % 2:
            process = start(replace(given, dies=(draw.randint(1, transactions), draw.uniform(0, LONGEST))))
            process.join(120)
        else:
            process = start(given)
            _until(lambda state=given.state, run=process: _works(state, run))  # type: ignore[misc]
            time.sleep(draw.uniform(0, seconds))
            kill(process)
        inside += process.exitcode == -9 and given.state.read_bytes()[:1] == INSIDE
        done = process.exitcode in (0, 3)
        finished += done
        after = whole(desk.place, desk.folder)
        new = _new(before, after, kind)
        assert new in ({1} if done else {0, 1}), f"{kind}: {new} after a kill"
        assert ended(given) in (0, 3), given.told.read_text(encoding="utf-8")
        again = whole(desk.place, desk.folder)
        known = kind in ("list", "register") and new
        assert _new(after, again, kind) == (0 if known else 1), kind
        if kind == "list":
            assert summary(given)["again"] is bool(known)
        before = again
    with desk.capture.disabled():
        print(f"{KILLS} kills, {inside} inside a transaction, {finished} after the end")
    assert inside > 0
    assert desk.run("audit", "verify").code == 0


def _new(before: dict[str, int], after: dict[str, int], kind: str) -> int:
    """How much more of the kind is on record; of all others there is as much as before."""
    own = COUNTED[kind]
    assert {name: n for name, n in after.items() if name != own} == {name: n for name, n in before.items() if name != own}
    return (after[own] - before[own]) // (STATEMENTS if kind == "determine" else 1)


def _measured(desk: Desk, kind: str, number: int) -> tuple[float, int]:
    """How long a command works, and in how many transactions."""
    given = orders(desk, kind, number)
    process = start(given)
    _until(lambda: _works(given.state, process))
    begun = time.monotonic()
    process.join(120)
    assert process.exitcode in (0, 3), given.told.read_text(encoding="utf-8")
    return time.monotonic() - begun, given.state.read_bytes()[1]


def _works(state: Path, process: BaseProcess) -> bool:
    """Whether the command has begun, or is over."""
    return state.read_bytes()[:1] != OUTSIDE or not process.is_alive()


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.0005)


def test_two_import_at_once(desk: Desk) -> None:
    """Lists of different files, then one file: each is on record once, and everybody is told how it ended."""
    lists = [orders(desk, "list", number) for number in range(3)]
    _at_once(desk, lists)
    assert [summary(each)["again"] for each in _kept(lists)] == [False] * 3
    same = orders(desk, "list", 7)
    copies = [Orders(same.arguments, desk.folder / f"state-{n}", desk.folder / f"told-{n}") for n in range(3)]
    _at_once(desk, copies)
    said = [summary(each) for each in copies]
    assert sorted(bool(each["again"]) for each in said) == [False, True, True]
    assert len({each["list"] for each in said}) == 1
    assert whole(desk.place, desk.folder)["list.received"] == 5


def _kept(given: list[Orders]) -> list[Orders]:
    return [
        Orders(each.arguments, each.state.with_name(f"state-{n}"), each.told.with_name(f"told-{n}"))
        for n, each in enumerate(given)
    ]


def _at_once(desk: Desk, given: list[Orders]) -> None:
    running = [start(each) for each in _kept(given)]
    for process in running:
        process.join(120)
        assert process.exitcode in (0, 3)


FULL = """
import json, sys
from pathlib import Path
from ejps_core.cli import main
folder, *files = map(Path, sys.argv[1:])
at = ["--store", str(folder / "store.db"), "--keys", str(folder / "keys"), "--files", str(folder / "files")]
def ejps(*arguments):
    print(json.dumps([arguments[0], main([*arguments, "--lang", "en"])]), flush=True)
def take_in(path):
    ejps("list", "import", str(path), "--district", "75.03", "--yes", "--new", "--summary", "json", *at)
ejps("store", "init", "--who", "Sistem", *at)
take_in(files[0])
ballast = folder / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)):
            pass
    except OSError:
        pass
take_in(files[1])
ejps("register", "import", "pkh", str(files[2]), "--on", "2020-07-01", "--source", "Dinas", *at)
ballast.unlink()
ejps("audit", "verify", *at[:4])
ejps("list", "list", "--format", "json", *at[:4])
take_in(files[1])
ejps("audit", "verify", *at[:4])
"""


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A store on a disk of two megabytes, filled to the brim: it is said, nothing is half there, and room mends all."""
    disk, files = tmp_path / "disk", []
    disk.mkdir()
    for number in range(2):
        lines = "\n".join(f"{kk(n)},Rahasiawati {number}" for n in range(1, 500))
        files.append(tmp_path / f"daftar-{number}.csv")
        files[-1].write_text(f"Nomor KK,Nama\n{lines}\n", encoding="utf-8")
    files.append(tmp_path / "pkh.csv")
    files[-1].write_text("kk\n" + "".join(f"{kk(n)}\n" for n in range(1, 5000)), encoding="utf-8")
    apart = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    script = 'mount -t tmpfs -o size=2m tmpfs "$1" && shift && exec "$@"'
    command = [*apart, "sh", "-c", script, "sh", str(disk), sys.executable, "-c", FULL, str(disk), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ends = [line for line in done.stdout.splitlines() if line.startswith('["')]
    told = ['["store", 0]', '["list", 0]', '["list", 2]', '["register", 2]', '["audit", 0]', '["list", 0]', '["list", 0]']
    assert ends == [*told, '["audit", 0]'], done.stdout + done.stderr
    assert "the disk is full" in done.stderr and "nothing was recorded" in done.stderr and "Traceback" not in done.stderr
    assert done.stdout.count('"title": "daftar-0"') == 1 and '"title": "daftar-1"' not in done.stdout


def test_postgresql_is_restarted_between_and_during(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with own_cluster() as cluster, cluster.database("own") as url:
        desk = prepared(StorePlace(url, tmp_path / "keys", tmp_path / "files"), tmp_path, capsys)
        before = whole(desk.place, tmp_path)
        for number, kind in enumerate(KINDS):
            cluster.stop("fast")
            given = orders(desk, kind, number)
            assert ended(given) == 2, kind
            assert "Traceback" not in given.told.read_text(encoding="utf-8")
            cluster.start()
            process = start(given)
            _until(lambda state=given.state, run=process: state.read_bytes()[:1] == INSIDE or not run.is_alive())  # type: ignore[misc]
            cluster.stop("immediate")
            cluster.start()
            process.join(120)
            told = given.told.read_text(encoding="utf-8")
            assert process.exitcode in (0, 2, 3) and "Traceback" not in told, told
            after = whole(desk.place, tmp_path)
            new = _new(before, after, kind)
            assert new == (process.exitcode != 2) or "could not be asked" in told, told
            assert ended(given) in (0, 3)
            before = whole(desk.place, tmp_path)
        assert desk.run("audit", "verify").code == 0

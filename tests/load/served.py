"""The real service on a copy of the demonstration, in processes of its own, and how much memory they hold."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ejps_core.app.demo_province import fill, filled_province, options_in
from ejps_core.app.stores import StoreOptions
from tests.house.sources import ROOT
from tests.store.postgres import own_cluster

BUILD = ROOT / "build" / "load"
DURABLE = "-c listen_addresses='' -c max_connections=100 -c shared_buffers=256MB"
SAID = re.compile(r"http://([\d.]+):(\d+)")


@dataclass(frozen=True, slots=True)
class Served:
    """A service that runs. options: its store, for whoever makes accounts and sessions in it."""

    host: str
    port: int
    pid: int
    options: StoreOptions

    def pids(self) -> tuple[int, ...]:
        """The numbers of all its processes."""
        return all_of(self.pid)

    def megabytes(self) -> float:
        """What all its processes hold in memory; what they share counts once."""
        return sum(_shared_out(pid) for pid in self.pids()) / 1024


def all_of(pid: int) -> tuple[int, ...]:
    """A process and all that it has started, and these."""
    children: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdecimal() and (parent := _parent(each)) is not None:
            children.setdefault(parent, []).append(int(each.name))
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        left += children.get(one, [])
    return tuple(found)


@contextmanager
def copied() -> Iterator[StoreOptions]:
    """A fresh copy of the filled province, in SQLite."""
    folder, filled = BUILD / "province", BUILD / "filled"
    filled_province(filled, _tell)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(filled, folder)
    yield options_in(folder)


@contextmanager
def in_postgresql() -> Iterator[StoreOptions]:
    """The province in a PostgreSQL of its own that keeps what it was told, with a user who is no superuser."""
    folder = BUILD / "province-postgresql"
    shutil.rmtree(folder, ignore_errors=True)
    with own_cluster(DURABLE) as cluster:
        cluster.run("create role ejps login")
        cluster.run("create database load owner ejps")
        url = cluster.url("load").replace("//postgres@", "//ejps@")
        options = StoreOptions(url, folder / "keys", folder / "files")
        folder.mkdir(parents=True)
        fill(options, folder, _tell)
        yield options


def _tell(stage: str, done: float) -> None:
    print(f"  filling: {stage}", file=sys.stderr)


@contextmanager
def served(options: StoreOptions, processes: int, workers: int) -> Iterator[Served]:
    """The service on a store; stopped in the end as systemd stops it."""
    command = [
        sys.executable, "-m", "ejps_core", "serve", "--port", "0", "--processes", str(processes), "--workers", str(workers),
        "--store", str(options.store), "--keys", str(options.keys), "--files", str(options.files),
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EJPS_")}
    with (BUILD / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT, env=environment)
        try:
            yield Served(*_address(process), process.pid, options)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)
            if process.stdout is not None:
                process.stdout.close()


def _address(process: subprocess.Popen[str]) -> tuple[str, int]:
    assert process.stdout is not None
    for line in process.stdout:
        if (found := SAID.search(line)) is not None:
            return found[1], int(found[2])
    raise RuntimeError(f"the service did not start: see {BUILD / 'log'}")


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return None


def _shared_out(pid: int) -> int:
    """The kilobytes of a process, each page divided by those who share it."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return 0 if found is None else int(found[1])

"""A real PostgreSQL for the tests: one cluster a test run, shared by its workers, a database for each test.

The cluster belongs to the user postgres when the tests run as root (it refuses root), listens on a socket in its own
folder only, and goes with the last worker; what a killed run left is swept by the next.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.store.replayed import prepare

PREFIX = "ejps-pg-"
PREPARED = "prepared"
DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=64MB"
MISSING = "PostgreSQL is missing: as root, `make test` installs it; on Debian: apt-get install postgresql"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own. folder: data, socket and log."""

    folder: Path
    settings: str = SETTINGS

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        options = f"{self.settings} -c unix_socket_directories='{self.folder}'"
        data, log = self.folder / "data", self.folder / "log"
        _as_owner("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", log, "-o", options)

    def stop(self, mode: str = "fast") -> None:
        _as_owner("pg_ctl", "stop", "-w", "-t", "60", "-m", mode, "-D", self.folder / "data")

    def run(self, statement: str) -> None:
        """Runs a statement that no transaction may hold, such as making a database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """The address of a new, empty database, which is dropped in the end."""
        with self._made(name, "template1") as url:
            yield url

    @contextmanager
    def prepared(self, name: str) -> Iterator[str]:
        """The same with the schema of a store in it, so that a store is made at once (`replayed.py`)."""
        with _alone():
            if not self._has(PREPARED):
                self.run(f'create database "{PREPARED}"')
                prepare(self.url(PREPARED))
        with self._made(name, PREPARED) as url:
            yield url

    def _has(self, name: str) -> bool:
        with psycopg.connect(self.url("postgres")) as connection:
            return connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None

    @contextmanager
    def _made(self, name: str, template: str) -> Iterator[str]:
        self.run(f'create database "{name}" template "{template}"')
        try:
            yield self.url(name)
        finally:
            self.run(f'drop database "{name}" with (force)')


def binaries() -> Path:
    """Where PostgreSQL's programs are; the test fails where there are none."""
    found = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("pg_ctl")
    if not found and on_path is None:
        pytest.fail(MISSING, pytrace=False)
    return found[-1].parent if found else Path(str(on_path)).parent


@contextmanager
def own_cluster(settings: str = SETTINGS) -> Iterator[Cluster]:
    """A cluster for one test alone, which may stop it."""
    binaries()
    with _alone():
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}own-"))
        _users(folder).mkdir()
        (_users(folder) / str(os.getpid())).touch()
    cluster = _made(folder, settings)
    try:
        yield cluster
    finally:
        _remove(cluster)


@contextmanager
def shared_cluster(run: str) -> Iterator[Cluster]:
    """The cluster of a test run, made by the first worker that needs it and removed by the last."""
    folder = Path(tempfile.gettempdir()) / f"{PREFIX}{run}"
    me = _users(folder) / str(os.getpid())
    binaries()
    with _alone():
        _sweep()
        if folder.is_dir():
            cluster = Cluster(folder)
        else:
            _users(folder).mkdir(parents=True)
            me.touch()
            cluster = _made(folder)
        me.touch()
    try:
        yield cluster
    finally:
        with _alone():
            me.unlink(missing_ok=True)
            if not _living(folder):
                _remove(cluster)


def _users(folder: Path) -> Path:
    return folder / "users"


def _made(folder: Path, settings: str = SETTINGS) -> Cluster:
    cluster = Cluster(folder, settings)
    folder.chmod(0o755)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    _as_owner("initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync")
    cluster.start()
    return cluster


def _as_owner(program: str, *arguments: str | Path) -> None:
    command = [str(binaries() / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")


def _living(folder: Path) -> bool:
    """Whether a process that uses the cluster still runs."""
    for user in _users(folder).glob("*"):
        try:
            os.kill(int(user.name), 0)
        except ProcessLookupError:
            continue
        except PermissionError:
            return True  # it lives, and is somebody else's
        return True
    return False


def _remove(cluster: Cluster) -> None:
    with suppress(RuntimeError):
        cluster.stop("immediate")
    shutil.rmtree(cluster.folder, ignore_errors=True)


def _sweep() -> None:
    """Removes what killed test runs left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if folder.is_dir() and folder.stat().st_uid == _owner() and not _living(folder):
            _remove(Cluster(folder))


def _owner() -> int:
    """Whose our clusters are."""
    return pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else os.geteuid()


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time."""
    with (Path(tempfile.gettempdir()) / f"{PREFIX}{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

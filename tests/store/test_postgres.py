"""The tests' own PostgreSQL: it is there, or its lack is named; nothing of it stays behind."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.store import postgres
from tests.store.postgres import Cluster, shared_cluster


def test_without_postgresql_the_tests_fail_and_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"), shared_cluster("none"):
        pass


def test_a_database_is_there_for_its_test_only(postgres: Cluster) -> None:
    with postgres.database(f"one{os.getpid()}") as url, psycopg.connect(url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


@pytest.mark.slow
def test_a_cluster_goes_with_its_last_user_and_a_killed_run_is_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="ejps-") as folder:  # not pytest's own, which postgres may not enter
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        left = Path(folder) / f"{postgres.PREFIX}left"
        (left / "users").mkdir(parents=True)
        (left / "users" / str(ended())).touch()
        if os.geteuid() == 0:
            shutil.chown(left, "postgres")
        with shared_cluster("goes") as cluster:
            assert cluster.folder.is_dir() and not left.exists()
        assert not cluster.folder.exists()


def ended() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid

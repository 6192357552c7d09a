"""A new store for each test, once in SQLite and once in PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ejps_core.store.opening import StorePlace, create_store
from ejps_core.store.session import Store
from tests.store.desk import Desk
from tests.store.postgres import Cluster, shared_cluster
from tests.store.sample import SYSTEM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them start databases: `make check` leaves them out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with shared_cluster(os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StorePlace]:
    """Where a store may be made."""
    keys, files = tmp_path / "keys", tmp_path / "files"
    if request.param == "sqlite":
        yield StorePlace(str(tmp_path / "state" / "store.db"), keys, files)
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        bare = request.node.get_closest_marker("bare") is not None
        with (cluster.database if bare else cluster.prepared)(f"t{uuid4().hex}") as url:
            yield StorePlace(url, keys, files)


@pytest.fixture
def desk(place: StorePlace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A store on which commands are run."""
    return Desk(place, tmp_path, capsys)


@pytest.fixture
def store(place: StorePlace) -> Iterator[Store]:
    with create_store(place, SYSTEM) as made:
        yield made

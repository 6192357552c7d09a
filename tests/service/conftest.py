"""A service with accounts of every role, and a list with its run in each of two districts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.office import Office, office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them start a service with a store: `make check` leaves them out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The service of this module's tests."""
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made

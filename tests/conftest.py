"""Settings that all tests share."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Two busy cores make any deadline a coin toss; a failure prints what repeats it.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

# The core and the plugins of this checkout are tested, also by the processes that tests start, whatever is installed.
ROOT = Path(__file__).parents[1]
HERE = [str(ROOT), *(str(path.parent) for path in sorted(ROOT.glob("plugins/*/pyproject.toml")))]
sys.path[:0] = [path for path in HERE if path not in sys.path[: len(HERE)]]
os.environ["PYTHONPATH"] = os.pathsep.join([*HERE, *filter(None, [os.environ.get("PYTHONPATH")])])


@pytest.fixture(scope="session", autouse=True)
def quick_stores() -> Iterator[None]:
    """Hundreds of tests make a store: the migrations run once a worker and kind of database."""
    from tests.store.replayed import replayed_schema

    with replayed_schema():
        yield

"""The workload's checksums at 20,000 families, through everything that `ejps evaluate` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.checksums import EXPECTED, PROGRAMS, of_file
from tests.bench.contender import CONTENDERS
from tests.bench.generate import generate

NAMES = {"ejps": PROGRAMS, "duckdb": ("p1", "p2", "p3"), "sql": PROGRAMS}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The data of 20,000 families."""
    return generate(20_000, tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("name", CONTENDERS)
def test_checksums(name: str, data: tuple[Path, Path], tmp_path: Path) -> None:
    """Ours and the baseline give the sums that independent implementations gave."""
    out = tmp_path / "out.parquet"
    CONTENDERS[name](*data, out)()
    assert of_file(out, NAMES[name]) == EXPECTED[20_000]

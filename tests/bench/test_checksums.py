"""The workload's checksums at 20,000 families, by every contender; the harder workloads by all that know them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.checksums import EXPECTED, differences, of_file
from tests.bench.contenders import Data, load, names
from tests.bench.data import plain, unsorted, with_nulls
from tests.bench.workloads import Kind

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data is made."""
    return tmp_path_factory.mktemp("bench")


@pytest.mark.parametrize("name", names())
def test_checksums(name: str, folder: Path, tmp_path: Path) -> None:
    """Each gives the sums that independent implementations gave."""
    out = tmp_path / "out.parquet"
    load(name).whole(Data(*plain(20_000, folder)), out)()
    assert differences(of_file(out), EXPECTED[20_000]) == []


SORTED_ANYHOW = [name for name in names() if not load(name).sorted_only]


@pytest.mark.parametrize("name", SORTED_ANYHOW)
def test_members_in_no_order(name: str, folder: Path, tmp_path: Path) -> None:
    """The order of the members changes nothing."""
    out = tmp_path / "out.parquet"
    load(name).whole(Data(*unsorted(20_000, folder)), out)()
    assert differences(of_file(out), EXPECTED[20_000]) == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PLAIN])
def test_harder_workloads(kind: Kind, folder: Path, tmp_path: Path) -> None:
    """All who know a harder workload give the same sums, row by row."""
    data = Data(*(with_nulls if kind is Kind.NULLS else plain)(20_000, folder), kind)
    known = [name for name in names() if kind in load(name).kinds]
    assert len(known) > 1
    for name in known:
        load(name).whole(data, tmp_path / f"{name}.parquet")()
    first, *others = (of_file(tmp_path / f"{name}.parquet", kind) for name in known)
    assert [differences(first, other) for other in others] == [[] for _ in others]
    assert sum(count[2] for count in first.counts) > 0

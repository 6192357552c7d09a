"""docs/service.md and docs/operations.md: every shown command runs, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import BLOCK, run_all
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "count"), [("service", 1), ("operations", 5)])
def test_the_page_can_be_followed(name: str, count: int, office: Path) -> None:
    page = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
    assert sum(run_all(text, office) for _, _, _, text in BLOCK.findall(page)) == count

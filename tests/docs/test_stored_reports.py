"""docs/stored-reports.md, walked through: its files are written, its commands run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import follow
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/stored-reports.md").read_text(encoding="utf-8")
PAPERS = ("bnba", "surat", "tanda-terima", "sasaran", "formulir", "jejak")


def test_the_page_can_be_followed(office: Path) -> None:
    assert follow(PAGE, office) == 24
    assert all((office / f"{paper}.pdf").read_bytes().startswith(b"%PDF-") for paper in PAPERS)

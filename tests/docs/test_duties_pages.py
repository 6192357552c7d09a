"""The pages of backup, breaches and requests, walked through: every command is run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import follow
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow
PAGES = {"backup.md": 11, "privacy/breaches.md": 12, "privacy/requests.md": 12}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_can_be_followed(name: str, office: Path) -> None:
    assert follow((ROOT / "docs" / name).read_text(encoding="utf-8"), office) == PAGES[name]
    letters = [office / "surat-warga.txt", office / "surat-lembaga.pdf"]
    if name == "privacy/breaches.md":
        assert "surel ditarik" in letters[0].read_text(encoding="utf-8")
        assert letters[1].read_bytes().startswith(b"%PDF-")

"""docs/money.md, walked through: its files are written, its commands run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.registry.money.forms import ENTRIES, ORDERS, STATEMENT
from tests.docs.following import follow
from tests.house.sources import ROOT

PAGE = (ROOT / "docs/money.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_page_can_be_followed(office: Path) -> None:
    assert follow(PAGE, office) == 21


def test_every_column_of_the_forms_is_named() -> None:
    names = {column.name for form in (ENTRIES, ORDERS, STATEMENT) for column in form.columns}
    assert {name for name in names if name not in PAGE.lower()} == set()

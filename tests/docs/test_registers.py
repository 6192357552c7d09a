"""docs/registers.md, walked through: its files are written, its commands run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.registry.known_registers import REGISTERS
from tests.docs.following import follow
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

PAGE = (ROOT / "docs/registers.md").read_text(encoding="utf-8")


def test_the_page_can_be_followed(office: Path) -> None:
    assert follow(PAGE, office) == 3


def test_every_register_of_the_core_is_in_the_table() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    listed = {word for row in rows for word in row.split("|")[1].replace("`", "").replace(",", "").split()}
    assert listed == {register.name for register in REGISTERS}

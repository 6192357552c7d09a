"""The commands on docs/matching.md, run on a new store; every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import BLOCK, follow, run
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # they start processes

PAGE = (ROOT / "docs/matching.md").read_text(encoding="utf-8")


def test_the_commands_can_be_followed(office: Path) -> None:
    assert run("ejps store init --who Sistem", office)[0] == 0
    assert {kind for kind, *_ in BLOCK.findall(PAGE)} == {"console"}
    assert follow(PAGE, office) == 2

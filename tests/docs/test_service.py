"""docs/service.md and docs/operations.md: every shown command runs, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_first_program import BLOCK, commands, run, shown
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "count"), [("service", 1), ("operations", 5)])
def test_the_page_can_be_followed(name: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("EJPS_STORE", "EJPS_KEYS", "EJPS_FILES", "EJPS_MASTER_KEY", "EJPS_SETTINGS"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    page, ran = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8"), 0
    for _, _, _, text in BLOCK.findall(page):
        for command, lines, code in commands(text):
            ended, said = run(command, tmp_path, ".")
            assert ended == code, f"{command}\n{said}"
            assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"
            ran += 1
    assert ran == count

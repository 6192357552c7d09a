"""docs/tour.md, walked through: its files are written, its commands run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_first_program import BLOCK, commands, run, shown
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/tour.md").read_text(encoding="utf-8")


def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EJPS_STORE", "EJPS_KEYS", "EJPS_FILES", "EJPS_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    ran = 0
    for kind, _, name, text in BLOCK.findall(PAGE):
        if kind == "csv":
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for command, lines, code in commands(text):
            ended, said = run(command, tmp_path, ".")
            assert ended == code, f"{command}\n{said}"
            assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"
            ran += 1
    assert ran == 20

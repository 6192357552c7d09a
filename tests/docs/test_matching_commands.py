"""The commands on docs/matching.md, run on a new store; every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_first_program import BLOCK, commands, run, shown
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # they start processes

PAGE = (ROOT / "docs/matching.md").read_text(encoding="utf-8")


def test_the_commands_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EJPS_STORE", "EJPS_KEYS", "EJPS_FILES", "EJPS_MASTER_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert run("ejps store init --who Sistem", tmp_path, ".")[0] == 0
    ran = 0
    for kind, _, _, text in BLOCK.findall(PAGE):
        assert kind == "console"
        for command, lines, code in commands(text):
            ended, said = run(command, tmp_path, ".")
            assert ended == code, f"{command}\n{said}"
            assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"
            ran += 1
    assert ran == 2

"""The pages of backup, breaches and requests, walked through: every command is run, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_first_program import BLOCK, commands, run, shown
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow
PAGES = {"backup.md": 11, "privacy/breaches.md": 12, "privacy/requests.md": 12}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_can_be_followed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("EJPS_STORE", "EJPS_KEYS", "EJPS_FILES", "EJPS_MASTER_KEY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    ran = 0
    for kind, _, file, text in BLOCK.findall((ROOT / "docs" / name).read_text(encoding="utf-8")):
        if kind == "csv":
            (tmp_path / file).write_text(text, encoding="utf-8")
            continue
        for command, lines, code in commands(text):
            ended, said = run(command, tmp_path, ".")
            assert ended == code, f"{command}\n{said}"
            assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"
            ran += 1
    assert ran == PAGES[name]
    letters = [tmp_path / "surat-warga.txt", tmp_path / "surat-lembaga.pdf"]
    if name == "privacy/breaches.md":
        assert "surel ditarik" in letters[0].read_text(encoding="utf-8")
        assert letters[1].read_bytes().startswith(b"%PDF-")

"""Where pages are followed."""

from __future__ import annotations

from pathlib import Path

import pytest

OURS = ("EJPS_STORE", "EJPS_KEYS", "EJPS_FILES", "EJPS_MASTER_KEY", "EJPS_ACCOUNT", "EJPS_SETTINGS")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of somebody who has no store yet, and no settings."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path

"""The rule sets in `rulesets/` are right, with the programs that they change, and their examples come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from ejps_core.app.reading import read_rules
from ejps_core.authoring.examples import failures

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", sorted((ROOT / "rulesets").rglob("*.ejps")), ids=lambda path: path.stem)
def test_rule_set(path: Path) -> None:
    """No finding, and every example as it says."""
    read = read_rules(path)
    assert read.ruleset is not None, read.findings
    assert not [finding.words.en for finding in failures(read.ruleset)]

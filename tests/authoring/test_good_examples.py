"""The examples of every whole program under tests/good come out as they say (rule sets that change one aside)."""

from pathlib import Path

import pytest

from ejps_core.authoring.examples import failures
from ejps_core.dsl import compile_text
from ejps_core.model.rendering import render
from ejps_core.model.words import Language

FOLDER = Path(__file__).parents[1] / "good"
FILES = [path for path in sorted(FOLDER.glob("*.ejps")) if "\nprogram " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_examples_come_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ruleset, _ = compile_text(text, path.name)
    assert ruleset is not None
    found = failures(ruleset)
    assert found == (), render(found, {path.name: text}, Language.EN)

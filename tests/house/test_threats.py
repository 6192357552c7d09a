"""Each threat of docs/threat-model.md has tests, and they are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.house.sources import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LEAST = 30


def threats(text: str) -> dict[str, list[tuple[str, str]]]:
    """Threat -> the tests that its line names."""
    section = text.partition("\n## Threats\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("| threat |")]
    return {line.split("|")[1].strip(): NAMED.findall(line) for line in lines}


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests of a file; none if there is no such file."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(name for name in found if name.startswith("test_"))


def missing(text: str) -> list[str]:
    """What is wrong: threats without a test, tests that are not there."""
    told = [f"no test: {threat}" for threat, tests in threats(text).items() if not tests]
    return told + [
        f"not there: {file}::{name}"
        for tests in threats(text).values()
        for file, name in tests
        if name not in names_in(ROOT / file)
    ]


def test_each_threat_has_tests_that_are_there() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    assert missing(text) == []
    assert len(threats(text)) > LEAST


def test_this_test_can_fail() -> None:
    head = "\n## Threats\n\n| threat | what | tests |\n|---|---|---|\n"
    assert missing(head + "| a | b | |\n") == ["no test: a"]
    gone = "tests/house/test_threats.py::test_gone"
    assert missing(head + f"| a | b | `{gone}` |\n") == [f"not there: {gone}"]
    assert missing(head + f"| a | b | `{gone.replace('gone', 'this_test_can_fail')}` |\n") == []

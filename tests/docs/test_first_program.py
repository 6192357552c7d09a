"""docs/first-program.md, walked through: every command is run, every change made, every shown line must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.following import BLOCK, run_all
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

PAGE = (ROOT / "docs/first-program.md").read_text(encoding="utf-8")
PROGRAM = {"id": "beras", "en": "rice"}


def change(path: Path, text: str) -> None:
    """Replaces the lines marked - by those marked +."""
    old = "".join(line[1:] + "\n" for line in text.splitlines() if line.startswith("-"))
    new = "".join(line[1:] + "\n" for line in text.splitlines() if line.startswith("+"))
    whole = path.read_text(encoding="utf-8")
    assert whole.count(old) == 1, old
    path.write_text(whole.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_can_be_followed(language: str, tmp_path: Path) -> None:
    steps = [(kind, name, text) for kind, of, name, text in BLOCK.findall(PAGE) if of == language]
    assert len(steps) >= 9
    for kind, name, text in steps:
        if kind == "diff":
            change(tmp_path / name, text)
        elif kind == "csv":
            (tmp_path / name).write_text(text, encoding="utf-8")
        else:
            run_all(text, tmp_path, PROGRAM[language])


def test_no_block_is_left_out() -> None:
    assert {(kind, bool(of)) for kind, of, _, _ in BLOCK.findall(PAGE)} == {("console", True), ("diff", True), ("csv", True)}


def test_both_halves_have_the_same_steps() -> None:
    kinds = {language: [kind for kind, of, _, _ in BLOCK.findall(PAGE) if of == language] for language in ("id", "en")}
    assert kinds["id"] == kinds["en"]

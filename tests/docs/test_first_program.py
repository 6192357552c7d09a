"""docs/first-program.md, walked through: every command is run, every change made, every shown line must come out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

PAGE = (ROOT / "docs/first-program.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (id|en))?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"
PROGRAM = {"id": "beras", "en": "rice"}


def commands(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Command, the lines that must come out, the exit code (written [1], else 0)."""
    for part in text.split("$ ")[1:]:
        command, *lines = part.splitlines()
        code = next((int(line[1:-1]) for line in lines if re.fullmatch(r"\[\d\]", line)), 0)
        yield command, [line for line in lines if not re.fullmatch(r"\[\d\]", line)], code


def run(command: str, where: Path, program: str) -> tuple[int, str]:
    """Runs a command of the page in a folder; exit code and all it says."""
    name, *arguments = shlex.split(command)
    if name == "mkdir":
        (where / arguments[0]).mkdir()
        return 0, ""
    modules = {"ejps": ["ejps_core"], "pytest": ["pytest", "-q", "-p", "no:cacheprovider"]}
    paths = os.pathsep.join([str(where / "plugins" / program), os.environ["PYTHONPATH"]])
    done = subprocess.run(
        [sys.executable, "-m", *modules[name], *arguments],
        cwd=where,
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8")


def shown(line: str, said: str) -> bool:
    """Whether the line is part of what was said, up to its ellipsis."""
    return line.split(ELLIPSIS, maxsplit=1)[0] in said


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
            for command, lines, code in commands(text):
                ended, said = run(command, tmp_path, PROGRAM[language])
                assert ended == code, f"{command}\n{said}"
                assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"


def test_no_block_is_left_out() -> None:
    assert {(kind, bool(of)) for kind, of, _, _ in BLOCK.findall(PAGE)} == {("console", True), ("diff", True), ("csv", True)}


def test_both_halves_have_the_same_steps() -> None:
    kinds = {language: [kind for kind, of, _, _ in BLOCK.findall(PAGE) if of == language] for language in ("id", "en")}
    assert kinds["id"] == kinds["en"]

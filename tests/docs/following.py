"""Walks through a page: its files are written, its commands run, every shown line must come out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from ejps_core.cli import main

BLOCK = re.compile(r"^```(\w+)(?: (id|en))?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"


def follow(page: str, where: Path) -> int:
    """Follows a page in a folder; how many commands were run."""
    ran = 0
    for kind, _, name, text in BLOCK.findall(page):
        if kind == "console":
            ran += run_all(text, where)
        else:
            (where / name).parent.mkdir(exist_ok=True)
            (where / name).write_text(text, encoding="utf-8")
    return ran


def run_all(text: str, where: Path, program: str = ".") -> int:
    """Runs the commands of a block and looks for what it shows; how many they were."""
    steps = list(commands(text))
    for command, lines, code in steps:
        ended, said = run(command, where, program)
        assert ended == code, f"{command}\n{said}"
        assert [line for line in lines if not shown(line, said)] == [], f"{command}\n{said}"
    return len(steps)


def commands(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Command, the lines that must come out, the exit code (written [1], else 0)."""
    for part in text.split("$ ")[1:]:
        command, *lines = part.splitlines()
        code = next((int(line[1:-1]) for line in lines if re.fullmatch(r"\[\d\]", line)), 0)
        yield command, [line for line in lines if not re.fullmatch(r"\[\d\]", line)], code


def run(command: str, where: Path, program: str = ".") -> tuple[int, str]:
    """Runs a command of the page in a folder; exit code and all it says. program: a plugin of that folder to be found.

    `ejps` runs in this process, where it starts ten times as fast; with a plugin of the page, which has to be found, it
    runs in its own.
    """
    name, *arguments = shlex.split(command)
    if name == "mkdir":
        (where / arguments[0]).mkdir()
        return 0, ""
    if name == "ejps" and program == ".":
        told = BytesIO()
        said = TextIOWrapper(told, encoding="utf-8", write_through=True)
        with chdir(where), redirect_stdout(said), redirect_stderr(said):
            code = main(arguments)
        return code, told.getvalue().decode("utf-8")
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

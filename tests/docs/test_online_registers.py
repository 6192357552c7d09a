"""docs/online-registers.md, walked through: its files are written, its server serves, its commands run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ejps_core.cli.asking import REASONS
from ejps_core.registry.online.protocol import from_answer, from_question
from tests.docs.following import BLOCK, commands, run, shown
from tests.house.sources import ROOT

pytestmark = pytest.mark.slow  # many processes: left out of `make check`

PAGE = (ROOT / "docs/online-registers.md").read_text(encoding="utf-8")
SERVES, URL = "ejps register serve ", re.compile(r"http://127\.0\.0\.1:\d+/ask")


@contextmanager
def served(command: str, where: Path) -> Iterator[str]:
    """The server of the page, at any free port; its address."""
    given = [sys.executable, "-m", "ejps_core", *command.split()[1:], "--port", "0"]
    server = subprocess.Popen(
        given, cwd=where, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()


def test_the_page_can_be_followed(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EJPS_DUKCAPIL_TOKEN", "rahasia-uji")
    blocks = BLOCK.findall(PAGE)
    for kind, _, name, text in blocks:
        if kind in ("csv", "toml"):
            (office / name).write_text(text, encoding="utf-8")
    steps = [step for kind, _, _, text in blocks if kind == "console" for step in commands(text)]
    (serving, lines, _), *others = steps
    assert serving.startswith(SERVES) and URL.fullmatch(lines[0])
    with served(serving, office) as url:
        assert URL.fullmatch(url)
        settings = office / "dukcapil.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(lines[0], url), encoding="utf-8")
        for command, told, code in others:
            ended, said = run(command, office)
            assert ended == code, f"{command}\n{said}"
            assert [line for line in told if not shown(line, said)] == [], f"{command}\n{said}"
        monkeypatch.setenv("EJPS_DUKCAPIL_TOKEN", "salah")
        ended, said = run(others[2][0] + " --again", office)
        assert (ended, "kredensial ditolak (4)" in said) == (3, True), said
    assert len(others) == 7


def test_the_protocol_is_as_it_says() -> None:
    question, answer = (text.encode() for kind, _, _, text in BLOCK.findall(PAGE) if kind == "json")
    people, facts = from_question(question)
    (told,) = from_answer(answer)
    assert (told.nik, told.ref, dict(told.facts)) == (people[0].nik, people[0].ref, {facts[0]: "aktif"})
    assert json.loads(question)["people"][0]["name"] == people[0].name


def test_every_reason_stands_there() -> None:
    table = PAGE.split("| reason | |\n")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+|busy|refused|redirected|malformed)`", table)) == set(REASONS)

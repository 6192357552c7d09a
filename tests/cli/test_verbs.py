"""The verbs of the command line: each is there alone as it is among all, and a command loads its own only."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer import Context

from ejps_core.cli.verbs import VERBS, commands_for

LOADED = "import sys; from ejps_core.cli.verbs import commands_for as made; made(sys.argv[1:]); print(*sys.modules)"


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_alone_is_the_verb_among_all(verb: str) -> None:
    everything, alone = commands_for([]).commands, commands_for([verb, "--help"]).commands
    assert set(alone) == {verb} <= set(everything)
    told = [
        made[verb].get_help(Context(made[verb], info_name=verb, help_option_names=["-h", "--help"]))
        for made in (alone, everything)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "line", [["--lang", "en", "runs"], ["--lang=en", "runs"], ["runs", "--lang", "check"], ["-h", "runs"]]
)
def test_the_verb_is_the_first_word(line: list[str]) -> None:
    assert set(commands_for(line).commands) == {"runs"}


@pytest.mark.parametrize("line", [[], ["--help"], ["--lang", "en"], ["no-such-verb"]])
def test_without_a_verb_all_are_there(line: list[str]) -> None:
    assert set(commands_for(line).commands) == set(VERBS)


def test_a_command_loads_its_own_verb_only() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, "fmt"], capture_output=True, text=True, check=True)
    verbs = {place.split(".")[0] for place in VERBS.values()}
    assert {name.removeprefix("ejps_core.cli.") for name in done.stdout.split()} & verbs == {"fmt"}

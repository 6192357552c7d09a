"""Checks rule files and their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.reading import read_rules
from ejps_core.app.rule_files import SUFFIX
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A rule file and what was found in it; `ruleset` None: it can't be used. examples: how many ran."""

    path: str
    ruleset: Ruleset | None
    findings: tuple[Diagnostic, ...]
    text: str
    exit: Exit
    examples: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """All files that were checked; the worst end of them is `exit`."""

    files: tuple[CheckedFile, ...]
    broken: tuple[BrokenPlugin, ...] = ()

    @property
    def exit(self) -> Exit:
        """How the check ended."""
        ends = [file.exit for file in self.files]
        if Exit.WRONG_USE in ends:
            return Exit.WRONG_USE
        return Exit.WRONG_RULES if Exit.WRONG_RULES in ends else Exit.PARTLY if self.broken else Exit.CLEAN

    @property
    def texts(self) -> Mapping[str, str]:
        """The files' texts by path."""
        return {path: text for file in self.files for path, text in (*file.texts.items(), (file.path, file.text))}


def check(paths: tuple[Path, ...], programs: Plugins | None = None) -> Checked:
    """Checks rule files, all of a folder, or those of installed programs by id; every error of every file."""
    library = Library(programs)
    found = [file for path in paths for file in _rule_files(path, programs)]
    return Checked(tuple(_checked(path, library) for path in found))


def _checked(path: Path, library: Library) -> CheckedFile:
    read = read_rules(path, library)
    return CheckedFile(str(path), read.ruleset, read.findings, read.text, read.exit, texts=read.texts)


def run_examples(paths: tuple[Path, ...], programs: Plugins) -> Checked:
    """Runs the examples in rule files and in folders of them; without paths those of every plugin and rule set."""
    library = Library(programs)
    found = [each for path in paths for each in _rule_files(path, programs)]
    broken = () if paths else programs.broken
    own = [loaded.what.rules for loaded in programs.programs]
    changes = [entry.path for loaded in programs.programs for entry in library.of_program(loaded.what.id)]
    files = found if paths else [*own, *changes]
    return Checked(tuple(_with_examples(path, library) for path in files), broken)


def _rule_files(path: Path, programs: Plugins | None) -> Iterator[Path]:
    """The rule files that a path or a program's id stands for."""
    loaded = programs.named(str(path)) if programs else None
    if path.is_dir():
        yield from sorted(path.rglob("*" + SUFFIX))
    elif loaded is not None and not path.exists():
        yield loaded.what.rules
    else:
        yield path


def _with_examples(path: Path, library: Library) -> CheckedFile:
    file = _checked(path, library)
    if file.ruleset is None:
        return file
    from ejps_core.authoring.examples import failures

    failed = failures(file.ruleset)
    return replace(
        file,
        findings=(*file.findings, *failed),
        exit=Exit.WRONG_RULES if failed else file.exit,
        examples=len(file.ruleset.examples),
    )

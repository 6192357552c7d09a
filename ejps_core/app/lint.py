"""Looks for weak spots in rule files that are right, by the lints of the core and the plugins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ejps_core.app.check import Checked, CheckedFile
from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.reading import read_rules
from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import BrokenPlugin, Loaded, Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.declared import Lint
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span
from ejps_core.model.words import Words


def lint(paths: Iterable[Path], plugins: Plugins, on: date | None) -> Checked:
    """Every finding of every lint in each file; of a file that is wrong, its errors. `on`: for what depends on a date."""
    as_of = None if on is None else AsOf(day_number(on), day_number(on))
    broken = list(plugins.broken)
    library = Library(plugins)
    files = tuple(_linted(path, library, as_of, broken) for path in paths)
    return Checked(files, tuple(dict.fromkeys(broken)))


def _linted(path: Path, library: Library, as_of: AsOf | None, broken: list[BrokenPlugin]) -> CheckedFile:
    read = read_rules(path, library)
    if read.ruleset is None:
        return CheckedFile(str(path), None, read.findings, read.text, read.exit)
    found: list[Diagnostic] = []
    for loaded in library.plugins.lints:
        found += _found(loaded, read.ruleset, as_of, broken)
    # What stands in the file that this one changes is that file's affair.
    found = sorted((each for each in found if not _is_elsewhere(each, read.ruleset.path)), key=_place)
    return CheckedFile(str(path), read.ruleset, tuple(found), read.text, Exit.WRONG_RULES if found else Exit.CLEAN)


def _found(loaded: Loaded[Lint], ruleset: Ruleset, as_of: AsOf | None, broken: list[BrokenPlugin]) -> list[Diagnostic]:
    """What one lint finds; a plugin's lint that fails is named, and its findings are left out."""
    lint_name = loaded.what.name
    try:
        found = list(loaded.what.check(ruleset, as_of))
    except Exception as problem:
        if loaded.built_in:
            raise
        why = problem_words(problem)
        broken.append(BrokenPlugin(loaded.plugin, Words(f"lint {lint_name}: {why.id}", f"lint {lint_name}: {why.en}")))
        return []
    wrong = next((each for each in found if not _is_remark(each, lint_name)), None)
    if wrong is None:
        return found
    words = Words(
        f"lint {lint_name} memberi temuan yang bukan catatan berkode {lint_name}",
        f"lint {lint_name} gave a finding that is no remark with the code {lint_name}",
    )
    broken.append(BrokenPlugin(loaded.plugin, words))
    return []


def _is_remark(finding: object, name: str) -> bool:
    return isinstance(finding, Diagnostic) and finding.code == name and finding.severity is Severity.REMARK


def _is_elsewhere(finding: Diagnostic, path: str) -> bool:
    return isinstance(finding.place, Span) and finding.place.path != path


def _place(finding: Diagnostic) -> tuple[int, int]:
    return (finding.place.line, finding.place.column) if isinstance(finding.place, Span) else (0, 0)

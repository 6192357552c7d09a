"""The programs and rule sets of this machine as a whole each, compiled once as long as no rule file changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ejps_core.app.library import Library
from ejps_core.app.show import as_record, as_text, show
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each rule file."""


class Compiled(NamedTuple):
    """What a usable one came to. text: all its rules as one file; record: the same for machines."""

    ruleset: Ruleset
    text: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CompiledProgram:
    """A program or rule set. parent: what it changes; compiled: a Diagnostic says why it can't be used."""

    id: str
    program: str
    parent: str | None
    compiled: Compiled | Diagnostic


class _Kept:
    """What was compiled last, and from which files."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._found: Mapping[str, CompiledProgram] = {}

    def get(self, plugins: Plugins) -> Mapping[str, CompiledProgram]:
        """Each program by its id, followed by the rule sets that change it; then those whose program is not installed."""
        library = Library(plugins)
        stamp = _stamp(library)
        with self._lock:
            if stamp != self._stamp:
                self._found = {each.id: each for each in _compiled(library)}
                self._stamp = stamp
            return self._found


_KEPT = _Kept()


def compiled_programs(plugins: Plugins) -> Mapping[str, CompiledProgram]:
    """Every installed program by its id, each followed by the rule sets that change it."""
    return _KEPT.get(plugins)


def _stamp(library: Library) -> Stamp:
    paths = [*(loaded.what.rules for loaded in library.plugins.programs), *(entry.path for entry in library.entries)]
    return tuple(_seen(path) for path in paths)


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size


def _compiled(library: Library) -> list[CompiledProgram]:
    found = []
    for loaded in library.plugins.programs:
        found.append(_one(loaded.what.id, loaded.what.id, None, library))
        found += [_one(each.id, loaded.what.id, each.parent, library) for each in library.of_program(loaded.what.id)]
    known = {each.id for each in found}
    return [*found, *(_one(each.id, "", each.parent, library) for each in library.entries if each.id not in known)]


def _one(id: str, program: str, parent: str | None, library: Library) -> CompiledProgram:
    shown = show(id, library)
    if shown.ruleset is None:
        return CompiledProgram(id, program, parent, shown.findings[0])
    text = as_text(shown) if shown.ruleset.parents else shown.ruleset.text
    return CompiledProgram(id, program, parent, Compiled(shown.ruleset, text, as_record(shown)))

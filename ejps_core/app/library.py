"""Programs and rule sets by id: the installed plugins, the folders of rule sets, the files beside a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ejps_core.app.builtin import BUILT_IN
from ejps_core.app.rule_files import SUFFIX, rule_text
from ejps_core.hooks import manager
from ejps_core.hooks.manager import Plugins

FOLDER = "rulesets"
HEAD = re.compile(
    r'^(?:ketentuan|ruleset)[ \t]+([a-z][a-z0-9_]*)\b(?:"[^"\n]*"|[^"#\n])*\b(?:mengubah|extends)[ \t]+([a-z][a-z0-9_]*)',
    re.MULTILINE,
)
"""The first line of a rule set: its id and what it extends."""
PROGRAM = re.compile(r"^program[ \t]+([a-z][a-z0-9_]*)", re.MULTILINE)


def installed() -> Plugins:
    """What the core and the installed plugins declare, and the plugins that could not be loaded."""
    return manager.load(built_in=BUILT_IN)


def core_only() -> Plugins:
    """What the core declares: enough for rule files."""
    return manager.load(built_in=BUILT_IN, installed=False)


def default_folders() -> tuple[Path, ...]:
    """`rulesets` in the working folder, and the one beside the package: neither takes the other's place."""
    folders = (Path(FOLDER), Path(__file__).parents[2] / FOLDER)
    return tuple({folder.resolve(): folder for folder in folders if folder.is_dir()}.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule file: the id it declares, and what it extends (None: it is a program)."""

    id: str
    parent: str | None
    path: Path


class Library:
    """Finds programs and rule sets. Plugins and folders are looked at only when they are needed.

    folders: where rule sets are; None: where they usually are. texts: every text handed out, by its path. clashes: ids that
    were asked for and that files with different texts declare.
    """

    def __init__(self, plugins: Plugins | None = None, folders: Sequence[Path] | None = None) -> None:
        self._plugins = plugins
        self.folders = default_folders() if folders is None else tuple(folders)
        self.texts: dict[str, str] = {}
        self.clashes: dict[str, tuple[Path, ...]] = {}
        self._entries: tuple[Entry, ...] | None = None

    @property
    def plugins(self) -> Plugins:
        """The installed plugins."""
        if self._plugins is None:
            self._plugins = installed()
        return self._plugins

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rule sets of the folders, in the order of their paths."""
        if self._entries is None:
            found = (entry for folder in self.folders for path in _files(folder) if (entry := _entry(path)))
            self._entries = tuple(entry for entry in found if entry.parent is not None)
        return self._entries

    def named(self, id: str) -> tuple[Entry, ...]:
        """The rule sets of that id: one, or none; more if files claim the same."""
        return tuple(entry for entry in self.entries if entry.id == id)

    def of_program(self, program: str) -> tuple[Entry, ...]:
        """The rule sets that change a program, or a rule set of it."""
        reached = {program}
        while True:
            more = {entry.id for entry in self.entries if entry.parent in reached} - reached
            if not more:
                return tuple(entry for entry in self.entries if entry.parent in reached)
            reached |= more

    def parent(self, name: str, beside: Path) -> tuple[str, str] | None:
        """The text and path of what a file extends: a program, a rule set, or a file in the same folder."""
        path = self._place(name, beside)
        text = rule_text(path)[0] if path is not None else None
        if path is None or text is None:
            return None
        self.texts[str(path)] = text
        return text, str(path)

    def _place(self, name: str, beside: Path) -> Path | None:
        """The only file that declares the name; None: there is none, or several that differ."""
        near = (_entry(path) for path in _files(beside.parent, deep=False) if path != beside)
        found = [entry.path for entry in near if entry is not None and entry.id == name]
        found += [entry.path for entry in self.named(name)]
        loaded = self.plugins.named(name)
        found += [loaded.what.rules] if loaded is not None else []
        differing = {rule_text(path)[0]: path for path in reversed(found)}
        if len(differing) > 1:
            self.clashes[name] = tuple(reversed(differing.values()))
            return None
        return found[0] if found else None


def _files(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    """The rule files of a folder, in the order of their paths."""
    try:
        yield from sorted(folder.rglob("*" + SUFFIX) if deep else folder.glob("*" + SUFFIX))
    except OSError:
        return


def _entry(path: Path) -> Entry | None:
    """What a file declares, by its first lines; None if it declares nothing that can be read."""
    found = declared(rule_text(path)[0] or "")
    return None if found is None else Entry(*found, path)


def declared(text: str) -> tuple[str, str | None] | None:
    """The id that a rule text declares and what it extends, by its first lines; None if it declares nothing."""
    if match := HEAD.search(text):
        return match[1], match[2]
    if match := PROGRAM.search(text):
        return match[1], None
    return None

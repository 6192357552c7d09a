"""Composes the plugins: the core's own and every installed one, in a fixed order, each one guarded.

A plugin that can't be imported, fails, hangs, was made for other hooks or declares something wrong is named with the
reason and left out ("dinonaktifkan sementara"); the others work on. Nothing is dropped silently and there is no global
manager.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from ejps_core.hooks.kinds import KINDS, Kind
from ejps_core.hooks.loading import Source, declarations
from ejps_core.hooks.specs import PROJECT
from ejps_core.hooks.working import WORK_SECONDS, watched
from ejps_core.model.declared import Connector, Lint, Reader, Register, ReportWriter
from ejps_core.model.paper import Document
from ejps_core.model.program import Program
from ejps_core.model.words import Words

LOAD_SECONDS = 5.0
"""How long the import of a plugin, and each of its hooks, may take."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """Something declared, and where it came from; built_in: from the core itself."""

    what: T
    plugin: str
    version: str = ""
    distribution: str = ""
    built_in: bool = False


@dataclass(frozen=True, slots=True)
class BrokenPlugin:
    """A plugin that was left out, and why; `program` is the id concerned, where there is one."""

    name: str
    why: Words
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Plugins:
    """All that can be used, in the order of the plugins (the core's first), and the plugins that were left out.

    `found`: how many plugins besides the core's were looked at; 0 when none is installed (a checkout without `make` or
    `pip install`).
    """

    programs: tuple[Loaded[Program], ...] = ()
    readers: tuple[Loaded[Reader], ...] = ()
    writers: tuple[Loaded[ReportWriter], ...] = ()
    lints: tuple[Loaded[Lint], ...] = ()
    registers: tuple[Loaded[Register], ...] = ()
    reports: tuple[Loaded[Document], ...] = ()
    connectors: tuple[Loaded[Connector], ...] = ()
    broken: tuple[BrokenPlugin, ...] = ()
    found: int = 0

    def named(self, program: str) -> Loaded[Program] | None:
        """The program of that id, if a working plugin declares it."""
        return next((loaded for loaded in self.programs if loaded.what.id == program), None)

    def report(self, name: str) -> Loaded[Document] | None:
        """The report of that name."""
        return next((loaded for loaded in self.reports if loaded.what.name == name), None)


def load(
    given: Mapping[str, object] | None = None,
    *,
    built_in: Mapping[str, object] | None = None,
    installed: bool = True,
    seconds: float = LOAD_SECONDS,
    working: float | None = None,
) -> Plugins:
    """Everything that the core's modules `built_in`, the installed plugins and the modules `given` by name declare.

    seconds: what an import or a hook may take; working: what each call of what they declare may (None: WORK_SECONDS).
    """
    longest = WORK_SECONDS if working is None else working
    core = [Source(name, module, built_in=True) for name, module in sorted((built_in or {}).items())]
    others = [Source(name, module) for name, module in (given or {}).items()]
    if installed:
        others += [Source(entry.name, entry) for entry in entry_points(group=PROJECT)]
    others.sort(key=lambda source: (source.name, source.distribution))
    declared: dict[str, list[Loaded[Any]]] = {kind.hook: [] for kind in KINDS}
    broken: list[BrokenPlugin] = []
    names: dict[str, str] = {}
    for source in (*core, *others):
        if source.name in names:
            broken.append(BrokenPlugin(source.name, _named_twice(source, names[source.name])))
            continue
        names[source.name] = source.distribution[0] or source.name
        answers = declarations(source, seconds)
        if isinstance(answers, Words):
            broken.append(BrokenPlugin(source.name, answers))
            continue
        for hook, items in answers.items():
            declared[hook] += [_from(source, item, longest) for item in items]
    usable = {kind.hook: _usable(kind, declared[kind.hook], broken) for kind in KINDS}
    return Plugins(
        programs=usable["ejps_programs"],
        readers=usable["ejps_readers"],
        writers=usable["ejps_report_writers"],
        lints=usable["ejps_lints"],
        registers=usable["ejps_registers"],
        reports=usable["ejps_reports"],
        connectors=usable["ejps_connectors"],
        broken=tuple(broken),
        found=len(others),
    )


def _from(source: Source, item: object, longest: float) -> Loaded[Any]:
    """The core's own is left as it is: it has limits of its own, and must be fast."""
    distribution, version = source.distribution
    return Loaded(item if source.built_in else watched(item, longest), source.name, version, distribution, source.built_in)


def _usable(kind: Kind, declared: list[Loaded[Any]], broken: list[BrokenPlugin]) -> tuple[Loaded[Any], ...]:
    """What nobody else claims; the others are added to the broken ones."""
    clashes = [(loaded, clash) for loaded in declared if (clash := _clash(kind, loaded, declared))]
    broken += [clash for _, clash in clashes]
    lost = [id(loaded) for loaded, _ in clashes]
    return tuple(loaded for loaded in declared if id(loaded) not in lost)


def _clash(kind: Kind, loaded: Loaded[Any], declared: list[Loaded[Any]]) -> BrokenPlugin | None:
    """The finding about something that another one claims too: both are named, neither is used; the core's own stay."""
    if loaded.built_in:
        return None
    for name in kind.names(loaded.what):
        others = [each for each in declared if each is not loaded and name in kind.names(each.what)]
        if others:
            plugins = ", ".join(dict.fromkeys(each.plugin for each in others))
            why = Words(
                f"{kind.title.id} {name} juga dinyatakan oleh plugin {plugins}",
                f"the {kind.title.en} {name} is also declared by the plugin {plugins}",
            )
            return BrokenPlugin(loaded.plugin, why, name if kind.type is Program else None)
    return None


def _named_twice(source: Source, first: str) -> Words:
    name = source.distribution[0] or source.name
    return Words(
        f"nama plugin ini sudah dipakai oleh {first}; {name} tidak dimuat",
        f"this plugin name is already taken by {first}; {name} was not loaded",
    )

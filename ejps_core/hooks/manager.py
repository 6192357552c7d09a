"""Composes the plugin manager: every installed program plugin, in a fixed order, each one guarded.

A plugin that can't be imported, fails, or answers something else than programs is named with the reason and
left out ("dinonaktifkan sementara"); the others work on. Nothing is dropped silently and there is no global
manager.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

import pluggy

from ejps_core.hooks.specs import PROJECT, Specs
from ejps_core.model.program import Program
from ejps_core.model.words import Words, same

GUARDED = (Exception, SystemExit)
"""What a plugin may raise without stopping the others."""


@dataclass(frozen=True, slots=True)
class LoadedProgram:
    """A program and where it came from."""

    program: Program
    plugin: str
    version: str
    distribution: str


@dataclass(frozen=True, slots=True)
class BrokenPlugin:
    """A plugin that was left out, and why; `program` is the id concerned, where there is one."""

    name: str
    why: Words
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Programs:
    """All programs that can be used, in the order of their plugins, and the plugins that were left out.

    `found`: how many plugins were looked at; 0 when none is installed (a checkout without `make` or `pip
    install`).
    """

    programs: tuple[LoadedProgram, ...]
    broken: tuple[BrokenPlugin, ...]
    found: int

    def named(self, program: str) -> LoadedProgram | None:
        """The program of that id, if a working plugin declares it."""
        return next((loaded for loaded in self.programs if loaded.program.id == program), None)


@dataclass(frozen=True, slots=True)
class _Source:
    """A plugin that may be loaded: an entry point, or a module that was given."""

    name: str
    what: EntryPoint | object

    @property
    def distribution(self) -> tuple[str, str]:
        dist = self.what.dist if isinstance(self.what, EntryPoint) else None
        return (dist.name, dist.version) if dist else ("", "")

    def load(self) -> object:
        return self.what.load() if isinstance(self.what, EntryPoint) else self.what


def load(given: Mapping[str, object] | None = None, *, installed: bool = True) -> Programs:
    """Every program of the installed plugins and of the modules `given` by name."""
    sources = [_Source(name, module) for name, module in (given or {}).items()]
    if installed:
        sources += [_Source(entry.name, entry) for entry in entry_points(group=PROJECT)]
    sources.sort(key=lambda source: (source.name, source.distribution))
    programs: list[LoadedProgram] = []
    broken: list[BrokenPlugin] = []
    names: dict[str, str] = {}
    for source in sources:
        if source.name in names:
            broken.append(BrokenPlugin(source.name, _named_twice(source, names[source.name])))
            continue
        names[source.name] = source.distribution[0] or source.name
        loaded, why = _programs_of(source)
        programs += loaded
        if why:
            broken.append(BrokenPlugin(source.name, why))
    claimed = _claimed_twice(programs)
    broken += _clashes(programs, claimed)
    usable = tuple(loaded for loaded in programs if loaded.program.id not in claimed)
    return Programs(usable, tuple(broken), len(sources))


def _programs_of(source: _Source) -> tuple[list[LoadedProgram], Words | None]:
    """What one plugin declares, or why it can't be used."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Specs)
    try:
        manager.register(source.load(), source.name)
        manager.check_pending()
        answers = manager.hook.ejps_programs()
    except GUARDED as problem:
        return [], _fault(problem)
    if not answers:
        return [], Words("tidak menyatakan program apa pun", "declares no program")
    distribution, version = source.distribution
    loaded = []
    for program in _flat(answers):
        if not isinstance(program, Program):
            return [], Words(
                f"ejps_programs harus mengembalikan daftar Program, bukan {_short(program)}",
                f"ejps_programs must return a list of Program, not {_short(program)}",
            )
        if not program.rules.is_file():
            return [], Words(f"berkas aturan tidak ada: {program.rules}", f"no such rule file: {program.rules}")
        loaded.append(LoadedProgram(program, source.name, version, distribution))
    return loaded, None


def _flat(answers: list[object]) -> Iterator[object]:
    """Each program of each answer; an answer that is no list stands for itself."""
    for answer in answers:
        if isinstance(answer, list | tuple):
            yield from answer
        else:
            yield answer


def _short(value: object) -> str:
    return repr(value)[:60]


def _fault(problem: BaseException) -> Words:
    """Why a plugin failed, on one line."""
    text = " ".join(f"{type(problem).__name__}: {problem}".split())
    return same(text[:300])


def _named_twice(source: _Source, first: str) -> Words:
    name = source.distribution[0] or source.name
    return Words(
        f"nama plugin ini sudah dipakai oleh {first}; {name} tidak dimuat",
        f"this plugin name is already taken by {first}; {name} was not loaded",
    )


def _claimed_twice(programs: list[LoadedProgram]) -> set[str]:
    """The program ids that more than one declaration claims."""
    ids = [loaded.program.id for loaded in programs]
    return {each for each in ids if ids.count(each) > 1}


def _clashes(programs: list[LoadedProgram], claimed: set[str]) -> Iterator[BrokenPlugin]:
    """Every plugin that claims an id which another claims too: both are named, neither is used for it."""
    for loaded in programs:
        program = loaded.program.id
        if program in claimed:
            others = [p.plugin for p in programs if p.program.id == program and p is not loaded]
            names = ", ".join(dict.fromkeys(others))
            yield BrokenPlugin(
                loaded.plugin,
                Words(
                    f"program {program} juga dinyatakan oleh plugin {names}",
                    f"the program {program} is also declared by the plugin {names}",
                ),
                program,
            )

"""One plugin: imported, asked through every hook, each call guarded and waited for only so long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Any

import pluggy

from ejps_core.hooks.kinds import KINDS, fault
from ejps_core.hooks.limits import FaultyPluginError, TooSlowError, too_slow, within
from ejps_core.hooks.specs import API, PROJECT, Specs
from ejps_core.model.words import Words, same

GUARDED = (Exception, SystemExit)
"""What a plugin may raise without stopping the others."""
MODULE_ITSELF = "import"

Answers = Mapping[str, tuple[Any, ...]]
"""hook -> what the plugin declares through it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A plugin that may be loaded: an entry point, or a module that was given; built_in: one of the core's own."""

    name: str
    what: EntryPoint | object
    built_in: bool = False

    @property
    def distribution(self) -> tuple[str, str]:
        """Name and version of the distribution that it came with."""
        dist = self.what.dist if isinstance(self.what, EntryPoint) else None
        return (dist.name, dist.version) if dist else ("", "")

    def load(self) -> object:
        """The module."""
        return self.what.load() if isinstance(self.what, EntryPoint) else self.what


def declarations(source: Source, seconds: float) -> Answers | Words:
    """What a plugin declares, or why it can't be used: then nothing of it is."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Specs)
    asked = MODULE_ITSELF
    answers: dict[str, tuple[Any, ...]] = {}
    try:
        module = within(seconds, source.load)
        if why := _other_api(getattr(module, "ejps_api", None)):
            return why
        manager.register(module, source.name)
        manager.check_pending()
        for kind in KINDS:
            asked = kind.hook
            call: Callable[[], list[object]] = getattr(manager.hook, kind.hook)
            answers[kind.hook] = _flat(within(seconds, call) if _implemented(manager, kind.hook) else [])
            if why := fault(kind, answers[kind.hook]):
                return why
    except TooSlowError:
        return too_slow(asked, seconds)
    except GUARDED as problem:
        return problem_words(problem)
    if not any(_implemented(manager, kind.hook) for kind in KINDS):
        return Words("tidak menyatakan apa pun", "declares nothing")
    return answers


def _implemented(manager: pluggy.PluginManager, hook: str) -> bool:
    return bool(getattr(manager.hook, hook).get_hookimpls())


def _flat(answers: list[object]) -> tuple[object, ...]:
    """Each item of each answer; an answer that is no list stands for itself."""
    return tuple(item for answer in answers for item in (answer if isinstance(answer, list | tuple) else (answer,)))


def _other_api(stated: object) -> Words | None:
    """Why a plugin is not for this version of the hooks."""
    if stated == API and not isinstance(stated, bool):
        return None
    if stated is None:
        return Words(f"tidak menyatakan ejps_api = {API}", f"does not state ejps_api = {API}")
    return Words(
        f"dibuat untuk ejps_api = {stated!r}, sedangkan e-JPS ini memakai {API}",
        f"is made for ejps_api = {stated!r}, this e-JPS has {API}",
    )


def problem_words(problem: BaseException) -> Words:
    """What a plugin raised, on one line."""
    if isinstance(problem, FaultyPluginError):
        return problem.words
    text = " ".join(f"{type(problem).__name__}: {problem}".split())
    return same(text[:300])

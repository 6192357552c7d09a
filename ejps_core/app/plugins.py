"""What there is to say about the installed programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ejps_core.app.programs import read_rules
from ejps_core.hooks.manager import LoadedProgram, Programs
from ejps_core.model.words import Language, Words, same


@dataclass(frozen=True, slots=True)
class Described:
    """A program, its title, and whether its rule file is right and of that id."""

    loaded: LoadedProgram
    title: Words
    digest: str | None
    right: bool


def describe(programs: Programs) -> tuple[Described, ...]:
    """Every program with its title and the state of its rule file."""
    return tuple(_described(loaded) for loaded in programs.programs)


def _described(loaded: LoadedProgram) -> Described:
    ruleset = read_rules(loaded.program.rules).ruleset
    if ruleset is None:
        return Described(loaded, same(""), None, False)
    return Described(loaded, ruleset.title, ruleset.digest, ruleset.program == loaded.program.id)


def as_records(described: tuple[Described, ...], programs: Programs, language: Language) -> dict[str, Any]:
    """{"programs": [...], "broken": [...]} for JSON."""
    return {
        "programs": [
            {
                "id": each.loaded.program.id,
                "title": each.title.say(language),
                "plugin": each.loaded.plugin,
                "distribution": each.loaded.distribution,
                "version": each.loaded.version,
                "rules": str(each.loaded.program.rules),
                "digest": each.digest,
                "right": each.right,
            }
            for each in described
        ],
        "broken": [
            {"plugin": broken.name, "program": broken.program, "why": broken.why.say(language)} for broken in programs.broken
        ],
    }

"""What programs are called in registers of awards: this one's names, and those of the other programs there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ejps_core.app.library import Library
from ejps_core.app.rule_files import rule_text
from ejps_core.model.ruleset import Ruleset
from ejps_core.registry.award_rows import ProgramNames

HEAD = re.compile(r"^(?:program|ketentuan|ruleset)[ \t]+[a-z].*$", re.MULTILINE)
"""The line of a rule file that says what it is called."""
TITLE = re.compile(r'"([^"\n]+)"')


def program_names(ruleset: Ruleset, together: Sequence[Ruleset], library: Library) -> ProgramNames:
    """The names of a program: its id, its rule sets' (each as results print it too), its titles; and the others' names.

    together: the rule sets of the run. A name that both have is this program's.
    """
    program = ruleset.program
    changing = library.of_program(program)
    ids = [ruleset.id, *(origin.name for origin in ruleset.parents), *(entry.id for entry in changing)]
    titles = [ruleset.title.id, ruleset.title.en]
    files = [*(Path(origin.path) for origin in ruleset.parents), *(entry.path for entry in changing)]
    plugin = library.plugins.named(program)
    files += [] if plugin is None else [plugin.what.rules]
    own = [program, *ids, *(f"{program} · {each}" for each in ids), *titles]
    own += [title for path in files for title in _titles(path)]
    return ProgramNames(
        tuple(dict.fromkeys(name for name in own if name)), tuple(dict.fromkeys(_others(ruleset, together, library)))
    )


def _others(ruleset: Ruleset, together: Sequence[Ruleset], library: Library) -> Iterator[str]:
    """What the other programs of the run, of the plugins and of the folders are called."""
    for other in together:
        if other.program != ruleset.program:
            yield from (each for each in (other.program, other.id, other.title.id, other.title.en) if each)
    for loaded in library.plugins.programs:
        if loaded.what.id != ruleset.program:
            yield loaded.what.id
            yield from _titles(loaded.what.rules)
    changing = {entry.id for entry in library.of_program(ruleset.program)}
    for entry in library.entries:
        if entry.id not in changing:
            yield entry.id
            yield from _titles(entry.path)


def _titles(path: Path) -> list[str]:
    """The titles in the line of a rule file that says what it is called."""
    head = HEAD.search(rule_text(path)[0] or "")
    return [] if head is None else TITLE.findall(head[0].split("#")[0])

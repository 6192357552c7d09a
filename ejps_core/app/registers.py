"""Opens the file of a register that the core or a plugin declares."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.listing import Opened
from ejps_core.model.span import Cell
from ejps_core.model.words import Words


def open_register(name: str, path: Path, plugins: Plugins) -> Opened:
    """What is in the file; no listing: an ERROR among the findings says why."""
    loaded = next((each for each in plugins.registers if each.what.name == name), None)
    if loaded is None:
        return Opened(None, (_unknown(name, plugins),))
    if not path.is_file():
        words = Words(f"Berkas {path} tidak ada.", f"There is no file {path}.")
        return Opened(None, (Diagnostic("no-such-file", Severity.ERROR, Cell(str(path)), words),))
    try:
        return loaded.what.open(path)
    except Exception as problem:
        if loaded.built_in:
            raise
        why = problem_words(problem)
        words = Words(
            f"Register {name} dari plugin {loaded.plugin} gagal: {why.id}",
            f"The register {name} of the plugin {loaded.plugin} failed: {why.en}",
        )
        return Opened(None, (Diagnostic("register-failed", Severity.ERROR, Cell(str(path)), words),))


def _unknown(name: str, plugins: Plugins) -> Diagnostic:
    names = [each.what.name for each in plugins.registers]
    near = get_close_matches(name, names, 1)
    known = ", ".join(names)
    mend = Words(f"Register yang ada: {known}.", f"Registers there are: {known}.")
    if near:
        mend = Words(f"Mungkin maksudnya {near[0]}? {mend.id}", f"Did you mean {near[0]}? {mend.en}")
    words = Words(f"Register {name} tidak dikenal.", f"Unknown register {name}.")
    return Diagnostic("unknown-register", Severity.ERROR, None, words, mend)

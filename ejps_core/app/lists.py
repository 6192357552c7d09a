"""Reads a list with the readers of the core and the plugins; a plugin's reader that fails is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import Loaded, Plugins
from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Words
from ejps_core.registry.readers import reader_for
from ejps_core.registry.sources import FIRST_BYTES

if TYPE_CHECKING:
    from ejps_core.model.candidates import Candidates

Found = tuple["Candidates | None", tuple[Diagnostic, ...]]


def guarded(read: Callable[[], Found], paths: Iterable[Path | None], plugins: Plugins) -> Found:
    """What `read` gives. If it raises and a plugin's reader opens one of the files, that is a finding."""
    try:
        return read()
    except Exception as problem:
        fault = reader_fault(problem, paths, plugins)
        if fault is None:
            raise
        return None, (fault,)


def reader_fault(problem: Exception, paths: Iterable[Path | None], plugins: Plugins) -> Diagnostic | None:
    """What is said if a plugin's reader opens one of the files, and it was what raised; None: it is the core's fault."""
    stranger = next((each for path in paths if path and (each := _stranger(path, plugins))), None)
    return None if stranger is None else _failed(stranger, problem, paths)


def _stranger(path: Path, plugins: Plugins) -> Loaded[Reader] | None:
    """The plugin's reader that opens the file; None for the core's."""
    try:
        with path.open("rb") as file:
            start = file.read(FIRST_BYTES)
    except OSError:
        return None
    chosen = reader_for(path, start, [loaded.what for loaded in plugins.readers])
    return next((loaded for loaded in plugins.readers if loaded.what == chosen and not loaded.built_in), None)


def _failed(loaded: Loaded[Reader], problem: Exception, paths: Iterable[Path | None]) -> Diagnostic:
    why = problem_words(problem)
    place = next((Cell(str(path)) for path in paths if path), None)
    return Diagnostic(
        "reader-failed",
        Severity.ERROR,
        place,
        Words(
            f"Pembaca berkas dari plugin {loaded.plugin} gagal: {why.id}",
            f"The reader of the plugin {loaded.plugin} failed: {why.en}",
        ),
        Words(
            "Simpan daftarnya sebagai XLSX atau CSV, dan kabari pembuat plugin.",
            "Save the list as XLSX or CSV; tell the plugin's author.",
        ),
    )

"""Writes a run to the file that its name asks for, by the report writer of that kind of file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ejps_core.app.unwritable import mend_unwritable, why_unwritable
from ejps_core.app.workplace import clear, on_disk, workplace
from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import Loaded, Plugins
from ejps_core.model.declared import Report, ReportWriter
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.run import Run
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.reports.records import records

WORKBOOK = ".xlsx"
Filled = tuple[Path, Callable[[Path], None]]
"""Where a file goes, and what fills it."""
Leaving = Callable[[Path], object]
"""What is done with a file that is made, and not yet at its place."""


def unwritable(asked: str, inputs: tuple[Path | None, ...], language: Language, plugins: Plugins) -> Diagnostic | None:
    """Why this can't be written, as far as it shows before anything is evaluated."""
    path = Path(asked)
    if asked.endswith(("/", "\\")) or path.is_dir():
        words = Words("Keluaran harus berkas, bukan folder.", "The output must be a file, not a folder.")
        mend = Words("Sebut nama berkasnya, misalnya hasil.xlsx.", "Name a file, such as result.xlsx.")
        return _refused("output-folder", path, words, mend)
    if _writer(path, plugins) is None:
        kinds = ", ".join(loaded.what.suffix for loaded in plugins.writers)
        return _refused(
            "output-kind",
            path,
            Words(f"Jenis berkas keluaran tidak dikenal; yang ada: {kinds}.", f"Unknown kind of file: {kinds}."),
            Words("Akhiri nama berkas dengan salah satunya.", "End the file's name with one of these."),
        )
    if not path.parent.is_dir():
        return _refused(
            "output-folder",
            path,
            Words(f"Folder {path.parent} tidak ada.", f"There is no folder {path.parent}."),
            Words("Buat dahulu foldernya.", "Make the folder first."),
        )
    written = (path, notes_path(path, language)) if path.suffix.lower() != WORKBOOK else (path,)
    for each in written:
        if any(given and given.exists() and each.exists() and each.samefile(given) for given in inputs):
            return _refused(
                "output-is-input",
                each,
                Words("Berkas keluaran sama dengan daftar masukan.", "The output file is the list itself."),
                Words("Pilih nama lain untuk keluaran.", "Choose another name for the output."),
            )
    return _tried(path)


def _tried(path: Path) -> Diagnostic | None:
    """Tries whether the folder takes a file, and whether the file that is there may be replaced."""
    try:
        if path.exists():
            path.open("r+b").close()
        with workplace(path):
            pass
    except OSError as problem:
        return refused(path, problem)
    return None


def broken_off(asked: str) -> Diagnostic | None:
    """That an earlier run was killed while it wrote this file; what it left is removed. None: there was no such run."""
    path = Path(asked)
    try:
        found = clear(path)
    except OSError:
        return None
    if not found:
        return None
    now = (
        Words("Berkas itu masih seperti sebelumnya", "The file is still as it was before")
        if path.exists()
        else Words("Berkas itu tidak pernah selesai", "The file was never finished")
    )
    return Diagnostic(
        "output-broken-off",
        Severity.REMARK,
        Cell(str(path)),
        Words(
            f"Proses sebelumnya terputus saat menulis {path.name}. {now.id}.",
            f"An earlier run was broken off while it wrote {path.name}. {now.en}.",
        ),
        Words("Sisanya sudah dihapus; hasil kali ini utuh.", "What it left is removed; this run's result is whole."),
    )


def notes_path(path: Path, language: Language) -> Path:
    """Where the notes on rows stand that a file other than a workbook has no place for."""
    word = Words("catatan", "remarks").say(language)
    return path.with_name(f"{path.stem}-{word}.csv")


def write(run: Run, path: Path, language: Language, plugins: Plugins) -> Diagnostic | None:
    """Writes the file whole or not at all; says why if it can't be written."""
    return written(path, plugins, [_result(run, path, language, plugins)])


def write_all(
    run: Run, path: Path, language: Language, plugins: Plugins, leaving: Leaving | None = None
) -> tuple[Path | None, Diagnostic | None]:
    """Writes the result, and its notes where they have no place of their own in it: where those are, or why not.

    Neither is there without the other. A file of notes from an earlier run does not stay with what it was about.
    leaving: called with each file before any is at its place.
    """
    files = [_result(run, path, language, plugins)]
    beside = notes_path(path, language)
    if path.suffix.lower() != WORKBOOK and (run.findings or beside.exists()):
        from ejps_core.reports.text_files import write_notes

        files.insert(0, (beside, lambda fresh: write_notes(run, fresh, language)))
    problem = written(path, plugins, files, leaving)
    return (beside if len(files) > 1 and run.findings and not problem else None), problem


def write_told(path: Path, fill: Callable[[Path], Run | None], language: Language) -> tuple[Path | None, Diagnostic | None]:
    """The same for a result that is filled before it is known what there is to be said of the list: `fill` tells.

    Where it tells nothing, nothing is written.
    """
    from ejps_core.reports.text_files import write_notes

    at, beside = path, notes_path(path, language)
    try:
        with workplace(path) as folder:
            run = fill(folder / path.name)
            if run is None:
                return None, None
            on_disk(folder / path.name)
            if run.findings or beside.exists():
                at = beside
                write_notes(run, folder / beside.name, language)
                on_disk(folder / beside.name)
                (folder / beside.name).replace(beside)
            at = path
            (folder / path.name).replace(path)
            return (beside if run.findings else None), None
    except OSError as problem:
        return None, refused(at, problem)


def _result(run: Run, path: Path, language: Language, plugins: Plugins) -> Filled:
    loaded = _writer(path, plugins)
    assert loaded is not None, "unwritable() has been asked"
    report = Report(run, language, partial(records, run, language))
    return path, partial(loaded.what.write, report)


def written(path: Path, plugins: Plugins, files: Sequence[Filled], leaving: Leaving | None = None) -> Diagnostic | None:
    """Makes all files, then moves each to its place, the last one last; nothing there changes unless all could be made."""
    at = path
    try:
        with workplace(path) as folder:
            for at, fill in files:
                fill(folder / at.name)
                on_disk(folder / at.name)
            if leaving is not None:
                for at, _ in files:
                    leaving(folder / at.name)
            for at, _ in files:
                (folder / at.name).replace(at)
    except OSError as problem:
        return refused(at, problem)
    except Exception as problem:
        loaded = _writer(path, plugins)
        if loaded is None or loaded.built_in:
            raise
        return _failed(path, loaded, problem)
    return None


def _writer(path: Path, plugins: Plugins) -> Loaded[ReportWriter] | None:
    suffix = path.suffix.lower()
    return next((loaded for loaded in plugins.writers if loaded.what.suffix == suffix), None)


def refused(path: Path, problem: OSError) -> Diagnostic:
    """Why a file was not written."""
    why = why_unwritable(problem)
    return _refused(
        "output-unwritable",
        path,
        Words(f"Berkas keluaran tidak dapat ditulis: {why.id}.", f"The file can't be written: {why.en}."),
        mend_unwritable(problem),
    )


def _failed(path: Path, loaded: Loaded[ReportWriter], problem: Exception) -> Diagnostic:
    """A plugin's writer that raised: the plugin is named, nothing is written."""
    why = problem_words(problem)
    return _refused(
        "writer-failed",
        path,
        Words(
            f"Penulis laporan dari plugin {loaded.plugin} gagal: {why.id}",
            f"The report writer of the plugin {loaded.plugin} failed: {why.en}",
        ),
        Words(
            "Pilih jenis berkas lain, dan kabari pembuat plugin.", "Choose another kind of file; tell the plugin's author."
        ),
    )


def _refused(code: str, path: Path, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Cell(str(path)), words, mend)

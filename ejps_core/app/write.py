"""Writes a run to the file that its name asks for: .csv, .xlsx, .parquet or .json."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ejps_core.app.unwritable import mend_unwritable, why_unwritable
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.reports.run import Run

WORKBOOK = ".xlsx"
KINDS = (".csv", WORKBOOK, ".parquet", ".json")


def unwritable(asked: str, inputs: tuple[Path | None, ...], language: Language) -> Diagnostic | None:
    """Why this can't be written, as far as it shows before anything is evaluated."""
    path = Path(asked)
    if asked.endswith(("/", "\\")) or path.is_dir():
        words = Words("Keluaran harus berkas, bukan folder.", "The output must be a file, not a folder.")
        mend = Words("Sebut nama berkasnya, misalnya hasil.xlsx.", "Name a file, such as result.xlsx.")
        return _refused("output-folder", path, words, mend)
    if path.suffix.lower() not in KINDS:
        kinds = ", ".join(KINDS)
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
    fresh = _fresh(path)
    try:
        if path.exists():
            path.open("r+b").close()
        fresh.touch()
    except OSError as problem:
        return refused(path, problem)
    finally:
        _gone(fresh)
    return None


def _gone(fresh: Path) -> None:
    with suppress(OSError):
        fresh.unlink(missing_ok=True)


def _fresh(path: Path) -> Path:
    return path.with_name(f".{path.stem[:100]}.tmp{path.suffix}")


def notes_path(path: Path, language: Language) -> Path:
    """Where the notes on rows stand that a file other than a workbook has no place for."""
    word = Words("catatan", "remarks").say(language)
    return path.with_name(f"{path.stem}-{word}.csv")


def write(run: Run, path: Path, language: Language) -> Diagnostic | None:
    """Writes the file whole or not at all; says why if it can't be written."""
    kind = path.suffix.lower()
    return _whole(path, lambda fresh: _write(run, fresh, kind, language))


def write_notes(run: Run, path: Path, language: Language) -> tuple[Path | None, Diagnostic | None]:
    """The notes on rows beside a file that is no workbook: where they are (None: there are none), or why not.

    A file of notes from an earlier run does not stay with what it was about.
    """
    beside = notes_path(path, language)
    if path.suffix.lower() == WORKBOOK or (not run.findings and not beside.exists()):
        return None, None
    from ejps_core.reports.text_files import write_notes as write_csv

    problem = _whole(beside, lambda fresh: write_csv(run, fresh, language))
    return (None if problem or not run.findings else beside), problem


def _whole(path: Path, fill: Callable[[Path], None]) -> Diagnostic | None:
    fresh = _fresh(path)
    try:
        fill(fresh)
        fresh.replace(path)
    except OSError as problem:
        _gone(fresh)
        return refused(path, problem)
    return None


def refused(path: Path, problem: OSError) -> Diagnostic:
    """Why a file was not written."""
    why = why_unwritable(problem)
    return _refused(
        "output-unwritable",
        path,
        Words(f"Berkas keluaran tidak dapat ditulis: {why.id}.", f"The file can't be written: {why.en}."),
        mend_unwritable(problem),
    )


def _write(run: Run, path: Path, kind: str, language: Language) -> None:
    match kind:
        case ".csv":
            from ejps_core.reports.text_files import write_csv

            write_csv(run, path, language)
        case ".json":
            from ejps_core.reports.text_files import write_json

            write_json(run, path, language)
        case ".xlsx":
            from ejps_core.reports.workbook import write_workbook

            write_workbook(run, path, language)
        case ".parquet":
            from ejps_core.reports.parquet_file import write_parquet

            write_parquet(run, path)


def _refused(code: str, path: Path, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Cell(str(path)), words, mend)

"""Writes a run to the file that its name asks for: .csv, .xlsx, .parquet or .json."""

from __future__ import annotations

from pathlib import Path

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.reports.run import Run

KINDS = (".csv", ".xlsx", ".parquet", ".json")


def unwritable(path: Path, inputs: tuple[Path | None, ...]) -> Diagnostic | None:
    """Why this can't be written, as far as it shows before anything is evaluated."""
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
    if any(given and given.exists() and path.exists() and path.samefile(given) for given in inputs):
        return _refused(
            "output-is-input",
            path,
            Words("Berkas keluaran sama dengan daftar masukan.", "The output file is the list itself."),
            Words("Pilih nama lain untuk keluaran.", "Choose another name for the output."),
        )
    return None


def write(run: Run, path: Path, language: Language) -> Diagnostic | None:
    """Writes the file whole or not at all; says why if it can't be written."""
    fresh = path.with_name(f".{path.stem}.tmp{path.suffix}")
    try:
        _write(run, fresh, path.suffix.lower(), language)
        fresh.replace(path)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        reason = problem.strerror or type(problem).__name__
        return _refused(
            "output-unwritable",
            path,
            Words(f"Berkas keluaran tidak dapat ditulis ({reason}).", f"The file can't be written ({reason})."),
            Words(
                "Tutup berkas itu bila sedang terbuka, dan periksa izin foldernya.",
                "Close the file if it is open, and check the rights of its folder.",
            ),
        )
    return None


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

"""The list given back to its district: its own file with STATUS, ALASAN and SARAN PERBAIKAN beside every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ejps_core.app.write import WORKBOOK, broken_off, written
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.verdicts import JudgedRow
from ejps_core.model.words import Language, Words

if TYPE_CHECKING:
    from ejps_core.model.listing import Listing
    from ejps_core.registry.returning import FileKind
    from ejps_core.reports.returned import Decided

TEXT = (".csv", ".tsv", ".txt")
WHY = {
    "active": Words(
        "berisi makro, tautan ke berkas lain, objek, atau tanda tangan digital",
        "it holds macros, links to other files, objects or a digital signature",
    ),
    "columns": Words("tidak ada kolom kosong di kanan tabelnya", "there is no free column right of its table"),
}


@dataclass(frozen=True, slots=True)
class Return:
    """What is given back. files: the list's own file, and its members' own, which may be read again. back: where to.

    source: the path of the file as the user gave it, which is never written over. decided: what a program has decided of
    the rows.
    """

    originals: Sequence[Listing]
    rows: Sequence[JudgedRow]
    files: tuple[Path, ...]
    back: Path
    source: Path | None = None
    password: str | None = None
    decided: Decided | None = None


def give_back(
    given: Return, language: Language, leaving: Callable[[bytes], object] = len
) -> tuple[Diagnostic | None, tuple[Diagnostic, ...]]:
    """Writes the list with the verdict of every row; why not, if it can't be written, and what is to be said of it.

    A workbook and a text list come back as they were, with three more columns; everything else, and a workbook that can't
    be handed on as it is, as a new workbook. leaving: called with the file's content before it is at its place.
    """
    from ejps_core.registry.returning import FileKind, kind_of

    kind = kind_of(given.files[0], given.originals[0], given.password) if len(given.files) == 1 else FileKind.OTHER
    if (wrong := _wrong(given, kind)) is not None:
        return wrong, ()
    content, said = _own_file(given, kind, language)
    if (earlier := broken_off(str(given.back))) is not None:
        said = (earlier, *said)
    if content is None and given.back.suffix.lower() in TEXT:
        return said[-1], ()

    def write(fresh: Path) -> None:
        from ejps_core.reports.returned import write_returned

        if content is None:
            write_returned(given.originals, given.rows, fresh, language, given.decided)
        else:
            fresh.write_bytes(content)
        leaving(fresh.read_bytes())

    return written(given.back, Plugins(), [(given.back, write)]), said


def _own_file(given: Return, kind: FileKind, language: Language) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The list's own file with the verdicts; None: a new workbook, and why."""
    from ejps_core.registry.returning import FileKind, marked
    from ejps_core.reports.returned import beside

    wanted = FileKind.TEXT if given.back.suffix.lower() in TEXT else FileKind.XLSX
    if kind is not wanted:
        return None, (_other_kind(given, kind),) if kind is FileKind.OTHER else ()
    told = beside(given.originals, given.rows, language, given.decided)
    found = marked(given.files[0], given.password, told, kind)
    if isinstance(found, bytes):
        return found, ()
    return None, (_new_workbook(given, found),)


def _wrong(given: Return, kind: FileKind) -> Diagnostic | None:
    """Why nothing can be given back there."""
    from ejps_core.registry.returning import FileKind

    suffix = given.back.suffix.lower()
    if suffix != WORKBOOK and not (kind is FileKind.TEXT and suffix in TEXT):
        words = Words(
            "Daftar dikembalikan sebagai buku kerja XLSX; daftar CSV juga sebagai CSV.",
            "A list is given back as an XLSX workbook; a CSV list as CSV too.",
        )
        mend = Words("Akhiri nama berkas dengan .xlsx.", "End the file's name with .xlsx.")
        return Diagnostic("output-kind", Severity.ERROR, Cell(str(given.back)), words, mend)
    if given.source is not None and given.back.exists() and given.back.samefile(given.source):
        words = Words("Berkas keluaran sama dengan daftar masukan.", "The output file is the list itself.")
        mend = Words("Pilih nama lain untuk keluaran.", "Choose another name for the output.")
        return Diagnostic("output-is-input", Severity.ERROR, Cell(str(given.back)), words, mend)
    return None


def _other_kind(given: Return, kind: FileKind) -> Diagnostic:
    words = Words(
        "Daftar ini bukan satu berkas XLSX atau CSV: dikembalikan sebagai buku kerja baru, tanpa tampilan asalnya.",
        "This list is no single XLSX or CSV file: it is given back as a new workbook, without its looks.",
    )
    return Diagnostic("returned-new", Severity.REMARK, Cell(str(given.back)), words)


def _new_workbook(given: Return, reason: str) -> Diagnostic:
    why = WHY.get(reason.partition(" ")[0], Words(f"isinya tidak biasa ({reason})", f"its content is unusual ({reason})"))
    words = Words(
        f"Berkas asal tidak dapat dikembalikan seperti semula: {why.id}. Dikembalikan sebagai buku kerja baru.",
        f"The file itself can't be given back as it was: {why.en}. It is given back as a new workbook.",
    )
    return Diagnostic("returned-new", Severity.REMARK, Cell(str(given.back)), words)

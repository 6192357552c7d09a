"""The papers of a report as files: PDF, workbook, CSV, JSON or HTML. All of them are there at the end, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.workplace import clear, workplace
from ejps_core.app.write import refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.paper import Document, Paper
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.reports.office import Office


class Form(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Reported:
    """What was written, or why nothing was; `findings` may also be remarks on what was written."""

    files: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]
    exit: Exit


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form, the file (further parts and tables stand beside it), the letterhead and the language."""

    form: Form
    out: Path
    office: Office
    language: Language


Leaving = Callable[[Mapping[str, str]], None]
"""Called with the SHA-256 of every file by its name, before any of them is in its place."""
Content = tuple[Path, bytes, list[Diagnostic]]


def write_papers(wanted: Wanted, found: Document, papers: tuple[Paper, ...], leaving: Leaving | None = None) -> Reported:
    """Writes the papers; nothing in the folder changes unless all files could be made."""
    from ejps_core.reports.typesetting import TypesettingError

    if wanted.form in (Form.XLSX, Form.CSV) and not any(paper.tables for paper in papers):
        words = Words(f"Laporan “{found.name}” tidak memuat tabel.", f"The report “{found.name}” holds no table.")
        return failed(error("no-table", None, words, Words("Pilih pdf, html atau json.", "Choose pdf, html or json.")))
    try:
        clear(wanted.out)
        with workplace(wanted.out) as folder:
            files, findings = _made(wanted, found, papers, folder, leaving)
            for path in files:
                (folder / path.name).replace(path)
    except OSError as problem:
        return failed(refused(wanted.out, problem))
    except TypesettingError as problem:
        words = Words(f"Dokumen tidak dapat disusun: {problem}.", f"The document could not be set: {problem}.")
        mend = Words("Bagi daftarnya, atau pilih --format xlsx.", "Split the list, or choose --format xlsx.")
        return failed(error("not-set", wanted.out, words, mend))
    return Reported(files, findings, Exit.CLEAN)


def _made(
    wanted: Wanted, found: Document, papers: tuple[Paper, ...], folder: Path, leaving: Leaving | None
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Every file in the folder where they are made, and what is to be said of them."""
    files: dict[Path, str] = {}
    findings: list[Diagnostic] = []
    for path, data, said in _contents(wanted, found, papers):
        (folder / path.name).write_bytes(data)
        files[path] = sha256(data).hexdigest()
        findings += said
    if leaving is not None:
        leaving({path.name: digest for path, digest in files.items()})
    return tuple(files), tuple(findings)


def _contents(wanted: Wanted, found: Document, papers: tuple[Paper, ...]) -> Iterator[Content]:
    """Each file with its bytes, and what is to be said of it."""
    language = wanted.language
    match wanted.form:
        case Form.PDF:
            yield from _pdfs(wanted, found, papers)
        case Form.XLSX:
            from ejps_core.reports.parts import joined
            from ejps_core.reports.table_book import as_workbook

            yield wanted.out, as_workbook(joined(papers), language), []
        case Form.CSV:
            from ejps_core.reports.parts import joined
            from ejps_core.reports.table_files import as_csv

            first = True
            for paper in joined(papers):
                for table in paper.tables:
                    tail = "" if first else "-".join(part for part in (paper.part, table.name) if part)
                    yield beside(wanted.out, tail), as_csv(table, language), []
                    first = False
        case Form.JSON | Form.HTML:
            from ejps_core.reports.table_files import as_html, as_json

            yield wanted.out, (as_json if wanted.form is Form.JSON else as_html)(papers, language), []


def _pdfs(wanted: Wanted, found: Document, papers: tuple[Paper, ...]) -> Iterator[Content]:
    """A PDF a part; a text that does not fit its column is told."""
    from ejps_core.reports.typesetting import TEMPLATES, pdfs

    made = pdfs(papers, wanted.office, wanted.language, found.templates or TEMPLATES)
    for paper, done in zip(papers, made, strict=True):
        path = beside(wanted.out, paper.part)
        said = [
            Diagnostic(
                "text-overflows",
                Severity.REMARK,
                Cell(str(path), value=text),
                Words(f"“{text}” lebih lebar dari kolomnya.", f"“{text}” is wider than its column."),
            )
            for text in dict.fromkeys(done.overflow)
        ]
        said += [
            Diagnostic("pdf-remark", Severity.REMARK, Cell(str(path)), Words(f"Penyusun: {text}", f"Typesetter: {text}"))
            for text in dict.fromkeys(done.warnings)
        ]
        yield path, done.data, said


def beside(path: Path, part: str) -> Path:
    """The file of a part: bnba.pdf -> bnba-75.04.01.2001.pdf."""
    return path.with_name(f"{path.stem}-{part}{path.suffix}") if part else path


def error(code: str, path: Path | None, words: Words, mend: Words) -> Diagnostic:
    """Something that keeps a report from being written."""
    return Diagnostic(code, Severity.ERROR, None if path is None else Cell(str(path)), words, mend)


def failed(finding: Diagnostic) -> Reported:
    """Nothing was written."""
    return Reported((), (finding,), Exit.WRONG_USE)

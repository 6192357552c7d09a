"""A report by name from a file of data: as PDF, workbook, CSV, JSON or HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ejps_core.app.exits import Exit
from ejps_core.app.write import refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.paper import Document, Paper
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.catalogue import DOCUMENTS, document
from ejps_core.reports.office import PROVINCE, Office, read_office

MOST_FAULTS = 20


class Form(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as asked for. data: JSON, or the papers as they are. out: the file; parts and tables stand beside it."""

    name: str
    data: Path | tuple[Paper, ...]
    form: Form
    out: Path
    office: Path | None = None
    language: Language = Language.ID


@dataclass(frozen=True, slots=True)
class Reported:
    """What was written, or why nothing was; `findings` may also be remarks on what was written."""

    files: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]
    exit: Exit


def report(asked: Asked, further: tuple[Document, ...] = ()) -> Reported:
    """Writes the report. Each file is written whole or not at all."""
    found = document(asked.name, further)
    if found is None:
        names = ", ".join(each.name for each in (*DOCUMENTS, *further))
        words = Words(f"Laporan “{asked.name}” tidak ada.", f"There is no report “{asked.name}”.")
        return _failed(_error("unknown-report", None, words, Words(f"Yang ada: {names}.", f"There are: {names}.")))
    inputs = [path for path in (asked.data, asked.office) if isinstance(path, Path) and path.exists()]
    if asked.out.exists() and any(asked.out.samefile(path) for path in inputs):
        words = Words("Berkas keluaran sama dengan berkas masukan.", "The output file is one of the input files.")
        mend = Words("Pilih nama lain untuk keluaran.", "Choose another name for the output.")
        return _failed(_error("output-is-input", asked.out, words, mend))
    try:
        office = PROVINCE if asked.office is None else read_office(asked.office)
    except (OSError, ValueError) as problem:
        return _failed(_unusable("bad-office", asked.office, problem))
    papers = _papers(found, asked.data) if isinstance(asked.data, Path) else asked.data
    if isinstance(papers, Diagnostic):
        return _failed(papers)
    if asked.form in (Form.XLSX, Form.CSV) and not any(paper.tables for paper in papers):
        words = Words(f"Laporan “{asked.name}” tidak memuat tabel.", f"The report “{asked.name}” holds no table.")
        return _failed(_error("no-table", None, words, Words("Pilih pdf, html atau json.", "Choose pdf, html or json.")))
    return _written(asked, found, papers, office)


def _papers(found: Document, path: Path) -> tuple[Paper, ...] | Diagnostic:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(data, dict):
            raise ValueError("{ … }")
        return found.build(data)
    except (OSError, ValueError, RecursionError) as problem:
        return _unusable("bad-report-data", path, problem)


def _written(asked: Asked, found: Document, papers: tuple[Paper, ...], office: Office) -> Reported:
    from ejps_core.reports.typesetting import NotSet

    files: list[Path] = []
    findings: list[Diagnostic] = []
    try:
        for path, data, said in _contents(asked, found, papers, office):
            fresh = path.with_name(f".{path.name[:100]}.tmp")
            try:
                fresh.write_bytes(data)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
            files.append(path)
            findings += said
    except OSError as problem:
        return Reported(tuple(files), (*findings, refused(asked.out, problem)), Exit.WRONG_USE)
    except NotSet as problem:
        words = Words(f"Dokumen tidak dapat disusun: {problem}.", f"The document could not be set: {problem}.")
        mend = Words("Bagi daftarnya, atau pilih --format xlsx.", "Split the list, or choose --format xlsx.")
        return Reported(tuple(files), (*findings, _error("not-set", asked.out, words, mend)), Exit.WRONG_USE)
    return Reported(tuple(files), tuple(findings), Exit.CLEAN)


def _contents(
    asked: Asked, found: Document, papers: tuple[Paper, ...], office: Office
) -> Iterator[tuple[Path, bytes, list[Diagnostic]]]:
    """Each file with its bytes, and what is to be said of it."""
    language = asked.language
    match asked.form:
        case Form.PDF:
            yield from _pdfs(asked, found, papers, office)
        case Form.XLSX:
            from ejps_core.reports.parts import joined
            from ejps_core.reports.table_book import as_workbook

            yield asked.out, as_workbook(joined(papers), language), []
        case Form.CSV:
            from ejps_core.reports.parts import joined
            from ejps_core.reports.table_files import as_csv

            first = True
            for paper in joined(papers):
                for table in paper.tables:
                    tail = "" if first else "-".join(part for part in (paper.part, table.name) if part)
                    yield beside(asked.out, tail), as_csv(table, language), []
                    first = False
        case Form.JSON | Form.HTML:
            from ejps_core.reports.table_files import as_html, as_json

            yield asked.out, (as_json if asked.form is Form.JSON else as_html)(papers, language), []


def _pdfs(
    asked: Asked, found: Document, papers: tuple[Paper, ...], office: Office
) -> Iterator[tuple[Path, bytes, list[Diagnostic]]]:
    """A PDF a part; a text that does not fit its column is told."""
    from ejps_core.reports.typesetting import TEMPLATES, pdfs

    made = pdfs(papers, office, asked.language, found.templates or TEMPLATES)
    for paper, done in zip(papers, made, strict=True):
        path = beside(asked.out, paper.part)
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


def _unusable(code: str, path: Path | None, problem: Exception) -> Diagnostic:
    words = Words("Berkas tidak dapat dipakai", "The file can't be used")
    why = same(_faults(problem))
    return _error(code, path, Words(f"{words.id}: {why.id}", f"{words.en}: {why.en}"), _FORM_PAGE)


_FORM_PAGE = Words("Bentuk berkas dijelaskan di docs/reports.md.", "docs/reports.md tells the form of the file.")


def _faults(problem: Exception) -> str:
    """What is wrong, place by place, without the values, for they may be people's."""
    if isinstance(problem, ValidationError):
        faults = [_fault(each) for each in problem.errors(include_url=False, include_input=False, include_context=False)]
        more = f" … (+{len(faults) - MOST_FAULTS})" if len(faults) > MOST_FAULTS else ""
        return "; ".join(faults[:MOST_FAULTS]) + more
    if isinstance(problem, OSError):
        return problem.strerror or type(problem).__name__
    return str(problem)


def _fault(fault: ErrorDetails) -> str:
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"


def _error(code: str, path: Path | None, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, None if path is None else Cell(str(path)), words, mend)


def _failed(finding: Diagnostic) -> Reported:
    return Reported((), (finding,), Exit.WRONG_USE)

"""A report by name from a file of data: as PDF, workbook, CSV, JSON or HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ejps_core.app.report_files import Form, Leaving, Reported, Wanted, error, failed, write_papers
from ejps_core.hooks.loading import GUARDED, problem_words
from ejps_core.hooks.manager import Loaded, Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.paper import Document, Paper
from ejps_core.model.words import Language, Words, same
from ejps_core.reports.office import PROVINCE, Office, read_office

MOST_FAULTS = 20
WRONG_DATA = (OSError, ValueError, RecursionError)
"""What is raised for data that no report can be built from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as asked for. data: JSON, or the papers as they are; None: not from a file. office: TOML.

    out: the file; further parts and tables stand beside it.
    """

    name: str
    data: Path | tuple[Paper, ...] | None
    form: Form
    out: Path
    office: Path | None = None
    language: Language = Language.ID


@dataclass(frozen=True, slots=True)
class Chosen:
    """The report that was asked for, and the office that issues it."""

    loaded: Loaded[Document]
    office: Office


def report(asked: Asked, plugins: Plugins) -> Reported:
    """Writes the report from its file of data; all its files, or none."""
    chosen = choose_report(asked, plugins)
    if isinstance(chosen, Diagnostic):
        return failed(chosen)
    if isinstance(asked.data, tuple):
        return write_papers(_wanted(asked, chosen), chosen.loaded.what, asked.data)
    if asked.data is None:
        words = Words(
            "Sebut sumber datanya: --data FILE, --position ID, --run RUN atau --decree ID.",
            "Name the source of its data: --data FILE, --position ID, --run RUN or --decree ID.",
        )
        return failed(error("no-report-data", None, words, _FORM_PAGE))
    try:
        data = json.loads(asked.data.read_text(encoding="utf-8-sig"))
        if not isinstance(data, dict):
            raise ValueError("{ … }")
    except WRONG_DATA as problem:
        return failed(unusable("bad-report-data", asked.data, problem))
    return written(asked, chosen, data)


def choose_report(asked: Asked, plugins: Plugins) -> Chosen | Diagnostic:
    """The report and its office, or why it can't be made."""
    loaded = plugins.report(asked.name)
    if loaded is None:
        names = ", ".join(each.what.name for each in plugins.reports)
        words = Words(f"Laporan “{asked.name}” tidak ada.", f"There is no report “{asked.name}”.")
        return error("unknown-report", None, words, Words(f"Yang ada: {names}.", f"There are: {names}."))
    inputs = [path for path in (asked.data, asked.office) if isinstance(path, Path) and path.exists()]
    if asked.out.exists() and any(asked.out.samefile(path) for path in inputs):
        words = Words("Berkas keluaran sama dengan berkas masukan.", "The output file is one of the input files.")
        mend = Words("Pilih nama lain untuk keluaran.", "Choose another name for the output.")
        return error("output-is-input", asked.out, words, mend)
    try:
        return Chosen(loaded, PROVINCE if asked.office is None else read_office(asked.office))
    except (OSError, ValueError) as problem:
        return unusable("bad-office", asked.office, problem)


def written(asked: Asked, chosen: Chosen, data: Mapping[str, Any], leaving: Leaving | None = None) -> Reported:
    """Builds the report from plain data and writes it."""
    path = asked.data if isinstance(asked.data, Path) else None
    papers = _built(chosen.loaded, data, path)
    if isinstance(papers, Diagnostic):
        return failed(papers)
    return write_papers(_wanted(asked, chosen), chosen.loaded.what, papers, leaving)


def _wanted(asked: Asked, chosen: Chosen) -> Wanted:
    return Wanted(asked.form, asked.out, chosen.office, asked.language)


def _built(loaded: Loaded[Document], data: Mapping[str, Any], path: Path | None) -> tuple[Paper, ...] | Diagnostic:
    """The papers; a plugin's report that fails is named with its plugin."""
    try:
        return tuple(loaded.what.build(data))
    except WRONG_DATA as problem:
        return unusable("bad-report-data", path, problem)
    except GUARDED as problem:
        if loaded.built_in:
            raise
        why = problem_words(problem)
        words = Words(
            f"Laporan {loaded.what.name} dari plugin {loaded.plugin} gagal: {why.id}",
            f"The report {loaded.what.name} of the plugin {loaded.plugin} failed: {why.en}",
        )
        return error("report-failed", None, words, Words("Kabari pembuat plugin.", "Tell the plugin's author."))


def unusable(code: str, path: Path | None, problem: Exception) -> Diagnostic:
    """Why a file, or the data of a report, can't be used."""
    words = Words("Berkas tidak dapat dipakai", "The file can't be used")
    why = same(_faults(problem))
    return error(code, path, Words(f"{words.id}: {why.id}", f"{words.en}: {why.en}"), _FORM_PAGE)


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

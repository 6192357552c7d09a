"""The realisation report of a frozen position: from the store, as it was frozen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ejps_core.app.money.freezing import held_position
from ejps_core.app.report_files import Form
from ejps_core.app.stores import StoreOptions
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.paper import Paper
from ejps_core.model.words import Language, Words

REPORT = "realisasi"


def papers_of_position(options: StoreOptions, name: str, number: int) -> tuple[Paper, ...] | Diagnostic:
    """The papers of the report of that name; only the realisation is of a position."""
    from ejps_core.reports.realization import realization_paper

    if name != REPORT:
        return Diagnostic(
            "report-not-of-position",
            Severity.ERROR,
            None,
            Words(f"Laporan “{name}” tidak dibuat dari posisi.", f"The report “{name}” is not made from a position."),
            Words(f"Dengan --position: {REPORT}.", f"With --position: {REPORT}."),
        )
    held = held_position(options, number)
    return held if isinstance(held, Diagnostic) else (realization_paper(held.position),)


def position_report(
    options: StoreOptions, number: int, form: Form, language: Language, plugins: Plugins
) -> tuple[str, bytes] | Diagnostic:
    """The realisation report of a frozen position, with the province's letterhead: the file's name and content."""
    from ejps_core.app.report import Asked, report

    papers = papers_of_position(options, REPORT, number)
    if isinstance(papers, Diagnostic):
        return papers
    name = f"{REPORT}-posisi-{number}.{form}"
    with TemporaryDirectory(prefix="ejps-") as folder:
        done = report(Asked(REPORT, papers, form, Path(folder) / name, language=language), plugins)
        return (name, done.files[0].read_bytes()) if done.files else done.findings[0]

"""The files of a run: the result and the work list, and whether that can be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ejps_core.app.evaluate import Outcome, Progress, Request, Rules, evaluate
from ejps_core.app.write import unwritable, write_all, written
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words
from ejps_core.reports.missing_files import KINDS, write_work_list


def no_work_list(
    asked: str | None, out: str | None, inputs: tuple[Path | None, ...], language: Language, plugins: Plugins
) -> Diagnostic | None:
    """Why the work list can't be written, as far as it shows before anything is evaluated."""
    if asked is None:
        return None
    path = Path(asked)
    if path.suffix.lower() not in KINDS:
        kinds = ", ".join(KINDS)
        words = Words(f"Daftar kerja ditulis sebagai {kinds}.", f"A work list is written as {kinds}.")
        mend = Words("Akhiri nama berkas dengan salah satunya.", "End the file's name with one of these.")
        return Diagnostic("work-list-kind", Severity.ERROR, Cell(str(path)), words, mend)
    if out and path.resolve() == Path(out).resolve():
        words = Words("Daftar kerja dan hasil tidak bisa satu berkas.", "The work list and the result can't be one file.")
        mend = Words("Pilih nama lain untuk daftar kerja.", "Choose another name for the work list.")
        return Diagnostic("work-list-is-output", Severity.ERROR, Cell(str(path)), words, mend)
    return unwritable(asked, inputs, language, plugins)


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a list, where its notes are (None: none, or in the result itself), and why a file was not written."""

    outcome: Outcome
    notes: Path | None = None
    failed: Diagnostic | None = None


def evaluate_into(
    request: Request,
    plugins: Plugins,
    out: str | None,
    work_list: str | None,
    language: Language,
    progress: Progress | None = None,
    rules: Rules | None = None,
) -> Written:
    """Evaluates a list; writes the result and the work list, as far as they are asked for, each whole. rules: compiled."""
    outcome = evaluate(request, plugins, progress, rules)
    run = outcome.run
    if run is None or not (out or work_list):
        return Written(outcome)
    if progress:
        progress("write", 1.0)
    notes, failed = write_all(run, Path(out), language, plugins) if out else (None, None)
    if work_list and not failed:
        path = Path(work_list)
        failed = written(path, plugins, [(path, lambda fresh: write_work_list(run, fresh, language))])
    return Written(outcome, notes, failed)

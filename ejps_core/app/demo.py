"""The demonstration: a made-up list of the province, decided by the food aid's rules, written and explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ejps_core.app.check import check, run_examples
from ejps_core.app.evaluate import Outcome, Progress, Request, evaluate
from ejps_core.app.exits import Exit
from ejps_core.app.explain import subject_of
from ejps_core.app.library import installed
from ejps_core.app.programs import choose
from ejps_core.app.summary import summarize
from ejps_core.app.write import refused, write
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.decisions import ELIGIBLE, INELIGIBLE, UNDETERMINED
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import mask_numbers
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Language, Words
from ejps_core.reports.brief import brief
from ejps_core.reports.explanation import as_text

PROGRAM = "jps_food_aid"
ON = date(2020, 10, 16)
LIST, RESULT, TABLE, SUMMARY = "daftar-calon.xlsx", "hasil.xlsx", "hasil.csv", "ringkasan.json"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a demonstration has to say, and how it ended."""

    texts_to_say: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit
    files: tuple[Path, ...] = field(default=())


def demonstrate(folder: Path, language: Language, progress: Progress | None = None) -> Shown:
    """Checks the rules, makes the list, decides it, explains one family of each verdict, writes the files."""
    programs = installed()
    chosen = choose(PROGRAM, programs)
    if chosen.exit:
        return Shown((), chosen.findings, chosen.texts, chosen.broken, chosen.exit)
    ruleset = chosen.rulesets[0]
    checked = _checked(ruleset, programs, language)
    path = folder / LIST
    if problem := _list_written(ruleset, path):
        return Shown((), (problem,), chosen.texts, chosen.broken, Exit.WRONG_USE)
    outcome = evaluate(Request(PROGRAM, path, ON), programs, progress)
    if outcome.run is None:
        return Shown((checked,), outcome.findings, outcome.texts, outcome.broken, outcome.exit)
    problems = tuple(_written(outcome.run, folder, language, programs))
    if problems:
        return Shown((), problems, outcome.texts, outcome.broken, Exit.WRONG_USE)
    said = (
        checked,
        brief(outcome.run, language),
        _remarks(outcome, language),
        *_explained(ruleset, outcome.run, path, language),
        _closing(folder, language),
    )
    files = tuple(folder / name for name in (LIST, RESULT, TABLE, SUMMARY))
    return Shown(said, (), outcome.texts, outcome.broken, Exit.CLEAN, files)


def _checked(ruleset: Ruleset, programs: Plugins, language: Language) -> str:
    """What the check of the rule file and its examples gave."""
    file = check((Path(ruleset.path),)).files[0]
    tested = run_examples((Path(ruleset.path),), programs).files[0]
    failed = sum(finding.code.startswith("example-") for finding in tested.findings)
    right = tested.examples - failed
    return Words(
        f"== Berkas aturan\n{ruleset.path}\n{len(ruleset.rules)} aturan, {file.errors} kesalahan; "
        f"{right} dari {tested.examples} contoh sesuai\n\n== Hasil (daftar ini buatan, bukan data warga)",
        f"== Rule file\n{ruleset.path}\n{len(ruleset.rules)} rules, {file.errors} errors; "
        f"{right} of {tested.examples} examples come out right\n\n== Result (a made-up list, nobody's data)",
    ).say(language)


def _list_written(ruleset: Ruleset, path: Path) -> Diagnostic | None:
    """Makes the folder and the list; says why if that can't be."""
    from ejps_core.app.demo_list import write_list

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_list(ruleset, path, ON)
    except OSError as problem:
        return refused(path.parent, problem)
    return None


def _written(run: Run, folder: Path, language: Language, plugins: Plugins) -> Iterator[Diagnostic]:
    for name in (RESULT, TABLE):
        if problem := write(run, folder / name, language, plugins):
            yield problem
    try:
        (folder / SUMMARY).write_text(summarize(run).as_json() + "\n", encoding="utf-8")
    except OSError as problem:
        yield refused(folder / SUMMARY, problem)


def _remarks(outcome: Outcome, language: Language) -> str:
    """How many findings there are of each kind, and an example of it."""
    kinds: dict[str, list[Diagnostic]] = {}
    for finding in outcome.run.findings if outcome.run else ():
        kinds.setdefault(finding.code, []).append(finding)
    lines = [Words("\n== Catatan tentang daftar", "\n== Remarks on the list").say(language)]
    order = sorted(kinds.values(), key=lambda found: (found[0].severity is not Severity.SET_APART, -len(found)))
    for found in order:
        mark = Words("disisihkan", "set apart").say(language) if found[0].severity is Severity.SET_APART else ""
        lines.append(f"{len(found):>6}  {found[0].words.say(language)} {f'[{mark}]' if mark else ''}".rstrip())
    return mask_numbers("\n".join(lines))


def _explained(ruleset: Ruleset, run: Run, path: Path, language: Language) -> Iterator[str]:
    """One family of each verdict, the first of the list."""
    from ejps_core.engine import explain

    decisions = run.programs[0]
    yield Words("\n== Satu keluarga dari setiap putusan", "\n== One family of each verdict").say(language)
    for status in (ELIGIBLE, INELIGIBLE, UNDETERMINED):
        rows = np.flatnonzero(decisions.status == status)
        if not len(rows):
            continue
        row = int(rows[0])
        subject = subject_of(ruleset, run.candidates, row, "", Request(PROGRAM, path, ON))
        trace = explain(ruleset, run.as_of, run.candidates, row)
        yield as_text(trace, subject, language, short=True) + "-" * 60


def _closing(folder: Path, language: Language) -> str:
    return Words(
        f"\n== Buka selanjutnya\n{folder / RESULT}   hasil setiap keluarga, ringkasan, catatan baris\n"
        f"{folder / LIST}   daftar yang dinilai\n{folder / TABLE}, {folder / SUMMARY}   untuk program lain\n"
        f"Jelaskan satu keluarga: ejps explain {PROGRAM} {folder / LIST} --as-of {ON} --id NOMOR_KK",
        f"\n== Open next\n{folder / RESULT}   the result of each family, a summary, notes on rows\n"
        f"{folder / LIST}   the list that was decided\n{folder / TABLE}, {folder / SUMMARY}   for other programs\n"
        f"Explain a family: ejps explain {PROGRAM} {folder / LIST} --as-of {ON} --id CARD_NUMBER",
    ).say(language)

"""The demonstration: a made-up list decided by the food aid's rules, then its three phases, from lists to reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ejps_core.app.check import check, run_examples
from ejps_core.app.demo_papers import on_target, read_aloud, write_papers
from ejps_core.app.demo_papers import told as three_phases
from ejps_core.app.demo_phases import Stage, play
from ejps_core.app.evaluate import Outcome, Progress, Request, evaluate
from ejps_core.app.exits import Exit
from ejps_core.app.explain import subject_of
from ejps_core.app.library import installed
from ejps_core.app.programs import choose
from ejps_core.app.summary import summarize
from ejps_core.app.write import refused, write
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.decisions import ELIGIBLE, INELIGIBLE, UNDETERMINED
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Language, Words
from ejps_core.reports.brief import brief
from ejps_core.reports.explanation import as_text
from ejps_core.store.problems import StoreError

PROGRAM = "jps_food_aid"
ON = date(2020, 10, 16)
LIST, RESULT, TABLE, SUMMARY = "daftar-calon.xlsx", "hasil.xlsx", "hasil.csv", "ringkasan.json"
EXPLAINED = "penjelasan.txt"


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
    """Checks the rules, decides a made-up list, plays the three phases in a store of its own, writes the reports."""
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
    told = tuple(_explained(ruleset, outcome.run, path, language))
    problems = tuple(_written(outcome, folder, language, programs, told))
    if problems:
        return Shown((), problems, outcome.texts, outcome.broken, Exit.WRONG_USE)
    stage = Stage(folder, ruleset, programs)
    try:
        played = play(stage)
        papers = write_papers(stage, played)
    except StoreError as stopped:
        return Shown((checked,), (stopped.finding,), outcome.texts, outcome.broken, Exit.WRONG_USE)
    said = (
        checked,
        brief(outcome.run, language),
        _one_each(told, language),
        *(say(played, language) for say in (three_phases, read_aloud, on_target)),
        _closing(folder, language),
    )
    files = (*(folder / name for name in (LIST, RESULT, TABLE, SUMMARY, EXPLAINED)), *papers)
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


def _written(
    outcome: Outcome, folder: Path, language: Language, plugins: Plugins, told: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """The results and the explanations; what could not be written."""
    assert outcome.run is not None
    for name in (RESULT, TABLE):
        if problem := write(outcome.run, folder / name, language, plugins):
            yield problem
    texts = {SUMMARY: summarize(outcome.run).as_json() + "\n", EXPLAINED: ("-" * 60 + "\n").join(told)}
    for name, text in texts.items():
        try:
            (folder / name).write_text(text, encoding="utf-8")
        except OSError as problem:
            yield refused(folder / name, problem)


def _explained(ruleset: Ruleset, run: Run, path: Path, language: Language) -> Iterator[str]:
    """One family of each verdict, the first of the list."""
    from ejps_core.engine import explain

    decisions = run.programs[0]
    for status in (ELIGIBLE, INELIGIBLE, UNDETERMINED):
        rows = np.flatnonzero(decisions.status == status)
        if not len(rows):
            continue
        row = int(rows[0])
        subject = subject_of(ruleset, run.candidates, row, "", Request(PROGRAM, path, ON))
        trace = explain(ruleset, run.as_of, run.candidates, row)
        yield as_text(trace, subject, language, short=True)


def _one_each(told: tuple[str, ...], language: Language) -> str:
    """Of each explanation what was decided and why; the whole stands in a file."""
    title = Words("\n== Satu keluarga dari setiap putusan", "\n== One family of each verdict").say(language)
    return "\n".join([title, *(_decided(text) for text in told)])


def _decided(text: str) -> str:
    """Verdict, family, and what decided it: the first part, without what is the same for all."""
    verdict, family, *rest = text.split("\n\n", maxsplit=1)[0].splitlines()
    kept = [line for line in rest[2:] if not line.startswith(("Tahap", "Phase"))]
    return "\n".join([f"{verdict} · {family}", *(f"  {line}" for line in kept)])


def _closing(folder: Path, language: Language) -> str:
    return Words(
        f"\n== Buka selanjutnya (semua di {folder})\n"
        "realisasi.pdf, realisasi.xlsx   laporan realisasi dari posisi yang dibekukan, satu halaman A4\n"
        "sasaran.pdf, sasaran.xlsx       ketepatan sasaran atas yang diterima\n"
        f"{RESULT}                      hasil setiap keluarga; {EXPLAINED}: alasannya; {TABLE}, {SUMMARY}\n"
        f"{LIST}, daftar/      daftar yang dinilai; penyimpanan/: yang tercatat, dengan log audit\n"
        f"Jelaskan satu keluarga: ejps explain {PROGRAM} {folder / LIST} --as-of {ON} --id NOMOR_KK",
        f"\n== Open next (all in {folder})\n"
        "realisasi.pdf, realisasi.xlsx   realisation of the frozen position, one A4 page\n"
        "sasaran.pdf, sasaran.xlsx       targeting, on what was received\n"
        f"{RESULT}                      the result of each family; {EXPLAINED}: why; {TABLE}, {SUMMARY}\n"
        f"{LIST}, daftar/      the lists that were decided; penyimpanan/: what is on record, with the audit log\n"
        f"Explain a family: ejps explain {PROGRAM} {folder / LIST} --as-of {ON} --id CARD_NUMBER",
    ).say(language)

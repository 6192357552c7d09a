"""`ejps evaluate`: a list of families in, verdicts with reasons out.

0: evaluated; 1: wrong rules; 2: wrong usage, unreadable file or sheet, unknown id, date out of force; 3:
evaluated, but rows were set apart or a plugin failed to load.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.options import (
    AS_OF,
    BASE,
    COMPLETE,
    DETERMINATIONS,
    DISTRICT,
    KNOWN,
    LIST,
    MEMBERS,
    MEMBERS_SHEET,
    NO_AWARDS,
    PASSWORD,
    REGISTERS,
    RULESETS,
    SHEET,
    Shape,
    as_date,
    known_date,
)
from ejps_core.cli.progress import progress
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Engine
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.streaming import Streamed
    from ejps_core.app.write import Written
    from ejps_core.model.run import Run

WRONG_USE = 2
PROGRAMS = Annotated[
    str,
    typer.Argument(
        metavar="PROGRAM[,PROGRAM…]", help="Program atau ketentuan menurut id, atau letak berkas .ejps (ids or rule files)."
    ),
]
OUT = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE", help="Tulis hasil: .csv, .xlsx, .parquet atau .json (write the result)."),
]
ENGINE = Annotated[Engine, typer.Option("--engine", help="Mesin hitung; hasilnya sama (what works it out; same results).")]
SUMMARY = Annotated[Shape, typer.Option("--summary", help="Ringkasan: text atau json.")]


def command(
    context: typer.Context,
    programs: PROGRAMS,
    path: LIST,
    as_of: AS_OF,
    members: MEMBERS = None,
    sheet: SHEET = None,
    members_sheet: MEMBERS_SHEET = None,
    known: KNOWN = None,
    district: DISTRICT = None,
    rulesets: RULESETS = None,
    base: BASE = False,
    password: PASSWORD = None,
    registers: REGISTERS = None,
    complete: COMPLETE = None,
    determinations: DETERMINATIONS = None,
    no_awards: NO_AWARDS = False,
    out: OUT = None,
    summary: SUMMARY = Shape.TEXT,
    engine: ENGINE = Engine.COLUMNS,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Nilai daftar keluarga menurut satu atau beberapa program (evaluate a list of families)."""
    from ejps_core.app.evaluate import Request
    from ejps_core.app.filling import Beside
    from ejps_core.app.library import installed
    from ejps_core.app.streaming import evaluate_file as by_pieces
    from ejps_core.app.write import broken_off, evaluate_into, unwritable

    speech = speech_of(context, lang, quiet=quiet)
    plugins = installed()
    beside = Beside(tuple(registers or ()), tuple(complete or ()), determinations, no_awards)
    on, until = as_date(as_of, "--as-of"), known_date(known)
    refused = unwritable(out, (path, members, *beside.files), speech.language, plugins) if out else None
    wrong = [each for each in (on, until, refused) if isinstance(each, Diagnostic)]
    if wrong or isinstance(on, Diagnostic) or isinstance(until, Diagnostic):
        speech.findings(wrong, {})
        raise typer.Exit(WRONG_USE)
    left = broken_off(out) if out else None
    folders = tuple(rulesets) if rulesets else None
    request = Request(
        programs, path, on, members, sheet, members_sheet, until, district, folders, base, beside, engine, password=password
    )
    if out and (summary is Shape.JSON or speech.quiet):
        with progress(speech) as tell:
            streamed = by_pieces(request, plugins, Path(out), tell)
        if streamed is not None:
            _tell_streamed(streamed, out, summary, speech, [left] if left else [])
    with progress(speech) as tell:
        written = evaluate_into(request, plugins, Path(out) if out else None, speech.language, tell)
    _told(written, out, summary, speech, [left] if left else [])


def _told(written: Written, out: str | None, summary: Shape, speech: Speech, before: list[Diagnostic]) -> NoReturn:
    """What there is to say of a list that was decided as a whole; ends the command. before: found before it began."""
    outcome = written.outcome
    if written.failed:
        speech.findings([written.failed], {})
        raise typer.Exit(WRONG_USE)
    if outcome.run:
        _tell(outcome.run, summary, speech)
    speech.broken((broken.name, broken.why) for broken in outcome.broken)
    speech.findings([*before, *outcome.findings], outcome.texts)
    if outcome.run:
        _files(outcome.run, out, written.notes, speech)
    raise typer.Exit(int(outcome.exit))


def _tell_streamed(streamed: Streamed, out: str, summary: Shape, speech: Speech, before: list[Diagnostic]) -> NoReturn:
    """What there is to say of a list that was decided piece by piece; ends the command."""
    from ejps_core.app.write import write_notes

    notes, failed = (None, streamed.failed) if streamed.failed else write_notes(streamed.told, Path(out), speech.language)
    if failed:
        speech.findings([failed], {})
        raise typer.Exit(WRONG_USE)
    if summary is Shape.JSON:
        speech.say(streamed.summary.as_json())
    speech.broken((broken.name, broken.why) for broken in streamed.broken)
    speech.findings([*before, *streamed.findings], streamed.texts)
    _files(streamed.told, out, notes, speech)
    raise typer.Exit(int(streamed.exit))


def _tell(run: Run, summary: Shape, speech: Speech) -> None:
    """The summary on standard output: as JSON where asked for, else in words unless quiet."""
    if summary is Shape.JSON:
        from ejps_core.app.summary import summarize

        speech.say(summarize(run).as_json())
    elif not speech.quiet:
        from ejps_core.reports.brief import brief

        speech.say(brief(run, speech.language))


def _files(run: Run, out: str | None, notes: Path | None, speech: Speech) -> None:
    """Where the files are; that rows were set apart is said even to those who want it quiet."""
    if speech.quiet and run.candidates.set_apart:
        from ejps_core.reports.brief import rows_words

        speech.error(f"{run.source}: {rows_words(run, speech.language)}")
    if out:
        speech.hint(Words(f"Hasil: {out}", f"Result: {out}"))
    if notes:
        speech.hint(Words(f"Catatan baris: {notes}", f"Remarks on rows: {notes}"))

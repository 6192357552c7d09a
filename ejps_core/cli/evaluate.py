"""`ejps evaluate`: a list of families in, verdicts with reasons out.

0: evaluated; 1: wrong rules; 2: wrong usage, unreadable file or sheet, unknown id, date out of force; 3:
evaluated, but rows were set apart or a plugin failed to load.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.evaluate_list import (
    BASIS,
    LISTED,
    OnRecord,
    on_basis,
    on_record,
    refuse_basis,
    refuse_beside_list,
    refuse_no_list,
)
from ejps_core.cli.options import (
    AS_OF,
    BASE,
    COMPLETE,
    DETERMINATIONS,
    DISTRICT,
    KNOWN,
    MAYBE_LIST,
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
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Engine
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.evaluate import Request, Rules
    from ejps_core.app.streaming import Streamed
    from ejps_core.app.work_list import Written
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
WORK_LIST = Annotated[
    str | None,
    typer.Option(
        "--work-list",
        metavar="FILE",
        help="Tulis data yang paling perlu dicari per desa: .csv atau .xlsx (what is missing).",
    ),
]
ENGINE = Annotated[Engine, typer.Option("--engine", help="Mesin hitung; hasilnya sama (what works it out; same results).")]
SUMMARY = Annotated[Shape, typer.Option("--summary", help="Ringkasan: text atau json.")]


def command(
    context: typer.Context,
    programs: PROGRAMS,
    as_of: AS_OF,
    path: MAYBE_LIST = None,
    listed: LISTED = None,
    members: MEMBERS = None,
    sheet: SHEET = None,
    members_sheet: MEMBERS_SHEET = None,
    known: KNOWN = None,
    basis: BASIS = None,
    district: DISTRICT = None,
    rulesets: RULESETS = None,
    base: BASE = False,
    registers: REGISTERS = None,
    complete: COMPLETE = None,
    determinations: DETERMINATIONS = None,
    no_awards: NO_AWARDS = False,
    password: PASSWORD = None,
    out: OUT = None,
    work_list: WORK_LIST = None,
    summary: SUMMARY = Shape.TEXT,
    engine: ENGINE = Engine.COLUMNS,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Nilai daftar keluarga menurut satu atau beberapa program (evaluate a list of families)."""
    from ejps_core.app.evaluate import Request
    from ejps_core.app.filling import Beside

    speech = speech_of(context, lang, quiet=quiet)
    beside = Beside(tuple(registers or ()), tuple(complete or ()), determinations, no_awards)
    on, until = _days(as_of, known, speech)
    folders = tuple(rulesets) if rulesets else None
    given = (path, members, sheet, members_sheet, district, registers, complete, determinations, password)
    if listed is not None:
        refuse_beside_list(speech, any(each is not None for each in given))
        meant = OnRecord(programs, listed, on, on_basis(speech, until, basis), folders, base, no_awards, out, work_list)
        on_record(meant, (options_of(store, keys, files), actor_of(speech, who, role, why)), summary, speech)
    refuse_basis(speech, basis)
    if path is None:
        refuse_no_list(speech)
    request = Request(
        programs, path, on, members, sheet, members_sheet, until, district, folders, base, beside, engine, password
    )
    _evaluate(request, out, work_list, summary, speech)


def _days(as_of: str, known: str | None, speech: Speech) -> tuple[date, date | None]:
    """The decision date and the known date; ends the command if one of them is no date."""
    on, until = as_date(as_of, "--as-of"), known_date(known)
    wrong = [each for each in (on, until) if isinstance(each, Diagnostic)]
    if wrong or isinstance(on, Diagnostic) or isinstance(until, Diagnostic):
        speech.findings(wrong, {})
        raise typer.Exit(WRONG_USE)
    return on, until


def _evaluate(request: Request, out: str | None, work_list: str | None, summary: Shape, speech: Speech) -> NoReturn:
    """Decides the list of a file and says what there is to say; ends the command."""
    from ejps_core.app.library import installed
    from ejps_core.app.work_list import evaluate_into, no_work_list
    from ejps_core.app.write import broken_off, unwritable

    plugins = installed()
    inputs = (request.path, request.members, *request.beside.files)
    refused = unwritable(out, inputs, speech.language, plugins) if out else None
    unlisted = no_work_list(work_list, out, inputs, speech.language, plugins)
    wrong = [each for each in (refused, unlisted) if isinstance(each, Diagnostic)]
    if wrong:
        speech.findings(wrong, {})
        raise typer.Exit(WRONG_USE)
    left, rules = broken_off(out) if out else None, None
    if out and not work_list and (summary is Shape.JSON or speech.quiet):
        from ejps_core.app.streaming import evaluate_file

        decide = partial(evaluate_file, request, plugins, Path(out), speech.language)
        rules = _by_pieces(decide, out, summary, speech, left)
    with progress(speech) as tell:
        written = evaluate_into(request, plugins, out, work_list, speech.language, tell, rules)
    _told(written, out, work_list, summary, speech, left)


def _told(
    written: Written, out: str | None, work_list: str | None, summary: Shape, speech: Speech, left: Diagnostic | None
) -> NoReturn:
    """What there is to say of a list that was decided as a whole; ends the command. left: found before it began."""
    outcome = written.outcome
    if written.failed:
        speech.findings([written.failed], {})
        raise typer.Exit(WRONG_USE)
    if outcome.run:
        _tell(outcome.run, summary, speech)
    speech.broken((broken.name, broken.why) for broken in outcome.broken)
    speech.findings([*([left] if left else []), *outcome.findings], outcome.texts)
    if outcome.run:
        _files(outcome.run, out, written.notes, work_list, speech)
    raise typer.Exit(int(outcome.exit))


def _by_pieces(
    decide: Callable[[Callable[[str, float], None]], Streamed | Rules],
    out: str,
    summary: Shape,
    speech: Speech,
    left: Diagnostic | None,
) -> Rules:
    """Decides the list piece by piece, says what there is to say and ends the command; the rules, where that can't be."""
    from ejps_core.app.evaluate import Rules

    with progress(speech) as tell:
        streamed = decide(tell)
    if isinstance(streamed, Rules):
        return streamed
    if streamed.failed:
        speech.findings([streamed.failed], {})
        raise typer.Exit(WRONG_USE)
    if summary is Shape.JSON:
        speech.say(streamed.summary.as_json())
    speech.broken((broken.name, broken.why) for broken in streamed.broken)
    speech.findings([*([left] if left else []), *streamed.findings], streamed.texts)
    _files(streamed.told, out, streamed.notes, None, speech)
    raise typer.Exit(int(streamed.exit))


def _tell(run: Run, summary: Shape, speech: Speech) -> None:
    """The summary on standard output: as JSON where asked for, else in words unless quiet."""
    if summary is Shape.JSON:
        from ejps_core.app.summary import summarize

        speech.say(summarize(run).as_json())
    elif not speech.quiet:
        from ejps_core.reports.brief import brief

        speech.say(brief(run, speech.language))


def _files(run: Run, out: str | None, notes: Path | None, work_list: str | None, speech: Speech) -> None:
    """Where the files are; that rows were set apart is said even to those who want it quiet."""
    if speech.quiet and run.candidates.set_apart:
        from ejps_core.reports.brief import rows_words

        speech.error(f"{run.source}: {rows_words(run, speech.language)}")
    if out:
        speech.hint(Words(f"Hasil: {out}", f"Result: {out}"))
    if notes:
        speech.hint(Words(f"Catatan baris: {notes}", f"Remarks on rows: {notes}"))
    if work_list:
        speech.hint(Words(f"Daftar kerja: {work_list}", f"Work list: {work_list}"))

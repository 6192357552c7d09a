"""`ejps evaluate PROGRAM --list ID`: a list on record decided, and the run recorded. Ends as `ejps evaluate` does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.options import Shape
from ejps_core.cli.speech import Speech
from ejps_core.cli.store import refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.stored_runs import Recorded
    from ejps_core.app.stores import Actor, StoreOptions

LISTED = Annotated[int | None, typer.Option("--list", metavar="ID", help="Daftar yang tercatat (a list on record).")]
_NO_LIST = Diagnostic(
    "no-list",
    Severity.ERROR,
    None,
    Words("Daftar mana yang dinilai?", "Which list is to be evaluated?"),
    Words("Sebut berkasnya, atau --list ID untuk daftar yang tercatat.", "Name its file, or --list ID for one on record."),
)
_BESIDE = Diagnostic(
    "list-on-record",
    Severity.ERROR,
    None,
    Words(
        "--list memakai daftar, register dan ketetapan yang tercatat: berkas tidak dapat disebut bersamanya.",
        "--list uses the list, registers and determinations on record: no file can be named with it.",
    ),
    Words(
        "Catat berkasnya dahulu: ejps register import, ejps determine.",
        "Put the file on record first: ejps register import, ejps determine.",
    ),
)


def refuse_no_list(speech: Speech) -> NoReturn:
    """Ends the command: it is not said which list."""
    raise refused(speech, _NO_LIST)


def refuse_beside_list(speech: Speech, given: bool) -> None:
    """Ends the command if files are given beside a list on record."""
    if given:
        raise refused(speech, _BESIDE)


def on_record(
    programs: str,
    listed: int,
    on: date,
    known: date | None,
    folders: tuple[Path, ...] | None,
    base: bool,
    no_awards: bool,
    by: tuple[StoreOptions, Actor],
    summary: Shape,
    speech: Speech,
) -> NoReturn:
    """Decides the list, records the runs, says what came of them; ends the command."""
    from ejps_core.app.library import installed
    from ejps_core.app.stored_runs import Wanted, evaluate_stored

    wanted = Wanted(programs, listed, on, known, None, folders, base, no_awards)
    found = evaluate_stored(*by, wanted, installed())
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if summary is Shape.JSON:
        speech.say(json.dumps([_record(each) for each in found if each.run is not None], ensure_ascii=False, indent=2))
    for each in found:
        _tell(each, summary, speech)
    raise typer.Exit(max(int(each.exit) for each in found) if found else 2)


def _record(recorded: Recorded) -> dict[str, object]:
    from ejps_core.app.summary import summarize

    assert recorded.run is not None
    told: dict[str, object] = json.loads(summarize(recorded.run).as_json())
    return {"run": recorded.number, "program": recorded.program} | told


def _tell(recorded: Recorded, summary: Shape, speech: Speech) -> None:
    from ejps_core.reports.brief import brief

    if recorded.run is not None:
        if summary is Shape.TEXT and not speech.quiet:
            speech.say(brief(recorded.run, speech.language))
        speech.hint(Words(f"Tercatat: run {recorded.number}.", f"On record: run {recorded.number}."))
    speech.broken((broken.name, broken.why) for broken in recorded.broken)
    speech.findings(recorded.findings, recorded.texts)

"""`ejps evaluate PROGRAM,… --list ID`: a list on record decided, and the runs recorded. Ends as `ejps evaluate` does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.options import Shape
from ejps_core.cli.speech import Speech
from ejps_core.cli.store import refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.evaluating_stored import Recorded, Wanted
    from ejps_core.app.stores import Actor, StoreOptions


class Basis(StrEnum):
    """On which data a list on record is decided."""

    THEN = "then"
    LATEST = "latest"


LISTED = Annotated[int | None, typer.Option("--list", metavar="ID", help="Daftar yang tercatat (a list on record).")]
BASIS = Annotated[
    Basis | None,
    typer.Option(
        "--basis", help="Dengan --list: data yang diketahui waktu itu (bawaan), atau data terbaru (data known then, latest)."
    ),
]
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
_NO_BASIS = Diagnostic(
    "basis-of-list",
    Severity.ERROR,
    None,
    Words("--basis hanya untuk daftar yang tercatat (--list).", "--basis is for a list on record only (--list)."),
    Words("Untuk berkas pakai --known.", "For a file use --known."),
)
_TWO_BASES = Diagnostic(
    "basis-contradicts",
    Severity.ERROR,
    None,
    Words("--basis dan --known menyebut data yang berbeda.", "--basis and --known name different data."),
    Words("Sebut salah satu saja.", "Give one of them only."),
)


def refuse_no_list(speech: Speech) -> NoReturn:
    """Ends the command: it is not said which list."""
    raise refused(speech, _NO_LIST)


def refuse_beside_list(speech: Speech, given: bool) -> None:
    """Ends the command if files are given beside a list on record."""
    if given:
        raise refused(speech, _BESIDE)


def refuse_basis(speech: Speech, basis: Basis | None) -> None:
    """Ends the command if a basis is named for a file."""
    if basis is not None:
        raise refused(speech, _NO_BASIS)


def on_basis(speech: Speech, known: date | None, basis: Basis | None) -> date | None:
    """The known date of a basis; None: the decision date. Ends the command if another known date is given too."""
    if basis is None:
        return known
    meant = date.max if basis is Basis.LATEST else None
    if known not in (None, meant):
        raise refused(speech, _TWO_BASES)
    return meant


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the options say of a list on record."""

    programs: str
    listed: int
    on: date
    known: date | None
    folders: tuple[Path, ...] | None
    base: bool
    no_awards: bool
    out: str | None
    work_list: str | None


def on_record(asked: OnRecord, by: tuple[StoreOptions, Actor], summary: Shape, speech: Speech) -> NoReturn:
    """Decides the list, records the runs, says what came of them; ends the command. Names are shown if it is said why."""
    from ejps_core.app.evaluating_stored import Wanted, evaluate_stored
    from ejps_core.app.library import installed
    from ejps_core.app.stored_output import Outputs

    outputs = Outputs(asked.out, asked.work_list, speech.language, clear=bool(by[1].why.strip()))
    wanted = Wanted(
        asked.programs, asked.listed, asked.on, asked.known, None, asked.folders, asked.base, asked.no_awards, outputs
    )
    found = evaluate_stored(*by, wanted, installed())
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if summary is Shape.JSON:
        told = [record for each in found if each.run is not None for record in _records(each)]
        speech.say(json.dumps(told, ensure_ascii=False, indent=2))
    for each in found:
        _tell(each, wanted, summary, speech)
    raise typer.Exit(max(int(each.exit) for each in found) if found else 2)


def _records(recorded: Recorded) -> list[dict[str, object]]:
    """One a run: the summary of its program, and on which data it was decided."""
    from ejps_core.app.summary import summarize
    from ejps_core.reports.days import basis_words

    run = recorded.run
    assert run is not None
    told = json.loads(summarize(run).as_json())
    said = basis_words(run.as_of)
    return [
        {"run": number, "program": program, "basis": {"id": said.id, "en": said.en}}
        | told
        | {"programs": {program: told["programs"][program]}}
        for number, program in zip(recorded.numbers, told["programs"], strict=True)
    ]


def _tell(recorded: Recorded, wanted: Wanted, summary: Shape, speech: Speech) -> None:
    from ejps_core.reports.brief import brief
    from ejps_core.reports.days import basis_words

    run = recorded.run
    if run is not None:
        if summary is Shape.TEXT and not speech.quiet:
            said = basis_words(run.as_of).say(speech.language)
            speech.say(Words(f"Dasar: {said}", f"Basis: {said}"))
            speech.say(brief(run, speech.language))
        numbers = ", ".join(map(str, recorded.numbers))
        speech.hint(Words(f"Tercatat: run {numbers}.", f"On record: run {numbers}."))
    speech.broken((broken.name, broken.why) for broken in recorded.broken)
    speech.findings(recorded.findings, recorded.texts)
    if recorded.failed is not None:
        speech.findings([recorded.failed], {})
    elif run is not None:
        _files(recorded, wanted, speech)


def _files(recorded: Recorded, wanted: Wanted, speech: Speech) -> None:
    """Where the files are."""
    outputs = wanted.outputs
    if outputs.out:
        speech.hint(Words(f"Hasil: {outputs.out}", f"Result: {outputs.out}"))
    if recorded.notes:
        speech.hint(Words(f"Catatan baris: {recorded.notes}", f"Remarks on rows: {recorded.notes}"))
    if outputs.work_list:
        speech.hint(Words(f"Daftar kerja: {outputs.work_list}", f"Work list: {outputs.work_list}"))

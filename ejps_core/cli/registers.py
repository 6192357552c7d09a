"""`ejps register import|list|complete|ask|serve`: registers on record, and for which areas they are complete."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli import asking
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

NAME = Annotated[str, typer.Argument(metavar="NAME", help="Nama register: pkh, bpnt, dtks … (name of the register).")]
PATH = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas register (its file).", readable=False)]
ON = Annotated[str, typer.Option("--on", metavar="DATE", help="Posisi data, YYYY-MM-DD (day of the data).")]
SOURCE = Annotated[str, typer.Option("--source", metavar="TEXT", help="Dari siapa, surat apa (where it comes from).")]
AREA = Annotated[str, typer.Option("--area", metavar="CODE", help="Wilayah isinya (area that it holds).")]
COMPLETE = Annotated[
    str | None, typer.Option("--complete", metavar="AREA", help="Nyatakan lengkap untuk wilayah ini (declare complete).")
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Dasarnya (on what it rests).")]
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor register, dari ejps register list (its number).")]
FOR = Annotated[str, typer.Argument(metavar="AREA", help="Wilayah, mis. 75.04 (area).")]
AS_OF = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Lengkap per tanggal; bawaan: posisi data (complete as of).")
]
WITHDRAW = Annotated[bool, typer.Option("--withdraw", help="Cabut pernyataannya (take it back).")]
app = typer.Typer(no_args_is_help=True, help="Register yang tercatat (registers on record).", rich_markup_mode=None)
_WHO_DECLARES = Diagnostic(
    "who-missing",
    Severity.ERROR,
    None,
    Words("Siapa yang menyatakan register lengkap?", "Who declares the register complete?"),
    Words("Sebut namanya dengan --who.", "Name them with --who."),
)


@app.callback()
def start() -> None:
    """Register yang tercatat (registers on record)."""


app.command("ask")(asking.ask)
app.command("serve")(asking.serve)


@app.command("import")
def keep(
    context: typer.Context,
    name: NAME,
    path: PATH,
    on: ON,
    source: SOURCE,
    area: AREA = "75",
    complete: COMPLETE = None,
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat sebuah register, tersegel (put a register on record, sealed)."""
    from ejps_core.app.library import installed
    from ejps_core.app.recording_registers import Completeness, File, keep_register

    speech = speech_of(context, lang, quiet=quiet)
    day = _day(on, speech)
    if complete is not None and who is None:
        raise refused(speech, _WHO_DECLARES)
    declared = None if complete is None else Completeness(complete, document)
    file = File(name, path, day, source, area)
    done = keep_register(options_of(store, keys, files), actor_of(speech, who, role, why), file, declared, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if done.again:
        speech.hint(Words("Register ini sudah tercatat.", "This register is on record already."))
    speech.say(
        Words(
            f"Register {done.number}: {name}, {done.rows} baris, {done.unusable} tanpa nomor yang dapat dipakai.",
            f"Register {done.number}: {name}, {done.rows} rows, {done.unusable} without a usable number.",
        )
    )
    speech.findings(done.findings, {})
    raise typer.Exit(3 if done.unusable else 0)


@app.command("list")
def listed(
    context: typer.Context, store: STORE = None, keys: KEYS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Register yang tercatat dan pernyataan lengkapnya (registers on record, and their declarations)."""
    from ejps_core.app.recording_registers import registers_on_record

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, registers_on_record(options_of(store, keys)), form):
        speech.say(
            f"{each['register']:>5}  {each['name']}  {each['as_of']}  {each['area']}  {each['rows']}  {each['source']}"
        )
        for one in each["complete"]:
            taken = Words("dinyatakan lengkap", "declared complete")
            if one["state"] != "made":
                taken = Words("pernyataan dicabut", "declaration taken back")
            speech.say(
                Words(
                    f"       {taken.id}: {one['area']}, {one['as_of']}, {one['who']}",
                    f"       {taken.en}: {one['area']}, {one['as_of']}, {one['who']}",
                )
            )


@app.command("complete")
def complete_for(
    context: typer.Context,
    number: NUMBER,
    area: FOR,
    on: AS_OF = None,
    document: DOCUMENT = None,
    withdraw: WITHDRAW = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Nyatakan register lengkap untuk suatu wilayah (declare a register complete for an area)."""
    from ejps_core.app.recording_registers import Completeness, declare_complete

    speech = speech_of(context, lang)
    if who is None:
        raise refused(speech, _WHO_DECLARES)
    day = None if on is None else _day(on, speech)
    given = Completeness(area, document)
    done = declare_complete(options_of(store, keys), actor_of(speech, who, role, why), number, given, day, withdraw)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(Words(f"Pernyataan {done} tercatat.", f"Declaration {done} on record."))


def _day(text: str, speech: Speech) -> date:
    day = as_date(text, "--on")
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    return day

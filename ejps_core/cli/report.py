"""`ejps report`: a report by name, from data or the store. 0: written; 2: unknown, unusable data, unwritable file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import KEYS, STORE, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.stores import StoreOptions
    from ejps_core.model.paper import Paper

NAME = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Nama laporan; tanpa nama: daftarnya (name of the report).")
]
DATA = Annotated[
    Path | None, typer.Option("--data", metavar="FILE", help="Data laporan, JSON (data of the report).", readable=False)
]
POSITION = Annotated[
    int | None, typer.Option("--position", metavar="ID", help="Posisi yang dibekukan, untuk realisasi (frozen position).")
]
FORM = Annotated[
    str | None, typer.Option("--format", help="pdf, xlsx, csv, json atau html; bawaan: menurut --out, lalu pdf.")
]
OUT = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Berkas keluaran; bawaan: NAME.pdf (output file).")]
OFFICE = Annotated[
    Path | None, typer.Option("--office", metavar="FILE", help="Kop dan penanda tangan, TOML (letterhead and signatory).")
]


def command(
    context: typer.Context,
    name: NAME = None,
    data: DATA = None,
    position: POSITION = None,
    form: FORM = None,
    out: OUT = None,
    office: OFFICE = None,
    store: STORE = None,
    keys: KEYS = None,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Susun laporan: realisasi, sasaran, BNBA, tanda terima, BAST, surat, … (make a report)."""
    from ejps_core.app.report import Asked, Form, report

    speech = speech_of(context, lang, quiet=quiet)
    if name is None:
        from ejps_core.reports.catalogue import DOCUMENTS

        speech.say("\n".join(f"{each.name:<16} {each.title.say(speech.language)}" for each in DOCUMENTS))
        raise typer.Exit(0)
    if (data is None) == (position is None):
        speech.error(
            Words(
                "Sebut berkas datanya (--data FILE), atau posisinya (--position ID).",
                "Name the file of its data (--data FILE), or its position (--position ID).",
            )
        )
        raise typer.Exit(2)
    wanted = (form or (out.suffix.removeprefix(".") if out else "") or "pdf").lower()
    if wanted not in tuple(Form):
        kinds = ", ".join(Form)
        speech.error(
            Words(f"Bentuk “{wanted}” tidak ada; yang ada: {kinds}.", f"There is no “{wanted}”; there are: {kinds}.")
        )
        raise typer.Exit(2)
    path = out or Path(f"{name}.{wanted}")
    source = data if data is not None else _of_position(speech, name, options_of(store, keys), position)
    done = report(Asked(name, source, Form(wanted), path, office, speech.language))
    speech.findings(done.findings, {})
    for file in done.files[:1]:
        more = len(done.files) - 1
        rest = Words(f" dan {more} berkas di sampingnya", f" and {more} files beside it") if more else Words("", "")
        speech.hint(Words(f"Hasil: {file}{rest.id}", f"Result: {file}{rest.en}"))
    raise typer.Exit(int(done.exit))


def _of_position(speech: Speech, name: str, options: StoreOptions, position: int | None) -> tuple[Paper, ...]:
    """The report of a frozen position; ends the command if there is none, or the report is another."""
    from ejps_core.app.money.reporting import papers_of_position

    found = papers_of_position(options, name, position or 0)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    return found

"""`ejps report`: a report by name from a file of data. 0: written; 2: unknown report, unusable data, unwritable file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.report_files import Form, Reported

WRONG_USE, PARTLY = 2, 3

NAME = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Nama laporan; tanpa nama: daftarnya (name of the report).")
]
DATA = Annotated[
    Path | None, typer.Option("--data", metavar="FILE", help="Data laporan, JSON (data of the report).", readable=False)
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
    form: FORM = None,
    out: OUT = None,
    office: OFFICE = None,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Susun laporan: realisasi, sasaran, BNBA, tanda terima, BAST, surat, … (make a report)."""
    from ejps_core.app.library import installed
    from ejps_core.app.report import Asked, report

    speech = speech_of(context, lang, quiet=quiet)
    plugins = installed()
    speech.broken((broken.name, broken.why) for broken in plugins.broken)
    if name is None:
        for each in plugins.reports:
            whose = "" if each.built_in else f" ({each.plugin})"
            speech.say(f"{each.what.name:<16} {each.what.title.say(speech.language)}{whose}")
        raise typer.Exit(PARTLY if plugins.broken else 0)
    form_, path = form_of(speech, name, form, out)
    tell(speech, report(Asked(name, data, form_, path, office, speech.language), plugins), bool(plugins.broken))


def form_of(speech: Speech, name: str, form: str | None, out: Path | None) -> tuple[Form, Path]:
    """The form that was asked for, by name or by the end of the file, and the file; ends the command if there is none."""
    from ejps_core.app.report_files import Form

    wanted = (form or (out.suffix.removeprefix(".") if out else "") or "pdf").lower()
    if wanted not in tuple(Form):
        kinds = ", ".join(Form)
        speech.error(
            Words(f"Bentuk “{wanted}” tidak ada; yang ada: {kinds}.", f"There is no “{wanted}”; there are: {kinds}.")
        )
        raise typer.Exit(WRONG_USE)
    return Form(wanted), out or Path(f"{name}.{wanted}")


def tell(speech: Speech, done: Reported, partly: bool) -> NoReturn:
    """Says what was written, and ends the command; partly: a plugin was left out."""
    speech.findings(done.findings, {})
    for file in done.files[:1]:
        more = len(done.files) - 1
        rest = Words(f" dan {more} berkas di sampingnya", f" and {more} files beside it") if more else Words("", "")
        speech.hint(Words(f"Hasil: {file}{rest.id}", f"Result: {file}{rest.en}"))
    raise typer.Exit(int(done.exit) or (PARTLY if partly else 0))

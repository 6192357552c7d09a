"""`ejps list import`: a list as a district sent it, row by row. 0: accepted; 2: can't be used; 3: rows were set apart."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.options import LIST, MEMBERS, MEMBERS_SHEET, PASSWORD, RULESETS, SHEET, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.importing import Imported, Incoming, Summary

WRONG_USE = 2
WITA = timezone(timedelta(hours=8))
ORIGIN = Annotated[str, typer.Option("--district", metavar="CODE", help="Asal daftar, mis. 75.04 (origin of the list).")]
PROGRAMS = Annotated[
    str | None,
    typer.Option("--program", metavar="ID[,ID…]", help="Program yang datanya dibaca; bawaan: semua (whose facts to read)."),
]
YES = Annotated[bool, typer.Option("--yes", help="Setujui pasangan kolom yang diusulkan (accept the proposed mapping).")]
RETURN = Annotated[
    Path | None,
    typer.Option("--return", metavar="FILE.xlsx", help="Kembalikan daftar dengan STATUS dan ALASAN (give the list back)."),
]
RECEIVED = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Tanggal diterima, YYYY-MM-DD; bawaan: hari ini (received on).")
]
SUMMARY = Annotated[Shape, typer.Option("--summary", help="Ringkasan: text atau json.")]
app = typer.Typer(no_args_is_help=True, help="Daftar dari daerah (lists of the districts).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Daftar dari daerah (lists of the districts)."""


@app.command("import")
def command(
    context: typer.Context,
    path: LIST,
    district: ORIGIN,
    programs: PROGRAMS = None,
    members: MEMBERS = None,
    sheet: SHEET = None,
    members_sheet: MEMBERS_SHEET = None,
    as_of: RECEIVED = None,
    password: PASSWORD = None,
    rulesets: RULESETS = None,
    yes: YES = False,
    back: RETURN = None,
    summary: SUMMARY = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Terima daftar apa adanya: setiap baris diputus dengan alasannya (take a list in as it is)."""
    from ejps_core.app.importing import Incoming

    speech = speech_of(context, lang, quiet=quiet)
    on = as_date(as_of, "--as-of") if as_of else datetime.now(WITA).date()
    if isinstance(on, Diagnostic):
        speech.findings([on], {})
        raise typer.Exit(WRONG_USE)
    folders = tuple(rulesets) if rulesets else None
    request = Incoming(path, district, on, programs, members, sheet, members_sheet, folders, password)
    imported = _received(request, speech)
    if imported.read is None:
        speech.findings(imported.findings, {})
        raise typer.Exit(WRONG_USE)
    if imported.proposed and not _confirmed(imported, yes, speech):
        raise typer.Exit(WRONG_USE)
    if back is not None:
        _give_back(imported, path, back, speech)
    if summary is Shape.JSON:
        speech.say(json.dumps(imported.summary.as_record(), ensure_ascii=False, indent=2))
    elif not quiet:
        speech.say(_words(imported.summary))
    speech.findings(imported.findings, {}, rest=_ALL_RETURNED)
    raise typer.Exit(int(imported.exit))


_ALL_RETURNED = Words(
    "semuanya ada di daftar yang dikembalikan (--return DAFTAR.xlsx)", "the list given back holds all (--return LIST.xlsx)"
)


def _received(request: Incoming, speech: Speech) -> Imported:
    """What was read; a protected file's password is asked for where somebody can answer."""
    from ejps_core.app.importing import received
    from ejps_core.app.library import installed

    plugins = installed()
    imported = received(request, plugins)
    protected = any(finding.code == "password" for finding in imported.findings)
    if protected and request.password is None and sys.stdin is not None and sys.stdin.isatty():
        asked = Words("Kata sandi berkas", "Password of the file").say(speech.language)
        given = typer.prompt(asked, hide_input=True, err=True)
        imported = received(replace(request, password=given), plugins)
    return imported


def _confirmed(imported: Imported, yes: bool, speech: Speech) -> bool:
    """Whether a person agrees to which column stands for which fact; it is shown in any case."""
    from ejps_core.app.importing import mapping_words

    for mapping in imported.proposed:
        speech.hint(mapping_words(mapping))
    if yes:
        return True
    if sys.stdin is not None and sys.stdin.isatty():
        question = Words("Pasangan kolom ini benar?", "Are these pairs right?").say(speech.language)
        return typer.confirm(question, err=True)
    speech.error(
        Words(
            "Pasangan kolom belum disetujui. Periksa, lalu ulangi dengan --yes; bila salah, ganti judul kolomnya.",
            "The pairs of columns are not confirmed. Check them and repeat with --yes; if one is wrong, change the header.",
        )
    )
    return False


def _give_back(imported: Imported, source: Path, back: Path, speech: Speech) -> None:
    from ejps_core.app.importing import give_back

    failed = give_back(imported, source, back, speech.language)
    if failed is not None:
        speech.findings([failed], {})
        raise typer.Exit(WRONG_USE)
    speech.hint(Words(f"Daftar yang dikembalikan: {back}", f"The list given back: {back}"))


def _words(summary: Summary) -> Words:
    codes = "".join(f"\n  {count:>7}  {code}" for code, count in summary.by_code)
    return Words(
        f"{summary.rows} baris: {summary.accepted} diterima, {summary.with_remark} diterima dengan catatan, "
        f"{summary.set_apart} disisihkan; {summary.unchanged} tidak berubah; NIK menyusul: {summary.nik_to_follow} keluarga"
        + codes,
        f"{summary.rows} rows: {summary.accepted} accepted, {summary.with_remark} accepted with a remark, "
        f"{summary.set_apart} set apart; {summary.unchanged} unchanged; NIK to follow: {summary.nik_to_follow} families"
        + codes,
    )

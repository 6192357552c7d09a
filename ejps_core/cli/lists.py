"""`ejps list import`: a list as a district sent it, row by row. 0: accepted; 2: can't be used; 3: rows were set apart."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ejps_core.cli import stored_lists
from ejps_core.cli.options import LIST, MEMBERS, MEMBERS_SHEET, PASSWORD, RULESETS, SHEET, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.calendar import WITA
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.importing import Imported, Incoming, Summary
    from ejps_core.app.receiving import Received
    from ejps_core.app.recording import Recorded

WRONG_USE = 2
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


ROLE = Annotated[str, typer.Option("--role", help="Peran: district (bawaan) atau province.")]
TITLE = Annotated[str | None, typer.Option("--title", help="Nama daftar; bawaan: nama berkas (name of the list).")]
MATTER = Annotated[
    str | None, typer.Option("--for", metavar="ID", help="Program yang diusulkan (program the list is meant for).")
]
PHASE = Annotated[str | None, typer.Option("--phase", metavar="N", help="Tahap (phase of the program).")]
CORRECTS = Annotated[int | None, typer.Option("--list", metavar="ID", help="Perbaikan daftar ini (corrects this list).")]
NEW = Annotated[bool, typer.Option("--new", help="Daftar baru, walau mirip yang lama (a new list).")]


app.command("list")(stored_lists.listed)
app.command("show")(stored_lists.show)
app.command("export")(stored_lists.export)
app.command("order")(stored_lists.order)


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
    title: TITLE = None,
    matter: MATTER = None,
    phase: PHASE = None,
    corrects: CORRECTS = None,
    new: NEW = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "district",
    why: WHY = "",
    summary: SUMMARY = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Terima daftar apa adanya: setiap baris diputus dengan alasannya (take a list in as it is)."""
    from ejps_core.app.importing import Incoming
    from ejps_core.app.receiving import desk_of
    from ejps_core.app.recording import Matter

    speech = speech_of(context, lang, quiet=quiet)
    on = as_date(as_of, "--as-of") if as_of else datetime.now(WITA).date()
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    folders = tuple(rulesets) if rulesets else None
    request = Incoming(path, district, on, programs, members, sheet, members_sheet, folders, password)
    actor = actor_of(speech, who, role, why or f"menerima {path.name}")
    desk = desk_of(options_of(store, keys, files), actor, request, Matter(title, matter, phase, corrects, new))
    if isinstance(desk, Diagnostic):
        raise refused(speech, desk)
    with desk:
        imported = _read(desk, speech)
        if imported.proposed and not _confirmed(imported, yes, speech):
            raise typer.Exit(WRONG_USE)
        recorded = desk.record(imported)
    if isinstance(recorded, Diagnostic):
        raise refused(speech, recorded)
    if back is not None:
        _give_back(imported, desk.request, back, speech)
    _tell(imported, recorded, summary, speech)


def _read(desk: Received, speech: Speech) -> Imported:
    """What stands in the list; ends the command if it can't be used."""
    imported = desk.read()
    if isinstance(imported, Diagnostic):
        raise refused(speech, imported)
    protected = any(finding.code == "password" for finding in imported.findings)
    if protected and desk.request.password is None and sys.stdin is not None and sys.stdin.isatty():
        asked = Words("Kata sandi berkas", "Password of the file").say(speech.language)
        desk.request = replace(desk.request, password=typer.prompt(asked, hide_input=True, err=True))
        return _read(desk, speech)
    if imported.read is None:
        speech.findings(imported.findings, {})
        raise typer.Exit(WRONG_USE)
    return imported


def _tell(imported: Imported, recorded: Recorded | None, summary: Shape, speech: Speech) -> NoReturn:
    """What became of the rows, and where they are on record; ends the command."""
    told = imported.summary if recorded is None else recorded.summary
    if summary is Shape.JSON:
        record = told.as_record()
        if recorded is not None:
            record |= {"list": recorded.list_id, "version": recorded.version, "again": recorded.again}
        speech.say(json.dumps(record, ensure_ascii=False, indent=2))
    elif not speech.quiet:
        speech.say(_words(told))
    if recorded is not None:
        speech.hint(_record_words(recorded))
    else:
        from ejps_core.app.recording import unrecorded

        speech.findings([unrecorded()], {})
    speech.findings(imported.findings, {}, rest=_ALL_RETURNED)
    raise typer.Exit(int(imported.exit))


def _record_words(recorded: Recorded) -> Words:
    number, version = recorded.list_id, recorded.version
    if recorded.again:
        return Words(
            f"Berkas ini sudah tercatat: daftar {number}, versi {version}. Tidak ada yang berubah.",
            f"This file is on record already: list {number}, version {version}. Nothing has changed.",
        )
    if recorded.corrects:
        return Words(
            f"Tercatat sebagai perbaikan daftar {number}: versi {version}. Bila ini daftar lain, pakai --new.",
            f"On record as a correction of list {number}: version {version}. If it is another list, use --new.",
        )
    return Words(f"Tercatat: daftar {number}, versi {version}.", f"On record: list {number}, version {version}.")


_ALL_RETURNED = Words(
    "semuanya ada di daftar yang dikembalikan (--return DAFTAR.xlsx)", "the list given back holds all (--return LIST.xlsx)"
)


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


def _give_back(imported: Imported, request: Incoming, back: Path, speech: Speech) -> None:
    from ejps_core.app.giving_back import Return, give_back

    assert imported.read is not None
    files = tuple(each for each in (request.path, request.members) if each is not None)
    given = Return(imported.read.originals, imported.rows, files, back, request.path, request.password)
    failed, said = give_back(given, speech.language)
    if failed is not None:
        speech.findings([failed], {})
        raise typer.Exit(WRONG_USE)
    speech.hint(Words(f"Daftar yang dikembalikan: {back}", f"The list given back: {back}"))
    speech.findings(said, {})


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

"""`ejps backup`: data and keys apart, and whether a backup is whole. 0: yes; 3: with open doubts; 4: it was changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, actor_of, options_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.backups import BackedUp
    from ejps_core.cli.speech import Speech

FOLDER = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder baru untuk cadangannya (a new folder).")]
TOGETHER = Annotated[
    bool, typer.Option("--together", help="Walau di disk yang sama dengan yang lain (even on one disk with the other).")
]
app = typer.Typer(no_args_is_help=True, help="Cadangan (backups): data, kunci, verify.", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Cadangan: data dan kunci terpisah (backups: data and keys apart)."""


@app.command("data")
def data(
    context: typer.Context,
    folder: FOLDER,
    together: TOGETHER = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Cadangkan basis data dan berkas tersegel, tanpa kunci (database and sealed files, without keys)."""
    from ejps_core.app.backups import data as take

    speech = speech_of(context, lang)
    made = take(options_of(store, keys, files), actor_of(speech, who, "system"), folder, together=together)
    told(speech, made, Words(f"Cadangan data: {folder}", f"Backup of the data: {folder}"))


@app.command("keys")
def keys_of(
    context: typer.Context,
    folder: FOLDER,
    master: Annotated[
        Path | None,
        typer.Option("--master", metavar="FILE", help="Salinan kunci induk, di tempat lain (copy of the master)."),
    ] = None,
    without_master: Annotated[
        bool, typer.Option("--without-master", help="Kunci induk sudah disimpan terpisah (it is kept apart already).")
    ] = False,
    together: TOGETHER = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Cadangkan kunci, terbungkus kunci induk, jauh dari datanya (the keys, away from the data)."""
    from ejps_core.app.backups import keys as take

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, "system")
    made = take(options_of(store, keys, files), actor, folder, master, without_master=without_master, together=together)
    where = Words(f"kunci induk: {master}", f"master key: {master}") if master else _APART
    told(speech, made, Words(f"Cadangan kunci: {folder}; {where.id}", f"Backup of the keys: {folder}; {where.en}"))


@app.command("verify")
def check(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder cadangan (of the backup).")],
    master: Annotated[
        Path | None, typer.Option("--master", metavar="FILE", help="Berkas kunci induk (file of the master key).")
    ] = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Apakah cadangan masih utuh? (is it whole?) 0: ya; 3: belum terbukti; 4: diubah atau rusak (changed)."""
    from ejps_core.app.backups import verified

    speech = speech_of(context, lang)
    found = verified(options_of(store, keys), folder, master, actor_of(speech, who, "system"))
    told(speech, found, Words(f"Diperiksa: {folder}", f"Looked at: {folder}"))


_APART = Words("kunci induk tidak disalin", "the master key is not copied")


def told(speech: Speech, made: BackedUp | Diagnostic, title: Words) -> None:
    """Says what was backed up or looked at, and ends the command."""
    from ejps_core.app.backups import exit_for

    if isinstance(made, Diagnostic):
        speech.findings([made], {})
        raise typer.Exit(int(exit_for(made)))
    speech.findings(made.findings, {})
    moment = f"{made.taken_at:%Y-%m-%d %H:%M} UTC"
    speech.say(
        Words(
            f"{title.id}\n{made.rows} catatan, {made.files} berkas, keadaan {moment}",
            f"{title.en}\n{made.rows} records, {made.files} files, as of {moment}",
        )
    )
    if made.head:
        speech.say(Words(f"Kepala: {made.head}", f"Head: {made.head}"))
    raise typer.Exit(int(made.exit))

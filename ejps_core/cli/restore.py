"""`ejps restore`: the keys first, then the data, where no store is. 0: restored; 3: with open doubts; 4: it was changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, actor_of, options_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.backups import Restored
    from ejps_core.cli.speech import Speech

FOLDER = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder cadangan (of the backup).")]
PARTLY = 3
app = typer.Typer(no_args_is_help=True, help="Pemulihan (restore): kunci dahulu, lalu data.", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Pemulihan dari cadangan: kunci dahulu, lalu data (restore: keys first, then data)."""


@app.command("keys")
def keys_of(
    context: typer.Context,
    folder: FOLDER,
    master: Annotated[
        Path | None, typer.Option("--master", metavar="FILE", help="Salinan kunci induk (copy of the master key).")
    ] = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Pulihkan kunci ke folder kunci yang belum memuatnya (the keys, where there are none)."""
    from ejps_core.app.backups import bring_back_keys

    speech = speech_of(context, lang)
    done = bring_back_keys(options_of(store, keys, files), actor_of(speech, who, "system"), folder, master)
    told(speech, done, Words("Kunci dipulihkan", "Keys restored"))


@app.command("data")
def data(
    context: typer.Context,
    folder: FOLDER,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    lang: LANG = None,
) -> None:
    """Pulihkan basis data dan berkas tersegel ke tempat kosong (database and files, to an empty place)."""
    from ejps_core.app.backups import bring_back_data

    speech = speech_of(context, lang)
    done = bring_back_data(options_of(store, keys, files), actor_of(speech, who, "system"), folder)
    told(speech, done, Words("Data dipulihkan", "Data restored"))


def told(speech: Speech, done: Restored | Diagnostic, title: Words) -> None:
    """Says what was restored, and ends the command."""
    from ejps_core.app.backups import exit_for, unsettled

    if isinstance(done, Diagnostic):
        speech.findings([done], {})
        raise typer.Exit(int(exit_for(done)))
    open_doubts = unsettled(done)
    speech.findings(open_doubts, {})
    moment = f"{done.taken_at:%Y-%m-%d %H:%M} UTC"
    speech.say(
        Words(f"{title.id}: penyimpanan {done.store}, keadaan {moment}", f"{title.en}: store {done.store}, as of {moment}")
    )
    if done.upgraded_to != done.revision:
        change = f"{done.revision} → {done.upgraded_to}"
        speech.say(Words(f"Skema: {change}", f"Schema: {change}"))
    for key in done.destroyed:
        speech.say(Words(f"Dimusnahkan lagi: {key}", f"Destroyed again: {key}"))
    raise typer.Exit(PARTLY if open_doubts else 0)

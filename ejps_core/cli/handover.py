"""`ejps delivery bast …`: minutes of handover (BAST). 0: recorded; 2: refused; 3: recorded, and a reason is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.wording import money
from ejps_core.model.words import Words

DOUBTS = 3
DECREE = Annotated[int, typer.Argument(metavar="DECREE", help="Nomor keputusan (decree).")]
DATA = Annotated[Path, typer.Option("--data", metavar="FILE", help="Nilai BAST, JSON seperti untuk ejps report bast.")]
VILLAGE = Annotated[str, typer.Option("--village", metavar="CODE", help="Kode desa (village).")]
SCAN = Annotated[Path | None, typer.Option("--scan", metavar="FILE", help="BAST bertanda tangan, dipindai (scan).")]
REASON = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Alasan bila tidak cocok (why it differs).")]
MINUTES = Annotated[int, typer.Argument(metavar="ID", help="Nomor BAST tercatat, dari ejps delivery show (record).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]

app = typer.Typer(no_args_is_help=True, help="Berita acara serah terima (minutes of handover).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Berita acara serah terima, BAST (minutes of handover)."""


@app.command("record")
def record(
    context: typer.Context,
    decree: DECREE,
    data: DATA,
    village: VILLAGE,
    scan: SCAN = None,
    reason: REASON = "",
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat sebuah BAST dan cocokkan dengan keputusan (record minutes, compared with the decree)."""
    from ejps_core.app import handing_over

    speech = speech_of(context, lang, quiet=quiet)
    actor = actor_of(speech, who, role, why, account=account)
    asked = handing_over.Asked(decree, village, data, scan, reason)
    done = handing_over.record(options_of(store, keys, files), actor, asked)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    amount = money(done.amount, 0, "IDR")
    speech.say(
        Words(
            f"BAST tercatat: {done.number}, {done.families} KPM, {amount.id}.",
            f"Minutes on record: {done.number}, {done.families} families, {amount.en}.",
        )
    )
    for _, words in done.cautions:
        speech.hint(Words("! " + words.id, "! " + words.en))
    raise typer.Exit(DOUBTS if done.cautions and not done.explained else 0)


@app.command("show")
def show(
    context: typer.Context,
    number: MINUTES,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "district",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Nilai sebuah BAST sebagai JSON, untuk ejps report bast (values of minutes, in clear)."""
    from ejps_core.app import handing_over

    speech = speech_of(context, lang)
    found = handing_over.values(options_of(store, keys, files), actor_of(speech, who, role, why), number)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    speech.say(json.dumps(found, ensure_ascii=False, indent=1))

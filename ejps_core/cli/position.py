"""`ejps position freeze|list|show|diff|verify`: the money's figures as of a moment, frozen. 4: a record was changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from ejps_core.cli.money import PROGRAM, YEAR
from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

AT = Annotated[str, typer.Option("--at", metavar="MOMENT", help="Posisi data per, mis. “2020-10-16 08:00” WITA (as of).")]
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor posisi, dari ejps position list (its number).")]
SECOND = Annotated[int | None, typer.Argument(metavar="[ID]", help="Posisi kedua; tanpa: catatan sekarang (the later one).")]
MAYBE = Annotated[int | None, typer.Argument(metavar="[ID]", help="Satu posisi; tanpa: semuanya (one, or all).")]
MAYBE_PROGRAM = Annotated[str | None, typer.Argument(metavar="[PROGRAM]", help="Program; tanpa: semua (the program).")]
TAMPERED = 4
app = typer.Typer(no_args_is_help=True, help="Posisi data yang dibekukan (frozen positions).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Posisi data yang dibekukan (frozen positions)."""


@app.command("freeze")
def freeze(
    context: typer.Context,
    program: PROGRAM,
    at: AT,
    year: YEAR = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Bekukan posisi data pada suatu waktu: catatan kemudian tidak menggesernya (freeze a position)."""
    from ejps_core.app.money.desk import moment_of
    from ejps_core.app.money.freezing import freeze_position
    from ejps_core.cli.money_speech import tell_cells, tell_lapses

    speech = speech_of(context, lang, quiet=quiet)
    moment = moment_of(at, "--at")
    if isinstance(moment, Diagnostic):
        raise refused(speech, moment)
    done = freeze_position(options_of(store, keys), actor_of(speech, who, role, why), program, year, moment)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    frozen, found = done
    if not quiet:
        tell_cells(speech, found)
        tell_lapses(speech, found)
    if frozen.again:
        speech.hint(Words("Posisi ini sudah dibekukan.", "This position is frozen already."))
    speech.say(
        Words(f"Posisi {frozen.number}: SHA-256 {frozen.digest}", f"Position {frozen.number}: SHA-256 {frozen.digest}")
    )


@app.command("list")
def listed(
    context: typer.Context,
    program: MAYBE_PROGRAM = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Posisi yang dibekukan (the frozen positions)."""
    from ejps_core.app.money.freezing import frozen_positions

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, frozen_positions(options_of(store, keys), program), form):
        speech.say(
            f"{each['position']:>5}  {each['program']}  {each['year']}  {each['as_of']}  {each['digest'][:16]}  "
            f"{each['frozen_by']}"
        )


@app.command("show")
def show(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Isi sebuah posisi, seperti saat dibekukan (a position as it was frozen)."""
    from ejps_core.aid.canonical import as_record
    from ejps_core.app.money.freezing import held_position
    from ejps_core.cli.money_speech import tell_cells, tell_lapses

    speech = speech_of(context, lang)
    found = held_position(options_of(store, keys), number)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        signed = {"digest": found.position.digest, "signature": found.signature}
        who = {"position": found.number, "frozen_by": found.by, "frozen_at": found.at.isoformat(timespec="seconds")}
        speech.say(json.dumps(who | signed | {"content": as_record(found.position)}, ensure_ascii=False, indent=2))
        return
    tell_cells(speech, found.position)
    tell_lapses(speech, found.position)
    moment = f"{found.at:%Y-%m-%d %H:%M} UTC"
    speech.say(
        Words(
            f"Dibekukan oleh {found.by}, {moment}. SHA-256 {found.position.digest}",
            f"Frozen by {found.by}, {moment}. SHA-256 {found.position.digest}",
        )
    )


@app.command("diff")
def differences(
    context: typer.Context,
    first: NUMBER,
    second: SECOND = None,
    store: STORE = None,
    keys: KEYS = None,
    lang: LANG = None,
) -> None:
    """Apa yang berubah dari satu posisi ke posisi lain (what changed between two positions)."""
    from ejps_core.app.money.freezing import compare_positions
    from ejps_core.cli.money_speech import tell_changes

    speech = speech_of(context, lang)
    found = compare_positions(options_of(store, keys), first, second, datetime.now(UTC))
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    tell_changes(speech, found.changes, found.after)
    count = len(found.changes)
    speech.hint(Words(f"{count} angka berubah.", f"Figures that changed: {count}."))


@app.command("verify")
def verify(context: typer.Context, number: MAYBE = None, store: STORE = None, keys: KEYS = None, lang: LANG = None) -> None:
    """Apakah posisi utuh: hash, tanda tangan, dan catatannya (is it whole). 0: ya; 4: tidak."""
    from ejps_core.app.money.freezing import verify_positions

    speech = speech_of(context, lang)
    found = verify_positions(options_of(store, keys), number)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    for each in found:
        said = Words("utuh", "whole")
        if not each.signed:
            said = Words("TIDAK UTUH: isi atau tanda tangannya berubah", "NOT WHOLE: content or signature was changed")
        elif not each.same:
            said = Words("TIDAK UTUH: catatannya berubah", "NOT WHOLE: the entries were changed")
        speech.say(Words(f"Posisi {each.number}: {said.id}", f"Position {each.number}: {said.en}"))
    raise typer.Exit(0 if all(each.sound for each in found) else TAMPERED)

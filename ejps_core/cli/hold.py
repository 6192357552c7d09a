"""`ejps hold …`: a family's aid is on hold (ditangguhkan), or no longer. 0: recorded; 2: refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.calendar import WITA
from ejps_core.model.decreed import HoldReason
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

DECREE = Annotated[int, typer.Argument(metavar="DECREE", help="Nomor keputusan (decree).")]
FAMILY = Annotated[str, typer.Option("--family", metavar="KK", help="Nomor KK, NIK atau nama samaran (whose).")]
SINCE = Annotated[str, typer.Option("--from", metavar="DATE", help="Mulai hari ini (from this day).")]
ON = Annotated[str, typer.Option("--date", metavar="DATE", help="Sejak hari ini tidak lagi (no longer from this day).")]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Hanya tahap ini; bawaan: semua (only this phase).")]
WHY = Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasannya dengan kata-kata (why).")]
REASON = Annotated[
    str,
    typer.Option("--reason", help="objection, finding, unclear, absent, subject, other (jenis alasan)."),
]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Dokumennya (document).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]
PROGRAM = Annotated[str, typer.Argument(metavar="PROGRAM", help="Program (program).")]
IN_PHASE = Annotated[int, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
ASKED = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Per tanggal ini; bawaan: hari ini (as of).")]

app = typer.Typer(no_args_is_help=True, help="Ditangguhkan (holds).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Bantuan suatu keluarga ditangguhkan, atau tidak lagi (holds)."""


@app.command("set")
def set_(
    context: typer.Context,
    decree: DECREE,
    family: FAMILY,
    since: SINCE,
    why: WHY,
    reason: REASON = "unclear",
    phase: PHASE = None,
    document: DOCUMENT = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    lang: LANG = None,
) -> None:
    """Tangguhkan (put on hold)."""
    speech = speech_of(context, lang)
    _record(speech, decree, (family, since, reason, why, document), phase, (store, keys), (who, role, account), False)


@app.command("lift")
def lift(
    context: typer.Context,
    decree: DECREE,
    family: FAMILY,
    day: ON,
    why: WHY,
    reason: REASON = "other",
    phase: PHASE = None,
    document: DOCUMENT = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: ROLE = "district",
    lang: LANG = None,
) -> None:
    """Akhiri penangguhan (lift a hold)."""
    speech = speech_of(context, lang)
    _record(speech, decree, (family, day, reason, why, document), phase, (store, keys), (who, role, account), True)


def _record(
    speech: Speech,
    decree: int,
    said: tuple[str, str, str, str, str],
    phase: int | None,
    where: tuple[STORE, KEYS],
    actor: tuple[str | None, str, str | None],
    lifted: bool,
) -> None:
    from ejps_core.app.holding import Asked, set_hold

    family, day, reason, why, document = said
    on = as_date(day, "--date" if lifted else "--from")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    if reason not in set(HoldReason):
        raise refused(speech, _bad_reason(reason))
    asked = Asked(decree, family, on, HoldReason(reason), why, phase, document, lifted)
    who, role, account = actor
    done = set_hold(options_of(*where), actor_of(speech, who, role, why, account=account), asked)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if lifted:
        speech.say(Words(f"Tidak ditangguhkan lagi sejak {on} ({done}).", f"No longer on hold from {on} ({done})."))
    else:
        speech.say(Words(f"Ditangguhkan sejak {on} ({done}).", f"On hold from {on} ({done})."))


def _bad_reason(reason: str) -> Diagnostic:
    listed = ", ".join(HoldReason)
    words = Words(f"“{reason}” bukan jenis alasan.", f"“{reason}” is no kind of reason.")
    return Diagnostic("bad-reason", Severity.ERROR, None, words, Words(f"Pilihannya: {listed}.", f"The choices: {listed}."))


@app.command("list")
def listed(
    context: typer.Context,
    program: PROGRAM,
    phase: IN_PHASE,
    on: ASKED = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Siapa yang ditangguhkan pada suatu hari (who is on hold on a day)."""
    from ejps_core.aid.payments import HOLDS
    from ejps_core.app import holding

    speech = speech_of(context, lang)
    day = as_date(on, "--on") if on else datetime.now(WITA).date()
    found = day if isinstance(day, Diagnostic) else holding.listed(options_of(store, keys), program, phase, day)
    for each in rows_to_tell(speech, found, form):
        reason = HOLDS[HoldReason(each["reason"])].say(speech.language)
        speech.say(f"{each['pid']}  {each['from']}  {reason}  {each['why']}  {each['recorded_by']}")

"""`ejps finding …`: findings of inspectors and their follow-up. 0: done; 2: refused; 3: something is overdue."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.decree import ACCOUNT
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.calendar import WITA
from ejps_core.model.decreed import FindingAct
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.wording import money
from ejps_core.model.words import Words

DOUBTS = 3
DECREE = Annotated[int, typer.Argument(metavar="DECREE", help="Nomor keputusan (decree).")]
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor temuan, dari ejps finding list (finding).")]
INSPECTOR = Annotated[str, typer.Option("--inspector", metavar="TEXT", help="Pemeriksa, mis. Inspektorat (inspector).")]
DAY = Annotated[str, typer.Option("--date", metavar="DATE", help="Harinya (its day).")]
TEXT = Annotated[str, typer.Option("--text", metavar="TEXT", help="Uraian (what was found, or done).")]
RECOMMENDED = Annotated[str, typer.Option("--recommendation", metavar="TEXT", help="Rekomendasinya (recommendation).")]
ANSWERABLE = Annotated[str, typer.Option("--answerable", metavar="TEXT", help="Penanggung jawab (who answers for it).")]
DEADLINE = Annotated[str, typer.Option("--deadline", metavar="DATE", help="Tenggat (deadline).")]
MAYBE_DEADLINE = Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="Tenggat yang baru (new deadline).")]
DOCUMENT = Annotated[str, typer.Option("--document", metavar="TEXT", help="Nomor laporan atau bukti (paper).")]
PAPER = Annotated[Path | None, typer.Option("--paper", metavar="FILE", help="Berkasnya, disegel (scan).")]
PHASE = Annotated[int | None, typer.Option("--phase", metavar="N", help="Tahap (phase).")]
FAMILY = Annotated[str | None, typer.Option("--family", metavar="KK", help="Keluarga yang dimaksud (about whom).")]
AMOUNT = Annotated[str | None, typer.Option("--amount", metavar="RP", help="Rupiah yang dipersoalkan atau dipulihkan.")]
INSPECT = Annotated[str, typer.Option("--role", help="Peran: auditor, district, province, head (role).")]
CLOSER = Annotated[str, typer.Option("--role", help="Peran: auditor, head, province (role).")]
PROGRAM = Annotated[str | None, typer.Option("--program", metavar="ID", help="Hanya program ini (this program only).")]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Hanya dari sini (from here only).")]
ON = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Per tanggal ini; bawaan: hari ini (as of).")]

app = typer.Typer(no_args_is_help=True, help="Temuan pemeriksaan (findings).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Temuan pemeriksa, tindak lanjut dan tenggatnya (findings of inspectors)."""


@app.command("add")
def add(
    context: typer.Context,
    decree: DECREE,
    inspector: INSPECTOR,
    day: DAY,
    text: TEXT,
    recommendation: RECOMMENDED,
    answerable: ANSWERABLE,
    deadline: DEADLINE,
    document: DOCUMENT,
    phase: PHASE = None,
    family: FAMILY = None,
    amount: AMOUNT = None,
    paper: PAPER = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: INSPECT = "auditor",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Catat sebuah temuan (record a finding)."""
    from ejps_core.app import inspecting

    speech = speech_of(context, lang)
    found, until = as_date(day, "--date"), as_date(deadline, "--deadline")
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if isinstance(until, Diagnostic):
        raise refused(speech, until)
    value = _rupiah(speech, amount)
    asked = inspecting.Asked(
        decree, inspector, found, text, recommendation, answerable, until, document, phase, family, value, paper
    )  # fmt: skip
    done = inspecting.add(options_of(store, keys, files), actor_of(speech, who, role, why, account=account), asked)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    speech.say(Words(f"Temuan {done}: {answerable}, tenggat {until}.", f"Finding {done}: {answerable}, by {until}."))


@app.command("follow-up")
def follow_up(
    context: typer.Context,
    number: NUMBER,
    day: DAY,
    text: TEXT,
    document: DOCUMENT = "",
    amount: AMOUNT = None,
    deadline: MAYBE_DEADLINE = None,
    paper: PAPER = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: INSPECT = "district",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Catat tindak lanjut; dengan --deadline: tenggatnya diperpanjang (follow up, or extend)."""
    speech = speech_of(context, lang)
    act = FindingAct.FOLLOW_UP if deadline is None else FindingAct.EXTEND
    said = (text, document, amount, deadline)
    _do(speech, number, act, (day, *said), paper, (store, keys, files), (who, role, why, account))


@app.command("close")
def close(
    context: typer.Context,
    number: NUMBER,
    day: DAY,
    text: TEXT,
    document: DOCUMENT = "",
    reopen: Annotated[bool, typer.Option("--reopen", help="Buka lagi (open it again).")] = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: CLOSER = "auditor",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Nyatakan selesai: orang lain daripada yang menindaklanjuti (close: another person)."""
    speech = speech_of(context, lang)
    act = FindingAct.REOPEN if reopen else FindingAct.CLOSE
    _do(speech, number, act, (day, text, document, None, None), None, (store, keys, files), (who, role, why, account))


def _do(
    speech: Speech,
    number: int,
    act: FindingAct,
    said: tuple[str, str, str, str | None, str | None],
    paper: Path | None,
    where: tuple[str | None, Path | None, Path | None],
    actor: tuple[str | None, str, str, str | None],
) -> None:
    """What is done about a finding. said: day, text, document, amount, deadline; actor: who, role, why, account."""
    from ejps_core.aid.inspections import STATES, FindingState
    from ejps_core.app import inspecting

    day, text, document, amount, deadline = said
    on = as_date(day, "--date")
    until = None if deadline is None else as_date(deadline, "--deadline")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    if isinstance(until, Diagnostic):
        raise refused(speech, until)
    doing = inspecting.Doing(act, on, text, document, _rupiah(speech, amount), until)
    who, role, why, account = actor
    done = inspecting.do(options_of(*where), actor_of(speech, who, role, why, account=account), number, doing, paper)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    state = STATES[FindingState(done)]
    speech.say(Words(f"Temuan {number}: {state.id}.", f"Finding {number}: {state.en}."))


@app.command("list")
def listed(
    context: typer.Context,
    program: PROGRAM = None,
    district: DISTRICT = None,
    on: ON = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Temuan, tindak lanjut dan tenggatnya (findings and their follow-up)."""
    from ejps_core.aid.inspections import ACTS, STATES, FindingState
    from ejps_core.app import inspecting

    speech = speech_of(context, lang)
    day = as_date(on, "--on") if on else datetime.now(WITA).date()
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    found = inspecting.listed(options_of(store, keys), day, program, district)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in found:
            state = STATES[FindingState(each["state"])].say(speech.language)
            late = Words("  LEWAT TENGGAT", "  OVERDUE").say(speech.language) if each["overdue"] else ""
            amount = "" if each["amount"] is None else "  " + money(each["amount"], 0, "IDR").say(speech.language)
            speech.say(
                f"{each['finding']:>4}  {each['inspector']}  {each['district']}  {state}  {each['answerable']}  "
                f"{each['deadline']}{late}{amount}  {each['words']}"
            )
            for step in each["steps"]:
                act = ACTS[FindingAct(step["act"])].say(speech.language)
                speech.say(f"      {step['day']}  {act}  {step['by']}: {step['words']}")
    raise typer.Exit(DOUBTS if any(each["overdue"] for each in found) else 0)


def _rupiah(speech: Speech, text: str | None) -> int | None:
    from ejps_core.app.changes_asked import rupiah

    value = None if text is None else rupiah(text)
    if text is not None and value is None:
        words = Words(f"“{text}” bukan rupiah bulat.", f"“{text}” is no whole rupiah.")
        raise refused(speech, Diagnostic("amount-unreadable", Severity.ERROR, None, words))
    return value

"""`ejps decree …`: a run becomes a decree. 0: done; 2: refused; 3: done, and something is to be looked at."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli import amend, annex
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, STORE, WHO, WHY, actor_of, options_of, refused, rows_to_tell
from ejps_core.model.calendar import WITA
from ejps_core.model.decreed import DecreeAct
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.wording import money
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.approving import Acted

DOUBTS = 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor keputusan, dari ejps decree list (number of the decree).")]
RUN = Annotated[int, typer.Argument(metavar="RUN", help="Nomor run, dari ejps runs (number of the run).")]
PROGRAM = Annotated[str | None, typer.Option("--program", metavar="ID", help="Program run itu (program of the run).")]
PHASES = Annotated[
    list[int] | None, typer.Option("--phase", metavar="N", help="Tahap, boleh diulang; bawaan: tahap run (phases).")
]
TITLE = Annotated[str, typer.Option("--title", metavar="TEXT", help="Tentang apa keputusannya (what it is about).")]
PROVISIONAL = Annotated[
    bool, typer.Option("--provisional", help="Sertakan kursi yang masih sementara (seats still provisional too).")
]
REASON = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Alasannya (the reason).")]
OFFICE = Annotated[
    str, typer.Option("--office", metavar="TEXT", help="Jabatan yang menyetujui atau menandatangani (office held).")
]
ACCOUNT = Annotated[
    str | None, typer.Option("--account", metavar="NAME", help="Akun; bawaan: EJPS_ACCOUNT atau pengguna mesin ini.")
]
DISTRICT = Annotated[str | None, typer.Option("--district", metavar="CODE", help="Hanya dari sini (from here only).")]
OFFICER = Annotated[str, typer.Option("--role", help="Peran: district, province, head (role).")]
CHECKER = Annotated[str, typer.Option("--role", help="Peran: district atau verifier (role).")]
HEAD = Annotated[str, typer.Option("--role", help="Peran: head (role).")]

app = typer.Typer(no_args_is_help=True, help="Keputusan penerima (decrees).", rich_markup_mode=None)
app.command("amend")(amend.command)
app.command("annex")(annex.command)
app.command("compare")(annex.compare)


@app.callback()
def start() -> None:
    """Keputusan (SK) penerima bantuan: konsep, periksa, setujui, tetapkan, ubah (decrees)."""


@app.command("draft")
def draft(
    context: typer.Context,
    run: RUN,
    title: TITLE,
    program: PROGRAM = None,
    phase: PHASES = None,
    provisional: PROVISIONAL = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: OFFICER = "district",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Susun konsep keputusan dari sebuah run (draft a decree from a run)."""
    from ejps_core.app.drafting import Drafting, draft_decree

    speech = speech_of(context, lang, quiet=quiet)
    actor = actor_of(speech, who, role, why, account=account)
    asked = Drafting(run, title, program, tuple(phase or ()), provisional)
    done = draft_decree(options_of(store, keys), actor, asked)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    amount, phases = money(done.amount, 0, "IDR"), ", ".join(map(str, done.phases))
    speech.say(
        Words(
            f"Konsep keputusan {done.number}, tahap {phases}: {done.recipients} calon penerima, {done.reserve} cadangan, "
            f"{done.nik_to_follow} NIK menyusul; {amount.id} per tahap.",
            f"Draft decree {done.number}, phase {phases}: {done.recipients} recipients, {done.reserve} in reserve, "
            f"{done.nik_to_follow} with NIK to follow; {amount.en} a phase.",
        )
    )
    for why_left, count in done.left_out.items():
        speech.hint(_left_out(why_left, count))
    for other, count in done.on_another.items():
        speech.hint(
            Words(f"! {count} keluarga juga ada di keputusan {other}.", f"! {count} families stand on decree {other} too.")
        )
    for each in done.overtaken:
        speech.hint(Words("! " + each.words.id, "! " + each.words.en))
    _tell_paused(speech, done.on_hold)
    raise typer.Exit(DOUBTS if done.doubtful else 0)


def _tell_paused(speech: Speech, pids: tuple[str, ...]) -> None:
    """Who asked for a pause of the processing, and what follows from it."""
    from ejps_core.app.holds import paused_remark

    if pids:
        speech.findings((paused_remark(pids),), {})


def _left_out(why: str, count: int) -> Words:
    match why:
        case "provisional":
            return Words(
                f"! {count} kursi masih sementara dan tidak disertakan (--provisional menyertakannya).",
                f"! {count} seats are provisional and left out (--provisional takes them in).",
            )
        case "amount-open":
            return Words(f"! {count} tidak disertakan: nilainya belum pasti.", f"! {count} left out: their amount is open.")
    return Words(f"! {count} memenuhi syarat tanpa kursi.", f"! {count} eligible without a seat.")


@app.command("list")
def listed(
    context: typer.Context,
    program: PROGRAM = None,
    district: DISTRICT = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Keputusan dan perubahannya yang tercatat (decrees and amendments on record)."""
    from ejps_core.aid.decree import STATES
    from ejps_core.app import decrees_told
    from ejps_core.model.decreed import DecreeState

    speech = speech_of(context, lang)
    for each in rows_to_tell(speech, decrees_told.listed(options_of(store, keys), program, district), form):
        state = STATES[DecreeState(each["state"])].say(speech.language)
        amends = f" ← {each['amends']}" if each["amends"] else ""
        phases = ",".join(map(str, each["phases"]))
        speech.say(
            f"{each['decree']:>5}{amends}  {each['program']}  {each['district']}  {phases}  {each['recipients']}  "
            f"{state}  {each['number'] or '-'}  {each['title']}"
        )


@app.command("show")
def show(
    context: typer.Context,
    number: NUMBER,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Per tanggal ini; bawaan: hari ini.")] = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Satu keputusan: langkah, tahap, perubahan (one decree: steps, phases, amendments)."""
    from ejps_core.app import decrees_told
    from ejps_core.cli.decree_words import decree_lines

    speech = speech_of(context, lang)
    day = as_date(on, "--on") if on else datetime.now(WITA).date()
    found = day if isinstance(day, Diagnostic) else decrees_told.shown(options_of(store, keys), number, day)
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    if form is Shape.JSON:
        speech.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in decree_lines(found):
            speech.say(line)
    raise typer.Exit(DOUBTS if found["overtaken"] else 0)


def _acts(
    context: typer.Context,
    number: int,
    act: DecreeAct,
    actor: tuple[str | None, str, str, str | None],
    where: tuple[str | None, Path | None],
    said: tuple[str, str],
    lang: LANG,
) -> None:
    """An act on a decree: what the four commands below share. actor: who, role, why, account; said: reason, office."""
    from ejps_core.app.approving import act_on

    speech = speech_of(context, lang)
    who, role, why, account = actor
    done = act_on(options_of(*where), actor_of(speech, who, role, why, account=account), number, act, *said)
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    raise typer.Exit(_tell(speech, done))


def _tell(speech: Speech, done: Acted) -> int:
    """Says what became of a decree; the exit code."""
    from ejps_core.aid.decree import STATES
    from ejps_core.aid.signing import CAPACITIES

    state, last, issue = STATES[done.found.state], done.found.steps[-1], done.found.issue
    number, capacity = done.found.number, CAPACITIES[done.capacity]
    who = last.who if issue is None else issue.signatory
    office = f", {capacity.id} {last.office}".replace("  ", " ") if last.office else ""
    office_en = f", {capacity.en} {last.office}".replace("  ", " ") if last.office else ""
    noted = Words("", "") if issue is None else Words(f" (dicatat oleh {last.who})", f" (recorded by {last.who})")
    speech.say(
        Words(
            f"Keputusan {number}: {state.id} oleh {who}{office}{noted.id}.",
            f"Decree {number}: {state.en} by {who}{office_en}{noted.en}.",
        )
    )
    for each in done.overtaken:
        speech.hint(Words("! " + each.words.id, "! " + each.words.en))
    for caution in done.cautions:
        speech.hint(Words(f"! {caution.pid}: {caution.words.id}", f"! {caution.pid}: {caution.words.en}"))
    _tell_paused(speech, done.on_hold)
    return DOUBTS if done.overtaken or done.cautions or done.on_hold else 0


@app.command("check")
def check(
    context: typer.Context,
    number: NUMBER,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: CHECKER = "district",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Konsep sudah diperiksa kabupaten/kota (the district has checked the draft)."""
    _acts(context, number, DecreeAct.CHECK, (who, role, why, account), (store, keys), (why, ""), lang)


@app.command("approve")
def approve(
    context: typer.Context,
    number: NUMBER,
    office: OFFICE,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: HEAD = "head",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Setujui: orang lain daripada penyusun dan pemeriksa (approve: another person)."""
    _acts(context, number, DecreeAct.APPROVE, (who, role, why, account), (store, keys), (why, office), lang)


@app.command("return")
def give_back(
    context: typer.Context,
    number: NUMBER,
    reason: REASON = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: OFFICER = "district",
    lang: LANG = None,
) -> None:
    """Kembalikan untuk diperbaiki, dengan alasan (return for repair)."""
    _acts(context, number, DecreeAct.RETURN, (who, role, reason, account), (store, keys), (reason, ""), lang)


@app.command("withdraw")
def withdraw(
    context: typer.Context,
    number: NUMBER,
    reason: REASON = "",
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: OFFICER = "district",
    lang: LANG = None,
) -> None:
    """Batalkan konsep sebelum ditetapkan, dengan alasan (withdraw a draft)."""
    _acts(context, number, DecreeAct.WITHDRAW, (who, role, reason, account), (store, keys), (reason, ""), lang)


@app.command("issue")
def issue(
    context: typer.Context,
    number: NUMBER,
    decree: Annotated[str, typer.Option("--number", metavar="TEXT", help="Nomor SK (number of the decree).")],
    day: Annotated[str, typer.Option("--date", metavar="DATE", help="Tanggal SK (its day).")],
    signatory: Annotated[str, typer.Option("--signatory", metavar="NAME", help="Yang menandatangani (signatory).")],
    office: OFFICE,
    scan: Annotated[Path | None, typer.Option("--scan", metavar="FILE", help="Pindaian SK (scan), disegel.")] = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    account: ACCOUNT = None,
    role: OFFICER = "district",
    why: WHY = "",
    lang: LANG = None,
) -> None:
    """Tetapkan: nomor, tanggal, penanda tangan, sidik lampiran (issue: number, day, signatory, annex hash)."""
    from ejps_core.app.approving import Signature, sign

    speech = speech_of(context, lang)
    on = as_date(day, "--date")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    actor = actor_of(speech, who, role, why, account=account)
    done = sign(options_of(store, keys, files), actor, number, Signature(decree, on, signatory, office, scan))
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    code = _tell(speech, done)
    assert done.found.issue is not None
    digest = done.found.issue.annex_hash
    speech.say(Words(f"Nomor {decree}; sidik lampiran {digest}", f"Number {decree}; annex hash {digest}"))
    raise typer.Exit(code)

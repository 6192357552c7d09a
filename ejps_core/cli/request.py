"""`ejps request`: what people ask for under UU 27/2022, each with its clock of 3 × 24 hours. list: 3 when one is late."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ejps_core.cli.moments import moment_or_end, moment_or_now
from ejps_core.cli.moments import shown as shown_moment
from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, STORE, WHO, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.duties import GROUNDS, OUTCOMES, REQUESTS, TERM, RequestKind, RequestOutcome
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.cli.speech import Speech

LATE = 3
NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor permintaan, dari ejps request list (number).")]
ROLE = Annotated[str, typer.Option("--role", help="Peran; bawaan: protection (role).")]
AT = Annotated[
    str | None, typer.Option("--at", metavar="MOMENT", help='Kapan, WITA, mis. "2026-03-02 10:00"; bawaan: sekarang.')
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Nomor surat (number of the letter).")]
WHY = Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan (why), masuk catatan.")]
app = typer.Typer(no_args_is_help=True, help="Permintaan subjek data (requests of people).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Permintaan subjek data: akses, perbaikan, penundaan, penghapusan, jam 3 × 24 (requests)."""


@app.command("open")
def open_one(
    context: typer.Context,
    kind: Annotated[RequestKind, typer.Argument(metavar="KIND", help="access, correction, hold atau erasure.")],
    nik: Annotated[str, typer.Argument(metavar="NIK", help="NIK; “-”: dari masukan, tak tercatat di riwayat (from stdin).")],
    received: Annotated[str, typer.Option("--received", metavar="MOMENT", help="Kapan diterima, WITA: jam mulai berjalan.")],
    words: Annotated[str, typer.Option("--words", metavar="TEXT", help="Apa yang diminta, tanpa nomor (what is asked).")],
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Catat permintaan seseorang; NIK-nya tidak disimpan (record a request; the NIK is not kept)."""
    from ejps_core.app.requests import opened

    speech = speech_of(context, lang)
    since = moment_or_end(speech, received, "--received")
    number = (sys.stdin.readline() if nik == "-" else nik).strip()
    why = f"permintaan subjek data: {REQUESTS[kind].id}"
    made = opened(options_of(store, keys), actor_of(speech, who, role, why), kind, number, words, since, document)
    if isinstance(made, Diagnostic):
        raise refused(speech, made)
    due, ground = shown_moment(since + TERM), GROUNDS[kind]
    speech.say(
        Words(
            f"Permintaan {made[0]} ({REQUESTS[kind].id}): dijawab paling lambat {due} ({ground.id}).\n"
            f"Orang ini ada di {made[1]} versi daftar.",
            f"Request {made[0]} ({REQUESTS[kind].en}): to be answered by {due} ({ground.en}).\n"
            f"The person stands on {made[1]} list versions.",
        )
    )


@app.command("add")
def add(
    context: typer.Context,
    number: NUMBER,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="Apa yang dikerjakan (what was done).")],
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Tambahkan catatan pada permintaan (add a note)."""
    from ejps_core.app.requests import noted

    speech = speech_of(context, lang)
    problem = noted(options_of(store, keys), actor_of(speech, who, role, words), number, words, document)
    _end(speech, problem, Words("Tercatat.", "Recorded."))


@app.command("answer")
def answer(
    context: typer.Context,
    number: NUMBER,
    outcome: Annotated[RequestOutcome, typer.Option("--outcome", help="granted, partly atau refused.")],
    why: WHY,
    at: AT = None,
    document: DOCUMENT = None,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Catat jawabannya: hasil, alasan, oleh siapa (record the answer)."""
    from ejps_core.app.requests import answered

    speech = speech_of(context, lang)
    when = None if at is None else moment_or_end(speech, at, "--at")
    actor = actor_of(speech, who, role, why)
    problem = answered(options_of(store, keys), actor, number, outcome, why, when, document)
    _end(speech, problem, Words(f"Dijawab: {OUTCOMES[outcome].id}.", f"Answered: {OUTCOMES[outcome].en}."))


@app.command("release")
def release(
    context: typer.Context,
    number: NUMBER,
    why: WHY,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "protection",
    lang: LANG = None,
) -> None:
    """Akhiri suatu penundaan (end a hold)."""
    from ejps_core.app.requests import released

    speech = speech_of(context, lang)
    problem = released(options_of(store, keys), actor_of(speech, who, role, why), number, why)
    _end(speech, problem, Words("Penundaan berakhir.", "The hold is over."))


@app.command("list")
def show(
    context: typer.Context,
    at: AT = None,
    only_open: Annotated[bool, typer.Option("--open", help="Hanya yang belum dijawab (only the open ones).")] = False,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Semua permintaan dengan jamnya; berakhir 3 bila ada yang terlambat (exit 3 when one is late)."""
    from ejps_core.app.requests import listed

    speech = speech_of(context, lang)
    found = listed(options_of(store, keys), moment_or_now(speech, at, "--at"))
    if isinstance(found, Diagnostic):
        raise refused(speech, found)
    wanted = [each for each in found if each["outcome"] is None] if only_open else list(found)
    if form is Shape.JSON:
        speech.say(json.dumps(wanted, ensure_ascii=False, indent=2))
    else:
        for each in wanted:
            kind = REQUESTS[RequestKind(each["kind"])]
            state = state_words(each)
            speech.say(
                Words(
                    f"{each['request']}  {kind.id}  {each['words']}\n    {state.id}",
                    f"{each['request']}  {kind.en}  {each['words']}\n    {state.en}",
                )
            )
    raise typer.Exit(LATE if any(each["overdue"] for each in found) else 0)


def state_words(each: Mapping[str, Any]) -> Words:
    """How the clock of a request stands, loud when it is over."""
    due = shown_moment(datetime.fromisoformat(each["due_at"]))
    if each["outcome"] is not None:
        outcome, when = OUTCOMES[RequestOutcome(each["outcome"])], shown_moment(datetime.fromisoformat(each["answered_at"]))
        late = Words(" – TERLAMBAT", " – LATE") if each["late"] else Words("", "")
        held = Words("; pemrosesan ditunda", "; processing is on hold") if each["on_hold"] else Words("", "")
        return Words(
            f"{outcome.id} {when} oleh {each['answered_by']}{late.id}{held.id}",
            f"{outcome.en} {when} by {each['answered_by']}{late.en}{held.en}",
        )
    if each["overdue"]:
        return Words(
            f"!!! TERLAMBAT {each['hours']} jam (batas {due}): belum dijawab",
            f"!!! LATE by {each['hours']} hours (due {due}): not answered",
        )
    return Words(f"tinggal {each['hours']} jam (batas {due})", f"{each['hours']} hours left (due {due})")


def _end(speech: Speech, problem: Diagnostic | None, words: Words) -> None:
    if problem is not None:
        raise refused(speech, problem)
    speech.say(words)

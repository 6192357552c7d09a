"""`ejps register ask` and `ejps register serve`: an online registry asked about a list; one to try it with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Language, Words

PARTLY = 3
NAME = Annotated[str, typer.Argument(metavar="NAME", help="Register yang ditanyakan, mis. dukcapil (register).")]
LIST = Annotated[int, typer.Option("--list", metavar="ID", help="Nomor daftar (number of the list).")]
CONNECTOR = Annotated[
    str, typer.Option("--connector", metavar="NAME", help="Cara bertanya, dari ejps plugins list (connector).")
]
SETTINGS = Annotated[
    Path, typer.Option("--settings", metavar="FILE.toml", help="Alamat, batas waktu, kredensial (settings of the registry).")
]
AGAIN = Annotated[bool, typer.Option("--again", help="Tanyakan semua dari awal (ask about all anew).")]
FILE = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas register (its file).", readable=False)]
PORT = Annotated[int, typer.Option("--port", min=0, max=65535, help="Porta di 127.0.0.1; 0: yang bebas (0: any free).")]
TOKEN = Annotated[
    str | None,
    typer.Option(
        "--token-env", metavar="NAME", help="Variabel berisi kredensial yang diminta (variable of the credential)."
    ),
]
REASONS = {
    "time-out": Words("tidak menjawab pada waktunya", "no answer in time"),
    "broken-line": Words("sambungan terputus", "the line broke"),
    "server-error": Words("gangguan di server", "the server has a fault"),
    "busy": Words("server sibuk", "the server is busy"),
    "refused": Words("kredensial ditolak", "the credential was refused"),
    "redirected": Words("dialihkan ke alamat lain", "redirected elsewhere"),
    "question-refused": Words("pertanyaannya ditolak", "the question was refused"),
    "malformed": Words("jawaban tidak dapat dibaca", "the answer can't be read"),
    "other-number": Words("jawaban memuat NIK lain", "the answer bears another NIK"),
    "answers-differ": Words("dijawab dua kali, berbeda", "answered twice, differently"),
    "not-compared": Words("nama atau tanggal lahir tidak dibandingkan", "name or birth date were not compared"),
    "left-out": Words("tidak disebut dalam jawaban", "left out of the answer"),
    "not-asked": Words("tidak ditanyakan lagi: server tidak menjawab", "asked no more: the server does not answer"),
    "plugin-failed": Words("konektornya gagal", "the connector failed"),
}


def ask(
    context: typer.Context,
    name: NAME,
    number: LIST,
    settings: SETTINGS,
    connector: CONNECTOR = "http-json",
    again: AGAIN = False,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    who: WHO = None,
    role: ROLE = "province",
    why: WHY = "",
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Tanyakan warga sebuah daftar ke register daring; hanya jawabannya dicatat (ask an online registry about a list)."""
    from ejps_core.app.asking import Ask, ask_registry
    from ejps_core.app.library import installed

    speech = speech_of(context, lang)
    actor = actor_of(speech, who, role, why or f"menanyakan daftar {number} ke {name}")
    asked = Ask(name, number, connector, settings, again)
    done = ask_registry(options_of(store, keys, files), actor, asked, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    if form is Shape.JSON:
        speech.say(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        speech.say(
            Words(
                f"Pertanyaan {done.asking}: {done.people} orang, {done.asked} ditanyakan, {done.before} sudah terjawab, "
                f"{done.not_askable} tanpa NIK atau nama.",
                f"Asking {done.asking}: {done.people} people, {done.asked} asked about, {done.before} answered before, "
                f"{done.not_askable} without NIK or name.",
            )
        )
        for outcome, count in done.counts.items():
            speech.say(f"  {count:>7}  {outcome}")
        if done.register is not None:
            speech.say(
                Words(
                    f"Register {done.register}, pemadanan {done.matching}.",
                    f"Register {done.register}, matching {done.matching}.",
                )
            )
    if done.unanswered:
        _without(speech, done.unanswered, done.reasons)
        raise typer.Exit(PARTLY)


def _without(speech: Speech, unanswered: int, reasons: Mapping[str, int]) -> None:
    """Who got no answer, and why."""
    told = [(REASONS.get(code, Words(code, code)), count) for code, count in reasons.items()]
    own, english = (
        ", ".join(f"{words.say(lang)} ({count})" for words, count in told) for lang in (Language.ID, Language.EN)
    )
    speech.error(
        Words(
            f"{unanswered} orang belum terjawab: {own}. Mereka tetap belum diketahui; ulangi untuk melanjutkan.",
            f"{unanswered} people have no answer: {english}. They stay unknown; do it again to continue.",
        )
    )


def serve(
    context: typer.Context, name: NAME, path: FILE, port: PORT = 8075, token_env: TOKEN = None, lang: LANG = None
) -> None:
    """Layani berkas register di 127.0.0.1, untuk mencoba ejps register ask (a registry to try with)."""
    from ejps_core.app.library import installed
    from ejps_core.app.serving import reference_server

    speech = speech_of(context, lang)
    made = reference_server(name, path, port, token_env, installed())
    if isinstance(made, Diagnostic):
        raise refused(speech, made)
    with made.server as server:
        speech.say(f"http://127.0.0.1:{server.server_address[1]}{made.path}")
        server.serve_forever()

"""`ejps subject NIK`: all that is held on one person, and who looked (UU 27/2022, Art. 32)."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from ejps_core.cli.audit import line
from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

TITLES = {
    "lists": Words("Daftar", "Lists"),
    "identities": Words("Identitas", "Identity"),
    "rows": Words("Baris", "Rows"),
    "facts": Words("Data yang dibaca aturan", "Facts that rules read"),
    "matches": Words("Pemadanan", "Matching"),
    "reviews": Words("Keputusan atas yang meragukan", "Decisions about the doubtful"),
    "determinations": Words("Penetapan resmi", "Official determinations"),
    "decisions": Words("Putusan", "Decisions"),
    "destroyed": Words("Sudah dimusnahkan", "Destroyed"),
}


def command(
    context: typer.Context,
    nik: Annotated[str, typer.Argument(metavar="NIK", help="NIK; “-”: dari masukan, tak tercatat di riwayat (from stdin).")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan, mis. permintaan subjek data (why).")],
    role: ROLE = "protection",
    who: WHO = None,
    store: STORE = None,
    keys: KEYS = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Semua yang disimpan tentang seseorang, dan siapa yang melihat (subject access)."""
    from ejps_core.app.audit import subject

    speech = speech_of(context, lang)
    number = (sys.stdin.readline() if nik == "-" else nik).strip()
    held = subject(options_of(store, keys), actor_of(speech, who, role, why), number)
    if isinstance(held, Diagnostic):
        raise refused(speech, held)
    if form is Shape.JSON:
        speech.say(json.dumps(held, ensure_ascii=False, indent=2))
        return
    for name, title in TITLES.items():
        if held[name]:
            speech.say(Words(f"{title.id}:", f"{title.en}:"))
            for each in held[name]:
                speech.say(f"  {each}" if isinstance(each, str) else "  " + json.dumps(each, ensure_ascii=False))
    if not held["lists"]:
        speech.say(Words("Tidak ada apa pun tentang NIK ini.", "Nothing is held on this NIK."))
    speech.say(Words("Siapa yang melihat atau mengubah:", "Who looked or changed:"))
    for each in held["looked"]:
        speech.say(f"  {line(each)}")

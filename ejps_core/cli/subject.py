"""`ejps subject NIK`: all that is held on one person, and who looked (UU 27/2022, Art. 32)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.cli.store import FILES, KEYS, ROLE, STORE, WHO, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

LETTER = Annotated[
    Path | None, typer.Option("--letter", metavar="FILE.txt", help="Tulis juga sebagai surat kepadanya (as a letter).")
]
OFFICE = Annotated[
    Path | None, typer.Option("--office", metavar="FILE.toml", help="Kop dan penanda tangan surat (letterhead).")
]


def command(
    context: typer.Context,
    nik: Annotated[str, typer.Argument(metavar="NIK", help="NIK; “-”: dari masukan, tak tercatat di riwayat (from stdin).")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Alasan, mis. permintaan subjek data (why).")],
    role: ROLE = "protection",
    who: WHO = None,
    letter: LETTER = None,
    office: OFFICE = None,
    store: STORE = None,
    keys: KEYS = None,
    files: FILES = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
) -> None:
    """Semua yang disimpan tentang seseorang, dan siapa yang melihat (subject access)."""
    from ejps_core.app.subject_access import Letter, subject
    from ejps_core.reports.subject_letter import corrections, sections

    speech = speech_of(context, lang)
    number = (sys.stdin.readline() if nik == "-" else nik).strip()
    wanted = None if letter is None else Letter(letter, office)
    held = subject(options_of(store, keys, files), actor_of(speech, who, role, why), number, speech.language, wanted)
    if isinstance(held, Diagnostic):
        raise refused(speech, held)
    if form is Shape.JSON:
        speech.say(json.dumps(held, ensure_ascii=False, indent=2))
        return
    if not held["lists"] and not held["registers"]:
        speech.say(Words("Tidak ada apa pun tentang NIK ini.", "Nothing is held on this NIK."))
    for title, lines in sections(held, speech.language):
        speech.say(f"{title}:")
        for each in lines:
            speech.say(f"  {each}")
    if held["lists"] or held["registers"]:
        speech.say(Words("Perbaikan dan keberatan:", "Correction and objection:"))
        for words in corrections(held):
            speech.say(f"  {words.say(speech.language)}")
    if letter is not None:
        speech.hint(Words(f"Suratnya: {letter}", f"The letter: {letter}"))

"""`ejps determine ID`: official determinations (SPTJM) on record. 0: recorded; 3: some rows were set apart."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.options import AS_OF, as_date
from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.cli.store import KEYS, ROLE, STORE, WHO, WHY, actor_of, options_of, refused
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.recording_determinations import Statement

NUMBER = Annotated[int, typer.Argument(metavar="ID", help="Nomor daftar (number of the list).")]
PROGRAM = Annotated[str, typer.Option("--program", metavar="ID", help="Program yang datanya ditetapkan (whose facts).")]
FILE = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="Berkas ketetapan, satu baris satu ketetapan (a row each).", readable=False),
]
KK = Annotated[str | None, typer.Option("--kk", help="Nomor KK; - membacanya dari masukan (family card, - reads it).")]
NIK = Annotated[str | None, typer.Option("--nik", help="NIK anggota, untuk data anggota (of a member).")]
FACT = Annotated[str | None, typer.Option("--fact", metavar="NAME", help="Data, atau aturan:ID (fact, or rule:ID).")]
VALUE = Annotated[str | None, typer.Option("--value", metavar="TEXT", help="Nilainya (its value).")]
BY = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Pejabat yang menetapkan; bawaan: --who (who determines).")
]
DOCUMENT = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="Dokumennya, mis. SPTJM no. 1 (document).")]
DATED = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="Tanggal dokumen; bawaan: --as-of (of the document).")
]
WITHDRAW = Annotated[bool, typer.Option("--withdraw", help="Cabut ketetapan ini (take it back).")]
_WHAT = Diagnostic(
    "determination-incomplete",
    Severity.ERROR,
    None,
    Words("Ketetapan apa, tentang siapa?", "Which determination, about whom?"),
    Words(
        "Sebut --file, atau --kk, --fact, --value, --who, --why dan --document.",
        "Give --file, or --kk, --fact, --value, --who, --why and --document.",
    ),
)


def command(
    context: typer.Context,
    number: NUMBER,
    program: PROGRAM,
    as_of: AS_OF,
    file: FILE = None,
    kk: KK = None,
    nik: NIK = None,
    fact: FACT = None,
    value: VALUE = None,
    by: BY = None,
    document: DOCUMENT = None,
    dated: DATED = None,
    withdraw: WITHDRAW = False,
    store: STORE = None,
    keys: KEYS = None,
    who: WHO = None,
    role: ROLE = "verifier",
    why: WHY = "",
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Catat ketetapan petugas tentang data yang belum diketahui (record an official determination)."""
    from ejps_core.app.library import installed
    from ejps_core.app.recording_determinations import Determining, determine_on_record

    speech = speech_of(context, lang, quiet=quiet)
    on = as_date(as_of, "--as-of")
    if isinstance(on, Diagnostic):
        raise refused(speech, on)
    said = file or _stated(speech, (kk, nik), (fact, value, by or who, why, document), dated or as_of)
    actor = actor_of(speech, who, role, why)
    asked = Determining(number, program, on, said, withdraw)
    done = determine_on_record(options_of(store, keys), actor, asked, installed())
    if isinstance(done, Diagnostic):
        raise refused(speech, done)
    count = len(done.numbers)
    speech.say(Words(f"{count} ketetapan tercatat.", f"Determinations on record: {count}."))
    speech.findings(done.findings, {})
    raise typer.Exit(3 if done.partly else 0)


def _stated(speech: Speech, whom: tuple[str | None, str | None], said: tuple[str | None, ...], dated: str) -> Statement:
    """The one determination that the options say; ends the command if they don't say all of it."""
    from ejps_core.app.recording_determinations import Statement

    kk, nik = (sys.stdin.readline().strip() if each == "-" and sys.stdin is not None else each for each in whom)
    day = as_date(dated, "--date")
    if isinstance(day, Diagnostic):
        raise refused(speech, day)
    fact, value, by, why, document = said
    if not (kk and fact and value and by and why and document):
        raise refused(speech, _WHAT)
    return Statement(kk, nik, fact, value, by, why, document, day)

"""`ejps explain`: why one family came out as it did. Exit codes as `ejps evaluate`."""

from __future__ import annotations

from typing import Annotated

import typer

from ejps_core.cli.options import (
    AS_OF,
    BASE,
    COMPLETE,
    DETERMINATIONS,
    DISTRICT,
    FORMAT,
    KNOWN,
    LIST,
    MEMBERS,
    MEMBERS_SHEET,
    NO_AWARDS,
    PASSWORD,
    REGISTERS,
    RULESETS,
    SHEET,
    Shape,
    as_date,
    known_date,
)
from ejps_core.cli.progress import progress
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.model.diagnostic import Diagnostic

WRONG_USE = 2
PROGRAM = Annotated[
    str, typer.Argument(metavar="PROGRAM", help="Id program atau ketentuan, atau letak berkas .ejps (id or rule file).")
]
IDENTITY = Annotated[
    str,
    typer.Option("--id", metavar="ID", help="Kunci keluarga (atau NIK anggotanya) seperti di daftar (the family)."),
]


def command(
    context: typer.Context,
    program: PROGRAM,
    path: LIST,
    as_of: AS_OF,
    identity: IDENTITY,
    members: MEMBERS = None,
    sheet: SHEET = None,
    members_sheet: MEMBERS_SHEET = None,
    known: KNOWN = None,
    district: DISTRICT = None,
    rulesets: RULESETS = None,
    base: BASE = False,
    password: PASSWORD = None,
    registers: REGISTERS = None,
    complete: COMPLETE = None,
    determinations: DETERMINATIONS = None,
    no_awards: NO_AWARDS = False,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Jelaskan putusan satu keluarga: aturan, nilai, sumber (explain one family's verdict)."""
    from ejps_core.app.evaluate import Request
    from ejps_core.app.explain import explain
    from ejps_core.app.filling import Beside
    from ejps_core.app.library import installed
    from ejps_core.reports.explanation import as_text
    from ejps_core.reports.explanation_data import as_record

    speech = speech_of(context, lang, quiet=quiet)
    on, until = as_date(as_of, "--as-of"), known_date(known)
    if isinstance(on, Diagnostic) or isinstance(until, Diagnostic):
        speech.findings([each for each in (on, until) if isinstance(each, Diagnostic)], {})
        raise typer.Exit(WRONG_USE)
    beside = Beside(tuple(registers or ()), tuple(complete or ()), determinations, no_awards)
    folders = tuple(rulesets) if rulesets else None
    request = Request(
        program, path, on, members, sheet, members_sheet, until, district, folders, base, beside, password=password
    )
    with progress(speech) as tell:
        explained = explain(request, identity, installed(), tell)
    if explained.trace and explained.subject:
        if form is Shape.JSON:
            import json

            record = as_record(explained.trace, explained.subject, speech.language)
            speech.say(json.dumps(record, ensure_ascii=False, indent=2))
        else:
            speech.say(as_text(explained.trace, explained.subject, speech.language))
    speech.broken((broken.name, broken.why) for broken in explained.broken)
    speech.findings(explained.findings, explained.texts, identity)
    raise typer.Exit(int(explained.exit))

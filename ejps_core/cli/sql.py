"""`ejps sql`: the rules as SQL, on standard output.

0: written; 1: wrong rules; 2: wrong usage, unknown id, date out of force; 3: written, but a plugin failed to load.
"""

from __future__ import annotations

from typing import Annotated

import typer

from ejps_core.cli.options import BASE, DISTRICT, KNOWN, RULESETS, as_date, known_date
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.diagnostic import Diagnostic

WRONG_USE = 2
PROGRAMS = Annotated[
    str,
    typer.Argument(metavar="PROGRAM[,PROGRAM…]", help="Program menurut id, atau letak berkas .ejps (ids or rule files)."),
]
DATE = Annotated[
    str, typer.Option("--as-of", "--date", metavar="DATE", help="Tanggal penetapan, YYYY-MM-DD (decision date).")
]


def command(
    context: typer.Context,
    programs: PROGRAMS,
    as_of: DATE,
    known: KNOWN = None,
    district: DISTRICT = None,
    rulesets: RULESETS = None,
    base: BASE = False,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Tulis aturan sebagai SQL yang dapat dibaca dan dijalankan pemeriksa (the rules as SQL)."""
    from ejps_core.app.library import installed
    from ejps_core.app.sql import Asked, sql

    speech = speech_of(context, lang, quiet=quiet)
    on, until = as_date(as_of, "--as-of"), known_date(known)
    wrong = [each for each in (on, until) if isinstance(each, Diagnostic)]
    if wrong or isinstance(on, Diagnostic) or isinstance(until, Diagnostic):
        speech.findings(wrong, {})
        raise typer.Exit(WRONG_USE)
    day = AsOf(day_number(on), day_number(until or on))
    asked = Asked(programs, day, district, tuple(rulesets) if rulesets else None, base)
    written = sql(asked, installed(), speech.language)
    if written.text is not None:
        speech.say(written.text)
    speech.broken((broken.name, broken.why) for broken in written.broken)
    speech.findings(written.findings, written.texts)
    raise typer.Exit(int(written.exit))

"""`ejps lint`: weak spots in rule files. 0: none, 1: some, or a file is wrong, 2: unreadable, 3: a plugin failed."""

from __future__ import annotations

from typing import Annotated

import typer

from ejps_core.cli.check import FILES, as_json
from ejps_core.cli.options import FORMAT, Shape, as_date
from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

WRONG_USE = 2
AS_OF = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Tanggal untuk menilai parameter, YYYY-MM-DD (date for parameters)."),
]


def command(
    context: typer.Context,
    files: FILES,
    as_of: AS_OF = None,
    form: FORMAT = Shape.TEXT,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Cari titik lemah di berkas aturan yang benar (find weak spots in rule files)."""
    from ejps_core.app.library import installed
    from ejps_core.app.lint import lint

    speech = speech_of(context, lang, quiet=quiet)
    on = None if as_of is None else as_date(as_of, "--as-of")
    if isinstance(on, Diagnostic):
        speech.findings([on], {})
        raise typer.Exit(WRONG_USE)
    linted = lint(files, installed(), on)
    speech.broken((broken.name, broken.why) for broken in linted.broken)
    if form is Shape.JSON:
        speech.say(as_json(linted))
        raise typer.Exit(int(linted.exit))
    for file in linted.files:
        speech.all_findings(file.findings, linted.texts)
        found = len(file.findings)
        if file.ruleset is not None and not quiet:
            speech.say(Words(f"{file.path}: {found} temuan", f"{file.path}: findings: {found}"))
    raise typer.Exit(int(linted.exit))

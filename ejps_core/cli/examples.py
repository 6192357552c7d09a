"""`ejps test`: do the examples in rule files come out as they say? 0: all, 1: some don't, 2: unreadable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.check import NO_FILES
from ejps_core.cli.speech import ALL_AS_JSON, LANG, QUIET, speech_of
from ejps_core.model.diagnostic import Severity
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.check import CheckedFile

PATHS = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH…]",
        help="Berkas, folder, atau id program; bawaan: semua plugin (files, folders, ids).",
        readable=False,
    ),
]


def command(context: typer.Context, paths: PATHS = None, lang: LANG = None, quiet: QUIET = False) -> None:
    """Jalankan contoh di dalam berkas aturan (run the examples in rule files)."""
    from ejps_core.app.check import run_examples
    from ejps_core.app.library import installed

    speech = speech_of(context, lang, quiet=quiet)
    checked = run_examples(tuple(paths or ()), installed())
    speech.broken((broken.name, broken.why) for broken in checked.broken)
    problems = [f for file in checked.files for f in file.findings if f.severity is Severity.ERROR]
    speech.findings(problems, checked.texts, rest=ALL_AS_JSON)
    for file in checked.files:
        if file.ruleset is not None and not quiet:
            speech.say(_result(file))
    if not checked.files:
        speech.error(NO_FILES if paths else Words("Tidak ada plugin program.", "There is no program plugin."))
        raise typer.Exit(2)
    raise typer.Exit(int(checked.exit))


def _result(file: CheckedFile) -> Words:
    """How many examples came out as they say."""
    if not file.examples:
        return Words(
            f"{file.path}: tidak ada contoh, jadi tidak ada yang diuji. Tambahkan blok `contoh`.",
            f"{file.path}: no examples, so nothing was tested. Add an `example` block.",
        )
    right = file.examples - sum(finding.code.startswith("example-") for finding in file.findings)
    return Words(
        f"{file.path}: {right} dari {file.examples} contoh sesuai",
        f"{file.path}: {right} of {file.examples} examples come out right",
    )

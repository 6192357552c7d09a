"""`ejps test`: do the examples in rule files come out as they say? 0: all, 1: some don't, 2: unreadable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.speech import LANG, QUIET, speech_of
from ejps_core.model.words import Words

PATHS = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH…]", help="Berkas atau folder; bawaan: semua plugin (files or folders)."),
]


def command(context: typer.Context, paths: PATHS = None, lang: LANG = None, quiet: QUIET = False) -> None:
    """Jalankan contoh di dalam berkas aturan (run the examples in rule files)."""
    from ejps_core.app.check import run_examples
    from ejps_core.app.programs import installed

    speech = speech_of(context, lang, quiet=quiet)
    checked = run_examples(tuple(paths or ()), installed())
    speech.broken((broken.name, broken.why) for broken in checked.broken)
    speech.findings([f for file in checked.files for f in file.findings], checked.texts)
    for file in checked.files:
        failed = sum(finding.code.startswith("example-") for finding in file.findings)
        right = file.examples - failed
        if file.ruleset is not None and not quiet:
            speech.say(
                Words(
                    f"{file.path}: {right} dari {file.examples} contoh sesuai",
                    f"{file.path}: {right} of {file.examples} examples come out right",
                )
            )
    if not checked.files:
        speech.error(Words("Tidak ada berkas aturan yang ditemukan.", "No rule file was found."))
        raise typer.Exit(2)
    raise typer.Exit(int(checked.exit))

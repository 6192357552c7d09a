"""`ejps demo`: the whole way on a made-up list, from the rule file to the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.progress import progress
from ejps_core.cli.speech import LANG, speech_of

OUT = Annotated[Path, typer.Option("--out", help="Folder hasil (folder of the results).")]
FOLDER = Path("build") / "demo"


def command(context: typer.Context, out: OUT = FOLDER, lang: LANG = None) -> None:
    """Peragakan: daftar buatan 2.000 keluarga dinilai dan dijelaskan (a demonstration)."""
    from ejps_core.app.demo import demonstrate

    speech = speech_of(context, lang)
    with progress(speech) as tell:
        shown = demonstrate(out, speech.language, tell)
    speech.broken((broken.name, broken.why) for broken in shown.broken)
    speech.findings(shown.findings, shown.texts)
    for text in shown.texts_to_say:
        speech.say(text)
    raise typer.Exit(int(shown.exit))

"""`ejps processing`: the record of processing (UU 27/2022, Art. 31), with what each installed program asks for."""

from __future__ import annotations

import json

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of

PARTLY = 3


def command(context: typer.Context, form: FORMAT = Shape.TEXT, lang: LANG = None) -> None:
    """Catatan pemrosesan: data siapa, untuk apa, atas dasar apa, berapa lama (record of processing)."""
    from ejps_core.app.library import installed
    from ejps_core.app.processing import as_markdown, as_records

    speech = speech_of(context, lang)
    plugins = installed()
    speech.broken((broken.name, broken.why) for broken in plugins.broken)
    if form is Shape.JSON:
        speech.say(json.dumps(as_records(plugins, speech.language), ensure_ascii=False, indent=2))
    else:
        speech.say(as_markdown(plugins, speech.language))
    raise typer.Exit(PARTLY if plugins.broken else 0)

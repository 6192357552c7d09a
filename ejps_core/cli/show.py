"""`ejps show`: the whole rule set that results, each part with where it comes from. 0: shown, 1: errors, 2: unknown."""

from __future__ import annotations

from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, RULESETS, Shape
from ejps_core.cli.speech import LANG, speech_of

ASKED = Annotated[
    str,
    typer.Argument(metavar="ID_OR_FILE", help="Program atau ketentuan menurut id, atau letak berkas .ejps (id or file)."),
]


def command(
    context: typer.Context, asked: ASKED, rulesets: RULESETS = None, form: FORMAT = Shape.TEXT, lang: LANG = None
) -> None:
    """Tampilkan aturan seutuhnya beserta asal tiap barisnya (show the resulting whole)."""
    from ejps_core.app.library import Library
    from ejps_core.app.show import as_record, as_text, show

    speech = speech_of(context, lang)
    library = Library(folders=tuple(rulesets) if rulesets else None)
    shown = show(asked, library)
    speech.findings(shown.findings, shown.texts)
    if shown.ruleset is not None:
        if form is Shape.JSON:
            import json

            speech.say(json.dumps(as_record(shown), ensure_ascii=False, indent=2))
        else:
            speech.say(as_text(shown))
    raise typer.Exit(int(shown.exit))

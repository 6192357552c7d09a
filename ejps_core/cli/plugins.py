"""`ejps plugins list`: which programs there are, and which plugins failed to load (exit 3)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import LANG, speech_of
from ejps_core.model.words import Words

WRONG_USE, PARTLY = 2, 3
NAME = Annotated[str, typer.Argument(metavar="NAME", help="Nama register (name of the register).")]
FILE = Annotated[Path, typer.Argument(metavar="FILE", help="Berkasnya (its file).")]
app = typer.Typer(no_args_is_help=True, help="Plugin program (program plugins).", rich_markup_mode=None)


@app.callback()
def start() -> None:
    """Plugin program (program plugins)."""


@app.command("list")
def command(context: typer.Context, form: FORMAT = Shape.TEXT, lang: LANG = None) -> None:
    """Daftar program yang terpasang (installed programs)."""
    import json

    from ejps_core.app.library import installed
    from ejps_core.app.plugins import as_records, describe, offered

    speech = speech_of(context, lang)
    programs = installed()
    described = describe(programs)
    if form is Shape.JSON:
        speech.say(json.dumps(as_records(described, programs, speech.language), ensure_ascii=False, indent=2))
    else:
        for each in described:
            state = Words("benar", "right") if each.right else Words("aturannya salah", "its rules are wrong")
            title = each.title.say(speech.language)
            speech.say(f"{each.loaded.what.id}  {title}  [{state.say(speech.language)}]")
            speech.say(f"    {each.loaded.plugin} · {each.loaded.distribution} {each.loaded.version}")
            speech.say(f"    {each.loaded.what.rules}")
        for kind in offered(programs, speech.language):
            speech.say(f"{kind.title.say(speech.language)}: {', '.join(offer.shown for offer in kind.offers)}")
        speech.broken((broken.name, broken.why) for broken in programs.broken)
    if programs.found == 0:
        speech.error(
            Words(
                "Tidak ada plugin program yang terpasang. Di folder proyek: make demo.",
                "No program plugin is installed. In the project's folder: make demo.",
            )
        )
    wrong = programs.broken or any(not each.right for each in described)
    raise typer.Exit(PARTLY if wrong else 0)


@app.command("register")
def register(context: typer.Context, name: NAME, path: FILE, lang: LANG = None) -> None:
    """Buka berkas sebuah register dan sebutkan isinya (open a register's file)."""
    from ejps_core.app.library import installed
    from ejps_core.app.registers import open_register

    speech = speech_of(context, lang)
    plugins = installed()
    speech.broken((broken.name, broken.why) for broken in plugins.broken)
    opened = open_register(name, path, plugins)
    speech.findings(opened.findings, {})
    if opened.listing is None:
        raise typer.Exit(WRONG_USE)
    columns, rows = ", ".join(opened.listing.headers), len(opened.listing)
    speech.say(Words(f"{name}: {rows} baris; kolom {columns}", f"{name}: rows: {rows}; columns {columns}"))
    raise typer.Exit(PARTLY if plugins.broken else 0)

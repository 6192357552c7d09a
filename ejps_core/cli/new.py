"""`ejps new`: the beginning of a program or of a lint, which passes its tests at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ejps_core.cli.speech import LANG, Speech, speech_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.words import Words

WRONG_USE = 2
app = typer.Typer(no_args_is_help=True, help="Buat program atau lint baru (a new program or lint).", rich_markup_mode=None)
NAME = Annotated[str, typer.Argument(metavar="NAME")]
PLUGINS = Annotated[Path, typer.Option("--dir", help="Folder tempat program dibuat (where to).")]
FORCE = Annotated[bool, typer.Option("--force", help="Walaupun id itu sudah dipakai (though the id is taken).")]
LINTS = Annotated[Path, typer.Option("--dir", help="Folder lint inti (folder of the core's lints).")]


@app.command("program")
def program(
    context: typer.Context, name: NAME, folder: PLUGINS = Path("plugins"), force: FORCE = False, lang: LANG = None
) -> None:
    """Program baru: aturan, contoh, tes, README (a new program)."""
    from ejps_core.app.programs import taken
    from ejps_core.authoring.scaffold import new_program

    speech = speech_of(context, lang)
    made = (None if force else taken(name)) or new_program(name, folder, speech.language)
    root = folder / name
    _tell(made, speech)
    speech.say(
        Words(
            f"Berikutnya: ejps test {root}; lalu pasang dengan pip install -e {root}",
            f"Next: ejps test {root}; then install it with pip install -e {root}",
        )
    )


@app.command("lint")
def lint(context: typer.Context, name: NAME, folder: LINTS = Path("ejps_core/authoring/lints"), lang: LANG = None) -> None:
    """Lint baru: aturan, halaman, temuan dan yang mirip (a new lint)."""
    from ejps_core.authoring.scaffold import new_lint

    speech = speech_of(context, lang)
    _tell(new_lint(name, folder), speech)
    speech.say(Words("Berikutnya: pytest tests/authoring/test_lints.py", "Next: pytest tests/authoring/test_lints.py"))


def _tell(made: tuple[Path, ...] | Diagnostic, speech: Speech) -> None:
    """The files that were made; ends the command if none was."""
    if isinstance(made, Diagnostic):
        speech.findings([made], {})
        raise typer.Exit(WRONG_USE)
    for path in made:
        speech.say(str(path))

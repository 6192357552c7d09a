"""`ejps check`: is a rule file right? 0: no errors, 1: errors, 2: a file can't be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.options import FORMAT, Shape
from ejps_core.cli.speech import ALL_AS_JSON, LANG, QUIET, Speech, speech_of
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.app.check import Checked

WRONG_USE = 2
NO_FILES = Words("Tidak ada berkas aturan .ejps di folder itu.", "There is no .ejps rule file in that folder.")
FILES = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help="Berkas .ejps, folder, atau id program (rule files, folders, program ids).",
        readable=False,
    ),
]


def command(
    context: typer.Context, files: FILES, form: FORMAT = Shape.TEXT, lang: LANG = None, quiet: QUIET = False
) -> None:
    """Periksa berkas aturan; semua kesalahan sekaligus (check rule files)."""
    from ejps_core.app.check import check
    from ejps_core.app.library import installed

    speech = speech_of(context, lang, quiet=quiet)
    checked = check(tuple(files), installed())
    if not checked.files:
        speech.error(NO_FILES)
        raise typer.Exit(WRONG_USE)
    if form is Shape.JSON:
        speech.say(as_json(checked))
    else:
        speech.findings([f for file in checked.files for f in file.findings], checked.texts, rest=ALL_AS_JSON)
        if not quiet:
            tell(checked, speech)
    raise typer.Exit(int(checked.exit))


def as_json(checked: Checked) -> str:
    """{"files": [{path, errors, remarks, diagnostics}]} as text, and the plugins that were left out, if any."""
    import json

    from ejps_core.model.masking import discreet
    from ejps_core.model.rendering import as_json as diagnostic_json

    files: list[dict[str, object]] = [
        {
            "path": file.path,
            "errors": file.errors,
            "remarks": len(file.findings) - file.errors,
            "diagnostics": [diagnostic_json(discreet(finding)) for finding in file.findings],
        }
        for file in checked.files
    ]
    record: dict[str, object] = {"files": files}
    if checked.broken:
        record["incomplete"] = [broken.name for broken in checked.broken]
    return json.dumps(record, ensure_ascii=False, indent=2)


def tell(checked: Checked, speech: Speech) -> None:
    """A line a file: whether it is right."""
    for file in checked.files:
        remarks = len(file.findings) - file.errors
        if file.errors:
            words = Words(
                f"{file.path}: {file.errors} kesalahan, {remarks} catatan",
                f"{file.path}: errors: {file.errors}, remarks: {remarks}",
            )
        else:
            words = Words(f"{file.path}: benar ({remarks} catatan)", f"{file.path}: right (remarks: {remarks})")
        speech.say(words)

"""`ejps fmt`: rule files in the one layout.

0: done, or nothing to do. 1: a file has errors, or --check found one that would change. 2: a file can't be read or written.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ejps_core.cli.speech import LANG, QUIET, Speech, speech_of
from ejps_core.model.words import Language, Words

if TYPE_CHECKING:
    from ejps_core.app.library import Library

FILES = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Berkas aturan .ejps (rule files).")]
CHECK = Annotated[bool, typer.Option("--check", help="Hanya tunjukkan apa yang akan berubah (write nothing).")]
TO = Annotated[Language | None, typer.Option("--to", help="Terjemahkan ke kata kunci id atau en (translate the keywords).")]


def command(
    context: typer.Context,
    files: FILES,
    check: CHECK = False,
    to: TO = None,
    lang: LANG = None,
    quiet: QUIET = False,
) -> None:
    """Rapikan berkas aturan tanpa mengubah maknanya (format rule files; the meaning stays)."""
    from ejps_core.app.library import Library

    speech, library = speech_of(context, lang, quiet=quiet), Library()
    codes = [_one(path, check, to, library, speech) for path in files]
    raise typer.Exit(max(codes))


def _one(path: Path, check: bool, to: Language | None, library: Library, speech: Speech) -> int:
    """Formats one file; its exit code."""
    from ejps_core.app.formatting import format_file, put

    file = format_file(path, to, library)
    if file.after is None:
        speech.findings(file.findings, file.texts)
        return int(file.exit)
    if file.changed and check:
        _show(path, file.before, file.after, speech)
        return 1
    problem = put(path, file.after) if file.changed else None
    if problem is not None:
        speech.findings([problem], {})
        return 2
    if not speech.quiet:
        speech.say(_said(path, file.changed))
    return 0


def _said(path: Path, changed: bool) -> Words:
    if changed:
        return Words(f"{path}: dirapikan", f"{path}: formatted")
    return Words(f"{path}: sudah rapi", f"{path}: nothing to change")


def _show(path: Path, before: str, after: str, speech: Speech) -> None:
    """What would change, and that it would."""
    for row in unified_diff(before.splitlines(), after.splitlines(), str(path), str(path), lineterm=""):
        speech.say(row)
    speech.say(Words(f"{path}: akan berubah", f"{path}: would change"))

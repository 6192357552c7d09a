"""Formats rule files where they stand."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.rule_files import rule_text
from ejps_core.authoring.formatting import formatted
from ejps_core.dsl import compile_text
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.words import Language, Words


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """A rule file as it was and as it is to be; `after` None: it stays as it is, and `findings` say why.

    changed: the two differ, be it in their line ends. texts: the files' texts by path, to show the author's lines.
    """

    path: Path
    before: str
    after: str | None
    findings: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    exit: Exit = Exit.CLEAN


def format_file(path: Path, to: Language | None, library: Library) -> FormattedFile:
    """The file formatted, in the surface `to` (None: its own); nothing is written."""
    text, problem = rule_text(path)
    if problem is not None or text is None:
        return FormattedFile(path, "", None, (problem,) if problem else (), exit=Exit.WRONG_USE)

    def compiled(text: str, name: str) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
        return compile_text(text, name, lambda parent: library.parent(parent, path))

    result = formatted(text, str(path), to, compiled)
    texts = {**library.texts, str(path): text}
    if result.text is None:
        return FormattedFile(path, text, None, result.findings, texts, exit=Exit.WRONG_RULES)
    changed = path.read_bytes() != result.text.encode("utf-8")
    return FormattedFile(path, text, result.text, (), texts, changed)


def put(path: Path, text: str) -> Diagnostic | None:
    """Replaces a file's text at once: whoever reads it meets the old text or the new one, whole. Else why it can't be."""
    try:
        _replace(path.resolve(), text)
    except OSError:
        words = Words("Berkas aturan tidak dapat ditulis.", "The rule file can't be written.")
        mend = Words("Periksa izin berkas dan foldernya.", "Check the permissions of the file and its folder.")
        return Diagnostic("rules-unwritable", Severity.ERROR, Cell(str(path)), words, mend)
    return None


def _replace(target: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

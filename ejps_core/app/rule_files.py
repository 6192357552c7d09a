"""Rule files as text."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Words

SUFFIX = ".ejps"


def rule_text(path: Path) -> tuple[str | None, Diagnostic | None]:
    """The text of a rule file with plain line ends, or why it can't be read."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), None
    except UnicodeDecodeError as problem:
        words = Words(
            f"Berkas ini bukan teks UTF-8 (byte ke-{problem.start + 1}).",
            f"This file is not UTF-8 text (byte {problem.start + 1}).",
        )
        mend = Words("Simpan ulang sebagai UTF-8.", "Save it again as UTF-8.")
        return None, Diagnostic("rules-not-text", Severity.ERROR, Cell(str(path)), words, mend)
    except (OSError, ValueError):
        return None, _unreadable(path)


def _unreadable(path: Path) -> Diagnostic:
    near = get_close_matches(path.name, _rule_files(path.parent), 1)
    words = Words("Berkas aturan ini tidak ada.", "There is no such rule file.")
    mend = Words("Periksa nama dan folder berkasnya.", "Check the file's name and folder.")
    if path.is_dir():
        words = Words("Ini folder, bukan berkas aturan.", "This is a folder, not a rule file.")
        mend = Words(f"Sebut berkas {SUFFIX} di dalamnya.", f"Name a {SUFFIX} file in it.")
    elif path.exists():
        words = Words("Berkas aturan ini tidak dapat dibaca.", "This rule file can't be read.")
        mend = Words("Periksa izin membacanya.", "Check the right to read it.")
    elif near:
        found = path.parent / near[0]
        mend = Words(f"Mungkin maksudnya {found}?", f"Did you mean {found}?")
    return Diagnostic("rules-unreadable", Severity.ERROR, Cell(str(path)), words, mend)


def _rule_files(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.glob("*" + SUFFIX))
    except OSError:
        return []

"""Shows a program or rule set as the whole that results, with where each statement comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.programs import named
from ejps_core.authoring.whole import Piece, whole
from ejps_core.model.changes import ChangeKind
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Language


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule set and its statements; `ruleset` None: it can't be used, `findings` say why."""

    ruleset: Ruleset | None
    pieces: tuple[Piece, ...]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    exit: Exit


def show(asked: str, library: Library) -> Shown:
    """The whole of a program, a rule set or a rule file."""
    read = named(asked, library)
    if read.ruleset is None:
        return Shown(None, (), read.findings, read.texts, read.exit)
    found = whole(read.text, read.path, lambda name: library.parent(name, Path(read.path)))
    assert found is not None, "it has been compiled"
    return Shown(read.ruleset, found[1], (), read.texts, Exit.CLEAN)


def as_text(shown: Shown) -> str:
    """The rule set as a rule file of its own; comments say where each part stands and why."""
    assert shown.ruleset is not None
    reason = "karena" if shown.ruleset.surface is Language.ID else "because"
    lines, before = [f"ejps 1 {shown.ruleset.surface}"], ""
    for piece in shown.pieces:
        indent = " " * (len(piece.text) - len(piece.text.lstrip(" ")))
        if not indent and len(lines) > 1:
            lines.append("")
        why = f", {reason}: {piece.because}" if piece.because else ""
        if not indent or piece.span.path != before:
            lines.append(f"{indent}# {_place(piece.span.path, piece.span.line)}{why}")
        lines.append(piece.text)
        before = piece.span.path
    removed = [change for change in shown.ruleset.reasons if change.kind is ChangeKind.REMOVE]
    out = "dicabut" if shown.ruleset.surface is Language.ID else "removed"
    if removed:
        lines.append("")
    lines += [f"# {out}: {c.name} ({_place(c.span.path, c.span.line)}), {reason}: {c.because}" for c in removed]
    return "\n".join(lines)


def _place(path: str, line: int) -> str:
    return f"{PurePath(path).name}:{line}"


def as_record(shown: Shown) -> dict[str, Any]:
    """The same for JSON."""
    ruleset = shown.ruleset
    assert ruleset is not None
    return {
        "id": ruleset.id,
        "program": ruleset.program,
        "path": ruleset.path,
        "digest": ruleset.digest,
        "parents": [{"id": each.name, "path": each.path, "digest": each.digest} for each in ruleset.parents],
        "statements": [
            {"text": each.text, "path": each.span.path, "line": each.span.line, "because": each.because}
            for each in shown.pieces
        ],
        "changes": [
            {"kind": c.kind, "id": c.name, "because": c.because, "path": c.span.path, "line": c.span.line}
            for c in ruleset.reasons
        ],
    }

"""Rule text to a checked Ruleset. The way in is `compile_text`."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from ejps_core.dsl.changes import Whole, whole_of
from ejps_core.dsl.check.file import check
from ejps_core.dsl.check.world import World
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.lineage import File, Parents, chain, opened
from ejps_core.dsl.reading import rows_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span

__all__ = ["compile_text"]


def compile_text(text: str, path: str, parents: Parents | None = None) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """The rule set that a text says, and what was found in it; no rule set exactly if an error was found.

    `path` names the file in the places of the findings; nothing is read from it. `parents` gives the text and path of a
    program or rule set that this one extends; the two are checked as one, each place in its own file.
    """
    findings = Findings(path)
    file = opened(text, path, findings)
    files = chain(file, parents, findings) if file is not None else None
    if file is None or files is None:
        return None, findings.in_order()
    whole = whole_of(files, findings)
    world = World(findings, file.language, whole.lost, file.parsed.partial, rows_of(text), removed=whole.removed)
    ruleset = check(whole.parsed, world, text)
    findings.items = [item for item in findings.items if _concerns(item, path)]
    if ruleset is None or len(files) == 1:
        return ruleset, findings.in_order()
    return _extended(ruleset, files, whole), findings.in_order()


def _concerns(item: Diagnostic, path: str) -> bool:
    """Remarks on a parent's text are made when the parent is checked."""
    return item.severity is Severity.ERROR or not isinstance(item.place, Span) or item.place.path == path


def _extended(ruleset: Ruleset, files: list[File], whole: Whole) -> Ruleset:
    """The rule set with what it stands on."""
    digest = sha256("\0".join(file.text for file in files).encode("utf-8")).hexdigest()
    return replace(
        ruleset,
        ruleset=files[0].name,
        parents=tuple(file.origin for file in files[1:]),
        reasons=tuple(whole.reasons),
        digest=digest,
    )

"""Rule text to a checked Ruleset. The way in is `compile_text`."""

from __future__ import annotations

from ejps_core.dsl.check.file import check
from ejps_core.dsl.check.world import World
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.reading import read, rows_of
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Ruleset

__all__ = ["compile_text"]


def compile_text(text: str, path: str) -> tuple[Ruleset | None, tuple[Diagnostic, ...]]:
    """The rule set that a text says, and what was found in it; no rule set exactly if an error was found.

    `path` names the file in the places of the findings; nothing is read from it.
    """
    findings = Findings(path)
    parsed, language = read(text, findings)
    if any(item.code in ("first-line", "file-language") for item in findings.items):
        return None, findings.in_order()
    ruleset = check(parsed, World(findings, language, set(parsed.lost), parsed.partial, rows_of(text)), text)
    return ruleset, findings.in_order()

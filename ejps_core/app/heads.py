"""What the head of a rule set says of where and when it holds; the rest of the file is not looked at."""

from __future__ import annotations

from ejps_core.app.force import within
from ejps_core.app.library import Entry
from ejps_core.app.rule_files import rule_text
from ejps_core.dsl import syntax
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.lineage import opened


def _head(entry: Entry) -> syntax.Extension | None:
    """The head of a rule set's file; the head alone is read, so that others' mistakes are no hindrance."""
    path = str(entry.path)
    file = opened(rule_text(entry.path)[0] or "", path, Findings(path))
    return file.extension if file is not None else None


def areas_of(entry: Entry) -> tuple[str, ...]:
    """Its areas; none: it holds where its program does."""
    head = _head(entry)
    lines = [line for line in head.heads if isinstance(line, syntax.Areas)] if head is not None else []
    return tuple(code.value[2] for line in lines for code in line.codes)


def in_force(entry: Entry, on: int) -> bool:
    """Whether its own period, if it has one, holds the day."""
    head = _head(entry)
    periods = [line for line in head.heads if isinstance(line, syntax.InForce)] if head is not None else []
    return all(line.first.value[0] <= on <= line.last.value[0] for line in periods)


def touches(entry: Entry, district: str) -> bool:
    """Whether a rule set holds in the district or in a part of it."""
    return any(within(district, (area,)) or within(area, (district,)) for area in areas_of(entry))

"""Which sources of a rule set are assumptions: said openly wherever its results are shown."""

from __future__ import annotations

import re

from ejps_core.model.asof import AsOf, row_at
from ejps_core.model.ruleset import Benefit, Rule, Ruleset
from ejps_core.model.words import Language

MARK = re.compile(r"\b(asumsi|assumption|assumed)\b", re.IGNORECASE)
"""A word by which an author says that a source is an assumption, in whole or in part."""


def is_assumption(source: str) -> bool:
    """Whether an author said of the source that it is an assumption, or rests on one."""
    return MARK.search(source) is not None


def assumptions(ruleset: Ruleset, as_of: AsOf, language: Language) -> tuple[str, ...]:
    """Every assumption that the decisions of that day rest on: bases, parameters, phase dates, fields."""
    found: list[str] = [legal for legal in ruleset.legal if is_assumption(legal)]
    for parameter in ruleset.parameters:
        row = row_at(parameter, as_of)
        if row and is_assumption(row.source):
            found.append(f"{parameter.title.say(language) or parameter.name}: {row.source}")
    found += [calendar.source for calendar in ruleset.calendars if is_assumption(calendar.source)]
    items: tuple[Rule | Benefit, ...] = (*ruleset.rules, *ruleset.benefits)
    for item in items:
        if item.legal and is_assumption(item.legal):
            found.append(f"{item.title.say(language) or item.id}: {item.legal}")
    for field in (*ruleset.family_fields, *ruleset.member_fields):
        if field.source and is_assumption(field.source):
            found.append(f"{field.title.say(language) or field.name}: {field.source}")
    return tuple(dict.fromkeys(found))

"""Diagnostics: what is wrong with rules or data, as values.

Wrong rules and wrong lists never raise: they are returned, all at once, each with its place, its reason and a way to
mend it, in both languages. An exception means a defect of this program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ejps_core.model.span import Place, Span
from ejps_core.model.words import Words


class Severity(StrEnum):
    """How far a finding reaches."""

    ERROR = "error"
    """Rules: the file can't be used. Lists: the run stops."""
    SET_APART = "set_apart"
    """Lists: this row is not decided; it is handed back with its reason."""
    REMARK = "remark"
    """Kept and used; what was noticed is said."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the author's text that mends the finding: `text` instead of what stands at `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Why:
    """A second place that explains the first: what it clashes with, where it was declared."""

    place: Place | None
    words: Words


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable (kebab-case, English) and may be relied upon by scripts."""

    code: str
    severity: Severity
    place: Place | None
    words: Words
    mend: Words | None = None
    why: Why | None = None
    fix: Fix | None = None


def worst(findings: Iterable[Diagnostic]) -> Severity | None:
    """The most serious severity among the findings, None when there are none."""
    seen = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in seen), None)

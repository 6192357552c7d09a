"""Where a rule set comes from, if it changes another one: the files it stands on, and what was changed for which reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ejps_core.model.span import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """A program or rule set that another one changes. digest: SHA-256 of its text, hexadecimal."""

    name: str
    path: str
    text: str
    digest: str


class ChangeKind(StrEnum):
    """What was done to a statement of the parent."""

    SET = "set"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    """One change with its legal reason. name: the id concerned; "choose" and "report" for what has no id of its own."""

    kind: ChangeKind
    name: str
    because: str
    span: Span

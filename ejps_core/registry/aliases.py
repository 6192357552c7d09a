"""What the columns of real lists are called: the table in aliases.toml, in compared form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ejps_core.model.ruleset import Field
from ejps_core.registry.marks import normal

BETWEEN = " \u203a "
"""Stands between the lines of a header of two lines: Alamat › Desa."""
RELATION, VILLAGE, SUBDISTRICT, DISTRICT = "relation", "village", "subdistrict", "district"
_PERSONAL = ("nik", "name", "sex", "birth_date", "relation", "civil_servant")
STATISTICS, NAME, REGION = "statistics_code", "name", "region_code"


@dataclass(frozen=True, slots=True)
class Alias:
    """One fact: what rule files call it, what lists call it, and what stands for yes and no; all in compared form."""

    facts: frozenset[str]
    headers: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]


@cache
def aliases() -> Mapping[str, Alias]:
    """The table, read once."""
    data = tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8"))
    return {
        name: Alias(*(_forms(each.get(kind, [])) for kind in ("facts", "headers", "yes", "no")))
        for name, each in data.items()
    }


def _forms(texts: list[str]) -> frozenset[str]:
    return frozenset(normal(text) for text in texts)


@cache
def header_words() -> frozenset[str]:
    """Everything that the table knows as a header."""
    return frozenset().union(*(alias.headers | alias.facts for alias in aliases().values()))


def header_forms(header: str) -> tuple[str, ...]:
    """The compared forms that a header may be known by: as a whole, and its lowest line."""
    whole = normal(header.replace(BETWEEN, " "))
    lowest = normal(header.rpartition(BETWEEN)[2])
    return (whole,) if lowest == whole else (whole, lowest)


def alias_of(field: Field) -> Alias | None:
    """The row of the table that a field belongs to, by its name or title."""
    own = {normal(text) for text in (field.name, field.title.id, field.title.en)}
    return next((alias for alias in aliases().values() if own & alias.facts), None)


def is_personal(field: Field) -> bool:
    """Whether a fact is one person's own, so that the persons of a family differ in it."""
    alias = alias_of(field)
    return alias is not None and any(alias is aliases()[fact] for fact in _PERSONAL)


def is_sex(field: Field) -> bool:
    """Whether a fact is a person's sex."""
    return alias_of(field) is aliases()["sex"]


def means(header: str, fact: str) -> bool:
    """Whether a header is one of those that the table lists for a fact."""
    return not aliases()[fact].headers.isdisjoint(header_forms(header))

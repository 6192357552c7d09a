"""Which header stands for which fact, as a value: proposed, confirmed by a person once, used for all lists of a shape."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Region
from ejps_core.registry.aliases import is_personal
from ejps_core.registry.headers import Matched, is_layout, match
from ejps_core.registry.marks import normal
from ejps_core.registry.placing import joined_regions


class How(StrEnum):
    """Why a header stands for a fact."""

    NAME = "name"
    """It is the fact's name or title."""
    ALIAS = "alias"
    """Lists usually call it so."""
    PERSON = "person"
    """A person said so."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One header and the fact it stands for."""

    header: str
    field: str
    level: Level
    how: How


@dataclass(frozen=True, slots=True)
class Mapping:
    """The headers of all lists of one shape. unused: headers that stand for nothing.

    layout: headers that are no fact, but say which rows go together: running numbers, relations.
    """

    shape: str
    columns: tuple[Assigned, ...]
    unused: tuple[str, ...] = ()
    layout: tuple[str, ...] = ()

    def places(self, listing: Listing, level: Level) -> dict[str, int] | None:
        """Field name -> column of a listing, for the facts of a level; None if the listing has another shape."""
        if shape_of(listing) != self.shape:
            return None
        at = {header: place for place, header in reversed(list(enumerate(listing.headers)))}
        return {each.field: at[each.header] for each in self.columns if each.level is level and each.header in at}

    def as_record(self) -> dict[str, Any]:
        """The mapping as plain values, for JSON."""
        columns = [[each.header, each.field, each.level.value, each.how.value] for each in self.columns]
        return {"shape": self.shape, "columns": columns, "unused": list(self.unused), "layout": list(self.layout)}


def from_record(record: dict[str, Any]) -> Mapping:
    """The mapping that as_record() gave."""
    columns = tuple(Assigned(header, field, Level(level), How(how)) for header, field, level, how in record["columns"])
    return Mapping(record["shape"], columns, tuple(record["unused"]), tuple(record.get("layout", ())))


def shape_of(listing: Listing) -> str:
    """A stable name of a list's headers: the same whatever their case, accents, spaces and punctuation."""
    heads = "\x1f".join(normal(header) for header in listing.headers)
    return hashlib.sha256(heads.encode()).hexdigest()


def proposed(listing: Listing, family: Sequence[Field], members: Sequence[Field], key: Field) -> Mapping:
    """What the headers of a list probably stand for, to be shown to a person and confirmed.

    family, members: the facts that the list may hold at each level; () for those that have a list of their own. In a list of
    both, a person's name or NIK is no family's by its usual name alone: it is each person's own.
    """
    family = families_own(listing, family, members, key)
    found: list[Assigned] = []
    used: set[int] = set()
    for level, fields in ((Level.FAMILY, family), (Level.MEMBER, members)):
        if not fields:
            continue
        matched, _ = match(listing, tuple(fields), key)
        if matched is None:
            continue
        names = {field.name for field in fields}
        places = {name: place for name, place in matched.places.items() if name in names or level is Level.FAMILY}
        parts = joined_regions(listing, fields, places)
        region = next((field.name for field in fields if isinstance(field.type, Region)), "")
        used |= {*places.values(), *parts.values()}
        found += [Assigned(listing.headers[place], region, level, How.ALIAS) for place in parts.values()]
        places = {name: place for name, place in places.items() if not parts or name != region}
        found += [Assigned(listing.headers[place], name, level, _how(matched, name)) for name, place in places.items()]
    free = [header for place, header in enumerate(listing.headers) if place not in used and header.strip()]
    layout = tuple(header for header in free if is_layout(header))
    return Mapping(shape_of(listing), tuple(found), tuple(header for header in free if header not in layout), layout)


def families_own(listing: Listing, family: Sequence[Field], members: Sequence[Field], key: Field) -> tuple[Field, ...]:
    """The facts of families without those of one person that only a usual name would give a column."""
    own, _ = match(listing, tuple(family), key) if family and members else (None, [])
    if own is None:
        return tuple(family)
    return tuple(field for field in family if field.name not in own.by_alias or not is_personal(field))


def _how(matched: Matched, name: str) -> How:
    return How.ALIAS if name in matched.by_alias else How.NAME

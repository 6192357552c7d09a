"""Columns for the facts that no header names outright: by the lowest line of a header, and by the table of aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Region
from ejps_core.model.words import Words
from ejps_core.registry.aliases import (
    BETWEEN,
    DISTRICT,
    REGION,
    STATISTICS,
    SUBDISTRICT,
    VILLAGE,
    alias_of,
    header_forms,
    means,
)
from ejps_core.registry.marks import normal

LEVELS = (VILLAGE, SUBDISTRICT, DISTRICT)


@dataclass(frozen=True, slots=True)
class Guessed:
    """places: field name -> its column; doubtful: field name -> columns of which none was taken."""

    places: Mapping[str, int]
    doubtful: Mapping[str, tuple[int, ...]]


def guessed(listing: Listing, lacking: Sequence[Field], free: Iterable[int]) -> Guessed:
    """Columns among the free ones for the fields that lack one. Two that fit one field leave it without."""
    open_places = [place for place in free if listing.headers[place].strip()]
    places: dict[str, int] = {}
    doubtful: dict[str, tuple[int, ...]] = {}
    for field in lacking:
        for fitting in _ranked(listing, field, open_places):
            if len(fitting) == 1:
                places[field.name] = fitting[0]
            elif fitting:
                doubtful[field.name] = tuple(fitting)
            if fitting:
                break
    return Guessed(places, doubtful)


def _ranked(listing: Listing, field: Field, places: Sequence[int]) -> Iterator[list[int]]:
    """The columns that fit a field, the surest way of fitting first."""
    own = {normal(text) for text in (field.name, field.title.id, field.title.en)}
    yield [place for place in places if own & set(header_forms(listing.headers[place])[1:])]
    alias = alias_of(field)
    if alias is not None:
        yield [place for place in places if header_forms(listing.headers[place])[0] in alias.headers]
        yield [place for place in places if alias.headers & set(header_forms(listing.headers[place])[1:])]
    if isinstance(field.type, Region):
        for fact in (REGION, STATISTICS):
            yield [place for place in places if means(listing.headers[place], fact)]


def region_parts(listing: Listing, own: int | None) -> dict[str, int]:
    """Which columns name village, sub-district and district, for a region whose own column is none or one of them."""
    found: dict[str, int] = {}
    for level in LEVELS:
        fitting = [place for place, header in enumerate(listing.headers) if means(header, level)]
        if len(fitting) == 1:
            found[level] = fitting[0]
    if own is not None and own not in found.values():
        return {}
    return found


def joined_regions(listing: Listing, fields: Iterable[Field], places: Mapping[str, int]) -> dict[str, int]:
    """The columns that together name the region of the families, by level; none where a column of codes does."""
    for field in fields:
        if isinstance(field.type, Region) and field.level is Level.FAMILY:
            return region_parts(listing, places.get(field.name))
    return {}


def told(listing: Listing, by_alias: Mapping[str, int], fields: Mapping[str, Field]) -> Iterator[Diagnostic]:
    """The columns that were taken by the table of aliases, in one remark."""
    if not by_alias:
        return
    listed_id = ", ".join(f"“{_shown(listing.headers[p])}” = {n} ({fields[n].title.id})" for n, p in by_alias.items())
    listed_en = ", ".join(f"“{_shown(listing.headers[p])}” = {n} ({fields[n].title.en})" for n, p in by_alias.items())
    yield Diagnostic(
        "columns-by-alias",
        Severity.REMARK,
        listing.cell(),
        Words(
            f"Kolom yang dikenali dari sebutan yang lazim: {listed_id}.",
            f"Columns known by what lists usually call them: {listed_en}.",
        ),
        Words(
            "Periksa pasangannya; bila salah, ganti judul kolomnya.",
            "Check the pairs; if one is wrong, change the header.",
        ),
    )


def doubts(listing: Listing, doubtful: Mapping[str, tuple[int, ...]], fields: Mapping[str, Field]) -> Iterator[Diagnostic]:
    """Facts that several columns could hold."""
    for name, places in doubtful.items():
        heads = ", ".join(f"“{_shown(listing.headers[place])}”" for place in places)
        title = fields[name].title
        yield Diagnostic(
            "alias-ambiguous",
            Severity.REMARK,
            listing.header_cell(listing.headers[places[0]]),
            Words(
                f"Beberapa kolom bisa berarti {name} ({title.id}): {heads}; tidak ada yang dipakai.",
                f"Several columns could be {name} ({title.en}): {heads}; none is used.",
            ),
            Words(f"Beri judul {name} pada kolom yang benar.", f"Give the right column the header {name}."),
        )


def _shown(header: str) -> str:
    return header.replace(BETWEEN, " / ")


def answers(field: Field) -> tuple[frozenset[str], frozenset[str]]:
    """What else stands for yes and for no in a column of this fact, in compared form."""
    alias = alias_of(field)
    return (alias.yes, alias.no) if alias else (frozenset(), frozenset())

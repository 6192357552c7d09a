"""People taken from a list or register as it was received: the columns by which somebody can be known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from ejps_core.model.kinds import Level
from ejps_core.model.listing import Column, Listing, Typed, from_texts
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Span
from ejps_core.model.types import Code, Date, Region, Type
from ejps_core.model.words import same
from ejps_core.registry.answers import DEAD, GONE, LIVING
from ejps_core.registry.columns import read_column
from ejps_core.registry.cutting import row_names
from ejps_core.registry.marks import normal
from ejps_core.registry.matching.people import COLUMNS, Life, People, people
from ejps_core.registry.problems import Note, Problem, remark

LONGEST_LIFE = 130 * 366
"""Days; an older birth date is a slip of the century."""

SEXES = {
    **dict.fromkeys(("l", "lk", "lakilaki", "laki", "pria", "m", "male", "man", "1"), "L"),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "w", "f", "female", "woman", "2"), "P"),
}
STATUSES = {
    **dict.fromkeys(LIVING, Life.ACTIVE.value),
    **dict.fromkeys(DEAD, Life.DIED.value),
    **dict.fromkeys(GONE, Life.MOVED.value),
}
"""The words of a status; a bare number says nothing, since every office numbers them its own way."""

_SEX = remark(
    "sex-unread",
    "Jenis kelamin ini tidak dikenal; tidak dipakai dalam pemadanan.",
    "This sex is not known; it isn't used in matching.",
    "Tulis L atau P.",
    "Write L (male) or P (female).",
)
_STATUS = remark(
    "status-unread",
    "Status ini tidak dikenal; tidak dipakai dalam pemadanan.",
    "This status is not known; it isn't used in matching.",
    "Tulis aktif, meninggal, atau pindah.",
    "Write aktif (alive), meninggal (died) or pindah (moved).",
)


def people_in(listing: Listing, places: Mapping[str, int], on: int) -> tuple[People, tuple[Note, ...]]:
    """The people of a listing, one a row, and what is to be said of their cells; what can't be read is unknown.

    places: which column (from 0) holds which of COLUMNS. on: the day, since 1970-01-01; later births are unknown. Without a
    column `ref` people are called by their row numbers, or, where several sheets make one list, by their place in it.
    """
    found: dict[str, pa.Array] = {}
    notes: list[Note] = []
    for name, column in zip(places, listing.fetch(list(places.values())), strict=True):
        values, said = _read(listing, name, column, on)
        found[name] = values
        notes += said
    if "ref" not in found:
        found["ref"] = pa.array(row_names(listing)).cast(pa.string())
    return people(pa.table(found)), tuple(notes)


def _read(listing: Listing, name: str, column: Column, on: int) -> tuple[pa.Array, list[Note]]:
    match name:
        case "sex":
            return _words(listing, column, SEXES, _SEX)
        case "status":
            return _words(listing, column, STATUSES, _STATUS)
        case "birth":
            kind: Type = Date(on - LONGEST_LIFE, on, birth=True)
        case "region":
            kind = Region()
        case _ if name in COLUMNS:
            kind = Code()
        case _:
            raise ValueError(f"no such column: {name}")
    facts = read_column(listing, column, Field(name, same(name), kind, Level.MEMBER, Span("", 1, 1, 1, 1)), on)
    return facts.values.cast(COLUMNS[name]), list(facts.notes)


def _words(listing: Listing, column: Column, known: Mapping[str, str], other: Problem) -> tuple[pa.Array, list[Note]]:
    """Answers by their words; others are unknown, with a remark."""
    if isinstance(column, Typed):
        column = from_texts(column.header, column.values.cast(pa.string()).fill_null(""))
    texts = [normal(text) for text in column.texts.to_pylist()]
    values = pa.array([known.get(text) for text in texts], pa.string()).take(pa.array(column.codes))
    strange = np.array([text != "" and text not in known for text in texts], np.bool_)[column.codes]
    place = (listing.cell(row, column.header, column.text(row)) for row in np.flatnonzero(strange).tolist())
    return values, [(row, other.at(cell)) for row, cell in zip(np.flatnonzero(strange).tolist(), place, strict=True)]

"""Who the families and persons of a list are, as its columns say: what is to be sealed, and what matching goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Code
from ejps_core.registry.aliases import NAME, alias_of, aliases, header_forms
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.marks import normal
from ejps_core.registry.matching.listed import people_in
from ejps_core.registry.rows import Rows, unsure_numbers

Longs = npt.NDArray[np.int64]
ADDRESS = frozenset(map(normal, ("alamat", "alamat lengkap", "alamat rumah", "address", "dusun", "jalan")))
PHONE = frozenset(map(normal, ("no hp", "nomor hp", "hp", "telepon", "no telepon", "nomor telepon", "no telp", "phone")))
_MOTHER = frozenset(map(normal, ("nama ibu", "nama ibu kandung", "ibu kandung", "mother")))
_REGIONS = frozenset(map(normal, ("kode wilayah", "wilayah", "region", "region code")))
_STATUS = frozenset(map(normal, ("status", "status dukcapil", "status kependudukan")))
_KNOWN_BY = {"name": "name", "birth_date": "birth", "village": "village", "sex": "sex"}
"""Row of the alias table -> column of matching."""
SEALED = ("nik", "kk", "name", "address", "phone")
MATCHED = ("birth", "village", "sex", "mother")
"""What matching goes by besides; it lies with the facts, under the pseudonym."""


@dataclass(frozen=True, slots=True)
class Identified:
    """A column a fact, an entry a family (or person) that is decided; a null is unknown.

    unsure: whose NIK has lost its last digit.
    """

    columns: dict[str, pa.Array]
    unsure: npt.NDArray[np.bool_]

    def of(self, name: str) -> list[str | None]:
        """One column of texts."""
        found: list[str | None] = self.columns[name].to_pylist()
        return found


def identifier_of(field: Field) -> str | None:
    """Which of SEALED a fact is, so that it never lies among the facts; None: it doesn't say who somebody is."""
    if not isinstance(field.type, Code):
        return None
    own = {normal(text) for text in (field.name, field.title.id, field.title.en)}
    if holds_card(field):
        return "kk"
    if holds_nik(field):
        return "nik"
    if alias_of(field) is aliases()[NAME]:
        return "name"
    return "address" if own & ADDRESS else "phone" if own & PHONE else None


def is_identifier(field: Field) -> bool:
    """Whether a fact says who somebody is."""
    return identifier_of(field) is not None


def identified(
    rows: Rows, places: Longs, key: Field, fields: Sequence[Field], level: Level, shared: bool, on: int
) -> Identified:
    """Who stands in these data rows of a list.

    key: the families' key. fields: the facts of the level. shared: the rows are one person each, so that a family has no
    person's columns of its own. on: the day the list was received.
    """
    taken = pa.array(places)
    found = {name: pa.nulls(len(places), pa.string()) for name in SEALED}
    if holds_card(key):
        found["kk"] = _texts(rows.key)
    elif (card := next((f for f in fields if holds_card(f) and f.name in rows.facts), None)) is not None:
        found["kk"] = _texts(rows.facts[card.name])
    unsure = np.zeros(len(rows), np.bool_)
    if (nik := _nik(rows, fields)) is not None and not (shared and level is Level.FAMILY):
        found["nik"] = _texts(rows.facts[nik])
        unsure = unsure_numbers(rows, nik)
    personal = {} if shared and level is Level.FAMILY else _people(rows.listing, on)
    found |= {name: column for name, column in personal.items() if name in ("name", *MATCHED)}
    for name, forms in (("address", ADDRESS), ("phone", PHONE)):
        place = _place(rows.listing, forms)
        if place is not None:
            found[name] = _cells(rows.listing, place)
    return Identified({n: c.take(taken) if len(c) == len(rows) else c for n, c in found.items()}, unsure[places])


def _nik(rows: Rows, fields: Sequence[Field]) -> str | None:
    """The fact that is a person's NIK: the one of the rules, else the one that was read for the checks alone."""
    named = [field.name for field in fields if holds_nik(field) and not holds_card(field)]
    return next((name for name in (*named, "nik") if name in rows.facts), None)


def _people(listing: Listing, on: int) -> dict[str, pa.Array]:
    places: dict[str, int] = {}
    for fact, column in _KNOWN_BY.items():
        forms = aliases()[fact].headers | aliases()[fact].facts
        if (place := _place(listing, forms)) is not None:
            places[column] = place
    if (place := _place(listing, _MOTHER)) is not None:
        places["mother"] = place
    found, _ = people_in(listing, places, on)
    return {name: found.column(name) for name in places}


def _place(listing: Listing, forms: frozenset[str]) -> int | None:
    """The only column that is called so; of several nobody knows which."""
    fits = [place for place, header in enumerate(listing.headers) if forms & set(header_forms(header))]
    return fits[0] if len(fits) == 1 else None


def _texts(values: pa.Array) -> pa.Array:
    plain = values.dictionary_decode() if isinstance(values, pa.DictionaryArray) else values
    return plain.cast(pa.string())


def _cells(listing: Listing, place: int) -> pa.Array:
    column = listing.fetch([place])[0]
    return pa.array([column.text(row).strip() or None for row in range(len(listing))], pa.string())


def person_columns(listing: Listing) -> dict[str, int]:
    """Which columns of a register hold what people are matched by, by their usual names."""
    forms = {column: aliases()[fact].headers | aliases()[fact].facts for fact, column in _KNOWN_BY.items()}
    forms |= {
        "nik": aliases()["nik"].headers | aliases()["nik"].facts,
        "kk": aliases()["family_card"].headers | aliases()["family_card"].facts,
        "region": aliases()["region_code"].headers | _REGIONS,
        "status": _STATUS,
        "mother": _MOTHER,
    }
    found = {column: _place(listing, each) for column, each in forms.items()}
    return {column: place for column, place in found.items() if place is not None}

"""A list as facts: every declared field a column, every row with what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.candidates import arrow_type
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.model.types import Region
from ejps_core.registry.aliases import BETWEEN, DISTRICT, SUBDISTRICT
from ejps_core.registry.columns import holds_nik, read_column
from ejps_core.registry.headers import Matched, match
from ejps_core.registry.placing import region_parts
from ejps_core.registry.problems import Note, remark
from ejps_core.registry.region_columns import composed
from ejps_core.registry.skipped import without_totals
from ejps_core.registry.titles import titled, told

Bools = npt.NDArray[np.bool_]

_SHORT = remark(
    "too-few-cells",
    "Baris ini berakhir sebelum kolom terakhir; sel yang tidak ada dianggap belum diketahui.",
    "This row ends before the last column; the cells that aren't there are taken as unknown.",
    "Isi baris sampai kolom terakhir, atau simpan ulang dari lembar kerja.",
    "Complete the row to the last column, or save it again from the spreadsheet.",
)
_SHIFTED = remark(
    "too-many-cells",
    "Baris ini punya lebih banyak sel daripada judul kolom: isinya bergeser; semua kecuali kunci dianggap belum diketahui.",
    "This row has more cells than there are headers: they have shifted; all but the key are taken as unknown.",
    "Apit teks yang memuat tanda pemisah dengan tanda kutip ganda, lalu simpan ulang.",
    "Put texts that hold the separator between double quotes, and save again.",
)


@dataclass(slots=True)
class Rows:
    """A list while it is read. facts: field name -> column, one entry a data row; key: the family's key of each row.

    notes: findings with the data row they are about. headers: field name -> header as received. shaky: rows whose key has
    lost its last digit.
    """

    listing: Listing
    facts: dict[str, pa.Array]
    key: pa.Array
    notes: list[Note]
    matched: Matched
    shaky: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.listing)

    def header(self, field: str) -> str:
        """The header of a field's column as received; its name if it has none."""
        place = self.matched.places.get(field)
        return field if place is None else self.listing.headers[place]


def read_rows(
    listing: Listing,
    fields: tuple[Field, ...],
    key: Field,
    on: int,
    also: frozenset[str] = frozenset(),
    assigned: Mapping[str, int] | None = None,
) -> tuple[Rows | None, list[Diagnostic]]:
    """All columns of a list; None with errors if it can't be used. `key`: the family's key, declared in `fields` or not."""
    matched, findings = match(listing, fields, key, also, assigned)
    if matched is None:
        return None, findings
    listing, matched, joined = _regions_joined(listing, matched, fields)
    listing, skipped = without_totals(listing, matched.places[key.name], key)
    findings += [*joined, *skipped, *_hidden(listing, matched)]
    wanted = [field for field in fields if field.name in matched.places]
    if key.name not in {field.name for field in wanted}:
        wanted.append(key)
    columns = listing.fetch([matched.places[field.name] for field in wanted])
    facts: dict[str, pa.Array] = {}
    keyed: frozenset[int] = frozenset()
    notes: list[Note] = [(-1, finding) for finding in (*listing.findings, *findings)]
    notes += [(row, _SHORT.at(listing.cell(row))) for row in listing.short]
    notes += [(row, _SHIFTED.at(listing.cell(row))) for row in listing.shifted]
    shifted = set(listing.shifted)
    for field, column in zip(wanted, columns, strict=True):
        needed = field.name == key.name or (field.key and not holds_nik(field))
        found = read_column(listing, column, field, on, key=needed)
        if _shared(field, matched):
            found = replace(found, notes=tuple(note for note in found.notes if note not in notes))
        if field.name == key.name:
            keyed = found.shaky
        facts[field.name] = found.values
        if shifted and field.name != key.name:
            facts[field.name] = without(found.values, _mask(len(listing), listing.shifted))
            notes += [note for note in found.notes if note[0] not in shifted]
        else:
            notes += found.notes
    own = any(field.name == key.name for field in fields)
    keys = facts[key.name] if own else facts.pop(key.name)
    for field in fields:
        if field.name not in facts:
            facts[field.name] = pa.nulls(len(listing), arrow_type(field.type))
    return Rows(listing, facts, keys, notes, matched, keyed), []


def _regions_joined(
    listing: Listing, matched: Matched, fields: tuple[Field, ...]
) -> tuple[Listing, Matched, list[Diagnostic]]:
    """The list with one column of regions where several columns, titles or names of sheets name them."""
    wanted = [field for field in fields if isinstance(field.type, Region) and field.level is Level.FAMILY]
    if not wanted or listing.header_row is None:
        return listing, matched, []
    places, from_titles = dict(matched.places), titled(listing)
    findings: list[Diagnostic] = []
    for field in wanted:
        parts = region_parts(listing, places.get(field.name))
        if field.name in places and not parts:
            continue
        extra = {level: column for level, column in from_titles.items() if level not in parts}
        if not parts and SUBDISTRICT not in extra and DISTRICT not in extra:
            continue
        heads = [listing.headers[place].rpartition(BETWEEN)[2] for place in parts.values()]
        listing = composed(listing, parts, extra, ", ".join(heads) or field.title.id)
        places[field.name] = len(listing.headers) - 1
        findings += [told(listing, extra)] if extra and not findings else []
    return listing, replace(matched, places=places), findings


def _hidden(listing: Listing, matched: Matched) -> list[Diagnostic]:
    """Once, which columns are used although the spreadsheet hides them."""
    used = sorted({place for place in matched.places.values() if place in listing.hidden})
    if not used:
        return []
    heads = ", ".join(f"“{listing.headers[place]}”" for place in used)
    problem = remark(
        "hidden-columns",
        f"Kolom yang disembunyikan di lembar kerja ikut dibaca: {heads}.",
        f"Columns that the spreadsheet hides are read too: {heads}.",
        "Tampilkan kolomnya dan periksa isinya; hapus bila tidak berlaku lagi.",
        "Show the columns and check them; remove them if they are out of date.",
    )
    return [problem.at(listing.cell())]


def _shared(field: Field, matched: Matched) -> bool:
    """Whether a field's column serves another field too."""
    place = matched.places[field.name]
    return sum(other == place for other in matched.places.values()) > 1


def _mask(count: int, rows: tuple[int, ...] | list[int] | set[int]) -> Bools:
    mask = np.zeros(count, np.bool_)
    mask[list(rows)] = True
    return mask


def without(values: pa.Array, rows: Bools) -> pa.Array:
    """The column with nulls in the rows of the mask."""
    if isinstance(values, pa.DictionaryArray):
        unknown = values.is_null().to_numpy(zero_copy_only=False)
        codes = values.indices.fill_null(0).to_numpy(zero_copy_only=False)
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=unknown | rows), values.dictionary)
    return pc.if_else(pa.array(rows), pa.scalar(None, values.type), values)


def as_table(fields: tuple[Field, ...], facts: dict[str, pa.Array], count: int) -> pa.Table:
    """The facts as a table in the order of the fields; a table without fields still has its rows."""
    if not fields:
        return pa.table({"row": pa.array(range(count), pa.int64())})
    return pa.table({field.name: facts[field.name] for field in fields})


def unsure_numbers(rows: Rows, name: str) -> Bools:
    """The rows whose number in that field has lost its last digit: no register can be asked for it."""
    mask = np.zeros(len(rows), np.bool_)
    header = rows.header(name)
    for row, note in rows.notes:
        if note.code in ("number-cell", "number-column") and isinstance(note.place, Cell) and note.place.column == header:
            mask[slice(None) if row < 0 else row] = True
    return mask

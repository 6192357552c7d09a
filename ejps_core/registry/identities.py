"""What the NIKs of a list say of places and years, told once a column; and persons who may be listed under two NIKs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.calendar import day_of
from ejps_core.model.diagnostic import Why
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Date, Region
from ejps_core.model.words import Words
from ejps_core.registry.aliases import NAME, aliases
from ejps_core.registry.columns import holds_nik
from ejps_core.registry.duplicates import groups
from ejps_core.registry.gazetteer import tables
from ejps_core.registry.marks import normal
from ejps_core.registry.problems import Note, Problem, counted, remark
from ejps_core.registry.regions import PROVINCE, RETIRED
from ejps_core.registry.rows import Rows

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_UNKNOWN_PLACE = remark(
    "nik-region",
    "Enam angka pertama NIK ini bukan kode kecamatan yang ada sekarang.",
    "The first six digits of this NIK are no sub-district of today.",
    "Cocokkan dengan KTP; kode lama dari sebelum pemekaran bisa saja sah.",
    "Compare with the identity card; an old code from before a split may be right.",
)
_SUSPECTED = remark(
    "person-suspected-twice",
    "Nama, tanggal lahir dan wilayahnya sama dengan baris lain, tetapi NIK-nya berbeda.",
    "Name, birth date and region are the same as in another row, but the NIK is another one.",
    "Periksa apakah orangnya sama; yang memutuskan petugas, bukan sistem.",
    "Find out whether it is the same person; an official decides, not the system.",
)


def told_of_niks(rows: Rows, fields: Sequence[Field], homes: pa.Array | None, on: int) -> Iterator[Note]:
    """Once a column: NIKs of retired sub-districts, of elsewhere, of an unclear century. By row: unknown sub-districts.

    homes: the region of each row's family, None: not known. on: the decision date.
    """
    for field in fields:
        values = rows.facts.get(field.name)
        if field.name not in rows.matched.places or not holds_nik(field) or not isinstance(values, pa.DictionaryArray):
            continue
        place = rows.listing.cell(column=rows.header(field.name))
        opening = pc.utf8_slice_codeunits(values.dictionary, 0, 6)
        retired = _among(opening, [code.replace(".", "") for code in RETIRED])
        known = _among(opening, [code.replace(".", "") for code in tables().elsewhere])
        here = np.asarray(pc.starts_with(opening, PROVINCE).fill_null(False))
        if count := _count(values, retired):
            yield -1, _retired(count).at(place)
        yield from _unknown(rows, field, values, ~here & ~known & np.asarray(opening.is_valid()))
        moved, abroad = _moved(values, homes), _count(values, ~here & np.asarray(opening.is_valid()))
        if moved or abroad:
            yield -1, _elsewhere(moved, abroad).at(place)
        if not any(isinstance(f.type, Date) and f.type.birth and f.name in rows.matched.places for f in fields):
            years = np.asarray(pc.utf8_slice_codeunits(values.dictionary, 10, 12).cast(pa.int32()).fill_null(99))
            if count := _count(values, years <= day_of(on).year % 100):
                yield -1, _century(count).at(place)


def _among(opening: pa.Array, codes: list[str]) -> Bools:
    found: Bools = pc.is_in(opening, value_set=pa.array(codes, pa.string())).to_numpy(zero_copy_only=False)
    return found


def _count(values: pa.DictionaryArray, about: Bools) -> int:
    """How many rows hold one of these distinct cells."""
    return int(_rows(values, about).sum()) if about.any() else 0


def _rows(values: pa.DictionaryArray, about: Bools) -> Bools:
    codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    found: Bools = np.append(about, False)[codes]
    return found


def _unknown(rows: Rows, field: Field, values: pa.DictionaryArray, about: Bools) -> Iterator[Note]:
    if not about.any():
        return
    column = rows.listing.fetch([rows.matched.places[field.name]])[0]
    for row in np.flatnonzero(_rows(values, about)).tolist():
        yield row, _UNKNOWN_PLACE.at(rows.listing.cell(row, column.header, column.text(row)))


def _moved(values: pa.DictionaryArray, homes: pa.Array | None) -> int:
    """How many live in another district of the province than their NIK was registered in."""
    if homes is None:
        return 0
    own = pc.utf8_slice_codeunits(values.dictionary, 0, 4).take(values.indices)
    texts = homes.cast(pa.string()) if not pa.types.is_string(homes.type) else homes
    home = pc.replace_substring(pc.utf8_slice_codeunits(texts, 0, 5), ".", "")
    differs = pc.and_(pc.not_equal(own, home), pc.equal(pc.utf8_length(home), 4))
    inside = pc.and_(differs, pc.starts_with(own, PROVINCE))
    return int(pc.sum(inside.cast(pa.int64())).as_py() or 0)


def suspected(rows: Rows, fields: Sequence[Field], homes: pa.Array | None) -> list[Note]:
    """Rows with one name, birth date and region under different NIKs."""
    name = _first(rows, [field for field in fields if _is_name(field)])
    birth = _first(rows, [field for field in fields if isinstance(field.type, Date) and field.type.birth])
    nik = _first(rows, [field for field in fields if holds_nik(field)])
    if name is None or birth is None or nik is None or homes is None:
        return []
    parts = [_named(rows.facts[name.name]), rows.facts[birth.name], homes]
    codes = [_codes(part) for part in parts]
    usable = np.flatnonzero(np.logical_and.reduce([code >= 0 for code in codes]))
    combined = np.zeros(len(rows), np.int64)
    for code in codes:
        combined = combined * (int(code.max(initial=0)) + 1) + code
    niks, notes = _codes(rows.facts[nik.name]), []
    for group in groups(None, combined[usable], usable):
        known = group[niks[group] >= 0]
        for row in known.tolist():
            other = next((each for each in known.tolist() if niks[each] != niks[row]), None)
            if other is not None:
                number = int(rows.listing.rows[other])
                why = Why(rows.listing.cell(other), Words(f"Lihat baris {number}.", f"See row {number}."))
                notes.append((row, _SUSPECTED.at(rows.listing.cell(row, rows.header(nik.name)), why)))
    return notes


def _first(rows: Rows, fields: Sequence[Field]) -> Field | None:
    return next((field for field in fields if field.name in rows.matched.places), None)


def _is_name(field: Field) -> bool:
    facts = aliases()[NAME].facts
    return any(normal(text) in facts for text in (field.name, field.title.id, field.title.en))


def _named(values: pa.Array) -> pa.Array:
    """Names in compared form, each distinct one read once."""
    encoded = values if isinstance(values, pa.DictionaryArray) else values.dictionary_encode()
    texts = pa.array(
        [None if text is None else normal(text) or None for text in encoded.dictionary.to_pylist()], pa.string()
    )
    return texts.take(encoded.indices)


def _codes(values: pa.Array) -> Longs:
    """Equal values as equal numbers; -1 for unknown."""
    plain = values.cast(values.type.value_type) if isinstance(values, pa.DictionaryArray) else values
    found: Longs = plain.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def homes_of(rows: Rows, fields: Sequence[Field]) -> pa.Array | None:
    """The region of each row, None: the rules know none."""
    field = next((field for field in fields if isinstance(field.type, Region)), None)
    return None if field is None else rows.facts[field.name]


def _retired(count: int) -> Problem:
    return remark(
        "nik-region-retired",
        f"{count} NIK diawali kode kecamatan lama yang kini bagian Gorontalo Utara; sah di dalam NIK.",
        f"{counted(count, 'NIK begins', 'NIKs begin')} with a former sub-district, now in Gorontalo Utara; right in a NIK.",
        "Tidak perlu apa-apa.",
        "Nothing to do.",
    )


def _elsewhere(moved: int, abroad: int) -> Problem:
    return remark(
        "nik-elsewhere",
        f"NIK yang pertama kali didaftarkan di kabupaten/kota lain: {moved}; di provinsi lain: {abroad}.",
        f"NIKs first registered in another district: {moved}; in another province: {abroad}.",
        "Tidak perlu apa-apa: NIK tidak berubah bila orangnya pindah.",
        "Nothing to do: a NIK doesn't change when its holder moves.",
    )


def _century(count: int) -> Problem:
    return remark(
        "nik-century",
        f"Daftar ini tanpa tanggal lahir; tahun lahir dalam {count} NIK bisa 20xx atau lebih dari 100 tahun lalu.",
        f"The list has no birth dates; the year in {counted(count, 'NIK', 'NIKs')} may be 20xx or over 100 years ago.",
        "Tambahkan kolom tanggal lahir bila umur diperlukan.",
        "Add a column of birth dates if ages matter.",
    )

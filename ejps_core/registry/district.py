"""The origin of a list: the district that fills empty regions and whose families alone belong in it."""

from __future__ import annotations

from difflib import get_close_matches

import numpy as np
import pyarrow as pa

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Region
from ejps_core.registry.problems import Problem, apart, counted, error, remark
from ejps_core.registry.regions import BPS_DISTRICTS, DISTRICTS, apart_from, read_region
from ejps_core.registry.rows import Rows

_NAMED_ONLY = ("village-without-subdistrict", "unknown-subdistrict")
"""What is said of rows whose place has a name that is not enough: their district may still be the list's."""


def district_code(text: str) -> str | Diagnostic:
    """The dotted code of a district of Gorontalo, or what is wrong with the text."""
    code = read_region(text.strip())
    if code in DISTRICTS:
        return str(code)
    listed = ", ".join(f"{each} {name}" for each, name in DISTRICTS.items())
    close = get_close_matches(text.strip(), list(DISTRICTS), 1, 0.6)
    meant_id = f"Maksudnya {close[0]}? " if close else ""
    meant_en = f"Did you mean {close[0]}? " if close else ""
    return error(
        "unknown-district",
        None,
        f"“{text}” bukan kode kabupaten/kota di Gorontalo.",
        f"“{text}” is not the code of a district of Gorontalo.",
        f"{meant_id}Pilihannya: {listed}.",
        f"{meant_en}The districts: {listed}.",
    )


def with_origin(families: Rows, fields: tuple[Field, ...], district: str) -> None:
    """Fills empty regions with the district and sets apart the rows of other districts."""
    field = next((field for field in fields if isinstance(field.type, Region)), None)
    name = DISTRICTS[district]
    if field is None:
        families.notes.append((-1, _no_field(district, name).at(families.listing.cell())))
        return
    values, header = families.facts[field.name], families.header(field.name)
    codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False).copy()
    if field.name in families.matched.places:
        said = {row for row, note in families.notes if row >= 0 and getattr(note.place, "column", None) == header}
        said -= {row for row, note in families.notes if note.code in _NAMED_ONLY}
        said |= set(families.listing.shifted)
        blank = [row for row in np.flatnonzero(codes < 0).tolist() if row not in said]
    else:
        blank = list(range(len(families)))
    if blank:
        codes[blank] = len(values.dictionary)
        place = families.listing.cell(column=header)
        families.notes.append((-1, _filled(len(blank), district, name).at(place)))
    entries = values.dictionary.to_pylist()
    outside = np.array([*(apart_from(entry, district) for entry in entries), False, False], np.bool_)
    if mirrored := {entry for entry in entries if BPS_DISTRICTS.get(entry[:5].replace(".", "")) == district != entry[:5]}:
        place = families.listing.cell(column=header)
        families.notes.append((-1, _mirrored(sorted(mirrored)[0][:5], district, name).at(place)))
    for row in np.flatnonzero(outside[codes]).tolist():
        region = entries[int(codes[row])]
        place = families.listing.cell(row, header, region)
        families.notes.append((row, _other(region, district, name).at(place)))
    spread = pa.array(codes, pa.int32(), mask=codes < 0)
    families.facts[field.name] = pa.DictionaryArray.from_arrays(spread, pa.array([*entries, district], pa.string()))


def _filled(count: int, district: str, name: str) -> Problem:
    rows = counted(count, "row without a region was", "rows without a region were")
    return remark(
        "region-filled",
        f"{count} baris tanpa wilayah diisi {district} {name}, asal daftar ini.",
        f"{rows} given {district} {name}, where the list comes from.",
        "Tidak perlu apa-apa bila semua baris memang dari sana.",
        "Nothing to do if all rows do come from there.",
    )


def _other(region: str, district: str, name: str) -> Problem:
    return apart(
        "other-district",
        f"Wilayah {region} di luar {district} {name}, asal daftar ini.",
        f"The region {region} is outside {district} {name}, where the list comes from.",
        "Perbaiki kode wilayahnya, atau serahkan baris ini kepada daerahnya.",
        "Mend the region, or hand this row to the district it belongs to.",
    )


def _mirrored(code: str, district: str, name: str) -> Problem:
    digits = code.replace(".", "")
    return remark(
        "bps-codes-suspected",
        f"Kode {digits} menurut BPS adalah {district} {name}, asal daftar ini: mungkin kolom ini berisi kode BPS.",
        f"In the codes of BPS {digits} is {district} {name}, where the list comes from: this column may hold BPS codes.",
        "Bila memang kode BPS, beri judul kolomnya “Kode BPS”; tidak ada yang ditukar tanpa itu.",
        "If they are BPS codes, head the column “Kode BPS”; nothing is exchanged without that.",
    )


def _no_field(district: str, name: str) -> Problem:
    return remark(
        "district-unused",
        f"Aturan ini tidak mengenal wilayah: asal daftar {district} {name} tidak dipakai.",
        f"These rules know no region: the origin {district} {name} is not used.",
        "Tidak perlu apa-apa.",
        "Nothing to do.",
    )

"""How two addresses agree: village, sub-district, district. A village's name counts only inside its sub-district.

63 village names of the province are borne by 149 villages, none twice within one sub-district. And an address proves little
against a person: 6.39 percent live elsewhere than their family card says (population census 2020).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.registry.matching.spelling import sounding, spelled

Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]

_PREFIX = re.compile(r"^(DESA|DS|KELURAHAN|KEL)\b\.?\s*")
_ROMAN = {"SATU": "I", "DUA": "II", "TIGA": "III", "EMPAT": "IV", "1": "I", "2": "II", "3": "III", "4": "IV"}


class Place(IntEnum):
    """The smallest area that both addresses lie in, as far as is known."""

    UNKNOWN = 0
    OTHER = 1
    DISTRICT = 2
    SUBDISTRICT = 3
    VILLAGE = 4


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses as numbers, 0 where unknown: the areas' codes, and a number for the village's name."""

    district: Longs
    subdistrict: Longs
    village: Longs
    named: Longs


def places_of(regions: pa.Array, villages: pa.Array, count: int) -> tuple[Places, Places]:
    """The addresses of the first `count` rows and of the others; one numbering of village names for both."""
    codes = regions.dictionary_encode()
    texts = [(code or "").split(".") for code in codes.dictionary.to_pylist()]
    index = codes.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)

    def level(depth: int) -> Longs:
        numbers = [int("".join(parts[:depth])) if len(parts) >= depth else 0 for parts in texts]
        found: Longs = np.array([*numbers, 0], np.int64)[index]
        return found

    names = villages.dictionary_encode()
    keys = [village_key(name or "") for name in names.dictionary.to_pylist()]
    numbered = {key: number for number, key in enumerate(sorted({*keys} - {""}), start=1)}
    of = names.indices.fill_null(len(keys)).to_numpy(zero_copy_only=False)
    named = np.array([*(numbered.get(key, 0) for key in keys), 0], np.int64)[of]
    columns = (level(2), level(3), level(4), named)
    return Places(*(column[:count] for column in columns)), Places(*(column[count:] for column in columns))


def village_key(name: str) -> str:
    """A village's name as it sounds, without 'Desa' and spaces.

    >>> village_key("Limba U Satu") == village_key("Kel. Limba U I"), village_key("Molosipat") == village_key("Molosifat")
    (True, True)
    """
    text = _PREFIX.sub("", name.upper().strip())
    words = [_ROMAN.get(word, word) for word in re.split(r"[^A-Z0-9]+", text) if word]
    return "".join(word if word in _ROMAN.values() else sounding(spelled(word)) for word in words)


def agreement(a: Places, b: Places, left: Longs, right: Longs) -> Bytes:
    """The Place of each pair of rows."""

    def same(x: Longs, y: Longs) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (x[left] == y[right]) & (x[left] != 0)
        return found

    district, subdistrict = same(a.district, b.district), same(a.subdistrict, b.subdistrict)
    village = same(a.village, b.village) | (subdistrict & same(a.named, b.named))
    unknown = (a.district[left] == 0) | (b.district[right] == 0)
    found: Bytes = np.select(
        [village, subdistrict, district, unknown],
        [Place.VILLAGE, Place.SUBDISTRICT, Place.DISTRICT, Place.UNKNOWN],
        Place.OTHER,
    ).astype(np.uint8)
    return found

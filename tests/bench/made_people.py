"""A made-up civil registry of Gorontalo and a list with the errors that lists have; who is who is known.

Seeded. Nobody's numbers: real regions and dates, serials of 9000 and more. Names are made from those heard in the province.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ejps_core.app.demo_people import FAMILY_NAMES, MEN, WOMEN
from ejps_core.app.regions import SUBDISTRICTS

Longs = npt.NDArray[np.int64]

SEED = 7_504_2021
VILLAGES_A_SUBDISTRICT = 9
"""729 villages in 77 sub-districts."""
EPOCH = date(1970, 1, 1).toordinal()
OLDEST, YOUNGEST = date(1935, 1, 1).toordinal() - EPOCH, date(2020, 1, 1).toordinal() - EPOCH
STAND_IN_RATE = 0.03
"""Birth dates on 1 January, 1 July or 31 December because only the year was known: an assumption."""
TWIN_RATE = 0.012
"""People born on the same day as another of their family, where names are likest: an assumption."""

MORE_FAMILIES = (
    "Kasim", "Mahmud", "Saleh", "Abas", "Adam", "Hulopi", "Nento", "Lahay", "Mooduto", "Kadir", "Bau", "Dai", "Rauf",
    "Uno", "Mantali", "Yunus", "Lamusu", "Isa", "Umar", "Pulukadang", "Napu", "Hunowu", "Tangahu", "Kaluku", "Doda",
    "Pomalingo", "Nusi", "Hippy", "Ali", "Arsyad", "Bobihu", "Maksud", "Eda", "Mohi", "Tolinggi", "Puluhulawa", "Hadju",
)  # fmt: skip
SECOND_MEN = (
    "Rahman", "Hadi", "Aprianto", "Saputra", "Fikri", "Akbar", "Hidayat", "Jaya", "Syahrul", "Rifai", "Setiawan",
    "Djufri", "Fauzan", "Wahyudi", "Ardiansyah", "Gani", "Nasir", "Latif", "Basir", "Munir", "Yahya", "Zakaria",
)  # fmt: skip
SECOND_WOMEN = (
    "Lestari", "Rahayu", "Puspita", "Anggraini", "Rahmawati", "Hasanah", "Fitriani", "Juliana", "Wulandari", "Djamila",
    "Safitri", "Oktaviani", "Nurjanah", "Yusriani", "Khadijah", "Mariam", "Zulaikha", "Kartini", "Ramlah", "Hamidah",
)  # fmt: skip
FAMILIES = (*FAMILY_NAMES, *MORE_FAMILIES)


@dataclass(frozen=True, slots=True)
class Registry:
    """The register as a table for matching, with the columns from which lists are copied."""

    table: pa.Table
    born: Longs
    woman: npt.NDArray[np.bool_]


def registry(count: int, random: np.random.Generator) -> Registry:
    """`count` people in families of about four."""
    family = np.sort(random.integers(0, max(count // 4, 1), count))
    subdistricts = np.array([f"{d}.{n:02}" for d, parts in SUBDISTRICTS.items() for n in parts])
    homes = random.integers(0, len(subdistricts) * VILLAGES_A_SUBDISTRICT, family[-1] + 1)
    place, number = np.divmod(homes[family], VILLAGES_A_SUBDISTRICT)
    villages = [f"{code}.{2001 + n}" for code in subdistricts for n in range(VILLAGES_A_SUBDISTRICT)]
    woman = random.random(count) < 0.5
    born = _births(count, random)
    twin = np.flatnonzero((np.diff(family) == 0) & (random.random(count - 1) < TWIN_RATE)) + 1
    born[twin] = born[twin - 1]
    names = _names(family, woman, random)
    mothers = _names(family, np.ones(count, np.bool_), np.random.default_rng(SEED), whole_family=True)
    status = np.array(["aktif", "meninggal", "pindah"])[np.searchsorted((0.985, 0.993), random.random(count))]
    home = np.array([code.replace(".", "") for code in subdistricts])
    card = [f"{home[p]}0101{10 + f % 10:02}{9000 + f // 10 % 1000}" for p, f in zip(place, family, strict=True)]
    table = pa.table(
        {
            "ref": pa.array([f"r{row}" for row in range(count)]),
            "nik": pa.array(_niks(home[place], born, woman)),
            "name": names,
            "birth": pa.array(born.astype(np.int32)).cast(pa.date32()),
            "region": pa.array(villages).take(pa.array(place * VILLAGES_A_SUBDISTRICT + number)),
            "kk": pa.array(card),
            "sex": pa.array(np.where(woman, "P", "L")),
            "mother": mothers,
            "status": pa.array(status),
        }
    )
    return Registry(table, born, woman)


def _births(count: int, random: np.random.Generator) -> Longs:
    born = random.integers(OLDEST, YOUNGEST, count)
    days = born.astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    starts = np.array([0, 181, 364])[random.integers(0, 3, count)]
    stand_in = random.random(count) < STAND_IN_RATE
    found: Longs = np.where(stand_in, years.astype("datetime64[D]").astype(np.int64) + starts, born)
    return found


def _names(
    family: Longs, woman: npt.NDArray[np.bool_], random: np.random.Generator, *, whole_family: bool = False
) -> pa.Array:
    """A given name, for half of them a second one, and for most the family's name."""
    count = int(family[-1]) + 1 if whole_family else len(family)
    of_woman = np.ones(count, np.bool_) if whole_family else woman
    family_name = np.array(FAMILIES)[_mixed(family) % len(FAMILIES)]
    if whole_family:
        family_name = np.array(FAMILIES)[random.integers(0, len(FAMILIES), count)]
    given = np.where(of_woman, _any(WOMEN, count, random), _any(MEN, count, random))
    second = np.where(of_woman, _any(SECOND_WOMEN, count, random), _any(SECOND_MEN, count, random))
    second = np.where(random.random(count) < 0.5, second, "")
    last = np.where(random.random(count) < 0.94, family_name, "")
    names = pa.array([" ".join(filter(None, parts)) for parts in zip(given, second, last, strict=True)])
    return names.take(pa.array(family)) if whole_family else names


def _any(words: tuple[str, ...], count: int, random: np.random.Generator) -> npt.NDArray[np.str_]:
    return np.array(words)[random.integers(0, len(words), count)]


def _mixed(family: Longs) -> Longs:
    return (family * 2_654_435_761) >> 7


def _niks(homes: npt.NDArray[np.str_], born: Longs, woman: npt.NDArray[np.bool_]) -> list[str]:
    """A NIK each: region, birth date (a woman's day plus 40), and serials from 9000 on, none twice."""
    days = born.astype("datetime64[D]").tolist()
    used: dict[str, int] = {}
    found = []
    for home, day, is_woman in zip(homes.tolist(), days, woman.tolist(), strict=True):
        start = f"{home}{day.day + 40 * is_woman:02}{day.month:02}{day.year % 100:02}"
        serial = used[start] = used.get(start, 8_999) + 1
        found.append(f"{start}{serial}")
    return found

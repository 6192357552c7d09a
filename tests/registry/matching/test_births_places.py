"""How birth dates and addresses agree."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.registry.matching import births, places
from ejps_core.registry.matching.births import Birth, days_of
from ejps_core.registry.matching.places import Place, places_of, village_key

FIRST = np.zeros(1, np.int64)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (date(1975, 3, 12), date(1975, 3, 12), Birth.SAME),
        (date(1975, 3, 12), date(1975, 12, 3), Birth.SWAPPED),  # spreadsheets of another country
        (date(1975, 7, 1), date(1975, 3, 12), Birth.STAND_IN),
        (date(1975, 3, 12), date(1975, 1, 1), Birth.STAND_IN),
        (date(1975, 1, 7), date(1975, 7, 1), Birth.SWAPPED),  # sooner swapped than a stand-in
        (date(1975, 3, 12), date(1975, 3, 13), Birth.NEAR),
        (date(1975, 3, 12), date(1957, 3, 12), Birth.NEAR),
        (date(1975, 3, 12), date(1975, 8, 20), Birth.SAME_YEAR),
        (date(1975, 3, 12), date(1957, 3, 13), Birth.OTHER),
        (date(1975, 7, 1), date(1976, 1, 1), Birth.OTHER),
        (None, date(1975, 3, 12), Birth.UNKNOWN),
        (date(1975, 3, 12), None, Birth.UNKNOWN),
        (None, None, Birth.UNKNOWN),
    ],
)
def test_birth_dates(one: date | None, other: date | None, said: Birth) -> None:
    a, b = (days_of(pa.array([each], pa.date32())) for each in (one, other))
    assert births.agreement(a, b, FIRST, FIRST).tolist() == [said]
    assert births.agreement(b, a, FIRST, FIRST).tolist() == [said]


def test_a_swapped_stamp_is_a_date_or_nothing() -> None:
    days = days_of(pa.array([date(1975, 3, 12), date(1975, 3, 13), date(1975, 3, 3), None]))
    assert days.stamp.tolist() == [19750312, 19750313, 19750303, 0]
    assert days.swapped.tolist() == [19751203, 0, 0, 0]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (("75.01.01.2003", None), ("75.01.01.2003", None), Place.VILLAGE),
        (("75.01.01.2003", None), ("75.01.01.2004", None), Place.SUBDISTRICT),
        (("75.01.01", "Padengo"), ("75.01.01.2004", "Desa Padengo"), Place.VILLAGE),
        (("75.01.01", "Padengo"), ("75.01.02", "Padengo"), Place.DISTRICT),  # a name borne by five villages
        ((None, "Padengo"), (None, "Padengo"), Place.UNKNOWN),
        (("75.01", None), ("75.01.01.2004", None), Place.DISTRICT),
        (("75.01.01", None), ("75.04.01", None), Place.OTHER),
        (("75", None), ("75.04.01", None), Place.UNKNOWN),
        ((None, None), ("75.04.01", None), Place.UNKNOWN),
    ],
)
def test_addresses(one: tuple[str | None, str | None], other: tuple[str | None, str | None], said: Place) -> None:
    regions, villages = (pa.array([one[part], other[part]], pa.string()) for part in (0, 1))
    a, b = places_of(regions, villages, 1)
    assert places.agreement(a, b, FIRST, FIRST).tolist() == [said]


@pytest.mark.parametrize(
    "names",
    [
        # Spellings of one village seen in official lists.
        ("Limba U I", "Limba U Satu", "Kel. LIMBA U I"),
        ("Bulontiyo", "Bulontio", "Desa Bulontio"),
        ("Tumbulilato", "Tombulilato"),
        ("Molosipat", "Molosifat"),
        ("Olohuta", "Oluhuta"),
        ("Botupingge", "Botu Pingge"),
    ],
)
def test_one_village(names: tuple[str, ...]) -> None:
    assert len({village_key(name) for name in names}) == 1


def test_two_villages() -> None:
    assert len({village_key(name) for name in ("Limba U I", "Limba U II", "Limba B", "Hulawa", "Ilomata", "Iloheluma")}) == 6

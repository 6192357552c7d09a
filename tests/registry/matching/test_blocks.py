"""Each key by which rows come to be compared finds somebody whom no other key finds."""

from __future__ import annotations

from datetime import date

import pytest

from ejps_core.registry.matching.match import match
from tests.registry.matching.made import Person, but, group

BORN = date(1985, 3, 12)
HERE: Person = {"name": "Rahmatia Lihawa", "birth": BORN, "region": "75.01.01.2003"}
SLIP = "Rahmatia Lihana"
"""One word as it was, the other with another skeleton."""
MOTHER = {"mother": "Hartati Pakaya"}
CARD = "7501010101209001"


@pytest.mark.parametrize(
    ("listed", "register"),
    [
        pytest.param({"name": SLIP, "region": "75.01"}, {}, id="birth date and a word"),
        pytest.param({"name": "Salma"}, {"name": "Samla"}, id="birth date and sub-district"),
        pytest.param({"name": SLIP, "region": "75.01", "birth": date(1985, 12, 3)}, {}, id="swapped date and a word"),
        pytest.param(
            {"name": "Salma", "birth": date(1985, 12, 3), "region": "75.01.01", "kk": None},
            {"name": "Samla"},
            id="swapped date and sub-district",
        ),
        pytest.param({"name": SLIP, "birth": date(1985, 7, 9), "region": "75.01.01"}, {}, id="year, sub-district, a word"),
        pytest.param({"name": "Salma", "birth": date(1985, 3, 22)}, {"name": "Samla"}, id="year and village"),
        pytest.param(
            {"name": "Salma", "birth": date(1985, 3, 22), "region": "75.01.01", "village": "Hulawa"},
            {"name": "Samla", "village": "Desa Hulawa"},
            id="year and a village by name",
        ),
        pytest.param({"birth": date(1985, 7, 1), "region": "75.01"}, {}, id="year and the whole name"),
        pytest.param({"birth": date(1958, 3, 12), "region": "75.01.01"}, {}, id="sub-district and the whole name"),
        pytest.param({"birth": None, "region": "75.01", **MOTHER}, MOTHER, id="no birth date: district, the whole name"),
        pytest.param({"birth": None, "region": None, "kk": CARD}, {"kk": CARD}, id="family card"),
        pytest.param({"name": SLIP, "birth": date(1958, 3, 12)}, {}, id="a word within the village"),
        pytest.param(
            {"name": SLIP, "birth": date(1958, 3, 12), "region": "75.01.01", "village": "Hulawa"},
            {"village": "Hulawa"},
            id="a word within a village by name",
        ),
    ],
)
def test_each_key_is_needed(listed: Person, register: Person) -> None:
    found = match(group(but(HERE, **listed)), group(but(HERE, **register))).match(0)
    assert [each.ref for each in found.candidates] == ["0"]

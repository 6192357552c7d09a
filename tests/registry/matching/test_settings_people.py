"""Settings that can't be meant, and tables that can't be matched."""

from __future__ import annotations

import pyarrow as pa
import pytest

from ejps_core.registry.matching.births import Birth
from ejps_core.registry.matching.people import people
from ejps_core.registry.matching.settings import Points, Settings, wrong_settings


def test_the_defaults_are_sound() -> None:
    assert wrong_settings(Settings()) == ()


@pytest.mark.parametrize(
    "settings",
    [
        Settings(name_same=50),
        Settings(name_other=0),
        Settings(accept=101),
        Settings(doubt=90),
        Settings(margin=0),
        Settings(shown=0),
        Settings(births_same=(Birth.SAME, Birth.OTHER)),
        Settings(births_same=(Birth.SWAPPED,)),
        Settings(points=Points(births=(0, 0, 30))),
        Settings(points=Points(places=(0, 0, 20, 14, 8))),
        Settings(points=Points(name=30)),
    ],
)
def test_settings_that_cannot_be_meant(settings: Settings) -> None:
    found = wrong_settings(settings)
    assert {each.code for each in found} == {"matching-settings"}
    assert found[0].words.id.startswith("Pengaturan pemadanan tidak dapat dipakai: ")
    assert found[0].mend is not None


def test_people_fill_what_a_table_lacks() -> None:
    made = people(pa.table({"name": pa.array(["  Fatma ", ""]).dictionary_encode()}))
    assert made.column("name").to_pylist() == ["Fatma", None]
    assert made.column("ref").to_pylist() == ["0", "1"]
    assert made.column("birth").null_count == 2


@pytest.mark.parametrize("columns", [{"ref": ["1", "1"]}, {"ref": ["1", None]}, {"status": ["hilang", None]}])
def test_a_slip_of_the_caller_is_told(columns: dict[str, list[str | None]]) -> None:
    with pytest.raises(ValueError, match=r"each ref once|no such status"):
        people(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))

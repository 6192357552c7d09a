"""How alike names are."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.registry.matching.likeness import UNKNOWN, likeness
from ejps_core.registry.matching.names import names_of
from ejps_core.registry.matching.settings import Settings

USED = Settings()


def alike(one: str | None, other: str | None) -> int:
    names = names_of(pa.array([one, other], pa.string()))
    there = likeness(names, np.array([0]), np.array([1]))
    back = likeness(names, np.array([1]), np.array([0]))
    assert there.tolist() == back.tolist()
    return int(there[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FATMA LIHAWA", "Fatma Lihawa"),
        ("Hj. Siti Aminah (Almh)", "Aminah Siti"),
        ("Hi. Moh. Jusuf Lihawa, S.Pd", "Muhammad Yusup Lihawa"),
        ("Djafar Oemar", "Jafar Umar"),
        ("Katili Hasan", "Hassan Katili"),
        ("Abd.Wahab Olii", "Abdulwahab Oli"),
        ("Nur Hayati Tuna", "Nurhayati Tuna"),
        ("M. Rizal Datau", "Moh. Rizal Datau"),
        ("Rizal Datau", "Moh. Rizal Datau"),
        ("Rahmatia Lihawa", "Rahmtia Lihawa"),
        ("Hasan bin Ali", "Hasan"),
        ("Fatma alias Isa", "Fatma"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert alike(one, other) >= USED.name_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hasan Katili", "Husain Katili"),  # twins are often called so
        ("Fatma", "Fatma Lihawa"),
        ("Fatma", "Ftama"),
        ("Hasan bin Ali", "Hasan bin Umar"),
    ],
)
def test_names_that_a_human_must_judge(one: str, other: str) -> None:
    assert USED.name_other <= alike(one, other) < USED.name_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Aminah Lihawa", "Siti Maryam Lihawa"),
        ("Fatma Lihawa", "Ramdan Pakaya"),
        ("Siti", "Siti Aminah Lihawa"),
        ("Moh. Rizal", "Moh. Ramdan"),
    ],
)
def test_other_names(one: str, other: str) -> None:
    assert alike(one, other) < USED.name_other


def test_another_father_counts_like_another_name() -> None:
    assert alike("Hasan bin Ali", "Hasan bin Umar") == alike("Hasan Ali", "Hasan Umar")
    assert alike("Hasan bin Ali", "Hasan Umar") == alike("Hasan Ali", "Hasan Umar")
    assert alike("Hasan Ali", "Hasan bin Umar") == alike("Hasan Ali", "Hasan Umar")


def test_no_name_is_not_compared() -> None:
    assert alike("", "Fatma") == alike(None, "Fatma") == alike("123 -", "Fatma") == alike(None, None) == UNKNOWN


def test_a_cell_of_nothing_but_titles_is_a_name() -> None:
    assert alike("Hj.", "Hj") == 100


def test_the_late_are_told() -> None:
    names = names_of(pa.array(["Alm. Amir", "Amir (Almarhum)", "Amir", "Almira", None]))
    assert names.called_late.tolist() == [True, True, False, False, False]
    assert alike("Alm. Amir Laiya", "Amir Laiya") == 100


def test_no_names_at_all() -> None:
    names = names_of(pa.array([], pa.string()))
    assert likeness(names, np.array([], np.int64), np.array([], np.int64)).tolist() == []

"""The made-up list: the same every time, nobody's numbers, the faults that real lists have."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ejps_core.app.demo_data import FAMILIES, POPULATION, households
from ejps_core.app.regions import SUBDISTRICTS
from ejps_core.registry.regions import SUBDISTRICTS as OFFICIAL

ON = date(2020, 10, 16)


def test_the_list_is_the_same_every_time() -> None:
    assert households(ON, 200) == households(ON, 200)
    assert households(ON, 200) != households(ON, 200, seed=1)


def test_numbers_are_nobodys_and_each_is_handed_out_once() -> None:
    families = households(ON)
    numbers = [each.card for each in families] + [p.nik for each in families for p in each.people if p.nik]
    assert len(numbers) == len(set(numbers))
    assert all(len(number) == 16 and int(number[-4:]) >= 9000 for number in numbers)
    women = [p for each in families for p in each.people if p.nik and p.woman]
    assert all(p.nik and 41 <= int(p.nik[6:8]) <= 71 for p in women)


def test_districts_and_faults_come_in_about_the_stated_shares() -> None:
    families = households(ON)
    assert len(families) == FAMILIES
    districts = Counter(each.card[:4] for each in families)
    whole = sum(POPULATION.values())
    for district, population in POPULATION.items():
        assert abs(districts[district.replace(".", "")] / FAMILIES - population / whole) < 0.03
    people = [person for each in families for person in each.people]
    assert 3.6 < len(people) / FAMILIES < 4.4
    assert 0.06 < sum(person.nik is None for person in people) / len(people) < 0.12
    assert 0.001 < sum(person.status == "meninggal" for person in people) / len(people) < 0.01


def test_subdistricts_are_the_official_ones() -> None:
    assert {f"{district}.{number:02}" for district, parts in SUBDISTRICTS.items() for number in parts} == OFFICIAL
    assert sum(map(len, SUBDISTRICTS.values())) == 77

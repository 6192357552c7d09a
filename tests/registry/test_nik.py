"""The rules of NIK and family card numbers, one by one."""

import random
import re
from datetime import date

import pytest

from ejps_core.registry.nik import (
    Born,
    Fault,
    born,
    possible,
    read_family_card,
    read_nik,
    region_known,
    sound_pattern,
)

WOMAN = "750101" + "410785" + "9001"
MAN = "750101" + "010785" + "9001"


def test_a_woman_has_forty_added_to_her_day_of_birth() -> None:
    parts = read_nik(WOMAN).parts
    assert parts is not None
    assert (parts.region, parts.day, parts.month, parts.year, parts.female) == ("75.01.01", 1, 7, 85, True)
    man = read_nik(MAN).parts
    assert man is not None and man.female is False and man.day == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("750101" + "720785" + "9001", Fault.DATE),
        ("750101" + "400785" + "9001", Fault.DATE),
        ("750101" + "320785" + "9001", Fault.DATE),
        ("750101" + "000785" + "9001", Fault.DATE),
        ("750101" + "290201" + "9001", Fault.DATE),
        ("750101" + "690201" + "9001", Fault.DATE),
        ("750101" + "310285" + "9001", Fault.DATE),
        ("750101" + "310485" + "9001", Fault.DATE),
        ("750101" + "011385" + "9001", Fault.DATE),
        ("750101" + "010085" + "9001", Fault.DATE),
        ("7501010000000000", Fault.DATE),
        ("750101" + "410785" + "0000", Fault.SERIAL),
        ("200101" + "410785" + "9001", Fault.PROVINCE),
        ("990101" + "410785" + "9001", Fault.PROVINCE),
        ("750101" + "410785" + "901", Fault.LENGTH),
        ("750101" + "410785" + "90011", Fault.LENGTH),
        ("", Fault.LENGTH),
        ("75010141078590A1", Fault.NOT_DIGITS),
        ("７５０１０１４１０７８５９００１", Fault.NOT_DIGITS),
        ("7,50404E+15", Fault.LOST_DIGITS),
        ("7.5E+15", Fault.LOST_DIGITS),
        ("7.50404e15", Fault.LOST_DIGITS),
    ],
)
def test_faults(text: str, fault: Fault) -> None:
    assert read_nik(text).fault is fault
    assert read_nik(text).parts is None


@pytest.mark.parametrize("birth", ["290200", "690204", "310185", "711285", "290296"])
def test_days_that_exist(birth: str) -> None:
    assert read_nik("750101" + birth + "9001").fault is None


@pytest.mark.parametrize(
    "text",
    [
        "'" + WOMAN,
        "\u2019" + WOMAN,
        "7501'0141'0785'9001",
        "75.01.01.410785.9001",
        "750101-410785-9001",
        "750101\u2013410785\u20139001",
        "75O1O14lO7859OOl",
    ],
)
def test_slips_are_repaired_and_said(text: str) -> None:
    found = read_nik(text)
    assert found.parts is not None and found.parts.digits == WOMAN and found.repaired


@pytest.mark.parametrize(
    "text",
    [
        f"  {WOMAN} ",
        "7501 0141 0785 9001",
        "7501\u00a00141\u00a00785\u00a09001",
        f"\ufeff{WOMAN}",
        f"{WOMAN[:4]}\u200b{WOMAN[4:]}\u200e",
    ],
)
def test_spaces_and_invisible_characters_are_no_repair(text: str) -> None:
    found = read_nik(text)
    assert found.parts is not None and found.parts.digits == WOMAN and not found.repaired


def test_the_date_of_a_family_card_has_nothing_added() -> None:
    assert read_family_card("750101" + "410785" + "9001").fault is Fault.DATE
    card = read_family_card("750101" + "310120" + "9001").parts
    assert card is not None and card.female is None and card.day == 31


def test_neighbours_are_different() -> None:
    assert read_nik(WOMAN).parts != read_nik("750101" + "410785" + "9002").parts


def test_all_papuan_provinces_exist() -> None:
    faults = [read_nik(f"{code}0101" + "410785" + "9001").fault for code in range(91, 97)]
    assert faults == [None] * 6


@pytest.mark.parametrize("old", ["75.01.06", "75.01.07", "75.01.08", "75.01.12", "75.01.15"])
def test_retired_subdistricts_live_on_in_a_nik(old: str) -> None:
    assert region_known(old)


def test_regions_are_known_within_gorontalo_only() -> None:
    assert region_known("75.71.09") and region_known("71.02.99")
    assert not region_known("75.71.10") and not region_known("75.09.01")


def test_birth_dates_agree_or_are_swapped() -> None:
    parts = read_nik(WOMAN).parts
    assert parts is not None
    assert born(parts, date(1985, 7, 1)) is Born.SAME
    assert born(parts, date(1985, 1, 7)) is Born.SWAPPED
    assert born(parts, date(1986, 7, 1)) is Born.OTHER


def test_leap_days_need_a_leap_year_in_one_of_the_centuries() -> None:
    assert possible(29, 2, 0) and possible(29, 2, 96) and not possible(29, 2, 1)


@pytest.mark.parametrize("person", [True, False])
def test_what_looks_sound_at_first_sight_is_sound(person: bool) -> None:
    chance, read = random.Random(7), read_nik if person else read_family_card
    pattern, sound = re.compile(sound_pattern(person)), 0
    for _ in range(20_000):
        place = chance.choice(["750101", "750106", "757110", "710204", "200101", f"{chance.randrange(10**6):06}"])
        birth = f"{chance.randrange(80):02}{chance.randrange(14):02}{chance.randrange(100):02}"
        text = place + birth + chance.choice(["0000", "9001", "901", "O001"])
        parts = read(text).parts
        whole = parts is not None and not read(text).repaired and region_known(parts.region)
        assert whole or not pattern.match(text), text
        late = parts is not None and parts.day > 28
        assert not whole or late or pattern.match(text), text
        sound += bool(pattern.match(text))
    assert sound > 500

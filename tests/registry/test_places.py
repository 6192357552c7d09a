"""The regions by name: the official counts, names only where they are sure, codes of two offices never mixed."""

from collections import Counter

import pytest

from ejps_core.model.listing import Kind
from ejps_core.registry.codes import read_place, read_statistics_place
from ejps_core.registry.gazetteer import compared, subdistricts_called, tables, village_called
from ejps_core.registry.marks import normal
from ejps_core.registry.regions import BPS_DISTRICTS, DISTRICTS, RETIRED


def test_the_table_is_the_official_one() -> None:
    titles = tables().titles
    assert len(tables().names) == 77 and len(titles) == 729
    assert Counter(code[9] for code in titles) == {"2": 657, "1": 72}
    named = Counter(normal(name) for name in titles.values())
    assert sum(count > 1 for count in named.values()) == 63
    assert sum(count for count in named.values() if count > 1) == 149
    assert named["padengo"] == named["iloheluma"] == 5
    assert len(tables().elsewhere) == 7208 and not RETIRED & set(tables().names)


def test_no_two_places_of_one_subdistrict_are_compared_alike() -> None:
    assert sum(len(those) for those in tables().villages.values()) == 729
    assert len({compared(name) for name in tables().names.values()}) == 77
    for code, name in tables().titles.items():
        assert village_called(name, code[:8]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Desa Teratai, Kec. Marisa", "75.04.04.2007"),
        ("Teratai, Marisa, Pahuwato", "75.04.04.2007"),
        ("Kelurahan Limba U Satu, Kecamatan Kota Selatan", "75.71.02.1019"),
        ("Kec. Telaga Jaya", "75.01.22"),
        ("Kecamatan Botumoita", "75.02.06"),
        ("Kecamatan Botu Pingge", "75.03.07"),
        ("Kec. Bone Pantai", "75.03.04"),
        ("Kec. Kota Barat, Kota Gorontalo", "75.71.01"),
        ("Pahuwato", "75.04"),
        ("Padengo, Kec. 75.04.08", "75.04.08.2004"),
    ],
)
def test_names_that_leave_no_doubt(text: str, code: str) -> None:
    assert read_place(text, Kind.TEXT) == (code, ())


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Padengo", None, "village-without-subdistrict"),
        ("Desa Padengo, Kab. Pohuwato", "75.04", "village-without-subdistrict"),
        ("Desa Teratai, Kec. Paguat", "75.04.05", "unknown-village"),
        ("Desa Teratai, Kec. Marisa, Kab. Boalemo", "75.02", "unknown-subdistrict"),
        ("Gorontalo", None, "ambiguous-region"),
        ("Desa Teratai, Kec. Marisaa", None, "unknown-subdistrict"),
        ("75.01.06", None, "retired-region"),
        ("Antah Berantah", None, "not-a-region"),
    ],
)
def test_names_that_leave_a_doubt(text: str, code: str | None, said: str) -> None:
    value, problems = read_place(text, Kind.TEXT)
    assert value == code and [problem.code for problem in problems] == [said]


def test_where_a_village_might_be_is_listed() -> None:
    (problem,) = read_place("Padengo", Kind.TEXT)[1]
    assert problem.mend.id.count("Kecamatan ") == 5


def test_the_two_offices_number_four_districts_crosswise() -> None:
    assert set(BPS_DISTRICTS.values()) == set(DISTRICTS)
    crossed = {code for code, ours in BPS_DISTRICTS.items() if f"{code[:2]}.{code[2:]}" != ours}
    assert crossed == {"7501", "7502", "7503", "7504"}
    assert read_statistics_place("7503", Kind.TEXT)[0] == "75.04"
    assert read_place("7503", Kind.TEXT)[0] == "75.03"
    assert read_statistics_place("7502070", Kind.TEXT)[0] == "75.01"
    assert read_statistics_place("7601", Kind.TEXT)[0] is None


def test_subdistricts_within_a_district() -> None:
    assert subdistricts_called("Marisa", "75.04") == ("75.04.04",)
    assert subdistricts_called("Marisa", "75.01") == ()

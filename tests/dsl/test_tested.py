"""The tests that cut a fact's values into cells."""

from ejps_core.model.expr import Between, Compare, FieldRef, OneOf
from tests.dsl.plain import accepted


def test_constants_cut_a_fact_into_cells() -> None:
    ruleset = accepted(
        "hitung d = desil termasuk 2..3\nsyarat a\n    desil <= 4 atau d\nsyarat b\n    tanah = sewa atau "
        "tanah termasuk (milik, warisan)\n"
        "syarat c\n    terdaftar dan (jika terdaftar = ya maka ya selain itu tidak) = ya"
    )
    found = {entry.fact: entry.tests for entry in ruleset.thresholds}
    assert [type(test) for test in found["desil"]] == [Compare, Between]
    assert [type(test) for test in found["tanah"]] == [OneOf, OneOf]
    assert [type(test) for test in found["terdaftar"]] == [FieldRef, Compare]


def test_other_uses_of_a_fact_bar_it() -> None:
    for use in (
        "desil + 1 > 3",
        "desil belum diketahui",
        "(desil bila belum diketahui 3) > 2",
        "ada anggota yang gaji > desil * Rp1 per bulan",
        "suhu < desil",
    ):
        ruleset = accepted(f"syarat a\n    desil <= 4\nsyarat b\n    {use}")
        assert "desil" not in {entry.fact for entry in ruleset.thresholds}, use


def test_a_fact_read_of_members_has_no_cells() -> None:
    ruleset = accepted(
        "tiap anggota hitung m = pns dan terdaftar\nsyarat a\n    terdaftar\nsyarat b\n    ada anggota yang m"
    )
    assert {entry.fact for entry in ruleset.thresholds} == set()

"""Examples beside the rules: those that come out, and what is said of those that don't."""

from __future__ import annotations

from datetime import date

from ejps_core.authoring.examples import failures
from ejps_core.authoring.probe import definition_values
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family, from_families
from ejps_core.model.ruleset import Verdict
from tests.authoring.sample import example, expects, rules
from tests.reports.sample import ON

GOOD = (
    example("berhak", 1, expects(Verdict.ELIGIBLE, paket=300_000, miskin=True, golongan="miskin"), pkh=False, uang=300_000),
    example("ditolak", 2, expects(Verdict.INELIGIBLE, ("penerima_pkh",), paket=0), pkh=True, uang=1),
    example("dua alasan", 3, expects(Verdict.INELIGIBLE, ("mampu", "penerima_pkh")), pkh=True, mampu=True),
    example("belum tahu", 4, expects(Verdict.UNDETERMINED, ("penerima_pkh",), ("pkh",), golongan=None), pkh=None),
    example("jumlah terbuka", 5, expects(Verdict.ELIGIBLE, None, ("uang",), paket=None), pkh=False),
    example("hitungan", 6, expects(Verdict.ELIGIBLE, per_kepala=7, tambah=8), pkh=False, uang=7),
)


def test_right_examples_give_no_finding() -> None:
    assert failures(rules(*GOOD)) == ()


def test_a_wrong_verdict_says_what_came_out_and_why() -> None:
    wrong = example("salah", 9, expects(Verdict.ELIGIBLE), pkh=True)
    found = failures(rules(GOOD[0], wrong))
    assert [(each.code, each.place) for each in found] == [("example-fails", wrong.span)]
    assert found[0].words.en == (
        'The example "salah" fails. verdict: expected eligible, got ineligible because penerima_pkh.'
    )
    assert "putusan: diharapkan memenuhi syarat, hasilnya tidak memenuhi syarat" in found[0].words.id


def test_wrong_reasons_needs_and_values_are_told() -> None:
    reasons = example("alasan", 1, expects(Verdict.INELIGIBLE, ("mampu",)), pkh=True)
    needs = example("data", 2, expects(Verdict.UNDETERMINED, None, ("uang",)))
    values = example("nilai", 3, expects(Verdict.ELIGIBLE, paket=178_150, miskin=False), pkh=False, uang=178_151)
    said = [each.words.en for each in failures(rules(reasons, needs, values))]
    assert "because: expected mampu, got penerima_pkh" in said[0]
    assert "needs: expected uang, got pkh" in said[1]
    assert "paket: expected Rp178,150, got Rp178,151" in said[2]
    assert "miskin: expected no, got yes" in said[2]


def test_examples_of_several_dates_come_in_the_order_of_the_file() -> None:
    from dataclasses import replace

    later = replace(example("b", 1, expects(Verdict.INELIGIBLE), pkh=False), on=ON + 1)
    found = failures(rules(later, example("a", 2, expects(Verdict.INELIGIBLE), pkh=False)))
    assert [each.place.line for each in found if each.place and hasattr(each.place, "line")] == [1, 2]


def test_values_of_definitions_of_every_kind() -> None:
    made = rules()
    families = [Family({"kk": "1", "uang": 700_000}, ({}, {})), Family({"kk": "2"}, ({},))]
    candidates = from_families(families, made.family_fields, made.member_fields)
    names = [each.name for each in made.definitions]
    found = definition_values(made, AsOf(ON, ON), candidates, names)
    assert {name: column.to_pylist() for name, column in found.items()} == {
        "miskin": [False, None],
        "tambah": [700_001, None],
        "per_kepala": [350_000, None],
        "golongan": ["lain", None],
        "sebulan_lagi": [date(2020, 11, 16)] * 2,
    }

"""What holds of matching whatever the people are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ejps_core.registry.matching.duplicates import Listed, Origin, duplicates
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.matches import Match
from ejps_core.registry.matching.names import names_of
from ejps_core.registry.matching.outcomes import Outcome, Way
from tests.registry.matching.made import group

pytestmark = pytest.mark.slow

WORDS = ("Moh.", "Siti", "St.", "Hasan", "Husain", "Jusuf", "Yusup", "Katili", "Lihawa", "Tuna", "H.", "bin", "Ali", "Fatma")
NAMES = st.one_of(
    st.none(),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.text("ABDEHIJNRSTUaeiou .,'", max_size=14),
)
DAYS = st.one_of(st.none(), st.sampled_from([date(1970, 1, 1), date(1970, 2, 3), date(1970, 3, 2), date(1971, 2, 3)]))
REGIONS = st.sampled_from([None, "75.01", "75.01.01", "75.01.01.2001", "75.01.01.2002", "75.04.01.2001"])
NIKS = st.sampled_from([None, "7501010302709001", "7501010302709002", "7501010302709003"])


def persons(*, status: bool) -> Any:
    lives = st.sampled_from([None, "aktif", "meninggal", "pindah"]) if status else st.none()
    kinds = {"nik": NIKS, "name": NAMES, "birth": DAYS, "region": REGIONS, "status": lives}
    return st.lists(st.fixed_dictionaries(kinds), max_size=7).map(
        lambda rows: [{**row, "ref": f"r{place}"} for place, row in enumerate(rows)]
    )


def outcomes(listed: list[dict[str, object]], register: list[dict[str, object]]) -> dict[str, Match]:
    found = match(group(*listed), group(*register))
    return {each.ref: each for each in (found.match(row) for row in range(len(found)))}


@settings(max_examples=150, deadline=None)
@given(persons(status=False), persons(status=True), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(listed: Any, register: Any, random: Any) -> None:
    before = outcomes(listed, register)
    random.shuffle(listed)
    random.shuffle(register)
    assert outcomes(listed, register) == before


@settings(max_examples=100, deadline=None)
@given(persons(status=False), persons(status=True))
def test_each_person_has_an_outcome_that_hangs_together(listed: Any, register: Any) -> None:
    for each in outcomes(listed, register).values():
        # Those with the same NIK come first, then by score.
        scores = [one.score for one in each.candidates[1:]]
        assert any(
            all(part == sorted(part, reverse=True) for part in (scores[:same], scores[same:]))
            for same in range(len(scores) + 1)
        )
        assert all(0 <= one.score <= 100 for one in each.candidates)
        assert (each.outcome is Outcome.NOT_FOUND) == (not each.candidates) == (each.way is Way.NONE)
        if each.way is Way.NAME:
            assert each.outcome in (Outcome.MATCHED, Outcome.SEVERAL, Outcome.DOUBTFUL)


@settings(max_examples=100, deadline=None)
@given(persons(status=False), NAMES.filter(bool), DAYS.filter(bool), REGIONS)
def test_the_same_nik_name_and_birth_date_are_always_padan(others: Any, name: str, birth: date, region: str | None) -> None:
    nik = "7501010302709999"
    person = {"ref": "x", "nik": nik, "name": name, "birth": birth, "region": region}
    found = outcomes([person], [*others, {**person, "ref": "y"}])["x"]
    if names_of(pa.array([name])).known[0]:
        assert (found.outcome, found.candidates[0].ref) == (Outcome.MATCHED, "y")
    else:
        assert found.outcome is Outcome.DOUBTFUL, "nothing that could be called a name"


@settings(max_examples=100, deadline=None)
@given(persons(status=False), st.randoms(use_true_random=False))
def test_duplicates_in_any_order(rows: Any, random: Any) -> None:
    here = Origin("daftar", "75.01", "pangan", "I")
    before = duplicates([Listed(here, group(*rows))]) if rows else ()
    random.shuffle(rows)
    assert (duplicates([Listed(here, group(*rows))]) if rows else ()) == before
    for each in before:
        assert len(each.records) == len(set(each.records)) > 1

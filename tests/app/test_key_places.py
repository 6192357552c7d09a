"""The places of keys: the order of the numbers themselves, and nothing else of them."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.app.key_places import by_places, kept_places, place_columns, places_of
from ejps_core.model.candidates import Candidates, from_families
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Span
from ejps_core.model.types import Code, Number
from ejps_core.model.words import Words
from tests.app.test_persons import rules

TEXTS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=3))


def field(name: str, number: bool = False) -> Field:
    kind = Number(0, 0, 99) if number else Code()
    return Field(name, Words(name, name), kind, Level.FAMILY, Span("", 1, 1, 1, 1), key=True)


@given(TEXTS)
def test_places_have_the_order_of_the_texts(texts: list[str | None]) -> None:
    for column in (pa.array(texts, pa.string()), pa.chunked_array([texts, []], pa.string())):
        places = places_of(column).to_pylist()
        known = {text: place for text, place in zip(texts, places, strict=True) if text is not None}
        assert [place is None for place in places] == [text is None for text in texts]
        assert all(known[text] == place for text, place in zip(texts, places, strict=True) if text is not None)
        assert sorted(known) == sorted(known, key=lambda text: known[text] or 0)
        assert sorted(place for place in known.values() if place is not None) == list(range(len(known)))


def test_what_other_rules_name_otherwise_is_found_by_what_it_identifies() -> None:
    who = {"nik": pa.array(["3", None]), "kk": pa.array(["2", "1"]), "name": pa.array(["A", "B"])}
    kept = pa.table(place_columns(pa.table({"kk": ["8", "9"], "kode": ["x", "y"]}), [field("kk"), field("kode")], who))
    assert kept.column_names == ["place:kk", "place:kind:nik", "place:kind:kk"]

    def found(name: str) -> list[int | None] | None:
        places = kept_places(kept, field(name))
        return None if places is None else places.to_pylist()

    assert (found("kk"), found("nomor_kk"), found("nik"), found("nama")) == ([0, 1], [1, 0], [0, None], None)


def listed(*places: int | None, more: str = "place:kk") -> Candidates:
    """Families with blind numbers, and their places."""
    found = from_families([], (), ())
    blind = pa.array([f"b{7 * place % 11}" if place is not None else None for place in places], pa.string())
    families = pa.table({"kk": blind, more: pa.array(places, pa.int32())})
    return Candidates(families, found.members, found.offsets, found.family_rows)


def test_a_key_is_its_place_where_something_is_decided() -> None:
    placed = by_places(listed(11, 2, None, 0, 2), ())
    assert isinstance(placed, Candidates) and placed.families.column_names == ["kk"]
    texts = placed.families.column("kk").to_pylist()
    assert texts == ["11", "02", None, "00", "02"]
    nobody = by_places(listed(None), ())
    assert isinstance(nobody, Candidates) and nobody.families.column("kk").to_pylist() == [None]


def test_without_its_places_nothing_is_decided_by_the_order_of_a_key() -> None:
    ruleset = rules()
    assert ruleset.choose is not None
    people = pa.table({"nik": ["b2", "b1"]})
    found = listed(1, 0)
    missing = by_places(Candidates(found.families, people, found.offsets, found.family_rows), [ruleset])
    assert isinstance(missing, Diagnostic) and (missing.code, "nik" in missing.words.id) == ("key-order-missing", True)
    fine = people.append_column("place:nik", pa.array([1, 0], pa.int32()))
    assert isinstance(by_places(Candidates(found.families, fine, found.offsets, found.family_rows), [ruleset]), Candidates)

"""Where people stand in a register, by their numbers and by what matching and officials have found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.model.declared import Identity, Register, RegisterColumn
from ejps_core.model.kinds import Level
from ejps_core.model.registers import Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Span
from ejps_core.model.types import Choice, Code, Label, Type, YesNo
from ejps_core.model.words import same
from ejps_core.registry.answers import status_spellings
from ejps_core.registry.feeding import feeds
from ejps_core.registry.lookup import Lookup, cards, each_family, persons
from ejps_core.registry.recognised import Identification, Recognition

NUMBERS = ["n1", "n2", None, "n4", "n4"]
"""Of the rows of the register, which matching calls 11 … 15; two bear one number, one bears none that can be used."""


def register(keys: Sequence[str | None] = tuple(NUMBERS), key: Identity = Identity.NIK) -> Snapshot:
    return Snapshot(
        name="dukcapil", title=same("dukcapil"), key=key, file="d.csv", on=None, digest="", rows=len(keys), unusable=0,
        keys=pa.array(keys, pa.string()), values={}, names=np.arange(11, 11 + len(keys), dtype=np.int64),
    )  # fmt: skip


def matched(people: Mapping[str, Identification]) -> Recognition:
    return Recognition(7, people)


def of_persons(numbers: Sequence[str | None], people: Mapping[str, Identification]) -> Lookup:
    """People called a, b, c … with these numbers."""
    sure = np.array([each is not None for each in numbers])
    return persons(register(), pa.array(numbers, pa.string()), sure, "abcdef"[: len(numbers)], matched(people))


def of_cards(
    numbers: Sequence[str | None], people: Sequence[tuple[str, ...]], found: Mapping[str, Identification]
) -> Lookup:
    sure = np.array([each is not None for each in numbers])
    return cards(register(key=Identity.KK), pa.array(numbers, pa.string()), sure, people, matched(found))


def told(found: Lookup, row: int) -> str | None:
    return found.words[found.how[row] - 1].en if found.how[row] else None


def test_without_an_answer_the_number_decides() -> None:
    found = of_persons(["n2", "n9", None], {})
    assert (found.place.tolist(), found.sure.tolist(), found.how.tolist()) == ([1, -1, -1], [True, True, False], [0, 0, 0])


def test_whom_matching_has_found_under_no_number_is_that_row() -> None:
    found = of_persons([None, "n2"], {"a": Identification(12), "b": Identification(12)})
    assert (found.place.tolist(), found.sure.tolist()) == ([1, 1], [True, True])
    assert (told(found, 0), told(found, 1), found.single.tolist()) == ("by matching 7", None, [False, False])


def test_an_official_s_choice_counts_by_itself_and_tells_whose_it_is() -> None:
    found = of_persons(
        ["n4", "n1"], {"a": Identification(15, (14, 15), by="Vera"), "b": Identification(13, (13,), by="Vera")}
    )
    assert (found.place.tolist(), found.single.tolist()) == ([4, 2], [True, True])
    assert told(found, 0) == "by matching 7, decided by Vera"


def test_none_of_them_is_absent_whatever_the_number_says() -> None:
    found = of_persons(["n1", None], {each: Identification(None, (11,), by="Vera") for each in "ab"})
    assert (found.place.tolist(), found.sure.tolist()) == ([-1, -1], [True, True])
    assert told(found, 0) == "nobody there, by matching 7, decided by Vera"


def test_an_open_question_says_nothing() -> None:
    found = of_persons(["n1", "n2"], {"a": Identification(None, (11, 12), open=True)})
    assert (found.place.tolist(), found.sure.tolist(), found.open) == ([-1, 1], [False, True], 1)
    assert (found.waiting[0].places, found.waiting[0].more) == ((0, 1), False)


def test_a_card_in_the_register_decides() -> None:
    found = of_cards(["n1"], [("a", "b")], {"b": Identification(12)})
    assert (found.place.tolist(), found.how.tolist(), found.other_card) == ([0], [0], 0)


@pytest.mark.parametrize(
    ("number", "who", "row", "other"),
    [
        ("n9", Identification(12), 1, 1),  # the head, under another card
        (None, Identification(12), 1, 0),  # the list has no card: nothing speaks against it
        ("n9", Identification(13), 2, 0),  # the register's row has none
    ],
)
def test_a_family_stands_there_by_its_head(number: str | None, who: Identification, row: int, other: int) -> None:
    found = of_cards([number], [("a", "b")], {"a": who})
    assert (found.place.tolist(), told(found, 0), found.other_card) == ([row], "by matching 7", other)


def test_another_member_under_another_card_leaves_it_open_until_an_official_says_so() -> None:
    found = of_cards(["n9"], [("a", "b")], {"b": Identification(12)})
    assert (found.place.tolist(), found.sure.tolist(), found.waiting[0].places) == ([-1], [False], (1,))
    chosen = of_cards(["n9"], [("a", "b")], {"b": Identification(12, (12,), by="Vera")})
    assert (chosen.place.tolist(), told(chosen, 0)) == ([1], "by matching 7, decided by Vera")


def test_rows_of_the_card_that_are_somebody_else_s_are_not_the_family_s() -> None:
    none = Identification(None, (14, 15), by="Vera")
    assert of_cards(["n4"], [("a",)], {"a": none}).place.tolist() == [-1]
    assert of_cards(["n4"], [("a",)], {"a": none}).sure.tolist() == [True]
    part = Identification(None, (14,), by="Vera")
    assert of_cards(["n4"], [("a",)], {"a": part}).place.tolist() == [4]
    open_ = of_cards(["n4"], [("a",)], {"a": Identification(None, (14, 15), open=True)})
    assert (open_.place.tolist(), open_.waiting[0].places) == ([-1], (3, 4))


def test_persons_under_differing_cards_leave_it_open() -> None:
    found = of_cards([None], [("a", "b")], {"a": Identification(11), "b": Identification(12)})
    assert (found.place.tolist(), found.waiting[0].places) == ([-1], (0, 1))


def test_the_head_is_the_first_of_a_family_and_each_person_once() -> None:
    offsets = np.array([0, 2, 2], np.int64)
    families = each_family(["f1", "f2"], ["m1", "m2"], offsets, ["m2", "f2"])
    assert list(families) == [("m2", "f1", "m1"), ("f2",)]


def field(name: str, kind: Type, level: Level, *, key: bool = False, source: str | None = None) -> Field:
    return Field(name, same(name), kind, level, Span("", 1, 1, 1, 1), key=key, source=source)


def test_a_fact_of_the_head_is_settled_only_where_it_is_known_who_that_is() -> None:
    column = RegisterColumn("status", ("status_dukcapil",), ("status_kepala",))
    own = Register("dukcapil", same("dukcapil"), key=Identity.NIK, membership=False, columns=(column,))
    status = Choice((Label("aktif", same("Aktif")), Label("meninggal", same("Meninggal"))))
    fields = [
        field("kk", Code(), Level.FAMILY, key=True),
        field("status_kepala", status, Level.FAMILY, source="dukcapil"),
        field("mampu", YesNo(), Level.FAMILY, source="dukcapil"),
    ]
    (found,), said = feeds(own, fields, heads=True)
    assert (found.fact, found.head, found.column) == ("status_kepala", True, column)
    assert [each.code for each in said] == ["register-other-key"]
    none, more = feeds(own, fields)
    assert none == () and [each.code for each in more] == ["register-other-key"] * 2


def test_words_for_the_dead_and_the_moved() -> None:
    aktif, dead = Label("aktif", same("Aktif")), Label("meninggal", same("Meninggal"))
    gone, within = Label("pindah", same("Pindah keluar provinsi")), Label("pindah_dalam", same("Pindah di dalam provinsi"))
    known = status_spellings(Choice((aktif, gone, dead)))
    assert (known["wafat"], known["hidup"], known["pindahkeluar"]) == ("meninggal", "aktif", "pindah")
    assert "pindahdatang" not in known
    assert "pindahkeluar" not in status_spellings(Choice((aktif, gone, within, dead)))
    assert status_spellings(Choice((aktif, gone))) == {}

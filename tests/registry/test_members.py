"""Members and their families: order, offsets, members without family, members twice, too many of them."""

import random
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.model.types import MOST_MEMBERS
from ejps_core.registry.joining import joined, runs
from tests.registry.lists import PLAIN, PLAIN_MEMBERS, Outcome, kk, nik, read, text_list


def pair(folder: Path, families: list[str], members: list[str]) -> Outcome:
    """Two text lists with whole-number keys."""
    first = text_list(folder, "\n".join(["id;decile", *families]) + "\n")
    second = text_list(folder, "\n".join(["id;number;birth_date", *members]) + "\n", "anggota.csv")
    return read(first, PLAIN, PLAIN_MEMBERS, second)


def test_members_come_in_the_order_of_the_families(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["7;1", "3;1", "5;1"], ["3;1;", "7;1;", "3;2;", "7;2;", "7;3;"])
    assert outcome.sizes == [3, 2, 0]
    assert outcome.member("number") == [1, 2, 3, 1, 2]


def test_without_a_members_list_no_family_has_rows(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, "id;decile\n1;3\n2;4\n"), PLAIN, PLAIN_MEMBERS)
    assert outcome.sizes == [0, 0]
    assert outcome.candidates is not None
    assert outcome.candidates.members.column_names == ["number", "birth_date"]


def test_a_members_list_with_headers_only_has_no_rows(tmp_path: Path) -> None:
    assert pair(tmp_path, ["1;3"], []).sizes == [0]


def test_members_need_the_familys_key_column(tmp_path: Path) -> None:
    families = text_list(tmp_path, "id;decile\n1;3\n")
    people = text_list(tmp_path, "nomor keluargga;number\n1;1\n", "anggota.csv")
    finding = read(families, PLAIN, PLAIN_MEMBERS, people).only("key-column-missing")
    assert finding.mend is not None and "“nomor keluargga”" in finding.mend.id


def test_a_member_without_family_is_set_apart_and_left_out(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["1;3"], ["1;1;", "9;1;", ";2;"])
    assert outcome.sizes == [1]
    assert outcome.apart == [("members-without-family", None), ("member-without-family", 3), ("blank-key", 4)]
    assert outcome.candidates is not None and outcome.candidates.set_apart == 2
    loud = outcome.only("members-without-family").words
    assert "2 anggota" in loud.id and "2 members" in loud.en and "diputuskan tanpa anggota" in loud.id


def test_members_go_with_a_family_that_is_set_apart(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["1;3", "1;4", "2;5"], ["1;1;", "2;1;", "1;2;"])
    assert outcome.sizes == [1]
    assert outcome.apart == [("family-twice", 2), ("family-twice", 3)]
    assert "2" in outcome.only("members-left-out").words.id
    one = pair(tmp_path, ["1;3", "1;4", "2;5"], ["1;1;", "2;1;"]).only("members-left-out")
    assert one.words.en.startswith("1 member is")


def test_rows_are_counted_by_list(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["1;3", "1;4", "2;5", "2;5", "3;1"], ["1;1;", "2;1;", "9;1;"])
    found = outcome.candidates
    assert found is not None
    assert (found.read, found.families_set_apart, found.repeated, len(found)) == (5, 2, 1, 2)
    assert (found.members_read, found.members_set_apart, found.set_apart) == (3, 1, 3)


def test_keys_join_whatever_stands_between_their_digits(tmp_path: Path) -> None:
    key = kk(1)
    families = text_list(tmp_path, f"kk\n{key}\n{kk(2)}\n")
    spellings = [f"{key[:6]}-{key[6:12]}-{key[12:]}", f"{key[:4]} {key[4:]}", f"\ufeff{key}\u200b", f"{key}\u00a0"]
    people = text_list(tmp_path, "\n".join(["kk", *spellings]) + "\n", "anggota.csv")
    outcome = read(families, people=people)
    assert outcome.sizes == [4, 0]
    assert outcome.codes == ["family-card-repaired"]
    assert outcome.place(outcome.only("family-card-repaired")).value == spellings[0]


def test_members_of_a_repeated_family_row_stay(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["1;3", "2;3", "1;3"], ["1;1;", "2;1;", "1;2;"])
    assert outcome.sizes == [2, 1]
    assert outcome.apart == []


def test_identical_members_are_one_differing_ones_unknown(tmp_path: Path) -> None:
    members = ["1;1;01-01-1990", "1;1;01-01-1990", "1;2;01-01-1991", "1;2;01-01-1992", "2;1;01-01-1993"]
    outcome = pair(tmp_path, ["1;3", "2;3"], members)
    assert outcome.sizes == [3, 1]
    assert outcome.member("number") == [1, None, None, 1]
    assert outcome.member("birth_date") == [date(1990, 1, 1), None, None, date(1993, 1, 1)]
    assert outcome.apart == [("member-twice", 4), ("member-twice", 5)]
    assert outcome.codes == ["row-repeated", "member-twice", "member-twice"]


def test_a_member_with_a_faulty_nik_stays_as_an_unknown_member(tmp_path: Path) -> None:
    families = text_list(tmp_path, f"kk\n{kk(1)}\n")
    lines = [f"{kk(1)};7501010000000000;01-07-1985", f"{kk(1)};{nik(1)};01-07-1985", f"{kk(1)};;01-07-1985"]
    people = text_list(tmp_path, "\n".join(["kk;nik;birth_date", *lines]) + "\n", "anggota.csv")
    outcome = read(families, people=people)
    assert outcome.apart == [("nik-format", 2)]
    assert outcome.sizes == [3]
    assert outcome.member("nik") == [None, nik(1), None]
    assert outcome.member("birth_date") == [None, date(1985, 7, 1), date(1985, 7, 1)]


def test_a_nik_that_is_the_familys_card_number_sets_the_member_apart(tmp_path: Path) -> None:
    families = text_list(tmp_path, f"kk\n{kk(1)}\n")
    people = text_list(tmp_path, f"kk;nik;birth_date\n{kk(1)};{kk(1)};\n", "anggota.csv")
    assert read(families, people=people).apart == [("nik-is-family-card", 2)]


def test_one_person_on_two_cards_is_said_of_both(tmp_path: Path) -> None:
    families = text_list(tmp_path, f"kk\n{kk(1)}\n{kk(2)}\n")
    people = text_list(tmp_path, f"kk;nik\n{kk(1)};{nik(1)}\n{kk(2)};{nik(1)}\n{kk(2)};{nik(2)}\n", "anggota.csv")
    outcome = read(families, people=people)
    assert outcome.codes == ["nik-in-two-families", "nik-in-two-families"]
    assert outcome.member("nik") == [nik(1), nik(1), nik(2)]


def test_more_members_than_a_card_holds_set_the_family_apart(tmp_path: Path) -> None:
    crowd = [f"1;{i + 1};" for i in range(MOST_MEMBERS + 1)]
    outcome = pair(tmp_path, ["1;3", "2;3"], [*crowd, "2;1;"])
    assert outcome.apart == [("too-many-members", 2)]
    assert outcome.sizes == [1]


def test_a_birth_after_the_decision_date_is_unknown(tmp_path: Path) -> None:
    outcome = pair(tmp_path, ["1;3"], ["1;1;16-10-2020", "1;2;17-10-2020"])
    assert outcome.member("birth_date") == [date(2020, 10, 16), None]
    assert outcome.codes == ["out-of-bounds"]


@pytest.mark.parametrize("seed", range(40))
def test_joining_agrees_with_a_plain_loop(seed: int) -> None:
    chance = random.Random(seed)
    keys = chance.sample(range(50), 12)
    kept = np.array([chance.random() < (0.8 if seed % 2 else 1.1) for _ in keys])
    own = [chance.choice([*keys, *([99, None] if seed % 3 == 0 else [])]) for _ in range(60)]
    if seed % 4 == 0:
        own = [key for key in keys for _ in range(chance.randrange(4))]
    dropped = set(chance.sample(range(len(own)), 3)) if seed % 5 == 0 and len(own) > 3 else set()
    expected = [
        [i for i, mine in enumerate(own) if mine == key and i not in dropped]
        for key, keep in zip(keys, kept, strict=True)
        if keep
    ]
    numbers = (pa.array(own, pa.int64()), pa.array(keys, pa.int64()))
    texts = tuple(pa.array([None if k is None else str(k) for k in side]).dictionary_encode() for side in (own, keys))
    for members, families in (numbers, texts):
        result = joined(runs(members, families), kept, dropped)
        order = list(range(len(own))) if result.order is None else result.order.tolist()
        found = [order[a:b] for a, b in zip(result.offsets[:-1], result.offsets[1:], strict=True)]
        assert found == expected
        assert result.offsets[-1] == len(order)

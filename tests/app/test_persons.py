"""Persons as what is decided: members become rows of their own, beside their families."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.app.evaluate import Outcome, Request, evaluate
from ejps_core.app.exits import Exit
from ejps_core.app.library import core_only
from ejps_core.authoring.examples import failures
from ejps_core.dsl import compile_text
from ejps_core.model.candidates import Candidates, Family, from_families
from ejps_core.model.persons import persons
from ejps_core.model.ruleset import Ruleset
from tests.cli.shell import RULES

PAGE = Path(__file__).parents[2] / "docs" / "language" / "persons.md"
(TEXT,) = re.findall(r"^```ejps id whole\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
FAMILIES = "kk,alamat,desil\n7501010101209001,75.01.01,1\n7501010101209002,75.01.02,5\n7501010101209003,75.01.03,2\n"
MEMBERS = """kk,nik,lahir,pns
7501010101209001,7501014107459001,1945-07-01,tidak
7501010101209001,7501014107469002,1946-07-01,tidak
7501010101209001,,1947-07-01,tidak
7501010101209003,7501014107459005,1945-07-01,
7501010101209003,7501014107859004,1985-07-01,ya
"""


def rules() -> Ruleset:
    ruleset, found = compile_text(TEXT, "santunan.ejps")
    assert ruleset is not None, [finding.words.en for finding in found]
    return ruleset


def families() -> Candidates:
    """Two families, of two persons and of one, and one without members."""
    ruleset = rules()
    listed = [
        Family({"kk": "A", "desil": 1}, ({"nik": "1", "lahir": 0}, {"nik": "2", "lahir": 1})),
        Family({"kk": "B", "desil": 2}),
        Family({"kk": "C", "desil": 3}, ({"nik": None, "lahir": 2}, {"nik": "4", "lahir": 3})),
    ]
    return from_families(listed, ruleset.listed_fields, ruleset.member_fields)


def test_each_member_is_a_row_beside_its_family() -> None:
    key = rules().key
    found, said = persons(families(), key)
    assert found is not None
    assert found.families.column("nik").to_pylist() == ["1", "2", "4"]
    assert found.families.column("kk").to_pylist() == ["A", "A", "C"]
    assert found.families.column("desil").to_pylist() == [1, 1, 3]
    assert found.offsets.tolist() == [0, 2, 4, 6]
    assert found.members.column("nik").to_pylist() == ["1", "2", "1", "2", None, "4"]
    assert found.family_rows.tolist() == [1, 2, 4]
    assert found.set_apart == 1
    assert [finding.code for finding in said] == ["person-without-key"]


def test_rows_are_those_of_the_list_of_members() -> None:
    listed = replace(families(), member_rows=np.array([12, 15, 2, 9]))
    found, _ = persons(listed, rules().key)
    assert found is not None and found.family_rows.tolist() == [12, 15, 9]


def test_whose_nik_is_to_follow_is_said_person_by_person() -> None:
    lacking = replace(families(), nik_to_follow=np.array([False, True, True]))
    found, _ = persons(lacking, rules().key)
    assert found is not None and found.nik_to_follow is not None
    assert found.nik_to_follow.tolist() == [False, False, True]


def test_no_members_are_an_error() -> None:
    key = rules().key
    for members in (families().members.slice(0, 0), pa.table({"lahir": [1, 2, 3, 4]})):
        found, said = persons(replace(families(), members=members), key)
        assert found is None
        assert [finding.code for finding in said] == ["no-persons"]


def test_the_rule_set_knows_its_columns() -> None:
    ruleset = rules()
    assert (ruleset.unit, ruleset.key.name, ruleset.family_key) == ("person", "nik", "kk")
    assert [(field.name, field.key) for field in ruleset.listed_fields] == [
        ("kk", True),
        ("alamat", False),
        ("desil", False),
    ]


def test_examples_of_the_page_come_out() -> None:
    ruleset = rules()
    assert len(ruleset.examples) == 3
    assert failures(ruleset) == ()


def evaluated(folder: Path, members: str | None = MEMBERS, programs: str = "santunan.ejps") -> Outcome:
    (folder / "santunan.ejps").write_text(TEXT, encoding="utf-8")
    (folder / "keluarga.csv").write_text(FAMILIES, encoding="utf-8")
    path = folder / "anggota.csv"
    path.write_text(members or "", encoding="utf-8")
    named = ",".join(str(folder / name) for name in programs.split(","))
    request = Request(named, folder / "keluarga.csv", date(2021, 6, 1), path if members else None)
    return evaluate(request, core_only())


def test_a_list_is_decided_person_by_person(tmp_path: Path) -> None:
    outcome = evaluated(tmp_path)
    assert outcome.run is not None and outcome.exit is Exit.PARTLY
    (decisions,) = outcome.run.programs
    keys = outcome.run.candidates.families.column("nik").to_pylist()
    paid = dict(zip(keys, decisions.total.amount.tolist(), strict=True))
    assert paid == {
        "7501014107459001": 600_000,
        "7501014107469002": 600_000,
        "7501014107459005": 0,
        "7501014107859004": 0,
    }
    assert decisions.selection is not None and decisions.selection.rank.tolist() == [1, 2, 0, 0]


def test_a_list_without_members_stops(tmp_path: Path) -> None:
    outcome = evaluated(tmp_path, None)
    assert outcome.run is None and outcome.exit is Exit.WRONG_USE
    assert "no-persons" in {finding.code for finding in outcome.findings}


def test_persons_and_families_are_two_runs(tmp_path: Path) -> None:
    (tmp_path / "bantuan.ejps").write_text(RULES, encoding="utf-8")
    outcome = evaluated(tmp_path, programs="santunan.ejps,bantuan.ejps")
    assert outcome.exit is Exit.WRONG_USE
    assert "units-differ" in {finding.code for finding in outcome.findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('nik "NIK" kode kunci', 'nik "NIK" kode', "key-missing"),
        ("orang lahir = 1950-03-01", "keluarga lahir = 1950-03-01", "fact-unknown"),
        ("nik terkecil dahulu", "kk terkecil dahulu", "choose-last-key"),
        ("menetapkan orang", "menetapkan keluarga", "example-person"),
    ],
)
def test_mistakes(old: str, new: str, code: str) -> None:
    assert old in TEXT
    _, found = compile_text(TEXT.replace(old, new), "santunan.ejps")
    assert code in {finding.code for finding in found}

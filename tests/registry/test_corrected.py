"""The corrected list against the one before, mappings as values, and what is known of families without NIK."""

import json
from pathlib import Path

import pytest

from ejps_core.model.verdicts import JudgedRow, RowVerdict
from ejps_core.registry.comparing import compared
from ejps_core.registry.mapping import How, Mapping, from_record, proposed, shape_of
from ejps_core.registry.readers import READERS
from ejps_core.registry.reading import ReadList, received_list
from ejps_core.registry.sources import open_sources
from ejps_core.registry.verdicts import judged_rows
from tests.registry.lists import MEMBERS, ON, kk, nik, text_list
from tests.registry.messy.making import HEADS


def listed(folder: Path, text: str, confirmed: tuple[Mapping, ...] = ()) -> ReadList:
    """The list of a text file."""
    path = text_list(folder, text)
    sources = open_sources(path, HEADS[0], None, None, None, READERS, (*HEADS, *MEMBERS))
    return received_list(sources, HEADS, MEMBERS, None, ON, confirmed=confirmed)


def rows(folder: Path, *lines: str) -> tuple[JudgedRow, ...]:
    """The judged rows of a list of heads."""
    found = listed(folder, "\n".join(["No;Nomor KK;NIK;Desil", *lines]) + "\n")
    return judged_rows(found, HEADS[0], MEMBERS)


FIRST = (f"1;{kk(1)};{nik(1)};3", f"2;{kk(2)};{nik(2)};4", f"3;7501;{nik(3)};5", f"4;{kk(4)};;6")


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    once = rows(tmp_path, *FIRST)
    assert [row.verdict.value for row in once] == ["accepted", "accepted", "set_apart", "with_remark"]
    again = compared(once, rows(tmp_path, *FIRST))
    assert again.same and len(again.unchanged) == 4


def test_another_order_and_other_running_numbers_change_nothing(tmp_path: Path) -> None:
    moved = [f"{i};{line.split(';', 1)[1]}" for i, line in enumerate(reversed(FIRST[:2] + FIRST[3:]), start=7)]
    assert compared(rows(tmp_path, *FIRST[:2], FIRST[3]), rows(tmp_path, *moved)).same


def test_only_changes_are_new(tmp_path: Path) -> None:
    mended = (FIRST[0], f"2;{kk(2)};{nik(2)};9", f"3;{kk(3)};{nik(3)};5", FIRST[3], f"5;{kk(5)};{nik(5)};1")
    found = compared(rows(tmp_path, *FIRST), rows(tmp_path, *mended))
    assert [row.row for row in found.unchanged] == [2, 5]
    assert [row.row for row in found.changed] == [3, 4], "a mended key is the same row, where it stood"
    assert [row.row for row in found.added] == [6] and found.removed == ()
    gone = compared(rows(tmp_path, *FIRST), rows(tmp_path, FIRST[0]))
    assert [row.row for row in gone.removed] == [3, 4, 5]


def test_rows_without_a_key_and_doubles_are_told_apart(tmp_path: Path) -> None:
    doubled = rows(tmp_path, FIRST[0], FIRST[0], ";;;", f"9;;{nik(9)};1", f"9;;{nik(9)};1")
    assert len({row.identity for row in doubled}) == len(doubled)


def test_a_family_without_nik_is_decided_and_to_follow(tmp_path: Path) -> None:
    found = listed(tmp_path, f"kk;NIK kepala keluarga;decile\n{kk(1)};;3\n{kk(2)};{nik(2)};3\n")
    assert found.candidates is not None and len(found.candidates) == 2
    assert found.candidates.nik_to_follow is not None and found.candidates.nik_to_follow.tolist() == [True, False]
    judged = judged_rows(found, HEADS[0], MEMBERS)
    assert [(row.nik_to_follow, [reason.code for reason in row.reasons]) for row in judged] == [
        (True, ["NIK_KOSONG"]),
        (False, []),
    ]
    assert listed(tmp_path, f"kk;decile\n{kk(1)};3\n").candidates.nik_to_follow is None  # type: ignore[union-attr]


def test_a_mapping_is_a_value_with_a_stable_shape(tmp_path: Path) -> None:
    found = listed(tmp_path, f"No. KK;NIK;Penghasilan (Rp);Warna\n{kk(1)};{nik(1)};178150;x\n")
    mapping = found.mappings[0]
    assert {(each.header, each.field, each.how) for each in mapping.columns} == {
        ("No. KK", "kk", How.ALIAS),
        ("NIK", "nik_kepala", How.ALIAS),
        ("Penghasilan (Rp)", "income", How.ALIAS),
    }
    assert mapping.unused == ("Warna",)
    assert from_record(json.loads(json.dumps(mapping.as_record()))) == mapping
    same = listed(tmp_path, f"NO KK;nik:;PENGHASILAN (rp);warna\n{kk(2)};{nik(2)};1;y\n")
    assert shape_of(same.originals[0]) == mapping.shape
    other = listed(tmp_path, f"NO KK;nik;warna;PENGHASILAN (rp)\n{kk(2)};{nik(2)};1;y\n")
    assert shape_of(other.originals[0]) != mapping.shape
    assert proposed(found.originals[0], HEADS, (), HEADS[0]) == mapping


@pytest.mark.parametrize("how", list(How))
def test_a_confirmed_mapping_is_used_for_its_shape_only(tmp_path: Path, how: How) -> None:
    text = f"kk;Warna;Desil\n{kk(1)};3;4\n"
    mapping = listed(tmp_path, text).mappings[0]
    record = mapping.as_record()
    record["columns"] = [["kk", "kk", "family", how.value], ["Warna", "decile", "family", How.PERSON.value]]
    found = listed(tmp_path, text, (from_record(record),))
    assert found.candidates is not None and found.candidates.families.column("decile").to_pylist() == [3]
    assert found.mappings[0].as_record() == record
    elsewhere = listed(tmp_path, f"kk;Desil\n{kk(1)};4\n", (from_record(record),))
    assert elsewhere.candidates is not None and elsewhere.candidates.families.column("decile").to_pylist() == [4]


def test_verdicts_are_those_of_the_store() -> None:
    assert [verdict.value for verdict in RowVerdict] == ["accepted", "with_remark", "set_apart"]

"""Keys, NIKs and family card numbers of a list: what sets a row apart, what is remarked."""

from datetime import date
from pathlib import Path

import pytest

from ejps_core.model.types import Code
from tests.registry.lists import FAMILY, PLAIN, PLAIN_MEMBERS, cells, field, kk, nik, read, text_list, workbook

HEAD = (*FAMILY[:1], field("head_nik", "NIK kepala keluarga", Code()), FAMILY[4])
HEAD_AND_VILLAGE = (*HEAD, FAMILY[1])


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "blank-key"),
        ("7,50101E+15", "family-card-digits-lost"),
        ("750101010120900", "family-card-format"),
        ("750101" + "410120" + "9001", "family-card-format"),
        ("7501010000000000", "family-card-format"),
        ("#REF!", "family-card-format"),
        ("JUMLA", "family-card-format"),
    ],
)
def test_a_bad_family_key_sets_the_row_apart(tmp_path: Path, key: str, code: str) -> None:
    outcome = read(text_list(tmp_path, f"kk;decile\n{kk(1)};3\n{key};4\n"))
    assert outcome.apart == [(code, 3)]
    assert outcome.column("decile") == [3]
    assert outcome.candidates is not None
    assert (outcome.candidates.read, outcome.candidates.set_apart) == (2, 1)


def test_a_repaired_key_keeps_the_raw_value_in_the_remark(tmp_path: Path) -> None:
    raw = "'" + kk(1)
    outcome = read(text_list(tmp_path, f"kk;decile\n{raw};3\n"))
    assert outcome.column("kk") == [kk(1)]
    finding = outcome.only("family-card-repaired")
    assert outcome.place(finding).value == raw and raw in finding.words.id


def test_whole_number_keys(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, "id;decile\n12;3\n1,5;3\nsatu;3\n13;3\n"), PLAIN, PLAIN_MEMBERS)
    assert outcome.column("id") == [12, 13]
    assert outcome.apart == [("too-many-decimals", 3), ("not-a-number", 4)]
    assert "dipisahkan" in outcome.only("not-a-number").words.id


def test_opaque_keys_are_texts(tmp_path: Path) -> None:
    key = field("code", "Kode keluarga", Code(), key=True)
    outcome = read(text_list(tmp_path, "code;decile\nA-01;3\n007;3\n1E5;3\n7,5E+15;3\n a b ;3\n"), (key, FAMILY[4]))
    assert outcome.column("code") == ["A-01", "007", "1E5", "ab"]
    assert outcome.apart == [("digits-lost", 5)]


def test_identical_rows_are_one_and_differing_rows_none(tmp_path: Path) -> None:
    lines = [
        f"1;{kk(1)};3;A", f"2;{kk(2)};4;A", f"3;{kk(1)};3;A", f"4;{kk(2)};5;A", f"5;{kk(3)};6;A", f"6;{kk(3)};6;B",
        f"7; {kk(1)} ;3;A",
    ]  # fmt: skip
    outcome = read(text_list(tmp_path, "\n".join(["No;kk;decile;Catatan", *lines]) + "\n"))
    assert outcome.column("kk") == [kk(1)]
    repeated = [outcome.place(f).row for f in outcome.findings if f.code == "row-repeated"]
    assert repeated == [4, 8]
    assert outcome.apart == [("family-twice", row) for row in (3, 5, 6, 7)]
    first = next(f for f in outcome.findings if f.code == "family-twice")
    assert first.why is not None and "5" in first.why.words.en
    assert outcome.candidates is not None
    assert (outcome.candidates.read, outcome.candidates.set_apart) == (7, 4)


def test_scenario_a_text_nik_is_accepted_as_it_is(tmp_path: Path) -> None:
    sheet = [["kk", "head_nik"], [kk(1), "7504044107859010"]]
    outcome = read(workbook(tmp_path, {"Keluarga": sheet}), HEAD)
    assert outcome.column("head_nik") == ["7504044107859010"]
    assert outcome.codes == []


def test_scenario_a_number_cell_is_warned_and_never_repaired(tmp_path: Path) -> None:
    sheet = [["kk", "head_nik"], [kk(1), 7504044107859010], [kk(2), 7504044107859011]]
    outcome = read(workbook(tmp_path, {"Keluarga": sheet}), HEAD)
    assert outcome.column("head_nik") == ["7504044107859010", "7504044107859011"]
    assert outcome.codes == ["number-cell", "number-cell"]


def test_scenario_scientific_notation_is_set_apart(tmp_path: Path) -> None:
    for text in ("7,50404E+15", "7.5E+15"):
        assert cells(tmp_path, "head_nik", [text], family=HEAD).apart == [("nik-digits-lost", 2)]
    sheet = [["kk", "head_nik"], [kk(1), 9104044107859010.0], [kk(2), 7.50404e15], [kk(3), 7504044.5]]
    outcome = read(workbook(tmp_path, {"Keluarga": sheet}), HEAD)
    assert [code for code, _ in outcome.apart] == ["nik-digits-lost", "nik-format", "nik-format"]


def test_scenario_forty_number_cells_that_end_in_0_are_said_once(tmp_path: Path) -> None:
    rows = [[kk(i), int(f"7504044107{i + 10}9010")] for i in range(40)]
    outcome = read(workbook(tmp_path, {"Keluarga": [["kk", "head_nik"], *rows]}), HEAD)
    assert len(outcome.column("head_nik")) == 40
    assert outcome.codes == ["number-column"]
    assert outcome.place(outcome.only("number-column")).column == "head_nik"


def test_scenario_neighbours_are_no_duplicates(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "head_nik", [nik(1), nik(2)], family=HEAD)
    assert outcome.column("head_nik") == [nik(1), nik(2)]
    assert outcome.codes == []


def test_scenario_a_family_without_nik_is_kept(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "head_nik", ["", "-"], family=HEAD)
    assert outcome.column("head_nik") == [None, None]
    assert outcome.codes == ["nik-missing", "nik-missing"]
    assert outcome.apart == []
    assert "NIK menyusul" in next(f for f in outcome.findings if f.code == "nik-missing").words.id


def test_a_faulty_nik_sets_the_family_apart(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "head_nik", ["7501010000000000", nik(1)], family=HEAD)
    assert outcome.apart == [("nik-format", 2)]
    assert outcome.column("kk") == [kk(1)]


def test_a_nik_that_is_the_family_card_number(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "head_nik", [kk(0), nik(1)], family=HEAD)
    assert outcome.apart == [("nik-is-family-card", 2)]


def test_one_nik_in_two_families_is_said_of_both(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "head_nik", [nik(1), nik(2), nik(1)], family=HEAD)
    assert outcome.column("head_nik") == [nik(1), nik(2), nik(1)]
    found = [f for f in outcome.findings if f.code == "nik-in-two-families"]
    assert [outcome.place(f).row for f in found] == [2, 4]
    assert all("NIK_GANDA" in f.words.id and f.why is not None for f in found)


def test_a_nik_in_a_row_that_is_set_apart_is_said_of_both(tmp_path: Path) -> None:
    """The other district will take the row that is handed on: the double is told now, with the place of the other row."""
    lines = [f"{kk(1)};{nik(1)};75.01", f"{kk(2)};{nik(1)};75.71", f"{kk(3)};{nik(2)};75.71", f"{kk(4)};{nik(2)};75.71"]
    lines += [f"{kk(5)};{nik(3)};75.01", f"{kk(5)};{nik(3)};75.01.02", "1;" + nik(4) + ";75.01", f"{kk(6)};{nik(4)};75.01"]
    outcome = read(
        text_list(tmp_path, "\n".join(["kk;head_nik;village", *lines]) + "\n"), HEAD_AND_VILLAGE, district="75.01"
    )
    assert outcome.column("kk") == [kk(1), kk(6)]
    found = [f for f in outcome.findings if f.code == "nik-in-two-families"]
    assert [outcome.place(f).row for f in found] == [2, 3, 8, 9]
    assert found[0].why is not None and "row 3" in found[0].why.words.en


def test_regions_inside_a_nik(tmp_path: Path) -> None:
    known = [nik(1, place="750106"), nik(2, place="710204")]
    outcome = cells(tmp_path, "head_nik", [*known, nik(3, place="750199")], family=HEAD)
    assert outcome.column("head_nik") == [*known, nik(3, place="750199")]
    assert outcome.codes == ["nik-region"]


def test_sex_and_birth_date_are_held_against_the_nik(tmp_path: Path) -> None:
    families = text_list(tmp_path, f"kk\n{kk(1)}\n")
    lines = [
        f"{kk(1)};{nik(1)};01-07-1985;Perempuan",
        f"{kk(1)};{nik(2)};01-07-1985;Laki-laki",
        f"{kk(1)};{nik(3, '010785')};01-07-1985;female",
        f"{kk(1)};{nik(4)};07-01-1985;Perempuan",
        f"{kk(1)};{nik(5)};02-07-1985;Perempuan",
        f"{kk(1)};{nik(6)};;",
        f"{kk(1)};;01-07-1985;Laki-laki",
    ]
    people = text_list(tmp_path, "\n".join(["kk;nik;birth_date;sex", *lines]) + "\n", "anggota.csv")
    outcome = read(families, people=people)
    expected = ["nik-sex", "nik-sex", "nik-birth-date-swapped", "nik-birth-date", "nik-missing"]
    assert outcome.codes == expected
    assert outcome.apart == []
    assert outcome.member("birth_date")[3] == date(1985, 1, 7)


@pytest.mark.parametrize("text", ["belum ada", "Belum Ada", "0", "tidak ada", "--", "'", "\u200b"])
def test_words_for_no_nik_are_blank(tmp_path: Path, text: str) -> None:
    outcome = cells(tmp_path, "head_nik", [text], family=HEAD)
    assert outcome.column("head_nik") == [None]
    assert outcome.codes == ["nik-missing"]


def test_any_key_of_sixteen_digits_may_have_marks_between_them(tmp_path: Path) -> None:
    key = field("code", "Kode keluarga", Code(), key=True)
    parts = f"{kk(1)[:6]}-{kk(1)[6:12]}-{kk(1)[12:]}"
    outcome = read(text_list(tmp_path, f"code;decile\n{parts};3\n'B7;3\n1.23;3\n12-3;3\n"), (key, FAMILY[4]))
    assert outcome.column("code") == [kk(1), "B7", "1.23", "12-3"]
    assert outcome.codes == ["key-repaired", "key-repaired"]
    assert outcome.place(next(f for f in outcome.findings if f.code == "key-repaired")).value == parts


def test_family_keys_without_their_last_digits_are_no_repetitions(tmp_path: Path) -> None:
    number = int(kk(0))
    rows = [["kk", "decile"], [number, 3], [number, 3], [number + 10, 4]]
    outcome = read(workbook(tmp_path, {"Keluarga": rows}))
    assert outcome.apart == [("family-twice", 2), ("family-twice", 3)]
    assert outcome.column("kk") == [kk(10)]
    assert outcome.only("number-column").severity == "remark"
    assert "angka terakhirnya hilang" in next(f for f in outcome.findings if f.code == "family-twice").words.id

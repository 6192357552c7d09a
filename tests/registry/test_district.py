"""Where a list comes from: blanks are filled, rows of other districts set apart."""

from pathlib import Path

import pytest

from tests.registry.lists import PLAIN, PLAIN_MEMBERS, cells, read, text_list


def test_blanks_are_filled_and_others_set_apart(tmp_path: Path) -> None:
    values = ["75.01.02.2003", "", "7502", "75", "Limboto", "75.01"]
    outcome = cells(tmp_path, "village", values, district="75.01")
    assert outcome.column("village") == ["75.01.02.2003", "75.01", "75", None, "75.01"]
    assert outcome.apart == [("other-district", 4)]
    assert "1 baris" in outcome.only("region-filled").words.id


def test_without_a_column_every_row_gets_it(tmp_path: Path) -> None:
    assert cells(tmp_path, "decile", ["1", "2"], district="75.71").column("village") == ["75.71", "75.71"]


def test_rules_without_a_region(tmp_path: Path) -> None:
    outcome = read(text_list(tmp_path, "id;decile\n1;3\n"), PLAIN, PLAIN_MEMBERS, district="75.01")
    assert outcome.only("district-unused").severity == "remark"


def test_the_code_without_dots_will_do(tmp_path: Path) -> None:
    assert cells(tmp_path, "village", [""], district="7503").column("village") == ["75.03"]


@pytest.mark.parametrize("code", ["75.09", "75", "75.01.02", "Boalemo", "", "71.01"])
def test_an_unknown_district_is_an_error_with_the_six(tmp_path: Path, code: str) -> None:
    finding = cells(tmp_path, "village", [""], district=code).only("unknown-district")
    assert finding.mend is not None
    for district in ("75.01", "75.02", "75.03", "75.04", "75.05", "75.71"):
        assert district in finding.mend.id and district in finding.mend.en


def test_codes_of_the_other_office_are_suspected_but_never_exchanged(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "village", ["75.03.01", "75.03"], district="75.04")
    assert [code for code, _ in outcome.apart] == ["other-district", "other-district"]
    assert "7503" in outcome.only("bps-codes-suspected").words.id
    assert "bps-codes-suspected" not in [f.code for f in cells(tmp_path, "village", ["75.01"], district="75.04").findings]

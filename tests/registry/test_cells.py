"""Cells of text lists: numbers, yes and no, dates, choices and regions; what is taken as unknown, and what is said."""

from datetime import date
from pathlib import Path

import pytest

from tests.registry.lists import cells


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("178150", 178150),
        ("178.150", 178150),
        ("1.234.567", 1234567),
        ("Rp178.150", 178150),
        ("Rp 1.234.567,00", 1234567),
        ("Rp. 178.150,-", 178150),
        ("IDR 178150", 178150),
        ("1,234,567", 1234567),
        ("178150,00", 178150),
        ("178150.00", 178150),
        ("0", 0),
        (" 5 ", 5),
        ("007", 7),
    ],
)
def test_money(tmp_path: Path, text: str, value: int) -> None:
    outcome = cells(tmp_path, "income", [text])
    assert outcome.column("income") == [value]
    assert outcome.codes == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("178,150", "ambiguous-number"),
        ("178150,5", "too-many-decimals"),
        ("178.150,5", "too-many-decimals"),
        ("7.2", "too-many-decimals"),
        ("lima", "not-a-number"),
        ("5 juta", "not-a-number"),
        ("178.15.0", "not-a-number"),
        ("1.5E+06", "not-a-number"),
        ("12%", "not-a-number"),
        ("١٢", "not-a-number"),
        ("Infinity", "not-a-number"),
        ("nan", "not-a-number"),
        ("9" * 70, "not-a-number"),
        ("100.000.001", "out-of-bounds"),
        ("-1", "out-of-bounds"),
        ("#N/A", "broken-cell"),
    ],
)
def test_what_is_no_amount_is_unknown(tmp_path: Path, text: str, code: str) -> None:
    outcome = cells(tmp_path, "income", [text, "5"])
    assert outcome.column("income") == [None, 5]
    assert outcome.codes == [code]
    place = outcome.place(outcome.only(code))
    assert (place.row, place.column, place.value) == (2, "income", text)
    assert outcome.apart == []


@pytest.mark.parametrize(
    ("text", "units"), [("7,2", 72), ("36", 360), ("7.2", 72), ("0,150", None), ("7,25", None), ("1.234,5", 12345)]
)
def test_decimals_are_units_of_the_scale_and_never_rounded(tmp_path: Path, text: str, units: int | None) -> None:
    outcome = cells(tmp_path, "floor_area", [text])
    assert outcome.column("floor_area") == [units]
    assert outcome.codes == ([] if units is not None else ["too-many-decimals"])


def test_yes_and_no(tmp_path: Path) -> None:
    yes = ["ya", "Iya", "Y", "YES", "true", "1", "Benar", "v"]
    no = ["tidak", "tdk", "T", "no", "N", "FALSE", "0", "salah"]
    outcome = cells(tmp_path, "in_dtks", [*yes, *no])
    assert outcome.column("in_dtks") == [True] * len(yes) + [False] * len(no)
    assert outcome.codes == []


def test_a_cross_and_other_words_are_unknown(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "in_dtks", ["x", "mungkin", ""])
    assert outcome.column("in_dtks") == [None, None, None]
    assert outcome.codes == ["ambiguous-yes-no", "not-yes-no"]


def test_blank_is_no_only_where_declared_and_only_with_a_column(tmp_path: Path) -> None:
    assert cells(tmp_path, "affected", ["", "  ", "ya", "?"]).column("affected") == [False, False, True, None]
    assert cells(tmp_path, "decile", ["1"]).column("affected") == [None]


@pytest.mark.parametrize(
    "text",
    ["2020-03-12", "12-03-2020", "12/03/2020", "12/3/2020", "12.03.2020", "12 Maret 2020", "12-Mar-2020"],
)
def test_dates(tmp_path: Path, text: str) -> None:
    outcome = cells(tmp_path, "surveyed", [text])
    assert outcome.column("surveyed") == [date(2020, 3, 12)]
    assert outcome.codes == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3/12/20", "two-digit-year"),
        ("31-02-2020", "not-a-date"),
        ("03/25/2020", "not-a-date"),
        ("kemarin", "not-a-date"),
        ("2020", "not-a-date"),
        ("01-01-1890", "out-of-bounds"),
        ("01-01-2031", "out-of-bounds"),
    ],
)
def test_what_is_no_date_is_unknown(tmp_path: Path, text: str, code: str) -> None:
    outcome = cells(tmp_path, "surveyed", [text])
    assert outcome.column("surveyed") == [None]
    assert outcome.codes == [code]


def test_serial_numbers_are_said_once(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "surveyed", ["43902", "43903"])
    assert outcome.column("surveyed") == [date(2020, 3, 12), date(2020, 3, 13)]
    place = outcome.place(outcome.only("serial-date"))
    assert (place.row, place.column, place.value) == (2, "surveyed", "43902")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("in_dtks", "\ufeffya\u200b", True),
        ("income", "178150\u00a0", 178150),
        ("income", "Rp\u00a0178.150", 178150),
        ("surveyed", "\u200e12-03-2020", date(2020, 3, 12)),
        ("status", "Ak\u00adtif", "active"),
        ("village", "75.01\u200b", "75.01"),
    ],
)
def test_invisible_characters_count_nowhere(tmp_path: Path, column: str, text: str, value: object) -> None:
    outcome = cells(tmp_path, column, [text])
    assert outcome.column(column) == [value]
    assert outcome.codes == []


def test_choices_by_name_and_title_in_both_languages(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "status", ["active", "AKTIF", "Deceased", " meninggal ", "Pindah", ""])
    assert outcome.column("status") == ["active", "active", "deceased", "deceased", "moved", None]
    assert outcome.codes == []


def test_an_unknown_answer_gets_a_did_you_mean(tmp_path: Path) -> None:
    outcome = cells(tmp_path, "status", ["Aktiv"])
    finding = outcome.only("unknown-label")
    assert outcome.column("status") == [None]
    assert finding.mend is not None and "“Aktif”" in finding.mend.id and "Meninggal" in finding.mend.id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("75.01.02.2003", "75.01.02.2003"),
        ("75.01", "75.01"),
        ("7501", "75.01"),
        ("750102", "75.01.02"),
        ("7501022003", "75.01.02.2003"),
        ("75", "75"),
        ("71.02", "71.02"),
        ("75.01.03 Kecamatan Batudaa", "75.01.03"),
        ("7503 - Bone Bolango", "75.03"),
        ("Kab. Gorontalo", "75.01"),
        ("Kabupaten Gorontalo", "75.01"),
        ("KOTA GORONTALO", "75.71"),
        ("Pohuwato", "75.04"),
        ("Pahuwato", "75.04"),
        ("Boalemo", "75.02"),
        ("Bone Bolango", "75.03"),
        ("Bonbol", "75.03"),
        ("Gorontalo Utara", "75.05"),
        ("Gorut", "75.05"),
    ],
)
def test_regions(tmp_path: Path, text: str, code: str) -> None:
    outcome = cells(tmp_path, "village", [text])
    assert outcome.column("village") == [code]
    assert outcome.codes == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Padengo", "village-without-subdistrict"),
        ("Gorontalo", "ambiguous-region"),
        ("7502070 Batudaa", "bps-region"),
        ("75.1", "not-a-region"),
        ("750", "not-a-region"),
        ("75.01.2.2003", "not-a-region"),
        ("7502070", "bps-region"),
        ("7502070001", "bps-region"),
        ("75.09", "unknown-region"),
        ("75.01.25", "unknown-region"),
        ("99.01", "unknown-region"),
        ("75.01.06", "retired-region"),
    ],
)
def test_what_is_no_region_is_unknown(tmp_path: Path, text: str, code: str) -> None:
    outcome = cells(tmp_path, "village", [text])
    assert outcome.column("village") == [None]
    assert outcome.codes == [code]

"""Totals and repeated headers inside a list: skipped, said once each."""

from pathlib import Path

import pytest

from tests.registry.lists import PLAIN, PLAIN_MEMBERS, kk, read, text_list, workbook


@pytest.mark.parametrize(
    "total",
    ["Jumlah;;25;", "JUMLAH KELUARGA;2;25;", ";TOTAL;7;", ";Sub Total;;3", "Total Desa Batudaa;;;", "Grand Total:;;1;x"],
)
def test_rows_of_totals_are_skipped(tmp_path: Path, total: str) -> None:
    lines = ["No;kk;decile;in_dtks", f"A;{kk(1)};3;ya", total, f"B;{kk(2)};4;ya"]
    outcome = read(text_list(tmp_path, "\n".join(lines) + "\n"))
    assert outcome.column("kk") == [kk(1), kk(2)]
    assert outcome.codes == ["total-row"] and outcome.apart == []
    assert outcome.place(outcome.only("total-row")).row == 3
    assert outcome.candidates is not None
    assert outcome.candidates.read == 2 and outcome.candidates.family_rows.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("row", "code"),
    [(f"Jumlah;{kk(3)};4;ya", None), ("Totalia;;4;ya", "blank-key"), ("B;;4;Jumlah", "blank-key"), ("1;Total;4;", None)],
)
def test_other_rows_are_no_totals(tmp_path: Path, row: str, code: str | None) -> None:
    outcome = read(text_list(tmp_path, f"No;kk;decile;in_dtks\nA;{kk(1)};3;ya\n{row}\n"))
    assert "total-row" not in outcome.codes
    assert code is None or outcome.apart == [(code, 3)]


def test_headers_of_every_printed_page_are_skipped(tmp_path: Path) -> None:
    rows = [["No", "Nomor KK", "Desil"], [1, kk(1), 3], ["NO.", "NOMOR KK", "DESIL"], [2, kk(2), 4], [None, "Jumlah", 7]]
    outcome = read(workbook(tmp_path, {"Keluarga": rows}))
    assert outcome.column("decile") == [3, 4]
    assert outcome.codes == ["header-repeated", "total-row"]


def test_number_cells_of_a_total_say_nothing_of_their_column(tmp_path: Path) -> None:
    rows = [
        ["kk", "surveyed", "decile"],
        [kk(1), "12-03-2020", 3],
        ["Total", 43902, 99],
        [
            kk(2),
            "12-03-2020",
            3,
        ],
    ]
    assert read(workbook(tmp_path, {"Keluarga": rows})).codes == ["total-row"]


def test_ragged_rows_keep_their_places(tmp_path: Path) -> None:
    lines = ["kk;decile;affected", "Jumlah", f"{kk(1)};3", "Total;1;2;3", f"{kk(2)};4;ya;x"]
    outcome = read(text_list(tmp_path, "\n".join(lines) + "\n"))
    assert outcome.column("decile") == [3, None]
    found = {(f.code, outcome.place(f).row) for f in outcome.findings if outcome.place(f).row}
    assert found == {("total-row", 2), ("total-row", 4), ("too-few-cells", 3), ("too-many-cells", 5)}


def test_members_and_plain_keys(tmp_path: Path) -> None:
    families = text_list(tmp_path, "id;decile\n1;3\nTotal;3\n")
    people = text_list(tmp_path, "id;number\n1;1\nid;number\nJumlah;1\n", "anggota.csv")
    outcome = read(families, PLAIN, PLAIN_MEMBERS, people)
    assert outcome.sizes == [1] and outcome.apart == []
    assert outcome.codes == ["total-row", "header-repeated", "total-row"]


def test_a_list_of_totals_only_is_empty(tmp_path: Path) -> None:
    read(text_list(tmp_path, "kk;decile\nJumlah;0\n")).only("empty-list")

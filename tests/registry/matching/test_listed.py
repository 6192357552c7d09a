"""People taken from a list as it was received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from ejps_core.model.calendar import day_number
from ejps_core.model.listing import Column, Listing, Typed, listing_of
from ejps_core.registry.matching.listed import people_in
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.outcomes import Outcome

ON = day_number(date(2020, 10, 16))
HEADERS = ("No", "NIK", "Nama", "Tgl Lahir", "Kode", "Desa", "No KK", "JK", "Ibu", "Ket")
PLACES = {
    "nik": 1, "name": 2, "birth": 3, "region": 4, "village": 5, "kk": 6, "sex": 7, "mother": 8, "status": 9,
}  # fmt: skip
ROWS = (
    (
        "1",
        "7501014107859001",
        "Hj. FATMA LIHAWA",
        "01-07-1985",
        "75.01.01",
        "Hulawa",
        "7501010101209001",
        "P",
        "Siti",
        "Hidup",
    ),
    ("2", "7,50101E+15", "Ramdan", "31-02-1990", "Gorontalo", "", "-", "Laki-Laki", "", "WAFAT"),
    ("3", " 750101 410785 9001", "", "01-07-2030", "", "", "", "X", "", "3"),
)


def test_cells_are_read_as_lists_are() -> None:
    made, notes = people_in(listing_of("d.csv", HEADERS, ROWS, first_row=2), PLACES, ON)
    assert made.column("ref").to_pylist() == ["2", "3", "4"]
    assert made.column("nik").to_pylist() == ["7501014107859001", None, "7501014107859001"]
    assert made.column("name").to_pylist() == ["Hj. FATMA LIHAWA", "Ramdan", None]
    assert made.column("birth").to_pylist() == [date(1985, 7, 1), None, None]
    assert made.column("region").to_pylist() == ["75.01.01", None, None]
    assert made.column("village").to_pylist() == ["Hulawa", None, None]
    assert made.column("kk").to_pylist() == ["7501010101209001", None, None]
    assert made.column("sex").to_pylist() == ["P", "L", None]
    assert made.column("status").to_pylist() == ["aktif", "meninggal", None]
    codes = {row: {each.code for at, each in notes if at == row} for row in range(3)}
    assert codes == {
        0: set(),
        1: {"ambiguous-region", "nik-digits-lost", "not-a-date", "family-card-missing"},
        2: {"out-of-bounds", "sex-unread", "status-unread", "family-card-missing"},
    }


def test_a_list_and_a_register_as_received_are_matched() -> None:
    listed, _ = people_in(listing_of("d.csv", HEADERS, ROWS, first_row=2), PLACES, ON)
    register, _ = people_in(listing_of("r.csv", HEADERS, ROWS[:1], first_row=2), PLACES, ON)
    found = match(listed, register)
    assert [found.match(row).outcome for row in range(3)] == [Outcome.MATCHED, Outcome.NOT_FOUND, Outcome.DOUBTFUL]


def test_typed_columns_and_repeated_row_numbers() -> None:
    columns: list[Column] = [
        Typed("NIK", pa.array([7501014107859001, None])),
        Typed("Tgl", pa.array([date(1985, 7, 1), None])),
        Typed("JK", pa.array([1, 2])),
    ]
    listing = listing_of("d.parquet", ("NIK", "Tgl", "JK"), (("", "", ""), ("", "", "")))
    typed: Listing = replace(listing, rows=np.array([2, 2]), fetch=lambda places: [columns[place] for place in places])
    made, _ = people_in(typed, {"nik": 0, "birth": 1, "sex": 2}, ON)
    assert made.column("nik").to_pylist() == ["7501014107859001", None]
    assert made.column("birth").to_pylist() == [date(1985, 7, 1), None]
    assert made.column("sex").to_pylist() == ["L", "P"]
    assert made.column("ref").to_pylist() == ["0", "1"]


def test_a_column_that_is_none() -> None:
    with pytest.raises(ValueError, match="no such column: nama"):
        people_in(listing_of("d.csv", HEADERS, ROWS), {"nama": 2}, ON)
    made, notes = people_in(listing_of("d.csv", HEADERS, ROWS), {}, ON)
    assert (len(made), notes) == (3, ())

"""Numbers that identify are masked however they are written; nothing invisible gets through."""

from __future__ import annotations

import pytest

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet, mask_numbers, visible
from ejps_core.model.span import Cell
from ejps_core.model.words import same


@pytest.mark.parametrize(
    "written",
    [
        "7501014107859001",
        "750101410785901",
        "7501 0141 0785 9001",
        "7501-0141-0785-9001",
        "7.501.014.107.859.001",
        "75O1O14l07859001",
        "7,50101410785900E+15",
        "7501014107",
    ],
)
def test_a_number_is_masked_to_the_last_four(written: str) -> None:
    masked = mask_numbers(f"isi “{written}”, baris 5")
    assert len(masked) == len(f"isi “{written}”, baris 5")
    assert "7501" not in masked.replace(".", "").replace(" ", "")
    assert sum(sign.isdigit() for sign in masked) <= 4 + 1
    assert masked.endswith("baris 5")


@pytest.mark.parametrize(
    "text", ["Rp166.035.800.000", "2020-10-16 2021-10-16", "75.01.02.2003", "1,5E+6", "1.000.000", "16 Oktober 2020"]
)
def test_money_dates_and_regions_stay(text: str) -> None:
    assert mask_numbers(text) == text


def test_the_number_asked_for_is_shown_however_it_was_written() -> None:
    assert mask_numbers("7501014107859001", "7501-0141-0785-9001") == "7501014107859001"


def test_a_finding_is_one_line_with_nothing_hidden() -> None:
    place = Cell("x.csv", None, 2, "Na\u202ema", "A\nB\x1b[31m")
    shown = discreet(Diagnostic("x", Severity.REMARK, place, same("7501014107859001\x07")))
    assert shown.place == Cell("x.csv", None, 2, "Na\ufffdma", "A↵B␛[31m")
    assert shown.words == same("••••••••••••9001␇")
    assert visible("baris\nbaru\t") == "baris\nbaru\t"

"""Day 1, 16 October 2020: the published figures come out, from whole rupiah, and do not move."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from ejps_core.aid.checks import cautions
from ejps_core.aid.entries import Entered, Event, Money, Stated, Step
from ejps_core.aid.position import Position, position
from ejps_core.model.words import Language
from ejps_core.reports.ledger_data import read_ledger
from ejps_core.reports.realization import moment_words, realization, realization_paper, short
from ejps_core.reports.table_files import as_csv, as_html, as_json
from tests.reports.document_data import POSITION

LATE = {"75.03": (6_960, 743_954_400), "75.04": (4_020, 429_697_800), "75.05": (4_400, 470_316_000)}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(POSITION.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def found(data: dict[str, Any]) -> Position:
    ledger, at = read_ledger(data)
    return position(ledger, at)


def test_exact_sums(found: Position) -> None:
    assert sum(cell.target.families for cell in found.cells if cell.target) == 160_130
    assert found.of(Step.CEILING) == Money(17_116_295_700, 0)
    assert found.of(Step.TRANSFER) == Money(15_472_327_500, 0)
    assert {cell.district: (cell.target.families, cell.outstanding.total) for cell in found.late if cell.target} == LATE
    assert [cell.phase for cell in found.late] == [3, 3, 3]
    assert sum(cell.outstanding.total for cell in found.late) == 1_643_968_200


def test_what_is_said_aloud(data: dict[str, Any]) -> None:
    (paper,) = realization(data)
    assert [figure["value"] for figure in paper.facts["figures"]] == [
        "Rp17,12 miliar",
        "Rp15,47 miliar",
        "Rp1,64 miliar",
        "90,40 persen",
    ]
    assert paper.lines[1].id == "Posisi data per 16-10-2020 pukul 08.00 WITA"


def test_the_wrong_roundings_appear_nowhere(data: dict[str, Any]) -> None:
    papers = realization(data)
    for language in Language:
        texts = [as_html(papers, language), as_json(papers, language)]
        texts += [as_csv(table, language) for table in papers[0].tables]
        for text in texts:
            for wrong in ("1,65", "1.65", "90,36", "90.36"):
                assert wrong not in text.decode()


def test_every_assumed_cell_is_labelled_and_no_other(found: Position) -> None:
    assumed = {(cell.phase, cell.district) for cell in found.cells if cell.assumed}
    assert len(assumed) == 15
    assert {(3, district) for district in LATE} == {(c.phase, c.district) for c in found.cells} - assumed
    (matrix, _, detail) = realization_paper(found).tables
    places = {district: row for row, (district, _) in enumerate(found.districts)}
    phases = {(row, column) for row, column in matrix.marked if 3 <= column <= 5}
    assert phases == {(places[district], 2 + phase) for phase, district in assumed}
    assert {row for row, _ in detail.marked} == {row for row, cell in enumerate(found.cells) if cell.assumed}


def test_late_districts_have_obstacle_follow_up_name_and_deadline(data: dict[str, Any]) -> None:
    (paper,) = realization(data)
    late = paper.tables[1]
    assert len(late.rows) == 3
    assert all(cell is not None for row in late.rows for cell in row)
    names = [column.title.id for column in late.columns]
    assert names[3:] == ["Kendala", "Tindak lanjut", "Penanggung jawab", "Tenggat"]


def test_later_data_do_not_move_the_position(data: dict[str, Any], found: Position) -> None:
    ledger, at = read_ledger(data)
    paid = Event(
        number="later",
        step=Step.TRANSFER,
        phase=3,
        district="75.04",
        money=Money(429_697_800, 0),
        on=at.date(),
        document="SP2D",
        entered=Entered(datetime.fromisoformat("2020-10-16T14:00:00+08:00"), "BKAD"),
    )
    more = replace(ledger, entries=(*ledger.entries, paid))
    assert position(more, at).digest == found.digest
    assert position(more, paid.entered.at).of(Step.TRANSFER).total == 15_902_025_300


def test_rounded_input_is_warned_of(data: dict[str, Any]) -> None:
    ledger, at = read_ledger(data)
    assert cautions(position(ledger, at)) == ()
    whole = {"phase": None, "district": None, "document": "siaran pers", "entered": Entered(at, "Humas")}
    stated = tuple(
        Stated(number=step.value, step=step, amount=amount, rounded_to=10_000_000, **whole)  # type: ignore[arg-type]
        for step, amount in ((Step.CEILING, 17_120_000_000), (Step.TRANSFER, 15_470_000_000))
    )
    said = cautions(position(replace(ledger, entries=(*ledger.entries, *stated)), at))
    assert [each.code for each in said] == ["rounded-input", "rounded-input", "rounded-percentage"]
    assert dict(said[2].figures) == {"rounded": 9036, "exact": 9040}


def test_words_of_amounts_and_moments() -> None:
    assert short(17_115_000_000).id == "Rp17,12 miliar"
    assert short(17_114_999_999).id == "Rp17,11 miliar"
    assert short(178_150).id == "Rp178.150"
    assert short(44_990_535_450).en == "Rp44.99 billion"
    assert (
        moment_words(datetime.fromisoformat("2020-01-02T09:05:00+07:00")).id == "Posisi data per 02-01-2020 pukul 09.05 WIB"
    )

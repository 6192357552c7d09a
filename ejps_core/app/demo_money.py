"""The money of three phases of 2020 for the demonstrations, with the position of 16 October; where its program decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ejps_core.aid.entries import Event, Money, Step
from ejps_core.aid.position import Position
from ejps_core.app.money.books import Opening, open_book
from ejps_core.app.money.drafts import UNSET
from ejps_core.app.money.entering import enter
from ejps_core.app.money.freezing import freeze_position
from ejps_core.app.money.importing import File, import_entries
from ejps_core.app.stores import Actor, StoreOptions, act_of, place_of, refuse
from ejps_core.hooks.manager import Plugins
from ejps_core.registry.regions import DISTRICTS
from ejps_core.reports.ledger_data import read_ledger
from ejps_core.store.acts import Purpose
from ejps_core.store.opening import open_store
from ejps_core.store.programs import Enabling, ensure_district, set_state
from ejps_core.store.words import ProgramState

LEDGER = Path(__file__).with_name("positions") / "jps_food_aid-2020-10-16.json"
MOMENT = datetime.fromisoformat("2020-10-16T08:00:00+08:00")
LATER = "SP2D 0777/BUD/2020 (buatan)"


def enable_everywhere(options: StoreOptions, actor: Actor, program: str, since: date) -> None:
    """The program decides in the six districts since a day."""
    with open_store(place_of(options)) as store, store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
        for code, name in DISTRICTS.items():
            ensure_district(work, code, name)
            why = "asumsi: enam kabupaten/kota sejak peluncuran"
            set_state(work, Enabling(program, code, since, ProgramState.ACTIVE, why))


@dataclass(frozen=True, slots=True)
class Booked:
    """How many entries, the frozen position with its number, and the rupiah that were entered after it."""

    entries: int
    number: int
    position: Position
    later: int


def money_of_three_phases(options: StoreOptions, actor: Actor, program: str, plugins: Plugins) -> Booked:
    """Opens the budget year, enters, freezes, and enters once more; StoreError if it can't be done."""
    ledger, _ = read_ledger(json.loads(LEDGER.read_text(encoding="utf-8")))
    opening = Opening(program, ledger.year, ledger.phases, ledger.title, tuple(ledger.districts), ledger.notes)
    refuse(open_book(options, actor, opening, plugins))
    imported = refuse(import_entries(options, actor, program, None, File(LEDGER), plugins))
    frozen, position = refuse(freeze_position(options, actor, program, None, MOMENT))
    outstanding = position.cell(3, "75.04").outstanding
    refuse(enter(options, actor, program, None, _later(outstanding)))
    return Booked(len(imported.numbers), frozen.number, position, outstanding.total)


def _later(money: Money) -> Event:
    """Pohuwato's third phase, transferred in the afternoon: made up, entered after the position was frozen."""
    return Event(
        number="", step=Step.TRANSFER, phase=3, district="75.04", money=money, on=MOMENT.date(), document=LATER,
        entered=UNSET, assumed=True,
    )  # fmt: skip

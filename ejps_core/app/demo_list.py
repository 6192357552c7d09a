"""Writes the made-up families as a workbook of two sheets, with the slips of the pen that real lists have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import xlsxwriter

from ejps_core.app.demo_data import SEED, Household, households
from ejps_core.app.demo_people import Person
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.types import YesNo
from ejps_core.reports.sheet import closed

if TYPE_CHECKING:  # it has no types of its own: these names are for the reader
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FAMILY_SHEET, MEMBER_SHEET = "keluarga", "anggota"
YES_WORDS, NO_WORDS = ("Ya", "Ya", "ya", "YA", "Y"), ("Tidak", "Tidak", "tidak", "TIDAK", "T")

Cell = str | float | date | None
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of headers and dates."""

    head: Format
    dates: Format


def write_list(ruleset: Ruleset, path: Path, on: date, seed: int = SEED, district: str | None = None) -> None:
    """The list as a district would send it: headers are the fields' titles, a sheet of families and one of members.

    Fields that the made-up families know nothing of stay empty, which means unknown. district: the families of one alone.
    """
    random = Random(seed + 1)
    start = (district or "").replace(".", "")
    families = [each for each in households(on, seed=seed) if each.card.startswith(start)]
    rows = [[_family_cell(random, field, each) for field in ruleset.family_fields] for each in families]
    people = [
        [each.card, *(_member_cell(random, field, person) for field in ruleset.member_fields)]
        for each in families
        if each.listed
        for person in each.people
    ]
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_numbers": False, "strings_to_formulas": False})
    looks = Looks(
        book.add_format({"bold": True, "bg_color": "#DDE7EE", "border": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
    )
    titles = [field.title.id or field.name for field in ruleset.family_fields]
    _sheet(book, FAMILY_SHEET, titles, _with_doubles(random, ruleset, rows), looks)
    titles = [ruleset.key.title.id, *(field.title.id or field.name for field in ruleset.member_fields)]
    _sheet(book, MEMBER_SHEET, titles, people, looks)
    closed(book)
    path.write_bytes(made.getbuffer())


def _with_doubles(random: Random, ruleset: Ruleset, rows: list[Row]) -> list[Row]:
    """About one family in a hundred stands on the list twice: half of them the same, half with another answer."""
    answers = [place for place, field in enumerate(ruleset.family_fields) if isinstance(field.type, YesNo)]
    listed = list(rows)
    for number, row in enumerate(random.sample(rows, len(rows) * 11 // 1000)):
        again = list(row)
        if number % 2 and answers:
            place = random.choice(answers)
            again[place] = "Tidak" if str(row[place]).lower().startswith("y") else "Ya"
        listed.insert(random.randrange(len(listed)), again)
    return listed


def _sheet(book: Workbook, name: str, titles: Sequence[str], rows: Sequence[Row], looks: Looks) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    for column, title in enumerate(titles):
        page.write_string(0, column, title, looks.head)
        page.set_column(column, column, min(max(len(title), 12), 30))
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case str():
                    page.write_string(number, column, cell)
                case date():
                    page.write_datetime(number, column, cell, looks.dates)
                case _:
                    page.write_number(number, column, cell)


def _yes_no(random: Random, answer: bool | None) -> Cell:
    if answer is None:
        return random.choice((None, None, None, "?"))
    return random.choice(YES_WORDS if answer else NO_WORDS)


def _number(random: Random, number: str | None) -> Cell:
    """A number of identity: mostly text, some as a number, a few beyond repair."""
    if number is None:
        return None
    draw = random.random()
    if draw < 0.0006:
        return f"{number[0]},{number[1:6]}E+15"
    if draw < 0.0012:
        return number[:-1]
    if draw < 0.01:
        return float(number)
    return f" {number}" if draw < 0.02 else number


def _day(random: Random, day: date | None) -> Cell:
    """A date: mostly a date cell, some as text, a few that are no dates."""
    if day is None:
        return None
    draw = random.random()
    if draw < 0.002:
        return f"31-02-{day.year}"
    if draw < 0.08:
        return day.strftime("%d-%m-%Y")
    return None if draw > 0.995 else day


def _status(random: Random, status: str) -> Cell:
    return None if random.random() < 0.004 else status.capitalize()


def _home(random: Random, home: str | None) -> Cell:
    """A region code, with or without dots; a few in the digits of the statistics office."""
    if home is None:
        return None
    draw = random.random()
    if draw < 0.002:
        return "7502070"
    return home.replace(".", "") if draw < 0.1 else home


FAMILY_CELLS: dict[str, Callable[[Random, Household], Cell]] = {
    "kk": lambda random, family: family.card,
    "nama_kepala": lambda random, family: family.head.name,
    "alamat": lambda random, family: _home(random, family.home),
    "status_kepala": lambda random, family: _status(random, family.head.status),
}
MEMBER_CELLS: dict[str, Callable[[Random, Person], Cell]] = {
    "nik": lambda random, person: _number(random, person.nik),
    "nama": lambda random, person: person.name.upper() if random.random() < 0.2 else person.name,
    "tanggal_lahir": lambda random, person: _day(random, person.birth),
    "status_dukcapil": lambda random, person: _status(random, person.status),
    "tanggal_meninggal": lambda random, person: person.died,
    "pegawai_negara": lambda random, person: _yes_no(random, None if random.random() < 0.004 else person.official),
}


def _family_cell(random: Random, field: Field, family: Household) -> Cell:
    if field.name in FAMILY_CELLS:
        return FAMILY_CELLS[field.name](random, family)
    if isinstance(field.type, YesNo):
        return _yes_no(random, family.answers.get(field.name))
    return None


def _member_cell(random: Random, field: Field, person: Person) -> Cell:
    return MEMBER_CELLS[field.name](random, person) if field.name in MEMBER_CELLS else None

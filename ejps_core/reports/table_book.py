"""Tables as a workbook: a sheet a table, numbers as numbers, assumed figures with their mark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from ejps_core.model.paper import Column, Paper, Show, Table, Value
from ejps_core.model.words import Language
from ejps_core.reports.sheet import Sheet, closed, longest
from ejps_core.reports.table_text import ASSUMED, MARK, TOTAL, shown, total_text
from ejps_core.reports.workbook import BOOK_OPTIONS, formats_of, sheet_names

if TYPE_CHECKING:  # it has no types of its own: these names are for the reader
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

RUPIAH = "#,##0"
"""The title names the unit, so that a column of rupiah is read as one."""
Look = Callable[[Column, bool], "Format"]


def as_workbook(papers: tuple[Paper, ...], language: Language) -> bytes:
    """The papers' tables, one sheet each; the first lines of a sheet say what it is and as of when."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {**BOOK_OPTIONS, "in_memory": True})
    book.set_properties({"title": papers[0].title.say(language), "comments": "e-JPS"})
    formats, look = formats_of(book, RUPIAH), _looks(book)
    every = [(paper, table) for paper in papers for table in paper.tables]
    names = sheet_names([f"{paper.part} {table.title.say(language)}".strip() for paper, table in every])
    for (paper, table), name in zip(every, names, strict=True):
        _fill(paper, table, Sheet(book, name, formats), look, language)
    closed(book)
    return made.getvalue()


def _looks(book: Workbook) -> Look:
    """The look of a number, kept once each: with or without the mark of an assumed figure."""
    made: dict[tuple[Show, bool], Format] = {}

    def look(column: Column, marked: bool) -> Format:
        place = (column.show, marked)
        if place not in made:
            pattern = "0.00" if column.show is Show.PERCENT else "#,##0"
            edge = {"border": 1, "border_color": "#B8C7D1", "font_name": "Calibri", "font_size": 10, "valign": "top"}
            made[place] = book.add_format({**edge, "num_format": f'{pattern}"{MARK}"' if marked else pattern})
        return made[place]

    return look


def _fill(paper: Paper, table: Table, sheet: Sheet, look: Look, language: Language) -> None:
    columns = range(len(table.columns))
    titles = [column.title.say(language) for column in table.columns]
    widths = ((place, longest(titles[place], (_sized(row[place]) for row in table.rows))) for place in columns)
    sheet.measure((place, max(width, 14 if table.columns[place].show is Show.MONEY else 0)) for place, width in widths)
    sheet.line([paper.title.say(language)], sheet.formats.title)
    for line in (*paper.lines, table.title):
        sheet.line([line.say(language)], sheet.formats.note)
    sheet.row += 1
    first = sheet.row
    sheet.header(titles)
    for number, row in enumerate(table.rows):
        for place in columns:
            _put(sheet, table, row[place], (number, place), look, language)
        sheet.row += 1
    sheet.table(first, len(titles))
    if table.total is not None:
        _total(sheet, table, language)
    sheet.row += 1
    assumed = [f"{MARK} {ASSUMED.say(language)}"] if table.marked else []
    footer = [str(paper.facts["footer"])] if "footer" in paper.facts else []
    for note in [*assumed, *(note.say(language) for note in paper.notes), *footer]:
        sheet.line([note], sheet.formats.note)


def _sized(value: Value) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


def _put(sheet: Sheet, table: Table, value: Value, place: tuple[int, int], look: Look, language: Language) -> None:
    column = table.columns[place[1]]
    if isinstance(value, int):
        cell = Decimal(value).scaleb(-2) if column.show is Show.PERCENT else value
        sheet.put(place[1], cell, look(column, place in table.marked))
    else:
        sheet.put(place[1], shown(value, column, table, language), sheet.formats.wrapped)


def _total(sheet: Sheet, table: Table, language: Language) -> None:
    assert table.total is not None
    for place, value in enumerate(table.total):
        percent = table.columns[place].show is Show.PERCENT
        if isinstance(value, int) and not percent:
            sheet.put(place, value, sheet.formats.total)
        else:
            text = total_text(table, place, language)
            sheet.put(place, text or (TOTAL.say(language) if place == 0 else None), sheet.formats.total)
    sheet.row += 1

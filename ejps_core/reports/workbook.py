"""Decisions as a workbook an official is glad to open: a summary, a sheet a program, notes on rows.

Nothing in it can run: every text is written as text. Numbers of identity stay text. It prints on A4 with
repeated headers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import clear_frames
from typing import TYPE_CHECKING, Any

import xlsxwriter

from ejps_core.model.ruleset import Verdict
from ejps_core.model.run import Run
from ejps_core.model.words import Language, Words
from ejps_core.reports.beside import SHEET, write_determinations
from ejps_core.reports.sheet import Formats, Sheet, closed
from ejps_core.reports.sheet_notes import write_notes
from ejps_core.reports.sheet_program import write_program
from ejps_core.reports.sheet_summary import write_summary

if TYPE_CHECKING:  # it has no types of its own: these names are for the reader
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
MOST_DECIMALS = 18
"""As many as a 64-bit number has."""
BOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No text becomes anything that runs or leads elsewhere."""
FONT = "Calibri"
INK, BAND, LINE = "#1F3A4D", "#E6EEF3", "#B8C7D1"
COLOURS = {
    Verdict.ELIGIBLE: ("#E3F4E1", "#1E5B22"),
    Verdict.INELIGIBLE: ("#FBE3E0", "#8C1D18"),
    Verdict.UNDETERMINED: ("#FFF3CD", "#6B4E00"),
}


def write_workbook(run: Run, path: Path, language: Language) -> None:
    """Writes the workbook: 'Ringkasan', a sheet a program, 'Ketetapan', 'Catatan baris'. An OSError if there is no room."""
    _saved(path, lambda book: _fill(run, book, language))


def write_sheets(run: Run, path: Path, sheets: Mapping[str, Callable[[Sheet], None]]) -> None:
    """Writes a workbook of these sheets, in their order, with the same looks. An OSError if there is no room for it."""

    def fill(book: Workbook) -> None:
        formats = formats_of(book, money_format(run))
        for name, write in sheets.items():
            write(Sheet(book, name, formats))

    _saved(path, fill)


def _saved(path: Path, fill: Callable[[Workbook], None]) -> None:
    made = BytesIO()
    # The library's own rows wait in files of this folder, so nothing is left behind when the disk is full.
    with TemporaryDirectory(dir=path.parent, prefix=".", ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(made, {**BOOK_OPTIONS, "constant_memory": True, "tmpdir": folder})
        try:
            fill(book)
            closed(book)
        except OSError as problem:
            _let_go(problem)
            raise
    path.write_bytes(made.getbuffer())


def _let_go(problem: BaseException) -> None:
    """Frees what the library left unfinished now, while the bytes that its archive writes to are still there."""
    found: BaseException | None = problem
    while found is not None:
        clear_frames(found.__traceback__)
        found = found.__context__


def _fill(run: Run, book: Workbook, language: Language) -> None:
    book.set_properties({"title": "e-JPS", "comments": run.source})
    formats = formats_of(book, money_format(run))
    names = _sheet_names(run, language)
    write_summary(run, Sheet(book, names[0], formats), language)
    for decisions, name in zip(run.programs, names[1:], strict=False):
        write_program(run, decisions, Sheet(book, name, formats), language)
    if run.determinations:
        write_determinations(run, Sheet(book, names[-2], formats), language)
    write_notes(run, Sheet(book, names[-1], formats), language)


def _sheet_names(run: Run, language: Language) -> list[str]:
    first = Words("Ringkasan", "Summary").say(language)
    last = Words("Catatan baris", "Row notes").say(language)
    own = [SHEET.say(language)] if run.determinations else []
    return sheet_names([first, *(d.ruleset.program for d in run.programs), *own, last])


def sheet_names(wanted: list[str]) -> list[str]:
    """Names that a spreadsheet accepts, each once."""
    names: list[str] = []
    for each in wanted:
        name = each.translate(FORBIDDEN)[:SHEET_NAME]
        number = 2
        while name.lower() in (taken.lower() for taken in names):
            name = f"{each[: SHEET_NAME - 4]} ({number})"
            number += 1
        names.append(name)
    return names


def money_format(run: Run) -> str:
    """The number format of sums: shown with the currency, kept as a number."""
    ruleset = run.programs[0].ruleset
    sign = {"IDR": "Rp", "EUR": "€", "USD": "$"}.get(ruleset.currency, ruleset.currency)
    return f'"{sign}"#,##0' + ("." + "0" * ruleset.minor_digits if ruleset.minor_digits else "")


def formats_of(book: Workbook, money_pattern: str) -> Formats:
    """The looks of cells in a workbook."""
    plain = {"font_name": FONT, "font_size": 10, "valign": "top"}
    edge = {"border": 1, "border_color": LINE}
    money = {"num_format": money_pattern}
    bold = {"bold": True, "bg_color": BAND}

    def made(*parts: dict[str, Any]) -> Format:
        return book.add_format({key: value for each in (plain, *parts) for key, value in each.items()})

    return Formats(
        title=made({"font_size": 16, "bold": True, "font_color": INK}),
        heading=made({"font_size": 12, "bold": True, "font_color": INK, "bottom": 1, "bottom_color": INK}),
        header=made(
            edge,
            {"bold": True, "font_color": "white", "bg_color": INK, "text_wrap": True, "valign": "vcenter"},
        ),
        label=made({"font_color": "#55656F"}),
        text=made(edge),
        wrapped=made(edge, {"text_wrap": True}),
        number=made(edge, {"num_format": "#,##0"}),
        money=made(edge, money),
        percent=made(edge, {"num_format": "0.00%", "align": "right"}),
        decimals=tuple(made(edge, {"num_format": "#,##0" + "." * (n > 0) + "0" * n}) for n in range(MOST_DECIMALS + 1)),
        total=made(edge, bold, {"num_format": "#,##0"}),
        total_money=made(edge, bold, money),
        note=made(),
        note_number=made({"num_format": "#,##0", "align": "left"}),
        verdicts={
            verdict: made(edge, {"bg_color": back, "font_color": ink, "bold": True})
            for verdict, (back, ink) in COLOURS.items()
        },
    )

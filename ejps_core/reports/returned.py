"""The list given back: the district's own columns and rows in their order, and what became of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from ejps_core.model.listing import Column, Kind, Listing, Texts
from ejps_core.model.masking import mask_numbers, visible
from ejps_core.model.verdicts import JudgedRow, RowReason, RowVerdict
from ejps_core.model.words import Language, Words
from ejps_core.reports.text_files import FORMULA

if TYPE_CHECKING:  # it has no types of its own: these names are for the reader
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLES = (Words("STATUS", "STATUS"), Words("ALASAN", "REASON"), Words("SARAN PERBAIKAN", "HOW TO MEND"))
STATUS = {
    RowVerdict.ACCEPTED: Words("diterima", "accepted"),
    RowVerdict.WITH_REMARK: Words("diterima dengan catatan", "accepted with a remark"),
    RowVerdict.SET_APART: Words("disisihkan", "set apart"),
}
SKIPPED = Words("dilewati (bukan baris data)", "skipped (no row of data)")
TO_FOLLOW = Words("NIK menyusul: belum dapat dibayarkan", "NIK to follow: not yet payable")
_FILLS = {RowVerdict.ACCEPTED: "#E3F4E1", RowVerdict.WITH_REMARK: "#FFF3CD", RowVerdict.SET_APART: "#FBE3E0"}
_EXACT = 15
"""Digits that a number cell keeps; longer numbers are given back as text."""
_WIDTHS = (24, 70, 70)
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
Place = tuple[str | None, int]
Changes = Mapping[Place, Mapping[int, str] | None]
"""Rows by sheet and number: the new texts by the place of their column (from 0); None: the row is left out."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """The looks of cells."""

    header: Format
    text: Format
    harmless: Format
    day: Format
    fills: Mapping[RowVerdict, Format]


def write_returned(listings: Sequence[Listing], rows: Sequence[JudgedRow], path: Path, language: Language) -> None:
    """Writes the workbook. A cell that a spreadsheet could run as a formula stays the text it was, and is marked as text."""
    judged = {(row.sheet, row.row): row for row in rows}
    made = BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as book:
        looks = _looks(book)
        for listing in listings:
            for name in listing.sheets or (listing.sheet,):
                page = book.add_worksheet(name or _free(book))
                _fill(page, listing, name, judged, looks, language)
    path.write_bytes(made.getbuffer())


def mended_workbook(listings: Sequence[Listing], changes: Changes) -> bytes:
    """The list as it came but for the changed cells, as a workbook: every row and header where it stood."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as book:
        looks = _looks(book)
        for listing in listings:
            for name in listing.sheets or (listing.sheet,):
                page = book.add_worksheet(name or _free(book))
                _fill_heads(page, listing, name, looks)
                _fill_rows(page, listing, name, looks, changes)
    return made.getvalue()


def _free(book: Workbook) -> str:
    """A name for a list that came without sheets."""
    count = len(book.worksheets())
    return "Daftar" if not count else f"Daftar {count + 1}"


def _looks(book: Workbook) -> _Looks:
    wrapped = {"text_wrap": True, "valign": "top"}
    return _Looks(
        header=book.add_format({"bold": True, **wrapped}),
        text=book.add_format({"num_format": "@", "valign": "top"}),
        harmless=book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True}),
        day=book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
        fills={verdict: book.add_format({"bg_color": colour, **wrapped}) for verdict, colour in _FILLS.items()},
    )


def _fill(
    page: Worksheet,
    listing: Listing,
    sheet: str | None,
    judged: Mapping[Place, JudgedRow],
    looks: _Looks,
    language: Language,
) -> None:
    width = len(listing.headers)
    heads = _fill_heads(page, listing, sheet, looks)
    for place, (title, wide) in enumerate(zip(TITLES, _WIDTHS, strict=True), start=width):
        page.set_column(place, place, wide)
        page.write_string(heads - 1, place, title.say(language), looks.header)
    _fill_rows(page, listing, sheet, looks, {})
    down = _down(listing)
    for i, number in enumerate(listing.rows.tolist()):
        if listing.sheet_name(i) != sheet:
            continue
        for place, (text, look) in enumerate(_told(judged.get((sheet, number)), looks, language), start=width):
            page.write_string(number - 1 + down, place, text, look)


def _fill_heads(page: Worksheet, listing: Listing, sheet: str | None, looks: _Looks) -> int:
    """Writes what stands above the data, where it stood; the row of the headers."""
    above = [(number, texts) for own, number, texts in listing.above if own == sheet or not listing.sheets]
    for number, texts in above or [(listing.header_row or 1, listing.headers)]:
        for place, text in enumerate(texts):
            _text(page, number - 1, place, text, looks, looks.header)
    heads = listing.header_row if not listing.sheets or not above else _header_row(above, listing)
    return heads or 1


def _fill_rows(page: Worksheet, listing: Listing, sheet: str | None, looks: _Looks, changes: Changes) -> None:
    """Writes the data rows of a sheet where they stood, cells that were changed as text; a row that is None is left out."""
    columns, down = listing.fetch(range(len(listing.headers))), _down(listing)
    for i, number in enumerate(listing.rows.tolist()):
        changed = changes.get((sheet, number), {})
        if listing.sheet_name(i) != sheet or changed is None:
            continue
        for place, column in enumerate(columns):
            if (text := changed.get(place)) is None:
                _cell(page, number - 1 + down, place, column, i, looks)
            else:
                _text(page, number - 1 + down, place, text, looks, looks.text)


def _down(listing: Listing) -> int:
    """A format without a row of headers is given one."""
    return 0 if listing.header_row is not None else 1


def _header_row(above: Sequence[tuple[int, tuple[str, ...]]], listing: Listing) -> int:
    """The first row above the data that holds one of the headers."""
    heads = {header.split(" \u203a ")[0] for header in listing.headers if header}
    return next((number for number, texts in above if len(heads.intersection(map(visible, texts))) > 1), above[-1][0])


def _told(row: JudgedRow | None, looks: _Looks, language: Language) -> list[tuple[str, Format]]:
    """Status, reasons and mending of a row; numbers of identity stand in the district's own cells alone."""
    if row is None:
        return [(SKIPPED.say(language), looks.text)]
    fill = looks.fills[row.verdict]
    reasons = [_reason(reason, language) for reason in row.reasons]
    if row.nik_to_follow:
        reasons.append(TO_FOLLOW.say(language))
    mends = dict.fromkeys(mask_numbers(visible(reason.mend.say(language))) for reason in row.reasons if reason.mend)
    return [(STATUS[row.verdict].say(language), fill), ("\n".join(reasons), fill), ("\n".join(mends), fill)]


def _reason(reason: RowReason, language: Language) -> str:
    where = f" ({reason.column})" if reason.column else ""
    return mask_numbers(visible(f"[{reason.code}]{where} {reason.words.say(language)}"))


def _cell(page: Worksheet, row: int, place: int, column: Column, at: int, looks: _Looks) -> None:
    """A cell as it came: numbers and dates as such, all else as text."""
    text = column.text(at)
    kind = Kind(int(column.kinds[column.codes[at]])) if isinstance(column, Texts) else Kind.TEXT
    if kind is Kind.ABSENT or not text:
        return
    if kind is Kind.NUMBER and len(text.strip("-").replace(".", "")) <= _EXACT:
        page.write_number(row, place, float(text))  # a cell of the spreadsheet itself, which holds nothing finer
    elif kind is Kind.DATE and len(text) == len("2020-10-16") and text >= "1900-03-01":
        page.write_datetime(row, place, date.fromisoformat(text), looks.day)
    elif kind is Kind.YESNO:
        page.write_boolean(row, place, text == "true")
    else:
        _text(page, row, place, text, looks, looks.text)


def _text(page: Worksheet, row: int, place: int, text: str, looks: _Looks, look: Format) -> None:
    if text:
        page.write_string(row, place, text, looks.harmless if text.lstrip().startswith(FORMULA) else look)

"""The list given back: the district's own columns and rows in their order, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from ejps_core.model.kinds import Level
from ejps_core.model.listing import Column, Kind, Listing, Texts
from ejps_core.model.masking import mask_numbers, visible
from ejps_core.model.ruleset import Verdict
from ejps_core.model.verdicts import Beside, JudgedRow, Look, RowReason, RowVerdict
from ejps_core.model.words import Language, Words
from ejps_core.reports.text_files import FORMULA
from ejps_core.reports.words import VERDICT

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
DECIDED_TITLES = (Words("ALASAN PUTUSAN", "REASONS OF THE DECISION"), Words("DATA YANG DIPERLUKAN", "FACTS STILL NEEDED"))
_ROW_LOOKS = {RowVerdict.ACCEPTED: Look.GOOD, RowVerdict.WITH_REMARK: Look.DOUBT, RowVerdict.SET_APART: Look.BAD}
_VERDICT_LOOKS = {Verdict.ELIGIBLE: Look.GOOD, Verdict.UNDETERMINED: Look.DOUBT, Verdict.INELIGIBLE: Look.BAD}
_FILLS = {Look.GOOD: "#E3F4E1", Look.DOUBT: "#FFF3CD", Look.BAD: "#FBE3E0"}
_EXACT = 15
"""Digits that a number cell keeps; longer numbers are given back as text."""
_WIDTHS = (24, 70, 70)
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
Place = tuple[str | None, int]
"""Sheet and row."""
Told = tuple[str, Look]
Changes = Mapping[Place, Mapping[int, str] | None]
"""Rows by sheet and number: the new texts by the place of their column (from 0); None: the row is left out."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a program has decided of the rows. title: of the first of three columns.

    rows: of the lists of families and of persons, each row's verdict, reasons and facts needed.
    """

    title: Words
    rows: Mapping[Level, Mapping[Place, tuple[Verdict, str, str]]]


@dataclass(frozen=True, slots=True)
class _Looks:
    """The looks of cells. beside: of our own."""

    text: Format
    harmless: Format
    day: Format
    beside: Mapping[Look, Format]


def write_returned(
    listings: Sequence[Listing],
    rows: Sequence[JudgedRow],
    path: Path,
    language: Language,
    decided: Decided | None = None,
) -> None:
    """Writes the workbook. A cell that a spreadsheet could run as a formula stays the text it was, and is marked as text."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, _PLAIN) as book:
        looks = _looks(book)
        for listing, told in _sheets(listings, rows, language, decided):
            _fill(book.add_worksheet(told.sheet or _free(book)), listing, told, looks)
    path.write_bytes(made.getbuffer())


def beside(
    listings: Sequence[Listing], rows: Sequence[JudgedRow], language: Language, decided: Decided | None = None
) -> tuple[Beside, ...]:
    """What is to be written beside the rows of each sheet, where the list's own file is given back."""
    return tuple(told for _, told in _sheets(listings, rows, language, decided))


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


def _sheets(
    listings: Sequence[Listing], rows: Sequence[JudgedRow], language: Language, decided: Decided | None
) -> Iterator[tuple[Listing, Beside]]:
    """Each sheet of each list, and what stands beside its rows."""
    # Two files without sheets have rows of the same numbers.
    units = (Level.FAMILY, Level.MEMBER) if len(listings) > 1 else (rows[0].unit if rows else Level.FAMILY,)
    for listing, unit in zip(listings, units, strict=True):
        judged = {(row.sheet, row.row): row for row in rows if row.unit is unit}
        verdicts = None if decided is None else decided.rows.get(unit, {})
        titles = TITLES if decided is None else (*TITLES, decided.title, *DECIDED_TITLES)
        head = tuple((title.say(language), Look.HEADER) for title in titles)
        for sheet in listing.sheets or (listing.sheet,):
            told = [(_heads(listing, sheet) or 1, head)]
            for i, number in enumerate(listing.rows.tolist()):
                if listing.sheet_name(i) == sheet:
                    place = (sheet, number)
                    told.append((number, (*_row(judged.get(place), language), *_decision(verdicts, place, language))))
            yield listing, Beside(sheet, tuple(told))


def _decision(
    verdicts: Mapping[Place, tuple[Verdict, str, str]] | None, place: Place, language: Language
) -> tuple[Told, ...]:
    """What was decided of a row; nothing stands beside a row of which nothing was."""
    if verdicts is None:
        return ()
    if place not in verdicts:
        return (("", Look.PLAIN),) * (1 + len(DECIDED_TITLES))
    verdict, *said = verdicts[place]
    return tuple((text, _VERDICT_LOOKS[verdict]) for text in (VERDICT[verdict].say(language), *said))


def _heads(listing: Listing, sheet: str | None) -> int | None:
    """The row in which the headers of a sheet stand."""
    above = _above(listing, sheet)
    return listing.header_row if not listing.sheets or not above else _header_row(above, listing)


def _above(listing: Listing, sheet: str | None) -> list[tuple[int, tuple[str, ...]]]:
    """The rows above the data of a sheet."""
    return [(number, texts) for own, number, texts in listing.above if own == sheet or not listing.sheets]


def _free(book: Workbook) -> str:
    """A name for a list that came without sheets."""
    count = len(book.worksheets())
    return "Daftar" if not count else f"Daftar {count + 1}"


def _looks(book: Workbook) -> _Looks:
    wrapped = {"text_wrap": True, "valign": "top"}
    filled = {look: book.add_format({"bg_color": colour, **wrapped}) for look, colour in _FILLS.items()}
    plain = {Look.HEADER: book.add_format({"bold": True, **wrapped}), Look.PLAIN: book.add_format(wrapped)}
    return _Looks(
        text=book.add_format({"num_format": "@", "valign": "top"}),
        harmless=book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True}),
        day=book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
        beside=plain | filled,
    )


def _fill(page: Worksheet, listing: Listing, told: Beside, looks: _Looks) -> None:
    """The rows above the data, the district's own cells, and what stands beside them."""
    width, down = len(listing.headers), _down(listing)
    _fill_heads(page, listing, told.sheet, looks)
    _fill_rows(page, listing, told.sheet, looks, {})
    (heads, titles), *rows = told.rows
    _beside(page, heads - 1, width, titles, looks)
    for place in range(len(titles)):
        page.set_column(width + place, width + place, _WIDTHS[place % len(_WIDTHS)])
    for number, cells in rows:
        _beside(page, number - 1 + down, width, cells, looks)


def _fill_heads(page: Worksheet, listing: Listing, sheet: str | None, looks: _Looks) -> None:
    """Writes what stands above the data, where it stood."""
    for number, texts in _above(listing, sheet) or [(listing.header_row or 1, listing.headers)]:
        for place, text in enumerate(texts):
            _text(page, number - 1, place, text, looks, looks.beside[Look.HEADER])


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


def _beside(page: Worksheet, row: int, first: int, cells: Sequence[Told], looks: _Looks) -> None:
    for place, (text, look) in enumerate(cells, start=first):
        if text or look is not Look.PLAIN:
            page.write_string(row, place, text, looks.beside[look])


def _header_row(above: Sequence[tuple[int, tuple[str, ...]]], listing: Listing) -> int:
    """The first row above the data that holds one of the headers."""
    heads = {header.split(" \u203a ")[0] for header in listing.headers if header}
    return next((number for number, texts in above if len(heads.intersection(map(visible, texts))) > 1), above[-1][0])


def _row(row: JudgedRow | None, language: Language) -> tuple[Told, ...]:
    """Status, reasons and mending of a row; numbers of identity stand in the district's own cells alone."""
    if row is None:
        return (SKIPPED.say(language), Look.PLAIN), ("", Look.PLAIN), ("", Look.PLAIN)
    reasons = [_reason(reason, language) for reason in row.reasons]
    if row.nik_to_follow:
        reasons.append(TO_FOLLOW.say(language))
    mends = dict.fromkeys(mask_numbers(visible(reason.mend.say(language))) for reason in row.reasons if reason.mend)
    texts = (STATUS[row.verdict].say(language), "\n".join(reasons), "\n".join(mends))
    return tuple((text, _ROW_LOOKS[row.verdict]) for text in texts)


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

"""The sheet of what was noticed about rows: where, what, and how to mend it."""

from __future__ import annotations

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet
from ejps_core.model.run import Run
from ejps_core.model.span import Cell, Span
from ejps_core.model.words import Language, Words
from ejps_core.reports.columns import Shown
from ejps_core.reports.sheet import WIDEST, Sheet, longest
from ejps_core.reports.words import SEVERITY

TITLES = (
    Words("Lembar", "Sheet"),
    Words("Baris", "Row"),
    Words("Kolom", "Column"),
    Words("Nilai", "Value"),
    Words("Akibat", "Effect"),
    Words("Apa yang ditemukan", "What was found"),
    Words("Cara memperbaiki", "How to mend it"),
)
COLUMN, WIDEST_COLUMN = 2, 34
"""Headers as received may be whole sentences."""
NOTHING = Words(
    "Tidak ada catatan: semua baris dibaca tanpa masalah.",
    "No remarks: every row was read without a problem.",
)


def write_notes(run: Run, sheet: Sheet, language: Language) -> None:
    """Every row that was set apart, then every remark; numbers of identity show their last four digits."""
    titles = [title.say(language) for title in TITLES]
    rows = notes(run, language)
    sheet.measure(
        (column, min(longest(title, (row[column] for row in rows)), WIDEST_COLUMN if column == COLUMN else WIDEST))
        for column, title in enumerate(titles)
    )
    sheet.header(titles)
    for row in rows:
        for column, cell in enumerate(row):
            sheet.put(column, cell, sheet.formats.wrapped)
        sheet.row += 1
    if not run.findings:
        sheet.line([NOTHING.say(language)], sheet.formats.text)
    sheet.table(0, len(TITLES))


def notes(run: Run, language: Language) -> list[list[Shown]]:
    """Every finding about the list as cells, those that set rows apart first."""
    ranks = list(Severity)
    return [note(finding, language) for finding in sorted(run.findings, key=lambda each: ranks.index(each.severity))]


def note(finding: Diagnostic, language: Language) -> list[Shown]:
    """One finding as cells."""
    finding = discreet(finding)
    place = finding.place
    cells: list[Shown] = [None, None, None, None]
    if isinstance(place, Cell):
        cells = [place.sheet or place.path, place.row, place.column, place.value]
    elif isinstance(place, Span):
        cells = [place.path, place.line, None, None]
    why = f" {finding.why.words.say(language)}" if finding.why else ""
    mend = finding.mend.say(language) if finding.mend else None
    cells += [SEVERITY[finding.severity].say(language), finding.words.say(language) + why, mend]
    return cells

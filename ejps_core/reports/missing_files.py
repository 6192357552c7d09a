"""The work list as CSV and as a workbook: what is missing most, per village and per district."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ejps_core.model.run import Run
from ejps_core.model.words import Language, Words
from ejps_core.reports.columns import Shown, region
from ejps_core.reports.missing import Work, work_list
from ejps_core.reports.sheet import Sheet, longest
from ejps_core.reports.text_files import harmless
from ejps_core.reports.totals import UNKNOWN
from ejps_core.reports.words import fact_title
from ejps_core.reports.workbook import write_sheets

KINDS = (".csv", ".xlsx")
DISTRICT = 2
"""Parts of a district's code."""
TITLES = (
    Words("No.", "No."),
    Words("Kabupaten/Kota", "District"),
    Words("Wilayah", "Area"),
    Words("Data yang dicari", "Fact to find out"),
    Words("Nama data", "Name of the fact"),
    Words("Putusan terselesaikan", "Decisions settled"),
    Words("Terselesaikan sampai baris ini", "Settled up to this line"),
    Words("Hanya kurang data ini", "Lack this fact only"),
    Words("Kurang data ini, mungkin bersama yang lain", "Lack this fact, perhaps among others"),
)
VILLAGES = Words("Daftar kerja", "Work list")
DISTRICTS = Words("Per kabupaten-kota", "By district")
NOTHING = Words("Tidak ada data yang masih diperlukan.", "No fact is needed any more.")


def write_work_list(run: Run, path: Path, language: Language) -> None:
    """Writes the work list: CSV by the families' areas, a workbook by areas and by districts."""
    if path.suffix.lower() == KINDS[0]:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            writer.writerow([title.say(language) for title in TITLES])
            writer.writerows([harmless(cell) for cell in row] for row in _rows(run, work_list(run), language))
        return
    sheets = {
        VILLAGES.say(language): partial(_sheet, run, work_list(run), language),
        DISTRICTS.say(language): partial(_sheet, run, work_list(run, DISTRICT), language),
    }
    write_sheets(run, path, sheets)


def _rows(run: Run, works: tuple[Work, ...], language: Language) -> Iterator[list[Shown]]:
    settled = 0
    titles: dict[str, str] = {}
    for decisions in run.programs:
        for fact in decisions.facts:
            titles.setdefault(fact, fact_title(decisions.ruleset, fact, language))
    for number, work in enumerate(works, start=1):
        settled += work.settles
        area = work.area or ""
        district = ".".join(area.split(".")[:DISTRICT]) if area.count(".") else None
        yield [
            number,
            region(district, run) if district else None,
            region(area, run) if area else UNKNOWN.say(language),
            titles[work.fact],
            work.fact,
            work.settles,
            settled,
            work.alone,
            work.among,
        ]


def _sheet(run: Run, works: tuple[Work, ...], language: Language, sheet: Sheet) -> None:
    titles = [title.say(language) for title in TITLES]
    rows = list(_rows(run, works, language))
    sheet.measure((column, longest(title, (row[column] for row in rows))) for column, title in enumerate(titles))
    sheet.header(titles)
    for row in rows:
        for column, cell in enumerate(row):
            sheet.put(column, cell, sheet.formats.number if isinstance(cell, int) else sheet.formats.wrapped)
        sheet.row += 1
    if not rows:
        sheet.line([NOTHING.say(language)], sheet.formats.text)
    sheet.table(0, len(TITLES))

"""Decisions as CSV and JSON, in words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from ejps_core.model.run import Run
from ejps_core.model.words import Language
from ejps_core.reports.columns import Shown
from ejps_core.reports.records import records
from ejps_core.reports.sheet_notes import TITLES, notes

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""


def write_csv(run: Run, path: Path, language: Language) -> None:
    """One row a family; UTF-8 with BOM, commas, CRLF, every text in quotes, numbers without.

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    columns = records(run, language)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(zip(*([harmless(cell) for cell in column] for column in columns.values()), strict=True))


def harmless(cell: Shown) -> Shown:
    """A cell that no spreadsheet runs as a formula."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_notes(run: Run, path: Path, language: Language) -> None:
    """What was found in the list, as the workbook's sheet of notes says it; the same kind of CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([title.say(language) for title in TITLES])
        writer.writerows([harmless(cell) for cell in row] for row in notes(run, language))


def write_json(run: Run, path: Path, language: Language) -> None:
    """A list of records, one a family, one a line."""
    columns = records(run, language)
    names = list(columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for row, cells in enumerate(zip(*columns.values(), strict=True)):
            file.write(",\n" if row else "\n")
            file.write(json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False))
        file.write("\n]\n")

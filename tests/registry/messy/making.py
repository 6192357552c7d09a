"""A messy list as a value, and how it becomes a workbook or a text file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ejps_core.model.types import Code
from tests.registry.lists import BIRTHS, FAMILY, SEX
from tests.registry.lists import field as declared

Cells = Sequence[Sequence[Any]]
Expected = tuple[str, str]
"""Verdict of a row and the codes said of it, joined by commas."""

HEADS = (
    *FAMILY,
    declared("nik_kepala", "NIK kepala keluarga", Code()),
    declared("nama_kepala", "Nama kepala keluarga", Code()),
    declared("jenis_kelamin_kepala", "Jenis kelamin kepala", SEX),
    declared("tanggal_lahir_kepala", "Tanggal lahir kepala", BIRTHS),
)
"""The facts of the families in the messy lists."""


@dataclass(frozen=True)
class Case:
    """One list. sheets: name -> rows; rows: what each data row gets, in order ("a", "r code,code", "s code").

    csv: the same for the text file, where it differs; None: the list is a workbook only. said: codes said of the whole list.
    merged: ranges of the first sheet. hidden: its hidden columns. text: a text file as it is, instead of rows.
    """

    name: str
    sheets: Mapping[str, Cells]
    rows: tuple[str, ...]
    csv: tuple[str, ...] | None = ()
    said: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    text: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ";"
    district: str | None = None
    facts: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Facts of the families that are decided, where the test asks for them."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The kinds of files it is made as."""
        if self.text is not None:
            return ("csv",)
        return ("xlsx",) if self.csv is None or len(self.sheets) > 1 else ("xlsx", "csv")

    def expected(self, form: str) -> tuple[Expected, ...]:
        """What each row gets in a file of that kind."""
        rows = self.csv if form == "csv" and self.csv else self.rows
        words = {"a": "accepted", "r": "with_remark", "s": "set_apart"}
        return tuple((words[row[0]], row[2:]) for row in rows)


def made(case: Case, form: str, folder: Path) -> Path:
    """The file of a case."""
    path = folder / f"{case.name}.{form}"
    if case.text is not None:
        path.write_bytes(case.text.encode(case.encoding))
    elif form == "xlsx":
        _workbook(case, path)
    else:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=case.delimiter)
        rows = [row for each in case.sheets.values() for row in each]
        width = max(map(len, rows))  # a spreadsheet writes rows of one width
        writer.writerows([_as_text(cell) for cell in (*row, *[None] * (width - len(row)))] for row in rows)
        path.write_bytes(out.getvalue().encode(case.encoding))
    return path


def _as_text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def _workbook(case: Case, path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in case.sheets.items():
        sheet = book.create_sheet(title)
        for i, row in enumerate(rows, start=1):
            for j, value in enumerate(row, start=1):
                if value is not None and value != "":
                    sheet.cell(i, j).value = value
                    if isinstance(value, str):
                        sheet.cell(i, j).data_type = "s"  # a text that begins with = is no formula
    first = book.worksheets[0]
    for span in case.merged:
        first.merge_cells(span)
    for column in case.hidden:
        first.column_dimensions[column].hidden = True
    book.save(path)

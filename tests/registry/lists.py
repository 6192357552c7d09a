"""Fields of a small program, lists written to disk, and what reading them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl

from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell, Span
from ejps_core.model.types import Choice, Code, Date, Label, Number, Per, Region, Type, YesNo
from ejps_core.model.words import Words
from ejps_core.registry.reading import read_list

ON = day_number(date(2020, 10, 16))
BIRTHS = Date(day_number(date(1900, 1, 1)), day_number(date(2100, 12, 31)), birth=True)
SEX = Choice((Label("female", Words("Perempuan", "Female")), Label("male", Words("Laki-laki", "Male"))))
STATUS = Choice(
    (
        Label("active", Words("Aktif", "Active")),
        Label("moved", Words("Pindah", "Moved")),
        Label("deceased", Words("Meninggal", "Deceased")),
    )
)


def field(
    name: str, title: str, kind: Type, level: Level = Level.FAMILY, key: bool = False, blank_is_no: bool = False
) -> Field:
    """A declared field; its English title is its name with spaces."""
    words = Words(title, name.replace("_", " "))
    return Field(name, words, kind, level, Span("", 1, 1, 1, 1), blank_is_no=blank_is_no, key=key)


FAMILY = (
    field("kk", "Nomor KK", Code(), key=True),
    field("village", "Desa", Region()),
    field("in_dtks", "Terdaftar di DTKS", YesNo()),
    field("affected", "Pekerjaan terdampak", YesNo(), blank_is_no=True),
    field("decile", "Desil", Number(0, 1, 10)),
    field("income", "Penghasilan", Number(0, 0, 100_000_000, Per.MONTH)),
    field("floor_area", "Luas lantai", Number(1, 0, 100_000)),
    field("status", "Status", STATUS),
    field("surveyed", "Tanggal survei", Date(day_number(date(2015, 1, 1)), day_number(date(2030, 12, 31)))),
)
MEMBERS = (
    field("nik", "NIK", Code(), Level.MEMBER, key=True),
    field("birth_date", "Tanggal lahir", BIRTHS, Level.MEMBER),
    field("sex", "Jenis kelamin", SEX, Level.MEMBER),
)
PLAIN = (field("id", "Nomor keluarga", Number(0, 1, 10**9), key=True), field("decile", "Desil", Number(0, 1, 10)))
PLAIN_MEMBERS = (
    field("number", "Nomor anggota", Number(0, 1, 10**6), Level.MEMBER, key=True),
    field("birth_date", "Tanggal lahir", BIRTHS, Level.MEMBER),
)


def kk(serial: int, place: str = "750101", day: str = "010120") -> str:
    """A family card number that is nobody's: serials of 9000 and more."""
    return f"{place}{day}{9000 + serial}"


def nik(serial: int, birth: str = "410785", place: str = "750101") -> str:
    """A NIK that is nobody's, by default of a woman born on 1 July 1985."""
    return f"{place}{birth}{9000 + serial}"


@dataclass(frozen=True)
class Outcome:
    """What reading a list gave."""

    candidates: Candidates | None
    findings: tuple[Diagnostic, ...]

    def __post_init__(self) -> None:
        for finding in self.findings:
            assert finding.mend is not None and finding.code == finding.code.lower()
            for words in (finding.words, finding.mend):
                assert len(words.id) > 5 and len(words.en) > 5 and words.id != words.en, finding
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        assert bool(errors) == (self.candidates is None), self.findings
        if self.candidates is not None:
            assert self.candidates.findings == self.findings

    @property
    def codes(self) -> list[str]:
        """The codes of the findings about rows, in order."""
        return [finding.code for finding in self.findings if self.place(finding).row is not None]

    def column(self, name: str) -> list[Any]:
        """The facts of a family field."""
        assert self.candidates is not None, self.findings
        return list(self.candidates.families.column(name).to_pylist())

    def member(self, name: str) -> list[Any]:
        """The facts of a member field."""
        assert self.candidates is not None, self.findings
        return list(self.candidates.members.column(name).to_pylist())

    @property
    def sizes(self) -> list[int]:
        """How many members each family has."""
        assert self.candidates is not None
        offsets = self.candidates.offsets.tolist()
        assert offsets[-1] == self.candidates.members.num_rows
        return [b - a for a, b in pairwise(offsets)]

    @property
    def apart(self) -> list[tuple[str, int | None]]:
        """Code and row of each row set apart."""
        return [(f.code, self.place(f).row) for f in self.findings if f.severity is Severity.SET_APART]

    def only(self, code: str) -> Diagnostic:
        """The one finding with this code."""
        found = [finding for finding in self.findings if finding.code == code]
        assert len(found) == 1, (code, self.findings)
        return found[0]

    @staticmethod
    def place(finding: Diagnostic) -> Cell:
        """Where a finding is; those without a place stand nowhere."""
        return finding.place if isinstance(finding.place, Cell) else Cell("")


def text_list(folder: Path, text: str, name: str = "keluarga.csv", encoding: str = "utf-8") -> Path:
    """A text file with these contents."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, sheets: Mapping[str, Any], name: str = "daftar.xlsx") -> Path:
    """A workbook with these sheets, each a list of rows; None leaves a cell empty."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for i, row in enumerate(rows, start=1):
            for j, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(i, j, value)
    path = folder / name
    book.save(path)
    return path


def read(
    path: Path,
    family: tuple[Field, ...] = FAMILY,
    members: tuple[Field, ...] = MEMBERS,
    people: Path | None = None,
    **options: Any,
) -> Outcome:
    """The list, read as on 16 October 2020."""
    return Outcome(*read_list(path, family, members, members=people, **{"on": ON, **options}))


def cells(folder: Path, header: str, values: Iterable[str], **options: Any) -> Outcome:
    """A CSV list of families with one more column that holds these cells; `;` separates."""
    lines = [f"{kk(i)};{value}" for i, value in enumerate(values)]
    return read(text_list(folder, "\n".join([f"kk;{header}", *lines]) + "\n"), **options)

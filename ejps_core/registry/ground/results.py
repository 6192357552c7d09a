"""Results of a ground check as officials write them: a row a family, by its number on the verification form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.registry.declarations import date_of
from ejps_core.registry.papers import Heading, Statement, read_statements
from ejps_core.registry.problems import apart

HEADINGS = (
    Heading("no", "number", also=("nomor", "no.")),
    Heading("hasil", "result", also=("memenuhi syarat", "entitled")),
    Heading("tanggal", "date", needed=False, also=("tanggal kunjungan", "visited on")),
    Heading("catatan", "note", needed=False, also=("keterangan", "ket.")),
)
ANSWERS = {
    "ya": "entitled",
    "yes": "entitled",
    "memenuhi syarat": "entitled",
    "tidak": "not_entitled",
    "no": "not_entitled",
    "tidak memenuhi syarat": "not_entitled",
    "belum": "unjudged",
    "belum dapat dinilai": "unjudged",
    "unjudged": "unjudged",
}
"""What people write, and what it is called on record."""


@dataclass(frozen=True, slots=True)
class GroundResult:
    """What was found at one family. on: the day of the visit, since 1970-01-01."""

    position: int
    finding: str
    on: int
    note: str


def read_results(path: Path, readers: Sequence[Reader], on: int) -> tuple[tuple[GroundResult, ...], tuple[Diagnostic, ...]]:
    """The results of a file; rows that can't be used are set apart. on: today, and the day of a row that says none."""
    rows, findings = read_statements(path, HEADINGS, readers)
    found = []
    for row in rows:
        result = _result(row, on)
        if isinstance(result, GroundResult):
            found.append(result)
        else:
            findings.append(result)
    return tuple(found), tuple(findings)


def _result(row: Statement, on: int) -> GroundResult | Diagnostic:
    number, answer = row.text("no"), row.text("hasil").strip().casefold()
    if not (number.isascii() and number.isdigit()):
        return apart(
            "result-number",
            f"“{number}” bukan nomor di formulir: baris ini tidak dipakai.",
            f"“{number}” is no number of the form: this row is not used.",
            "Tulis nomor keluarga seperti di formulir verifikasi.",
            "Write the family's number as on the verification form.",
        ).at(row.place("no", number))
    if answer not in ANSWERS:
        return apart(
            "result-unreadable",
            f"“{answer}” bukan hasil: baris ini tidak dipakai.",
            f"“{answer}” is no result: this row is not used.",
            "Tulis ya, tidak, atau belum.",
            "Write yes, no or unjudged.",
        ).at(row.place("hasil", answer))
    day = date_of(row, "tanggal", on) if row.text("tanggal") else on
    if isinstance(day, Diagnostic):
        return day
    return GroundResult(int(number), ANSWERS[answer], day, row.text("catatan"))

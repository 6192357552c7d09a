"""Completeness declarations: for which area a register is complete, as of which day, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_of
from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Kind
from ejps_core.model.registers import Declaration, Snapshot
from ejps_core.model.types import Date
from ejps_core.registry.codes import read_place
from ejps_core.registry.days import read_day
from ejps_core.registry.papers import Heading, Statement, read_statements
from ejps_core.registry.problems import Problem, apart, remark

HEADINGS = (
    Heading("register", "register"),
    Heading("wilayah", "area", also=("region",)),
    Heading("tanggal", "date", also=("per tanggal", "as of")),
    Heading("siapa", "who", also=("oleh", "by")),
)
ANY_DAY = Date(-25567, 84006)


def read_declarations(
    path: Path, names: Sequence[str], readers: Sequence[Reader], on: int
) -> tuple[tuple[Declaration, ...], tuple[Diagnostic, ...]]:
    """The declarations of a file; rows that can't be used are set apart. `names`: the registers that there are."""
    rows, findings = read_statements(path, HEADINGS, readers)
    found = []
    for row in rows:
        declared = _declaration(row, names, on)
        if isinstance(declared, Declaration):
            found.append(declared)
        else:
            findings.append(declared)
    return tuple(found), tuple(findings)


def _declaration(row: Statement, names: Sequence[str], on: int) -> Declaration | Diagnostic:
    name = row.text("register").casefold()
    if name not in names:
        known = ", ".join(names)
        return apart(
            "declaration-register",
            f"“{name}” bukan register: pernyataan ini tidak dipakai.",
            f"“{name}” is no register: this declaration is not used.",
            f"Register yang ada: {known}.",
            f"Registers there are: {known}.",
        ).at(row.place("register", name))
    area, problems = read_place(*row.cells["wilayah"])
    if area is None:
        return _faulty(row, "wilayah", problems)
    day = date_of(row, "tanggal", on)
    if isinstance(day, Diagnostic):
        return day
    return Declaration(name, str(area), day, row.text("siapa"), row.place())


def date_of(row: Statement, column: str, on: int) -> int | Diagnostic:
    """The day in a cell, or what is wrong with it."""
    text, kind = row.cells[column]
    day, problems = read_day(text, kind if kind is not Kind.ABSENT else Kind.TEXT, ANY_DAY, on)
    return int(day) if isinstance(day, int) else _faulty(row, column, problems)


def _faulty(row: Statement, column: str, problems: tuple[Problem, ...]) -> Diagnostic:
    """What is wrong with a cell of a statement that is therefore not used."""
    words, mend = problems[0].words, problems[0].mend
    return apart(
        "statement-faulty",
        f"Baris ini tidak dipakai. {words.id}",
        f"This row is not used. {words.en}",
        mend.id,
        mend.en,
    ).at(row.place(column, row.text(column)))


def usable(
    snapshot: Snapshot, declarations: Sequence[Declaration], as_of: AsOf
) -> tuple[tuple[Declaration, ...], list[Diagnostic]]:
    """Those for this register that count by the known date; none if rows of the register could not be read."""
    own = [each for each in declarations if each.register == snapshot.name]
    later = [each for each in own if each.on > as_of.known]
    known = [each for each in own if each.on <= as_of.known]
    findings = [_later(each) for each in later]
    if known and snapshot.unusable:
        return (), [*findings, _broken(snapshot)]
    return tuple(known), [*findings, *(_older(each) for each in known if each.on < as_of.on)]


def _later(declaration: Declaration) -> Diagnostic:
    day = day_of(declaration.on).isoformat()
    return remark(
        "declaration-later",
        f"Pernyataan lengkap untuk {declaration.register} per {day} tidak dipakai: sesudah tanggal data yang diketahui.",
        f"The declaration that {declaration.register} is complete as of {day} is not used: later than what may be known.",
        "Pakai --known untuk data terbaru, bila memang itu yang diminta.",
        "Use --known for the latest data, if that is wanted.",
    ).at(declaration.place)


def _older(declaration: Declaration) -> Diagnostic:
    day = day_of(declaration.on).isoformat()
    return remark(
        "declaration-older",
        f"Register {declaration.register} dinyatakan lengkap untuk {declaration.area} per {day}, sebelum tanggal penetapan.",
        f"The register {declaration.register} is declared complete for {declaration.area} as of {day}, "
        "before the decision date.",
        "Minta pernyataan baru bila registernya sudah berubah.",
        "Ask for a new declaration if the register has changed since.",
    ).at(declaration.place)


def _broken(snapshot: Snapshot) -> Diagnostic:
    return apart(
        "register-not-complete",
        f"Register {snapshot.name} dinyatakan lengkap, tetapi {snapshot.unusable} barisnya tidak terbaca: "
        "yang tidak ada di sana tetap belum diketahui.",
        f"The register {snapshot.name} is declared complete, but rows of it can't be read ({snapshot.unusable}): "
        "whoever is not in it stays unknown.",
        "Perbaiki nomor di baris-baris register yang disisihkan, lalu jalankan lagi.",
        "Mend the numbers in the register's rows that are set apart, then run again.",
    ).at(None)

"""Completeness declarations: for which area a register is complete, as of which day, and who says so."""

from __future__ import annotations

import re
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
from ejps_core.registry.problems import Problem, apart, error, remark

HEADINGS = (
    Heading("register", "register"),
    Heading("wilayah", "area", also=("region",)),
    Heading("tanggal", "date", also=("per tanggal", "as of")),
    Heading("siapa", "who", also=("oleh", "by")),
    Heading("jumlah", "rows", needed=False, also=("jumlah baris", "number of rows", "count")),
)
NONE = ("nihil", "none")
"""How people write that a register has no rows."""
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
    rows = _rows(row)
    if isinstance(rows, Diagnostic):
        return rows
    return Declaration(name, str(area), day, row.text("siapa"), row.place(), rows)


def _rows(row: Statement) -> int | Diagnostic | None:
    """How many rows the register has, as it is declared; None: not said."""
    text = row.text("jumlah")
    plain = "0" if text.casefold() in NONE else re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", text)
    if not plain:
        return None
    if plain.isascii() and plain.isdigit():
        return int(plain)
    problem = remark(
        "rows-unreadable",
        f"“{text}” bukan jumlah baris.",
        f"“{text}” is no number of rows.",
        "Tulis jumlah baris registernya dengan angka; 0 bila nihil.",
        "Write how many rows the register has; 0 if it has none.",
    )
    return _faulty(row, "jumlah", (problem,))


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
    """Those for this register that count by the known date; none if rows of the register could not be read.

    An error: a stated number of rows that is not the one read, or a register without rows of which nobody states that 0.
    """
    own = [each for each in declarations if each.register == snapshot.name]
    later = [each for each in own if each.on > as_of.known]
    known = [each for each in own if each.on <= as_of.known]
    findings = [_later(each) for each in later]
    findings += [_other_count(each, snapshot) for each in known if each.rows not in (None, snapshot.rows)]
    findings += [_empty(each, snapshot) for each in known if each.rows is None and not snapshot.rows]
    if known and snapshot.unusable:
        return (), [*findings, _broken(snapshot)]
    findings += [_undated(known[0], snapshot)] if known and snapshot.on is None else []
    findings += [_staler(each, snapshot.on) for each in known if snapshot.on is not None and snapshot.on < each.on]
    return tuple(known), [*findings, *(_older(each) for each in known if each.on < as_of.on)]


def _empty(declaration: Declaration, snapshot: Snapshot) -> Diagnostic:
    return error(
        "register-empty",
        declaration.place,
        f"Register {snapshot.name} ({snapshot.file}) tanpa satu baris pun, tetapi dinyatakan lengkap untuk "
        f"{declaration.area}: semua keluarga di sana akan dianggap bukan penerima.",
        f"The register {snapshot.name} ({snapshot.file}) has no rows, but is declared complete for {declaration.area}: "
        "every family there would be taken for absent.",
        "Periksa berkas registernya; bila memang nihil, tulis 0 di kolom jumlah pernyataannya.",
        "Check the register's file; if there is really nobody, write 0 in the declaration's column rows.",
    )


def _other_count(declaration: Declaration, snapshot: Snapshot) -> Diagnostic:
    return error(
        "register-other-count",
        declaration.place,
        f"Register {snapshot.name} dinyatakan {declaration.rows} baris, tetapi berkas {snapshot.file} berisi "
        f"{snapshot.rows}.",
        f"The register {snapshot.name} is declared to have rows: {declaration.rows}, but the file {snapshot.file} has "
        f"{snapshot.rows}.",
        "Periksa apakah berkasnya yang dinyatakan, dan utuh; bila jumlahnya salah tulis, perbaiki pernyataannya.",
        "Check that it is the file that was declared, and whole; if the number is mistyped, mend the declaration.",
    )


def _staler(declaration: Declaration, on: int) -> Diagnostic:
    data, day = day_of(on).isoformat(), day_of(declaration.on).isoformat()
    return remark(
        "declaration-after-data",
        f"Register {declaration.register} dinyatakan lengkap per {day}, tetapi datanya per {data}: yang tidak ada di sana "
        f"bukan penerima per {data} saja, dan dipakai begitu.",
        f"The register {declaration.register} is declared complete as of {day}, but its data are of {data}: whoever is "
        f"not in it is known to be absent as of {data} only, and is taken for absent.",
        f"Minta data register per {day}; sampai itu periksa siapa yang masuk sesudah {data}.",
        f"Ask for the register's data of {day}; until then check who came in after {data}.",
    ).at(declaration.place)


def _undated(declaration: Declaration, snapshot: Snapshot) -> Diagnostic:
    name, day = snapshot.name, day_of(declaration.on).isoformat()
    return remark(
        "register-undated",
        f"Tanggal data register {name} ({snapshot.file}) tidak diketahui, tetapi dinyatakan lengkap per {day}: "
        "yang tidak ada di sana dianggap bukan penerima.",
        f"The day of the data of the register {name} ({snapshot.file}) is unknown, but it is declared complete as of {day}: "
        "whoever is not in it is taken for absent.",
        f"Sebut tanggal datanya: --register {name}=BERKAS@TANGGAL.",
        f"Say of which day the data are: --register {name}=FILE@DATE.",
    ).at(declaration.place)


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

"""Sheets of a workbook: which was taken as the members', which were left aside and whether families may be on them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Listing
from ejps_core.model.span import Cell
from ejps_core.registry.problems import apart, counted, remark


def sheets_of_families(path: Path, sheets: Iterable[tuple[str, int]]) -> Diagnostic:
    """What is said of sheets that have the key column too: (name, rows). Whoever is on them is not decided."""
    listed = list(sheets)
    total = sum(rows for _, rows in listed)
    id_names = ", ".join(f"“{name}” ({rows} baris)" for name, rows in listed)
    en_names = ", ".join(f"“{name}” ({counted(rows, 'row', 'rows')})" for name, rows in listed)
    return apart(
        "sheets-not-read",
        f"Lembar lain di {path.name} juga punya kolom kunci tetapi tidak dibaca: {id_names}; "
        f"{total} baris tidak diputuskan.",
        f"Other sheets of {path.name} have the key column too but were not read: {en_names}; "
        f"{counted(total, 'row is', 'rows are')} not decided.",
        "Gabungkan semua lembar dalam satu lembar, atau pilih satu lembar (--sheet) dan jalankan untuk setiap lembar.",
        "Bring them together on one sheet, or choose a sheet (--sheet) and run once for each.",
    ).at(Cell(str(path)))


def other_sheets(path: Path, names: Iterable[str], chosen: bool) -> Diagnostic:
    """What is said of sheets without the key, or of all others where one was `chosen` by name."""
    listed = ", ".join(f"“{name}”" for name in names)
    return remark(
        "sheets-not-read",
        f"Lembar lain di {path.name} tidak dibaca: {listed}.",
        f"Other sheets of {path.name} were not read: {listed}.",
        "Tidak perlu apa-apa: lembarnya dipilih sendiri." if chosen else "Tidak perlu apa-apa bila isinya bukan keluarga.",
        "Nothing to do: the sheet was chosen by name." if chosen else "Nothing to do if they hold no families.",
    ).at(Cell(str(path)))


def members_taken(members: Listing) -> Diagnostic:
    """What is said of the sheet that was taken as the list of members, because it alone has the key and other headers."""
    count = len(members)
    return remark(
        "members-sheet-taken",
        f"Lembar “{members.sheet}” ({count} baris) dibaca sebagai daftar anggota: "
        "hanya lembar itu yang juga punya kolom kunci.",
        f"The sheet “{members.sheet}” ({counted(count, 'row', 'rows')}) is read as the list of members: "
        "it is the only other one with the key column.",
        "Bila bukan daftar anggota, tunjuk lembar yang benar dengan --members-sheet, atau simpan tanpa lembar itu.",
        "If it is no list of members, name the right sheet with --members-sheet, or save the list without it.",
    ).at(members.cell())

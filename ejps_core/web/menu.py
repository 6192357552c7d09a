"""The menu: a page group a line, shown to whoever has its right. A new group adds its line here."""

from __future__ import annotations

from dataclasses import dataclass

from ejps_core.app.access.rights import Right
from ejps_core.model.words import Language, Words
from ejps_core.service.guard import Asking


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: where it leads, and the right that its page needs."""

    path: str
    words: Words
    right: Right


ENTRIES = (
    Entry("/provinsi", Words("Provinsi", "Province"), Right.SEE_PROVINCE),
    Entry("/daftar", Words("Daftar", "Lists"), Right.SEE_LISTS),
    Entry("/pemadanan", Words("Pemadanan", "Matching"), Right.DETERMINE),
    Entry("/putusan", Words("Putusan", "Decisions"), Right.SEE_LISTS),
    Entry("/keputusan", Words("Keputusan", "Decrees"), Right.SEE_LISTS),
    Entry("/keberatan", Words("Keberatan", "Objections"), Right.SEE_LISTS),
    Entry("/temuan", Words("Temuan", "Findings"), Right.SEE_LISTS),
    Entry("/pengaduan", Words("Pengaduan", "Complaints"), Right.ANSWER_COMPLAINTS),
    Entry("/keuangan", Words("Keuangan", "Money"), Right.ENTER_MONEY),
    Entry("/laporan", Words("Laporan", "Reports"), Right.SEE_LISTS),
    Entry("/program", Words("Program", "Programs"), Right.SEE_PROGRAMS),
    Entry("/penerapan", Words("Penerapan", "In force"), Right.MANAGE_PROGRAMS),
    Entry("/register", Words("Register", "Registers"), Right.SEE_REGISTERS),
    Entry("/audit", Words("Log audit", "Audit log"), Right.SEE_AUDIT),
    Entry("/cadangan", Words("Cadangan", "Backups"), Right.SEE_AUDIT),
    Entry("/pekerjaan", Words("Pekerjaan", "Jobs"), Right.OWN_ACCOUNT),
    Entry("/pengguna", Words("Pengguna", "Users"), Right.MANAGE_ACCOUNTS),
    Entry("/pengaturan", Words("Pengaturan", "Settings"), Right.MANAGE_ACCOUNTS),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown."""

    path: str
    text: str
    here: bool


def menu_of(who: Asking | None, path: str, language: Language) -> tuple[Line, ...]:
    """The lines for whoever looks."""
    if who is None:
        return ()
    return tuple(
        Line(each.path, each.words.say(language), path == each.path or path.startswith(each.path + "/"))
        for each in ENTRIES
        if who.may(each.right)
    )

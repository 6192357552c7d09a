"""What is said of the choice among rule sets: that none holds, that some exist, that one is a stray."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from ejps_core.app.heads import areas_of, in_force, touches
from ejps_core.app.library import Library
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Words


def none_applies(program: str, library: Library, district: str) -> Diagnostic:
    """That a program is used itself, where rule sets were looked for, and which of them nearly hold."""
    looked = ", ".join(str(folder) for folder in library.folders) or "–"
    words = Words(
        f"Program {program}: tidak ada ketentuan yang berlaku di {district} pada tanggal itu; dipakai programnya sendiri. "
        f"Dicari di: {looked}.",
        f"Program {program}: no rule set is in force in {district} on that date; the program itself is used. "
        f"Looked for in: {looked}.",
    )
    near = [entry for entry in library.of_program(program) if touches(entry, district)]
    others = ", ".join(f"{entry.id} ({', '.join(areas_of(entry))})" for entry in near)
    mend = None
    if others:
        mend = Words(
            f"Ketentuan lain untuk wilayah itu: {others}. Periksa tanggalnya, atau sebut idnya.",
            f"Other rule sets for that area: {others}. Check the date, or name one.",
        )
    return Diagnostic("ruleset-none", Severity.REMARK, None, words, mend)


def strays(library: Library) -> list[Diagnostic]:
    """The files among the rule sets that change nothing anybody declares: perhaps the name is misspelt."""
    known = {entry.id for entry in library.entries} | {loaded.what.id for loaded in library.plugins.programs}
    found = []
    for entry in library.entries:
        if entry.parent not in known:
            near = get_close_matches(entry.parent or "", known, 1)
            words = Words(
                f"Ketentuan {entry.id} mengubah {entry.parent}, yang tidak ada di sini; ketentuan itu tidak dipakai.",
                f"The rule set {entry.id} extends {entry.parent}, which is not here; it is not used.",
            )
            mend = Words(f"Maksudnya {near[0]}?", f"Did you mean {near[0]}?") if near else None
            found.append(Diagnostic("ruleset-without-parent", Severity.REMARK, Cell(str(entry.path)), words, mend))
    return found


def there_are(program: str, library: Library, on: int) -> Diagnostic | None:
    """That districts have rule sets of their own, where nobody said which district a list is from."""
    there = [entry for entry in library.of_program(program) if areas_of(entry) and in_force(entry, on)]
    if not there:
        return None
    listed = ", ".join(f"{entry.id} ({', '.join(areas_of(entry))})" for entry in there)
    words = Words(
        f"Program {program}: dipakai programnya sendiri, tanpa ketentuan daerah; yang berlaku pada tanggal itu: {listed}.",
        f"Program {program}: the program itself is used, without the rule sets in force on that date: {listed}.",
    )
    mend = Words(
        "Untuk memakainya: --district KODE. Bila memang programnya sendiri: --base.",
        "To use them: --district CODE. If the program itself is meant: --base.",
    )
    return Diagnostic("rulesets-there", Severity.REMARK, None, words, mend)


def no_folder(folders: tuple[Path, ...] | None) -> list[Diagnostic]:
    """The folders of rule sets that were named and are not there."""
    return [
        Diagnostic(
            "rulesets-folder",
            Severity.ERROR,
            Cell(str(folder)),
            Words(f"Folder ketentuan {folder} tidak ada.", f"There is no folder of rule sets {folder}."),
            Words("Periksa --rulesets.", "Check --rulesets."),
        )
        for folder in folders or ()
        if not folder.is_dir()
    ]


def taken_as_it_is(program: str, library: Library, district: str, on: int) -> Diagnostic | None:
    """That a rule file that was named by its path is not changed by the district's rule sets."""
    there = [entry for entry in library.of_program(program) if touches(entry, district) and in_force(entry, on)]
    if not there:
        return None
    listed = ", ".join(entry.id for entry in there)
    words = Words(
        f"Berkas program {program} disebut menurut letaknya, jadi dipakai apa adanya, tanpa {listed}.",
        f"The rule file of {program} was named by its path, so it is used as it is, without {listed}.",
    )
    mend = Words(f"Sebut {program} atau {there[0].id}.", f"Name {program} or {there[0].id}.")
    return Diagnostic("rulesets-there", Severity.REMARK, None, words, mend)

"""From what was asked for (ids of programs, paths of rule files) to checked rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ejps_core.app.applying import Where, applied
from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.reading import Read, read_rules
from ejps_core.app.rule_set_notices import no_folder, strays, taken_as_it_is, there_are
from ejps_core.hooks.manager import BrokenPlugin, Loaded, Plugins
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.program import Program
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rule sets asked for, in that order; `exit` is CLEAN if all of them can be used.

    texts: the rule files' texts by path, for showing the author's lines. notices: which rule sets are used for programs.
    """

    rulesets: tuple[Ruleset, ...]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit
    notices: tuple[Diagnostic, ...] = ()


def choose(asked: str, programs: Plugins, where: Where | None = None, folders: tuple[Path, ...] | None = None) -> Chosen:
    """The rule sets of `ID_OR_PATH[,ID_OR_PATH…]`; everything that is wrong with them at once.

    A program is taken as its rule set for that place and date has it; a rule set or file that is named, as it is.
    folders: where rule sets are looked for; None: where they usually are.
    """
    library = Library(programs, folders)
    parts = [part.strip() for part in asked.split(",") if part.strip()]
    read = [named(part, library, where) for part in parts]
    rulesets = [each.ruleset for each in read if each.ruleset]
    good = [(part, each.ruleset) for part, each in zip(parts, read, strict=True) if each.ruleset]
    notices = [] if where is None else _notices(good, library, where)
    findings = [*(finding for each in read for finding in each.findings), *notices]
    exits = [each.exit for each in read if each.exit]
    twice = [*no_folder(folders), *_twice(rulesets)]
    if not parts:
        twice = [_wrong_use("no-program", Words("Tidak ada program yang disebut.", "No program was named."))]
    findings += twice
    ended = max([*exits, Exit.WRONG_USE if twice else Exit.CLEAN])
    return Chosen(
        rulesets=tuple(rulesets),
        findings=tuple(findings),
        texts={path: text for each in read for path, text in each.texts.items()},
        broken=(*programs.broken, *(each.broken for each in read if each.broken)),
        exit=ended,
        notices=tuple(finding for finding in findings if finding.code in NOTICES),
    )


NOTICES = ("ruleset-used", "ruleset-none", "rulesets-there", "ruleset-without-parent")
"""What is said of the choice among rule sets, of which nothing is ever silent."""


def _notices(chosen: list[tuple[str, Ruleset]], library: Library, where: Where) -> list[Diagnostic]:
    """What is to be said where a program is used although districts have rule sets of their own."""
    if where.base:
        return []
    found: list[Diagnostic | None] = []
    for asked, ruleset in chosen:
        if ruleset.ruleset is not None:
            continue
        if where.district is None:
            found.append(there_are(ruleset.program, library, where.on))
        elif is_path(asked):
            found.append(taken_as_it_is(ruleset.program, library, where.district, where.on))
    return [*(each for each in found if each is not None), *strays(library)]


def is_path(asked: str) -> bool:
    """Whether this names a rule file rather than a program."""
    return "." in asked or "/" in asked or "\\" in asked or Path(asked).is_file()


def taken(id: str) -> Diagnostic | None:
    """Why a new program may not have this id: a plugin declares it, or a rule set has it. None: it is free."""
    library = Library()
    loaded = library.plugins.named(id)
    others = [loaded.plugin] if loaded else [each.name for each in library.plugins.broken if each.program == id]
    places = [f"plugin {name}" for name in others] + [str(entry.path) for entry in library.named(id)]
    if not places:
        return None
    return _wrong_use(
        "new-taken",
        Words(f"Id {id} sudah dipakai: {', '.join(places)}.", f"The id {id} is taken: {', '.join(places)}."),
        Words(
            "Pilih nama lain: dari dua program dengan id yang sama tidak ada yang dipakai. Untuk menggantinya: --force.",
            "Choose another name: of two programs with one id neither is used. To replace it: --force.",
        ),
    )


def named(asked: str, library: Library, where: Where | None = None) -> Read:
    """One rule set by id or path; a program as it holds there."""
    if is_path(asked):
        return read_rules(Path(asked), library)
    loaded, listed = library.plugins.named(asked), library.named(asked)
    if len(listed) + (loaded is not None) > 1:
        return Read(None, (_claimed(asked, library),), exit=Exit.WRONG_RULES)
    if listed:
        return read_rules(listed[0].path, library)
    if loaded is None:
        return Read(None, (_unknown(asked, library),), exit=Exit.WRONG_USE)
    return applied(_of_plugin(loaded, library), library, where)


def _claimed(asked: str, library: Library) -> Diagnostic:
    """More than one file declares the id."""
    paths = ", ".join(str(entry.path) for entry in library.named(asked))
    return _wrong_use(
        "ruleset-claimed-twice",
        Words(
            f"Id {asked} dinyatakan lebih dari satu kali: {paths}.", f"The id {asked} is declared more than once: {paths}."
        ),
        Words("Beri ketentuan itu id yang lain.", "Give that rule set another id."),
    )


def _of_plugin(loaded: Loaded[Program], library: Library) -> Read:
    """The rule file of a plugin, which must declare the plugin's id."""
    read = read_rules(loaded.what.rules, library)
    if read.ruleset is None or read.ruleset.program == loaded.what.id:
        return read
    declared, wanted = read.ruleset.program, loaded.what.id
    why = Words(
        f"plugin menyatakan program {wanted}, tetapi berkas aturannya menetapkan {declared}",
        f"the plugin declares the program {wanted}, but its rule file is for {declared}",
    )
    finding = Diagnostic(
        "program-id-differs",
        Severity.ERROR,
        Cell(read.path),
        Words(
            f"Plugin {loaded.plugin}: {why.id}.",
            f"The plugin {loaded.plugin}: {why.en}.",
        ),
        Words(
            "Samakan nama program di plugin dan di baris kedua berkas aturan.",
            "Give the plugin and the second line of the rule file the same program name.",
        ),
    )
    broken = BrokenPlugin(loaded.plugin, why, wanted)
    return Read(None, (*read.findings, finding), read.path, read.text, read.texts, broken, Exit.WRONG_RULES)


def _wrong_use(code: str, words: Words, mend: Words | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, None, words, mend)


def _unknown(asked: str, library: Library) -> Diagnostic:
    """Why no program of that id can be used: claimed twice, none installed, or unknown."""
    programs = library.plugins
    claims = [broken for broken in programs.broken if broken.program == asked]
    if claims:
        names = ", ".join(broken.name for broken in claims)
        return _wrong_use(
            "program-claimed-twice",
            Words(
                f"Program {asked} dinyatakan lebih dari satu kali (plugin {names}), jadi tidak dipakai.",
                f"The program {asked} is declared more than once (plugins {names}), so it is not used.",
            ),
            Words("Lepas pemasangan salah satunya.", "Uninstall one of them."),
        )
    if programs.found == 0:
        return _wrong_use(
            "no-plugins",
            Words(
                f"Program {asked} tidak dikenal: tidak ada plugin program yang terpasang.",
                f"Unknown program {asked}: no program plugin is installed.",
            ),
            Words(
                "Pasang plugin programnya (di folder proyek: make demo), atau sebut letak berkas .ejps.",
                "Install the program's plugin (in the project: make demo), or name the path of a .ejps file.",
            ),
        )
    ids = [*(loaded.what.id for loaded in programs.programs), *(entry.id for entry in library.entries)]
    near = get_close_matches(asked, ids, 1)
    known = ", ".join(ids) or "–"
    mend = Words(f"Program yang ada: {known}.", f"Programs there are: {known}.")
    if near:
        mend = Words(f"Mungkin maksudnya {near[0]}? {mend.id}", f"Did you mean {near[0]}? {mend.en}")
    return _wrong_use("unknown-program", Words(f"Program {asked} tidak dikenal.", f"Unknown program {asked}."), mend)


def _twice(rulesets: list[Ruleset]) -> list[Diagnostic]:
    """One finding for each program id that stands in the choice more than once."""
    ids = [ruleset.program for ruleset in rulesets]
    return [
        _wrong_use(
            "program-twice",
            Words(
                f"Program {each} disebut lebih dari satu kali.",
                f"The program {each} is named more than once.",
            ),
            Words("Sebut setiap program satu kali saja.", "Name each program once."),
        )
        for each in dict.fromkeys(ids)
        if ids.count(each) > 1
    ]

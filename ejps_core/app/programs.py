"""From what was asked for (ids of programs, paths of rule files) to checked rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ejps_core.app.exits import Exit
from ejps_core.app.library import Library
from ejps_core.app.rule_files import rule_text
from ejps_core.dsl import compile_text
from ejps_core.hooks.manager import BrokenPlugin, LoadedProgram, Programs
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rule sets asked for, in that order; `exit` is CLEAN if all of them can be used.

    texts: the rule files' texts by path, for showing the author's lines.
    """

    rulesets: tuple[Ruleset, ...]
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit


@dataclass(frozen=True, slots=True)
class _Read:
    ruleset: Ruleset | None
    findings: tuple[Diagnostic, ...] = ()
    path: str = ""
    text: str = ""
    broken: BrokenPlugin | None = None
    exit: Exit = Exit.CLEAN


def choose(asked: str, programs: Programs) -> Chosen:
    """The rule sets of `ID_OR_PATH[,ID_OR_PATH…]`; everything that is wrong with them at once."""
    parts = [part.strip() for part in asked.split(",") if part.strip()]
    read = [_one(part, programs) for part in parts]
    rulesets = [each.ruleset for each in read if each.ruleset]
    findings = [finding for each in read for finding in each.findings]
    exits = [each.exit for each in read if each.exit]
    twice = _twice(rulesets)
    if not parts:
        twice = [_wrong_use("no-program", Words("Tidak ada program yang disebut.", "No program was named."))]
    findings += twice
    ended = max([*exits, Exit.WRONG_USE if twice else Exit.CLEAN])
    return Chosen(
        rulesets=tuple(rulesets),
        findings=tuple(findings),
        texts={each.path: each.text for each in read if each.path},
        broken=(*programs.broken, *(each.broken for each in read if each.broken)),
        exit=ended,
    )


def is_path(asked: str) -> bool:
    """Whether this names a rule file rather than a program."""
    return "." in asked or "/" in asked or "\\" in asked or Path(asked).is_file()


def _one(asked: str, programs: Programs) -> _Read:
    if is_path(asked):
        return read_rules(Path(asked))
    loaded = programs.named(asked)
    if loaded is None:
        library = Library(programs)
        if rule_sets := library.named(asked):
            return read_rules(rule_sets[0].path, library)
        return _Read(None, (_unknown(asked, programs),), exit=Exit.WRONG_USE)
    return _of_plugin(loaded)


def _of_plugin(loaded: LoadedProgram) -> _Read:
    """The rule file of a plugin, which must declare the plugin's id."""
    read = read_rules(loaded.program.rules)
    if read.ruleset is None or read.ruleset.program == loaded.program.id:
        return read
    declared, wanted = read.ruleset.program, loaded.program.id
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
    return _Read(None, (*read.findings, finding), read.path, read.text, broken, Exit.WRONG_RULES)


def read_rules(path: Path, library: Library | None = None) -> _Read:
    """One rule file, read and checked. A byte order mark and Windows line ends are accepted.

    What it extends is looked for in the library: beside it, among the rule sets, among the installed programs.
    """
    text, problem = rule_text(path)
    if problem or text is None:
        return _Read(None, (problem,) if problem else (), exit=Exit.WRONG_USE)
    parents = library or Library()
    ruleset, findings = compile_text(text, str(path), lambda name: parents.parent(name, path))
    failed = ruleset is None or worst(findings) is Severity.ERROR
    return _Read(
        None if failed else ruleset,
        tuple(findings),
        str(path),
        text,
        exit=Exit.WRONG_RULES if failed else Exit.CLEAN,
    )


def _wrong_use(code: str, words: Words, mend: Words | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, None, words, mend)


def _unknown(asked: str, programs: Programs) -> Diagnostic:
    """Why no program of that id can be used: claimed twice, none installed, or unknown."""
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
    ids = [loaded.program.id for loaded in programs.programs]
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

"""Registers given to a run: opened, read for the facts that they settle; and the files that declare them complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ejps_core.app.lists import reader_fault
from ejps_core.hooks.loading import problem_words
from ejps_core.hooks.manager import Plugins
from ejps_core.model.calendar import day_number
from ejps_core.model.declared import Reader, Register
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.listing import Listing, Opened
from ejps_core.model.registers import AWARDS, Declaration, Snapshot
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.registry.award_rows import Record
    from ejps_core.registry.feeding import Feed
    from ejps_core.registry.recognised import Recognised

T = TypeVar("T")
Statements = tuple[T, tuple[Diagnostic, ...]]
"""What was read, and what is to be said of it."""
OPTION = re.compile(r"(?P<name>[a-z][a-z0-9_]*)=(?P<path>.+?)(?:@(?P<on>\d{4}-\d{2}-\d{2}))?")


@dataclass(frozen=True, slots=True)
class Given:
    """A register's file as it was asked for: NAME=FILE, and @DATE if the day of its data was said."""

    name: str
    path: Path
    on: int | None = None


@dataclass(slots=True)
class Gathered:
    """All that registers and declarations say, ready to be put into candidates. An ERROR among findings stops the run.

    left_out: registers that were given, but whose data are later than what may be known. recognised: who the people of the
    list are in them besides their numbers; None: nothing is on record of that.
    """

    snapshots: list[tuple[Snapshot, tuple[Feed, ...]]] = field(default_factory=list)
    awards: Record | None = None
    declarations: tuple[Declaration, ...] = ()
    findings: list[Diagnostic] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    recognised: Recognised | None = None


def as_given(option: str) -> Given | Diagnostic:
    """NAME=FILE or NAME=FILE@DATE."""
    found = OPTION.fullmatch(option)
    try:
        if found is not None:
            on = found["on"]
            return Given(found["name"], Path(found["path"]), day_number(date.fromisoformat(on)) if on else None)
    except ValueError:
        pass
    return Diagnostic(
        "register-option",
        Severity.ERROR,
        None,
        Words(f"--register {option} tidak dapat dibaca.", f"--register {option} can't be read."),
        Words("Tulis NAMA=BERKAS, atau NAMA=BERKAS@2020-07-01.", "Write NAME=FILE, or NAME=FILE@2020-07-01."),
    )


def gather(
    given: Sequence[Given], complete: Sequence[Path], fields: Sequence[Field], plugins: Plugins, on: int, known: int
) -> Gathered:
    """Opens the registers, finds the facts that they settle, reads them; and the declarations.

    fields: of all programs, each as its program declares it. on, known: the decision date and the known date; a register
    whose data are later than that is not used.
    """
    from ejps_core.registry.declarations import read_declarations
    from ejps_core.registry.feeding import feeds, given_twice, two_registers

    found = Gathered()
    takes: dict[str, str] = {}
    seen: set[str] = set()
    for each in given:
        register = _named(each.name, plugins)
        if register is None:
            found.findings.append(_unknown(each.name, plugins))
            continue
        if each.name in seen:
            found.findings.append(given_twice(each.name))
            continue
        opened = open_register(each.name, each.path, plugins)
        found.findings += opened.findings
        if opened.listing is None:
            continue
        if each.on is not None and each.on > known:
            found.findings.append(_later(each))
            found.left_out.add(each.name)
            continue
        seen.add(each.name)
        own, said = feeds(register, fields) if each.name != AWARDS else ((), ())
        found.findings += said
        found.findings += [two_registers(takes[f.fact], each.name, f) for f in own if f.fact in takes]
        takes |= {feed.fact: each.name for feed in own}
        try:
            _read(found, register, opened.listing, own, each, on)
        except Exception as problem:
            fault = _failed(each.name, each.path, problem, plugins)
            if fault is None:
                raise
            found.findings.append(fault)
    names = [loaded.what.name for loaded in plugins.registers]
    for path in complete:
        none: tuple[Declaration, ...] = ()
        declared, said = papers(partial(read_declarations, path, names, readers(plugins), on), none, path, plugins)
        found.declarations += declared
        found.findings += said
    return found


def _read(found: Gathered, register: Register, listing: Listing, own: tuple[Feed, ...], each: Given, on: int) -> None:
    from ejps_core.registry.award_files import read_awards
    from ejps_core.registry.snapshots import File, snapshot

    file = File(each.path.name, digest_of(each.path), each.on)
    if register.name == AWARDS:
        found.awards, said = read_awards(register, listing, file, on)
        found.findings += said
        return
    read, said = snapshot(register, listing, own, file, on)
    found.findings += said
    if read is not None:
        found.snapshots.append((read, own))


def papers(read: Callable[[], Statements[T]], nothing: T, path: Path, plugins: Plugins) -> Statements[T]:
    """What a file of statements says; a plugin's reader that fails is named, and there is `nothing`."""
    try:
        return read()
    except Exception as problem:
        fault = reader_fault(problem, (path,), plugins)
        if fault is None:
            raise
        return nothing, (fault,)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def readers(plugins: Plugins) -> list[Reader]:
    """The readers of all kinds of files."""
    return [loaded.what for loaded in plugins.readers]


def _named(name: str, plugins: Plugins) -> Register | None:
    return next((each.what for each in plugins.registers if each.what.name == name), None)


def open_register(name: str, path: Path, plugins: Plugins) -> Opened:
    """What is in the file; no listing: an ERROR among the findings says why."""
    loaded = next((each for each in plugins.registers if each.what.name == name), None)
    if loaded is None:
        return Opened(None, (_unknown(name, plugins),))
    if not path.is_file():
        words = Words(f"Berkas {path} tidak ada.", f"There is no file {path}.")
        return Opened(None, (Diagnostic("no-such-file", Severity.ERROR, Cell(str(path)), words),))
    try:
        return _checked(loaded.what, _opened(loaded.what, path, plugins))
    except Exception as problem:
        fault = _failed(name, path, problem, plugins)
        if fault is None:
            raise
        return Opened(None, (fault,))


def _failed(name: str, path: Path, problem: Exception, plugins: Plugins) -> Diagnostic | None:
    """What is said if a plugin's register, or a plugin's reader of its file, raised; None: it is the core's fault."""
    loaded = next(each for each in plugins.registers if each.what.name == name)
    fault = reader_fault(problem, (path,), plugins) if loaded.what.open is None else None
    if fault is not None or loaded.built_in:
        return fault
    why = problem_words(problem)
    words = Words(
        f"Register {name} dari plugin {loaded.plugin} gagal: {why.id}",
        f"The register {name} of the plugin {loaded.plugin} failed: {why.en}",
    )
    return Diagnostic("register-failed", Severity.ERROR, Cell(str(path)), words)


def _opened(register: Register, path: Path, plugins: Plugins) -> Opened:
    """By the register's own way of opening, else as a list."""
    if register.open is not None:
        return register.open(path)
    from ejps_core.registry.snapshots import KEYS
    from ejps_core.registry.sources import open_single

    found = open_single(path, KEYS[register.key], readers(plugins))
    return Opened(found.families, found.findings)


def _checked(register: Register, opened: Opened) -> Opened:
    """The same, but refused if a column is missing without which the register is of no use."""
    from ejps_core.registry.snapshots import lacking

    missing = None if opened.listing is None else lacking(register, opened.listing)
    return opened if missing is None else Opened(None, (*opened.findings, missing))


def _later(given: Given) -> Diagnostic:
    words = Words(
        f"Register {given.name} ({given.path.name}) tidak dipakai: datanya sesudah tanggal data yang diketahui.",
        f"The register {given.name} ({given.path.name}) is not used: its data are later than what may be known.",
    )
    mend = Words("Pakai --known untuk data terbaru.", "Use --known for the latest data.")
    return Diagnostic("register-later", Severity.SET_APART, Cell(str(given.path)), words, mend)


def _unknown(name: str, plugins: Plugins) -> Diagnostic:
    names = [each.what.name for each in plugins.registers]
    near = get_close_matches(name, names, 1)
    known = ", ".join(names)
    mend = Words(f"Register yang ada: {known}.", f"Registers there are: {known}.")
    if near:
        mend = Words(f"Mungkin maksudnya {near[0]}? {mend.id}", f"Did you mean {near[0]}? {mend.en}")
    words = Words(f"Register {name} tidak dikenal.", f"Unknown register {name}.")
    return Diagnostic("unknown-register", Severity.ERROR, None, words, mend)

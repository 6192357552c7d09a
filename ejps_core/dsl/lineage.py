"""A rule set and what it extends: the chain of files up to a program, each read from its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from ejps_core.dsl import syntax
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.parse import Parsed
from ejps_core.dsl.reading import read
from ejps_core.model.changes import Origin
from ejps_core.model.words import Language, Words

Parents = Callable[[str], tuple[str, str] | None]
"""The text and path of a program or rule set, by its id; None if there is none."""
UNREADABLE = ("first-line", "file-language")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a chain. `parsed` is what could be read of it."""

    path: str
    text: str
    language: Language
    parsed: Parsed

    @property
    def extension(self) -> syntax.Extension | None:
        """Its head, if it changes another."""
        return next((s for s in self.parsed.statements if isinstance(s, syntax.Extension)), None)

    @property
    def name(self) -> str:
        """The id it declares."""
        heads = [s for s in self.parsed.statements if isinstance(s, syntax.Extension | syntax.Program)]
        return heads[0].name.text if heads else ""

    @property
    def origin(self) -> Origin:
        """What is kept of it as a parent."""
        return Origin(self.name, self.path, self.text, sha256(self.text.encode("utf-8")).hexdigest())


def opened(text: str, path: str, findings: Findings) -> File | None:
    """A file as read; None if its first line is wrong."""
    parsed, language, own = _read_once(text, path)
    findings.take(own)
    if any(item.code in UNREADABLE for item in findings.items):
        return None
    findings.languages[path] = language
    return File(path, text, language, parsed.copy())


@lru_cache(maxsize=64)
def _read_once(text: str, path: str) -> tuple[Parsed, Language, Findings]:
    """The text as read, and what was found. Kept: the head of each rule set is asked again and again, and a run compiles
    what the choice among rule sets has read already. None of it may be changed."""
    own = Findings(path)
    parsed, language = read(text, own)
    return parsed, language, own


def chain(file: File, parents: Parents | None, findings: Findings) -> list[File] | None:
    """The file, what it extends, what that extends, and so on; None if one of them can't be had (that is said)."""
    files, names = [file], [file.name]
    while (head := files[-1].extension) is not None:
        wanted = head.parent.text
        if wanted in names:
            _circle(head, [*names, wanted], findings)
            return None
        found = parents(wanted) if parents is not None else None
        if found is None:
            words = Words(
                f"program atau ketentuan `{wanted}` tidak ditemukan", f"there is no program or rule set `{wanted}` here"
            )
            mend = Words(
                "periksa idnya; plugin programnya harus terpasang (`ejps plugins list`), ketentuan dicari di folder "
                "`rulesets` dan di sekitar berkas ini",
                "check its id; a program's plugin must be installed (`ejps plugins list`), rule sets are looked for in the "
                "folder `rulesets` and beside this file",
            )
            findings.error("parent-unknown", head.parent.span(file.path), words, mend=mend)
            return None
        own = Findings(found[1])
        parent = opened(found[0], found[1], own)
        findings.items += own.items
        if parent is None or not own.sound:
            _wrong(head, file.path, findings)
            return None
        findings.languages[parent.path] = parent.language
        files.append(parent)
        names.append(wanted)
    return files


def _circle(head: syntax.Extension, names: list[str], findings: Findings) -> None:
    way = " → ".join(names)
    words = Words(f"ketentuan ini berputar: {way}", f"these rule sets go in a circle: {way}")
    mend = Words("sebut program atau ketentuan yang lain", "name another program or rule set")
    findings.error("extends-circle", head.parent.span(findings.path), words, mend=mend)


def _wrong(head: syntax.Extension, path: str, findings: Findings) -> None:
    name = head.parent.text
    words = Words(f"`{name}`, yang diubah, punya kesalahan", f"`{name}`, which it extends, has errors")
    mend = Words("perbaiki dahulu berkas itu", "mend that file first")
    findings.error("parent-wrong", head.parent.span(path), words, mend=mend)

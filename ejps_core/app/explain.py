"""Explains the decision about one family of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.app.evaluate import Prepared, Progress, Request, prepare
from ejps_core.app.exits import Exit
from ejps_core.app.set_apart import set_apart
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import digits_of, mask
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.trace import Trace
from ejps_core.model.words import Words
from ejps_core.reports.explanation import Subject

ALIKE = 0.85
MOST_COMPARED = 50_000
OTHERS = "members-left-out"


@dataclass(frozen=True, slots=True)
class Explained:
    """The reasoning about one family; `trace` None: there is none, `findings` say why."""

    trace: Trace | None
    subject: Subject | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit


def explain(request: Request, identity: str, programs: Plugins, progress: Progress | None = None) -> Explained:
    """The trace of the family with that key, or of the one that has a member with that key."""
    prepared = prepare(request, programs, progress)
    if prepared.candidates is None:
        return _nothing(prepared, prepared.findings, prepared.exit)
    if len(prepared.rulesets) != 1:
        words = Words("Penjelasan hanya untuk satu program.", "An explanation is about one program.")
        first = prepared.rulesets[0].program
        mend = Words(
            f"Sebut satu program saja, misalnya {first}, lalu ulangi untuk yang lain.",
            f"Name one program only, such as {first}, and repeat for the others.",
        )
        finding = Diagnostic("one-program", Severity.ERROR, None, words, mend)
        return _nothing(prepared, (finding,), Exit.WRONG_USE)
    ruleset = prepared.rulesets[0]
    row, asked = find_row(ruleset, prepared.candidates, identity)
    if row is None:
        about = set_apart(ruleset, request, prepared.findings, identity, programs) or (
            _not_found(ruleset, prepared, identity),
        )
        return _nothing(prepared, about, Exit.WRONG_USE)
    from ejps_core.engine import explain as trace_of

    general = _general(prepared.findings)
    partly = bool(prepared.broken) or any(finding.severity is Severity.SET_APART for finding in general)
    return Explained(
        trace=trace_of(ruleset, request.as_of, prepared.candidates, row),
        subject=replace(
            subject_of(ruleset, prepared.candidates, row, asked, request),
            missing=tuple((broken.name, broken.why) for broken in prepared.broken),
        ),
        findings=general,
        texts=prepared.texts,
        broken=prepared.broken,
        exit=Exit.PARTLY if partly else Exit.CLEAN,
    )


def subject_of(ruleset: Ruleset, candidates: Candidates, row: int, identity: str, request: Request) -> Subject:
    """Whom an explanation is about: keys of the family and its members, and the row in the list."""
    first, last = int(candidates.offsets[row]), int(candidates.offsets[row + 1])
    member_key = ruleset.member_key
    members: list[str | None] = [None] * (last - first)
    if member_key and member_key.name in candidates.members.column_names:
        found = candidates.members.column(member_key.name).slice(first, last - first).to_pylist()
        members = [None if each is None else str(each) for each in found]
    key = candidates.families.column(ruleset.key.name)[row].as_py()
    return Subject(
        family=str(key),
        members=tuple(members),
        asked=identity,
        row=int(candidates.family_rows[row]),
        source=request.path.name,
        on=request.as_of.on,
        known=request.as_of.known,
    )


def find_row(ruleset: Ruleset, candidates: Candidates, identity: str) -> tuple[int | None, str]:
    """The place of the family with that key (or with a member of that key) in the list, and the key as listed.

    A key may be written with spaces, dots and dashes.
    """
    place, key = _place(candidates.families, ruleset.key.name, identity)
    if place is not None:
        return place, key
    member_key = ruleset.member_key
    member, key = _place(candidates.members, member_key.name, identity) if member_key else (None, identity)
    if member is None:
        return None, identity
    return int(np.searchsorted(candidates.offsets, member, side="right")) - 1, key


def _place(table: pa.Table, name: str, identity: str) -> tuple[int | None, str]:
    if name not in table.column_names:
        return None, identity
    column = table.column(name).cast(pa.string())
    place = int(pc.index(column, identity).as_py())
    if place < 0:
        plain = pc.replace_substring_regex(column, r"[\s.\-\x{2013}'_]", "")
        place = int(pc.index(plain, digits_of(identity)).as_py())
    return (None, identity) if place < 0 else (place, str(column[place].as_py()))


def _general(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What is to be said of the run as a whole; other families' rows are no concern of this one."""
    return tuple(f for f in findings if f.code != OTHERS and not (isinstance(f.place, Cell) and f.place.row is not None))


def _not_found(ruleset: Ruleset, prepared: Prepared, identity: str) -> Diagnostic:
    keys: list[str] = []
    if prepared.candidates is not None:
        found = prepared.candidates.families.column(ruleset.key.name).to_pylist()
        keys = [str(key) for key in found]
    near = get_close_matches(identity, keys[:MOST_COMPARED], 1, ALIKE)
    mend = Words(
        f"Pakai {ruleset.key.name} seperti tertulis di daftar; baris yang disisihkan tidak dievaluasi.",
        f"Use {ruleset.key.name} as written in the list; rows set apart are not evaluated.",
    )
    if near and prepared.candidates is not None:
        row, like = int(prepared.candidates.family_rows[keys.index(near[0])]), mask(near[0])
        mend = Words(f"Mungkin maksudnya baris {row} ({like})? {mend.id}", f"Did you mean row {row} ({like})? {mend.en}")
    words = Words(f"Tidak ada keluarga {identity} dalam daftar.", f"No family {identity} in the list.")
    return Diagnostic("unknown-id", Severity.ERROR, None, words, mend)


def _nothing(prepared: Prepared, findings: tuple[Diagnostic, ...], ended: Exit) -> Explained:
    return Explained(None, None, findings, prepared.texts, prepared.broken, ended)

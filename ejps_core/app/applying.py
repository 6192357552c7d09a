"""Which rule set of a program applies in a district on a date: the one that is in force there, if there is exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ejps_core.app.exits import Exit
from ejps_core.app.force import within
from ejps_core.app.heads import areas_of, in_force
from ejps_core.app.library import Entry, Library
from ejps_core.app.reading import Read, read_rules
from ejps_core.app.rule_set_notices import none_applies
from ejps_core.model.diagnostic import Diagnostic, Severity, Why
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.words import Words


@dataclass(frozen=True, slots=True)
class Where:
    """The district and day (since 1970-01-01) that are asked about. `base`: the program itself, whatever changes it."""

    district: str | None
    on: int
    base: bool = False


def applied(base: Read, library: Library, where: Where | None) -> Read:
    """The program as it holds there: its rule set if one applies, itself if none does; an error if several do."""
    program = base.ruleset
    if program is None or where is None or where.district is None or where.base:
        return base
    district, on = where.district, where.on
    near = [entry for entry in library.of_program(program.program) if _may_apply(entry, district, on)]
    read = [read_rules(entry.path, library) for entry in near]
    wrong = next((each for each in read if each.ruleset is None), None)
    if wrong is not None:
        return wrong
    good = [each for each in read if each.ruleset is not None and _applies(each.ruleset, district, on)]
    if not good:
        return replace(base, findings=(*base.findings, none_applies(program.program, library, district)))
    last = [each for each in good if not _extended(each, good)]
    if len(last) > 1:
        rulesets = [each.ruleset for each in last if each.ruleset is not None]
        return Read(None, (_several(program.program, rulesets, where),), exit=Exit.WRONG_USE)
    return _noted(last[0], program)


def _may_apply(entry: Entry, district: str, on: int) -> bool:
    """Whether the head of a rule set leaves it open."""
    areas = areas_of(entry)
    return in_force(entry, on) and (not areas or within(district, areas))


def _applies(ruleset: Ruleset, district: str, on: int) -> bool:
    return ruleset.first <= on <= ruleset.last and within(district, ruleset.areas)


def _extended(read: Read, others: Sequence[Read]) -> bool:
    """Whether another of them extends this one, and so holds in its place."""
    return any(
        other.ruleset is not None and any(origin.path == read.path for origin in other.ruleset.parents) for other in others
    )


def _noted(read: Read, program: Ruleset) -> Read:
    """The rule set, with a remark that it is used."""
    assert read.ruleset is not None
    id, title = read.ruleset.id, read.ruleset.title
    words = Words(
        f"Program {program.program}: dipakai ketentuan {id}, {title.id}.",
        f"Program {program.program}: the rule set {id} is used, {title.en}.",
    )
    mend = Words("Untuk programnya sendiri: --base.", "For the program itself: --base.")
    note = Diagnostic("ruleset-used", Severity.REMARK, None, words, mend)
    return Read(read.ruleset, (*read.findings, note), read.path, read.text, read.texts)


def _several(program: str, rulesets: Sequence[Ruleset], where: Where) -> Diagnostic:
    """More than one rule set holds: nobody but the author can say which."""
    names = ", ".join(ruleset.id for ruleset in rulesets)
    clash = next((found for pair in combinations(rulesets, 2) if (found := _touched_twice(*pair))), None)
    words = Words(
        f"Program {program}: di {where.district} pada tanggal itu berlaku lebih dari satu ketentuan: {names}.",
        f"Program {program}: more than one rule set is in force in {where.district} on that date: {names}.",
    )
    mend = Words(
        f"Sebut salah satunya, misalnya {rulesets[0].id}, atau --base; atau persempit wilayah dan masa berlakunya.",
        f"Name one of them, {rulesets[0].id} for example, or --base; or narrow their areas and dates.",
    )
    return Diagnostic("rulesets-overlap", Severity.ERROR, None, words, mend, clash)


def _touched_twice(one: Ruleset, two: Ruleset) -> Why | None:
    """The first id that both change."""
    theirs = {change.name: change for change in two.reasons}
    for change in one.reasons:
        if change.name in theirs:
            return Why(
                theirs[change.name].span,
                Words(
                    f"Keduanya mengubah {change.name}: {one.id} dan {two.id}",
                    f"Both change {change.name}: {one.id} and {two.id}",
                ),
            )
    return None

"""What stands beside a list, put into its candidates: registers, declarations, awards, determinations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from ejps_core.app.fields import Merged
from ejps_core.app.library import Library
from ejps_core.app.registers import Gathered, as_given, gather, papers, readers
from ejps_core.hooks.manager import Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.determined import with_determined
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.kinds import Level
from ejps_core.model.registers import (
    AWARDS,
    NO_ROWS,
    RULE,
    Declaration,
    Determination,
    Determined,
    Effect,
    RegisterUsed,
    RowsRead,
    Snapshot,
)
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.span import Cell
from ejps_core.model.words import Words

if TYPE_CHECKING:
    from ejps_core.registry.determining import Keys


@dataclass(frozen=True, slots=True)
class Beside:
    """What was given beside the list: registers as NAME=FILE[@DATE], files of declarations, a file of determinations.

    no_awards: it is said that there were no awards so far.
    """

    registers: tuple[str, ...] = ()
    complete: tuple[Path, ...] = ()
    determinations: Path | None = None
    no_awards: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are read."""
        given = [each for each in map(as_given, self.registers) if not isinstance(each, Diagnostic)]
        own = (self.determinations,) if self.determinations else ()
        return (*(each.path for each in given), *self.complete, *own)


NOTHING = Beside()
"""Nothing beside the list."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Candidates with all of it, and what was used; `said` are the findings, an ERROR among them stops the run."""

    candidates: Candidates
    said: tuple[Diagnostic, ...] = ()
    registers: tuple[RegisterUsed, ...] = ()
    determined: tuple[Determined, ...] = ()
    rows: RowsRead = NO_ROWS
    """Those of the file of determinations."""
    open: tuple[Determination, ...] = ()
    """Those about the outcome of rules, still to be put in (`with_rules`)."""


def filled(
    beside: Beside,
    rulesets: tuple[Ruleset, ...],
    columns: Merged,
    candidates: Candidates,
    as_of: AsOf,
    source: Path,
    library: Library,
) -> Filled:
    """The candidates with what registers say and officials determined of facts."""
    plugins = library.plugins
    asking = [ruleset for ruleset in rulesets if ruleset.one_per]
    wrong = _misused(beside, asking)
    if wrong:
        return Filled(candidates, wrong)
    if not (asking or beside.registers or beside.complete or beside.determinations):
        return Filled(candidates, (_no_awards_asked(),) if beside.no_awards else ())
    declared = [f for r in rulesets for f in (*r.listed_fields, *r.member_fields)]
    gathered = _gathered(beside, declared, plugins, as_of)
    if worst(gathered.findings) is Severity.ERROR:
        return Filled(candidates, tuple(gathered.findings))
    found = put_together(gathered, rulesets, columns, candidates, as_of, str(source), beside.no_awards, library)
    return _determined(found, beside, rulesets, columns, as_of, plugins)


def put_together(
    gathered: Gathered,
    rulesets: tuple[Ruleset, ...],
    columns: Merged,
    candidates: Candidates,
    as_of: AsOf,
    source: str,
    no_awards: bool,
    library: Library,
) -> Filled:
    """The candidates with all that registers say, wherever these were read from."""
    from ejps_core.app.program_names import program_names
    from ejps_core.registry.awards import awarded
    from ejps_core.registry.filling import filled as put_in

    asking = [ruleset for ruleset in rulesets if ruleset.one_per]
    fields = (*columns.family, *columns.members)
    apart = gathered.left_out | ({AWARDS} if gathered.awards is not None else set())
    others = tuple(declaration for declaration in gathered.declarations if declaration.register not in apart)
    result, said, used = put_in(candidates, fields, gathered.snapshots, others, as_of, source, gathered.recognised)
    findings = [*gathered.findings, *said]
    snapshots = [snapshot for snapshot, _ in gathered.snapshots]
    for ruleset in asking:
        names = program_names(ruleset, rulesets, library)
        result, said, own = awarded(
            result, fields, ruleset, gathered.awards, names, gathered.declarations, as_of, Path(source).name, no_awards
        )
        findings += said
        if gathered.awards is None and not no_awards and AWARDS not in gathered.left_out:
            findings.append(_awards_not_given(ruleset))
        if gathered.awards is not None:
            used[AWARDS] = own
    if gathered.awards is not None:
        snapshots.append(gathered.awards.register)
    if not asking and (gathered.awards is not None or no_awards):
        findings.append(_no_awards_asked())
    once = _facts_once(asking)
    facts = [tuple(each.values) or (once if each.name == AWARDS else ()) for each in snapshots]
    registers = tuple(_used(each, used.get(each.name, ()), own) for each, own in zip(snapshots, facts, strict=True))
    known = {name.removeprefix("member.") for name in (*once, *(fact for those in facts for fact in those))}
    return Filled(_without_absent(result, known), tuple(findings), registers)


def _gathered(beside: Beside, declared: Sequence[Field], plugins: Plugins, as_of: AsOf) -> Gathered:
    given = [as_given(option) for option in beside.registers]
    wrong = [each for each in given if isinstance(each, Diagnostic)]
    if wrong:
        return Gathered(findings=wrong)
    files = [each for each in given if not isinstance(each, Diagnostic)]
    return gather(files, beside.complete, declared, plugins, as_of.on, as_of.known)


def _without_absent(candidates: Candidates, names: set[str]) -> Candidates:
    """Without the remarks on columns that the list lacks and a register fills."""
    kept = tuple(
        finding
        for finding in candidates.findings
        if not (finding.code == "column-missing" and isinstance(finding.place, Cell) and finding.place.column in names)
    )
    return replace(candidates, findings=kept)


def _facts_once(asking: Sequence[Ruleset]) -> tuple[str, ...]:
    """The facts that say whether there was an award."""
    asked = [ruleset.one_per for ruleset in asking if ruleset.one_per]
    families = [each.family for each in asked if each.family]
    return (*families, *(f"member.{each.person}" for each in asked if each.person))


def _used(snapshot: Snapshot, declarations: tuple[Declaration, ...], facts: tuple[str, ...]) -> RegisterUsed:
    return RegisterUsed(
        name=snapshot.name,
        title=snapshot.title,
        file=snapshot.file,
        on=snapshot.on,
        rows=snapshot.rows,
        digest=snapshot.digest,
        facts=facts,
        declarations=declarations,
    )


def _determined(
    found: Filled, beside: Beside, rulesets: tuple[Ruleset, ...], columns: Merged, as_of: AsOf, plugins: Plugins
) -> Filled:
    """The same with the facts that officials determined; what they determined of rules is left open."""
    if beside.determinations is None:
        return found
    from ejps_core.registry.determinations import Determinations, facts_of, read_determinations
    from ejps_core.registry.determining import Keys, determined

    facts = facts_of(rulesets, columns.family, columns.members)
    key = next(field for field in columns.family if field.key)
    person = next((field for field in columns.members if field.key), None)
    path = beside.determinations
    read = partial(read_determinations, path, facts, key, readers(plugins), as_of.on)
    told, said = papers(read, Determinations(), path, plugins)
    own = [each for each in told.found if not each.fact.startswith(RULE)]
    candidates, records, more = determined(found.candidates, facts, Keys(key, person), own, as_of)
    rules = tuple(each for each in told.found if each.fact.startswith(RULE))
    return replace(
        found,
        candidates=candidates,
        said=(*found.said, *said, *more),
        determined=(*found.determined, *records),
        rows=told.rows,
        open=rules,
    )


def with_rules(
    found: Filled, rulesets: tuple[Ruleset, ...], as_of: AsOf, by: Keys | None = None
) -> tuple[Filled, tuple[Ruleset, ...]]:
    """The same with what was determined of rules, and the rule sets that take it where their conditions are unknown.

    The candidates are what is decided: families, or persons. by: how they are found; None: by the numbers of the rules.
    """
    if not found.open:
        return found, rulesets
    from ejps_core.authoring.probe import condition_values
    from ejps_core.registry.determinations import facts_of
    from ejps_core.registry.determining import Keys, determined

    known: dict[str, pa.Array] = {}
    for ruleset in rulesets:
        start = f"{RULE}{ruleset.program}."
        ids = [each.fact.removeprefix(start) for each in found.open if each.fact.startswith(start)]
        values = condition_values(ruleset, as_of, found.candidates, ids)
        known |= {f"{start}{name}": column for name, column in values.items()}
    facts = {name: replace(field, level=Level.FAMILY) for name, field in facts_of(rulesets, (), ()).items()}
    first = rulesets[0]
    card = None if first.family_key is None else first.field(Level.FAMILY, first.family_key)
    keys = by or Keys(first.key, None, card)
    candidates, records, said = determined(found.candidates, facts, keys, found.open, as_of, known)
    used = {each.determination.fact for each in records if each.effect is Effect.USED}
    whole = replace(
        found, candidates=candidates, said=(*found.said, *said), determined=(*found.determined, *records), open=()
    )
    return whole, tuple(with_determined(ruleset, used) for ruleset in rulesets)


def _misused(beside: Beside, asking: Sequence[Ruleset]) -> tuple[Diagnostic, ...]:
    """Why what was asked for can't be."""
    if len(asking) > 1:
        return (one_per_together(asking),)
    given = [option for option in beside.registers if option.startswith(f"{AWARDS}=")]
    if beside.no_awards and given:
        words = Words(
            "--no-awards-yet dan --register penerima bertentangan.", "--no-awards-yet and --register penerima contradict."
        )
        mend = Words("Pakai salah satu.", "Use one of them.")
        return (Diagnostic("awards-contradict", Severity.ERROR, None, words, mend),)
    return ()


def one_per_together(asking: Sequence[Ruleset]) -> Diagnostic:
    """What is said of several programs that each give one award per number."""
    named = ", ".join(ruleset.program for ruleset in asking)
    words = Words(
        f"{named} masing-masing memberi satu kali tiap nomor: penetapannya tidak dapat dibaca bersama.",
        f"{named} each give one award per number: their awards can't be read together.",
    )
    return Diagnostic(
        "one-per-together", Severity.ERROR, None, words, Words("Evaluasi satu per satu.", "Evaluate them one by one.")
    )


def _no_awards_asked() -> Diagnostic:
    words = Words(
        "Tidak ada program yang memberi satu kali tiap nomor: penetapan terdahulu tidak dipakai.",
        "No program gives one award per number: earlier awards are not used.",
    )
    mend = Words("Hapus pilihannya.", "Leave the option out.")
    return Diagnostic("awards-unused", Severity.REMARK, None, words, mend)


def _awards_not_given(ruleset: Ruleset) -> Diagnostic:
    words = Words(
        f"Program {ruleset.program} memberi satu kali tiap nomor, tetapi register penerima tidak diberikan: "
        "siapa yang sudah ditetapkan belum diketahui.",
        f"The program {ruleset.program} gives one award per number, but the register of awards was not given: "
        "who was given one already is unknown.",
    )
    mend = Words(
        "Berikan --register penerima=…, atau --no-awards-yet bila belum pernah ada penetapan.",
        "Give --register penerima=…, or --no-awards-yet if there were no awards so far.",
    )
    return Diagnostic("awards-not-given", Severity.REMARK, None, words, mend)

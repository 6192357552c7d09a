"""Evaluates a list of families by the rules of one or more programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from ejps_core.app.applying import Where
from ejps_core.app.exits import Exit
from ejps_core.app.fields import Merged, merged
from ejps_core.app.filling import NOTHING, Beside, Filled, filled, with_rules
from ejps_core.app.force import newer_values, out_of_force, outside_areas, within
from ejps_core.app.library import Library
from ejps_core.app.programs import Chosen, choose
from ejps_core.app.regions import region_names
from ejps_core.hooks.manager import BrokenPlugin, Plugins
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.diagnostic import Diagnostic, Severity, worst
from ejps_core.model.kinds import Engine
from ejps_core.model.persons import persons
from ejps_core.model.registers import NO_ROWS, Determined, RegisterUsed, RowsRead
from ejps_core.model.ruleset import DecisionUnit, Ruleset
from ejps_core.model.run import Run
from ejps_core.model.words import Words

Progress = Callable[[str, float], None]
"""What is being done, and how much of it is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to evaluate. `known` None: published by the decision date; date.max: whatever is published.

    rulesets: the folders of rule sets, None: the usual one. base: programs themselves, not the district's rule sets.
    beside: registers, declarations, determinations.
    password: of a protected workbook; shown nowhere.
    """

    programs: str
    path: Path
    on: date
    members: Path | None = None
    sheet: str | None = None
    members_sheet: str | None = None
    known: date | None = None
    district: str | None = None
    rulesets: tuple[Path, ...] | None = None
    base: bool = False
    beside: Beside = NOTHING
    engine: Engine = Engine.COLUMNS
    password: str | None = field(default=None, repr=False)

    @property
    def as_of(self) -> AsOf:
        """The decision date and the known date as day numbers."""
        return AsOf(day_number(self.on), day_number(self.known or self.on))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rule sets and the list read for them; `candidates` None: it can't be evaluated, `exit` says why.

    findings: what is to be said; remarks of `ejps check` on rules without errors are not. notices: those of the whole run.
    """

    rulesets: tuple[Ruleset, ...]
    candidates: Candidates | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit
    notices: tuple[Diagnostic, ...] = ()
    registers: tuple[RegisterUsed, ...] = ()
    determinations: tuple[Determined, ...] = ()
    determination_rows: RowsRead = NO_ROWS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `run` None: nothing was evaluated, `exit` and `findings` say why."""

    run: Run | None
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]
    exit: Exit


def evaluate(request: Request, programs: Plugins, progress: Progress | None = None, rules: Rules | None = None) -> Outcome:
    """Compiles the rules (None: they aren't yet), reads the list, decides: verdicts for all rows that could be evaluated."""
    prepared = prepare(request, programs, progress, rules)
    if prepared.candidates is None:
        return Outcome(None, prepared.findings, prepared.texts, prepared.broken, prepared.exit)
    if progress:
        progress("decide", 0.0)
    decisions = _evaluator(request.engine)(prepared.rulesets, request.as_of, prepared.candidates, threads=cores())
    run = Run(
        programs=tuple(decisions),
        candidates=prepared.candidates,
        as_of=request.as_of,
        source=request.path.name,
        findings=prepared.candidates.findings,
        notices=prepared.notices,
        missing=tuple((broken.name, broken.why) for broken in prepared.broken),
        regions=region_names(),
        definitions=definitions_of(prepared.rulesets, request.as_of, prepared.candidates),
        registers=prepared.registers,
        determinations=prepared.determinations,
        determination_rows=prepared.determination_rows,
    )
    return Outcome(run, prepared.findings, prepared.texts, prepared.broken, prepared.exit)


def _evaluator(engine: Engine) -> Callable[..., tuple[ProgramDecisions, ...]]:
    """The function that decides; DuckDB is loaded only if it was asked for."""
    if engine is Engine.DUCKDB:
        from ejps_core.engine.sql.duckdb_evaluator import decide_by_duckdb

        return decide_by_duckdb
    from ejps_core.engine import decide

    return decide


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def definitions_of(rulesets: tuple[Ruleset, ...], as_of: AsOf, candidates: Candidates) -> dict[tuple[str, str], pa.Array]:
    """The values of the family definitions that the programs' reports name."""
    found: dict[tuple[str, str], pa.Array] = {}
    for ruleset in rulesets:
        named = [column.name for column in ruleset.columns]
        named += [name for total in ruleset.totals for name in (*total.by, *total.of)]
        declared = {definition.name for definition in ruleset.definitions}
        names = list(dict.fromkeys(name for name in named if name in declared))
        if names:
            from ejps_core.authoring.probe import definition_values

            values = definition_values(ruleset, as_of, candidates, names)
            found |= {(ruleset.program, name): column for name, column in values.items()}
    return found


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule sets asked for and the facts they need. exit: why they can't be used, Exit.CLEAN if they can."""

    chosen: Chosen
    fields: Merged | None
    findings: tuple[Diagnostic, ...]
    exit: Exit


def rules_of(request: Request, programs: Plugins) -> Rules:
    """The rule sets that a request names, checked against each other and the date."""
    where = Where(request.district, request.as_of.on, request.base)
    chosen = choose(request.programs, programs, where, request.rulesets)
    if chosen.exit:
        wrong = [finding for finding in chosen.findings if finding.severity is Severity.ERROR]
        return Rules(chosen, None, tuple(wrong), chosen.exit)
    columns = merged(chosen.rulesets)
    wrong = [*columns.findings, *_unusable(request, chosen)]
    return Rules(chosen, columns, tuple(wrong), Exit.WRONG_USE if wrong else Exit.CLEAN)


def prepare(request: Request, programs: Plugins, progress: Progress | None = None, rules: Rules | None = None) -> Prepared:
    """The rule sets asked for and the list, checked against each other and the date. rules: what rules_of() has found."""
    rules = rules or rules_of(request, programs)
    chosen, columns = rules.chosen, rules.fields
    if rules.exit or columns is None:
        return _stopped(chosen, rules.findings, rules.exit)
    candidates, findings = _read(request, columns, programs, progress)
    if candidates is None or worst(findings) is Severity.ERROR:
        return _stopped(chosen, findings, Exit.WRONG_USE)
    found, rulesets, wrong = _with_beside(request, chosen, columns, candidates, programs)
    if found is None:
        return _stopped(chosen, tuple(wrong), Exit.WRONG_USE)
    return _prepared(request, chosen, rulesets, found)


def _with_beside(
    request: Request, chosen: Chosen, columns: Merged, candidates: Candidates, plugins: Plugins
) -> tuple[Filled | None, tuple[Ruleset, ...], list[Diagnostic]]:
    """What is decided, with all that registers and officials say; None: it can't be, and why."""
    library = Library(plugins, request.rulesets)
    found = filled(request.beside, chosen.rulesets, columns, candidates, request.as_of, request.path, library)
    if worst(found.said) is Severity.ERROR:
        return None, (), list(found.said)
    candidates = replace(found.candidates, findings=(*found.candidates.findings, *found.said))
    decided, findings = _decided(chosen.rulesets, candidates, candidates.findings)
    if decided is None or worst(findings) is Severity.ERROR:
        return None, (), list(findings)
    whole, rulesets = with_rules(replace(found, candidates=decided, said=()), chosen.rulesets, request.as_of)
    candidates = replace(whole.candidates, findings=(*whole.candidates.findings, *whole.said))
    return replace(whole, candidates=candidates), rulesets, []


def _prepared(request: Request, chosen: Chosen, rulesets: tuple[Ruleset, ...], found: Filled) -> Prepared:
    """Everything that is decided, with what is to be said of the run."""
    candidates, findings = found.candidates, found.candidates.findings
    notices = tuple(
        finding
        for ruleset in rulesets
        for finding in (*newer_values(ruleset, request.as_of), *outside_areas(ruleset, candidates))
    )
    notices = (*chosen.notices, *notices)
    apart = any(finding.severity is Severity.SET_APART for finding in findings)
    partly = apart or candidates.set_apart > 0 or bool(chosen.broken)
    return Prepared(
        rulesets,
        candidates,
        (*notices, *findings),
        chosen.texts,
        chosen.broken,
        Exit.PARTLY if partly else Exit.CLEAN,
        notices,
        found.registers,
        found.determined,
        found.rows,
    )


def _decided(
    rulesets: tuple[Ruleset, ...], candidates: Candidates | None, findings: tuple[Diagnostic, ...]
) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """What is decided: the families of the list, or its members where persons are."""
    key = rulesets[0].member_key
    if candidates is None or key is None or rulesets[0].unit is DecisionUnit.FAMILY:
        return candidates, findings
    found, more = persons(candidates, key)
    return found, (*findings, *more)


def _read(
    request: Request, columns: Merged, plugins: Plugins, progress: Progress | None
) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """The list, by the reader of its kind of file."""
    from ejps_core.app.lists import guarded
    from ejps_core.registry.readers import with_password
    from ejps_core.registry.reading import read_list

    read = partial(
        read_list,
        request.path,
        columns.family,
        columns.members,
        members=request.members,
        sheet=request.sheet,
        members_sheet=request.members_sheet,
        district=request.district,
        on=request.as_of.on,
        readers=with_password([loaded.what for loaded in plugins.readers], request.password),
        progress=progress,
    )
    return guarded(read, (request.path, request.members), plugins)


def _stopped(chosen: Chosen, findings: tuple[Diagnostic, ...], ended: Exit) -> Prepared:
    return Prepared(chosen.rulesets, None, findings, chosen.texts, chosen.broken, ended)


def _unusable(request: Request, chosen: Chosen) -> list[Diagnostic]:
    """Why the rule sets can't be used on the date or for the district of the request."""
    found = [finding for ruleset in chosen.rulesets for finding in out_of_force(ruleset, request.as_of)]
    if request.district is None:
        return found
    from ejps_core.registry.district import district_code

    district = district_code(request.district)
    if isinstance(district, Diagnostic):
        return [*found, district]
    for ruleset in chosen.rulesets:
        if not within(district, ruleset.areas):
            areas = ", ".join(ruleset.areas)
            words = Words(
                f"Program {ruleset.program} tidak berlaku di {district}: wilayahnya {areas}.",
                f"The program {ruleset.program} is not for {district}: its areas are {areas}.",
            )
            mend = Words("Periksa kode --district atau programnya.", "Check the code of --district, or the program.")
            found.append(Diagnostic("district-outside-areas", Severity.ERROR, None, words, mend))
    return found

"""Deciding a list: all programs, all families, verdicts to seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from threading import Lock

import numpy as np

from ejps_core.engine.allocation import Contest, Key, Limit, select
from ejps_core.engine.columns import (
    BLOCK,
    Scanned,
    eligible_of,
    outcomes,
    paid,
    ranked,
    scan,
    scan_some,
    shape_of,
    total,
    wanted,
)
from ejps_core.engine.kernels import width
from ejps_core.engine.lower import Shape
from ejps_core.engine.nodes import Lookup
from ejps_core.engine.open_cases import Draft, OpenCases, Questions
from ejps_core.engine.outcome import Areas, Outcome
from ejps_core.engine.passes import Task
from ejps_core.engine.source import Source
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import INELIGIBLE, WORD, ProgramDecisions, fact_names
from ejps_core.model.expr import Expr
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.span import Span
from ejps_core.model.types import Code


def decide(
    rulesets: Sequence[Ruleset], as_of: AsOf, candidates: Candidates, threads: int = 1, block: int = BLOCK
) -> tuple[ProgramDecisions, ...]:
    """The decisions of each program on a list, in one scan.

    Each parameter must have a row in force and published at `as_of` (the caller has checked: asof.row_at). Deterministic:
    the same for every order of the list (but for that order), every number of threads and families in a block.
    """
    parts = Decider(rulesets, as_of, threads, block).part(candidates)
    return tuple(
        part.decisions if part.contest is None else replace(part.decisions, selection=select(part.contest)) for part in parts
    )


def plan_lines(rulesets: Sequence[Ruleset], as_of: AsOf, candidates: Candidates) -> tuple[str, ...]:
    """The plan by which a list is decided, a node a line: the same rules, dates and shape of list give the same lines."""
    planned = Decider(rulesets, as_of).planned(candidates)
    outputs = [task.outputs for task in (planned.verdicts, *planned.rankings)]
    nodes = ((node.op.value, node.args, node.data, node.rows.value) for node in planned.verdicts.nodes)
    return tuple(map(_line, (*nodes, *outputs)))


def _line(value: object) -> str:
    """A value as text: without the places in rule files, sets in one order, functions by what they are called."""
    match value:
        case Span():
            return ""
        case Lookup():
            return _line(value.name)
        case frozenset():
            return "{" + ",".join(sorted(map(_line, value))) + "}"
        case tuple() | list():
            return "(" + ",".join(map(_line, value)) + ")"
    if is_dataclass(value) and not isinstance(value, type):
        own = (getattr(value, each.name) for each in fields(value))
        return type(value).__name__ + _line(tuple(own))
    return repr(value)


@dataclass(frozen=True, slots=True)
class Part:
    """One program's decisions on a part of a list. They are without selection: `contest` is the part's share in it."""

    decisions: ProgramDecisions
    contest: Contest | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What lists of one shape are decided by: all verdicts and amounts in one task, a task for each program's ranking."""

    programs: tuple[Outcome, ...]
    verdicts: Task
    rankings: tuple[Task, ...]


class Decider:
    """Decides lists by the same rules, or a list part by part: planned once for each shape of list that comes along.

    Several threads may ask at once.
    """

    def __init__(self, rulesets: Sequence[Ruleset], as_of: AsOf, threads: int = 1, block: int = BLOCK) -> None:
        self.rulesets, self.as_of, self.threads, self.block = tuple(rulesets), as_of, threads, block
        self._areas = [Areas() for _ in rulesets]
        self._planned: dict[Shape, Planned] = {}
        self._questions: dict[int, Questions] = {}
        self._planning = Lock()

    def ranks_by_code(self) -> bool:
        """Whether some program ranks by codes: they are put in order within a part, so parts can't be ranked together."""
        keys = [key for ruleset in self.rulesets if ruleset.choose for key in ruleset.choose.order]
        return any(isinstance(key.value.type, Code) for key in keys)

    def part(self, candidates: Candidates) -> tuple[Part, ...]:
        """The decisions of each program on a list, or a part of one."""
        source = Source(candidates)
        planned = self._plan(shape_of(source, self.rulesets))
        scanned = scan(source, planned.verdicts, self.threads, self.block)
        return tuple(Finish(self, source, place, planned, scanned).part() for place in range(len(self.rulesets)))

    def planned(self, candidates: Candidates) -> Planned:
        """What a list is decided by."""
        return self._plan(shape_of(Source(candidates), self.rulesets))

    def _plan(self, shape: Shape) -> Planned:
        with self._planning:
            if shape not in self._planned:
                plan, programs = outcomes(self.rulesets, self.as_of, shape, self._areas)
                places = [ranked(outcome) for outcome in programs]  # adds nodes: before the tasks take them
                verdicts = Task(plan.nodes, [number for outcome in programs for number in wanted(outcome)])
                self._planned[shape] = Planned(
                    tuple(programs), verdicts, tuple(Task(plan.nodes, numbers) for numbers in places)
                )
            return self._planned[shape]

    def questions(self, place: int) -> Questions:
        """What is asked about the open cases of a program."""
        with self._planning:
            if place not in self._questions:
                self._questions[place] = Questions(self.rulesets[place], self.as_of)
            return self._questions[place]


@dataclass(frozen=True, slots=True)
class Finish:
    """From what was scanned to the decisions of one program."""

    decider: Decider
    source: Source
    place: int
    planned: Planned
    scanned: Scanned

    @property
    def outcome(self) -> Outcome:
        """The program's nodes."""
        return self.planned.programs[self.place]

    def part(self) -> Part:
        """Open cases settled; the contest still to be held."""
        draft = draft_of(self.outcome, self.scanned, self.source.families)
        if draft.unsettled():
            self.source.expected = np.flatnonzero(draft.unsettled_rows())
            OpenCases(self.decider.questions(self.place), self.source, self.decider.block).settle(draft)
        return Part(decisions_of(self.outcome, draft, self.scanned), self._contest(draft))

    def _contest(self, draft: Draft) -> Contest | None:
        """What ranks a family is worked out for those alone that may be ranked."""
        outcome, choose = self.outcome, self.outcome.ruleset.choose
        if choose is None:
            return None
        rows = np.flatnonzero(draft.status != INELIGIBLE)
        task = self.planned.rankings[self.place]
        found = scan_some(self.source, task, rows, self.decider.threads, self.decider.block)
        area, area_lacking = outcome.area()
        keys = tuple(
            Key(
                tuple(found[n] for n in key.value),
                tuple(found[n] for n in key.best),
                found[key.limitless],
                found[key.lacking],
                key.unknown_last,
            )
            for key in outcome.ranking()
        )
        return Contest(
            rows=rows,
            families=self.source.families,
            status=draft.status[rows],
            area=found[area],
            area_lacking=found[area_lacking],
            keys=keys,
            quota=_limit(outcome, found, choose.quota),
            budget=_limit(outcome, found, choose.budget),
            amount=draft.total.amount[rows],
            open=draft.total.open[rows],
            reserve=choose.reserve,
        )


def draft_of(outcome: Outcome, scanned: Scanned, count: int) -> Draft:
    """Verdicts and amounts as scanned; open cases are still to be looked at."""
    status = scanned[outcome.status].astype(np.uint8)
    eligible = eligible_of(status)
    pairs = zip(outcome.ruleset.benefits, outcome.instalments, strict=True)
    benefits = [paid(scanned, benefit, instalment, eligible) for benefit, instalment in pairs]
    facts = len(fact_names(outcome.ruleset))
    return Draft(
        status=status,
        failed=[scanned[number].copy() for number in outcome.failed],
        unknown=[scanned[number].copy() for number in outcome.unknown],
        needs=[np.zeros(count, width(min(WORD, facts - low))) for low in range(0, facts, WORD)],
        at_most=np.zeros(count, np.bool_),
        one_of=np.zeros(count, np.bool_),
        benefits=benefits,
        total=total(benefits, count),
    )


def decisions_of(outcome: Outcome, draft: Draft, scanned: Scanned) -> ProgramDecisions:
    """A draft in which nothing is left to be looked at; without a selection."""
    return ProgramDecisions(
        ruleset=outcome.ruleset,
        facts=fact_names(outcome.ruleset),
        status=draft.status,
        failed=tuple(draft.failed),
        unknown=tuple(draft.unknown),
        needs=tuple(draft.needs),
        at_most=draft.at_most,
        one_of=draft.one_of,
        benefits=tuple(draft.benefits),
        total=draft.total,
        selection=None,
        phase=scanned[outcome.phase],
    )


def _limit(outcome: Outcome, scanned: Scanned, item: Expr | None) -> Limit | None:
    nodes = outcome.limit(item)
    return None if nodes is None else Limit(scanned[nodes[0]], scanned[nodes[1]])

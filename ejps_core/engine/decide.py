"""Deciding a list: all programs, all families, verdicts to seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from ejps_core.engine.open_cases import Draft, OpenCases
from ejps_core.engine.outcome import Outcome
from ejps_core.engine.source import Source
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import INELIGIBLE, UNDETERMINED, WORD, ProgramDecisions, fact_names
from ejps_core.model.expr import Expr
from ejps_core.model.ruleset import Ruleset


def decide(
    rulesets: Sequence[Ruleset], as_of: AsOf, candidates: Candidates, threads: int = 1, block: int = BLOCK
) -> tuple[ProgramDecisions, ...]:
    """The decisions of each program on a list, in one scan.

    Each parameter must have a row in force and published at `as_of` (the caller has checked: asof.row_at). Deterministic:
    the same for every order of the list (but for that order), every number of threads and families in a block.
    """
    source = Source(candidates)
    plan, programs = outcomes(rulesets, as_of, shape_of(source, rulesets))
    numbers = list(dict.fromkeys(number for outcome in programs for number in wanted(outcome)))
    scanned = scan(source, plan, numbers, threads, block)
    return tuple(Finish(source, as_of, outcome, scanned, threads, block).decisions() for outcome in programs)


@dataclass(frozen=True, slots=True)
class Finish:
    """From what was scanned to the decisions of one program."""

    source: Source
    as_of: AsOf
    outcome: Outcome
    scanned: Scanned
    threads: int
    block: int

    def decisions(self) -> ProgramDecisions:
        """Open cases settled, ranked, seated."""
        ruleset, draft = self.outcome.ruleset, self._draft()
        if (draft.status == UNDETERMINED).any() or draft.total.open.any():
            OpenCases(ruleset, self.as_of, self.source, self.block).settle(draft)
        contest = self._contest(draft)
        return ProgramDecisions(
            ruleset=ruleset,
            facts=fact_names(ruleset),
            status=draft.status,
            failed=tuple(draft.failed),
            unknown=tuple(draft.unknown),
            needs=tuple(draft.needs),
            at_most=draft.at_most,
            one_of=draft.one_of,
            benefits=tuple(draft.benefits),
            total=draft.total,
            selection=None if contest is None else select(contest),
            phase=self.scanned[self.outcome.phase],
        )

    def _draft(self) -> Draft:
        """Verdicts and amounts as scanned; open cases are still to be looked at."""
        outcome, scanned, count = self.outcome, self.scanned, self.source.families
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

    def _contest(self, draft: Draft) -> Contest | None:
        """What ranks a family is worked out for those alone that may be ranked."""
        outcome, choose = self.outcome, self.outcome.ruleset.choose
        if choose is None:
            return None
        rows = np.flatnonzero(draft.status != INELIGIBLE)
        found = scan_some(self.source, outcome.plan, ranked(outcome), rows, self.threads, self.block)
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


def _limit(outcome: Outcome, scanned: Scanned, item: Expr | None) -> Limit | None:
    nodes = outcome.limit(item)
    return None if nodes is None else Limit(scanned[nodes[0]], scanned[nodes[1]])

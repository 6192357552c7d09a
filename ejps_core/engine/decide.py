"""Deciding a list: all programs, all families, verdicts to seats."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ejps_core.engine.allocation import Contest, Key, Limit, select
from ejps_core.engine.columns import BLOCK, Scanned, eligible_of, outcomes, paid, scan, shape_of, total, wanted
from ejps_core.engine.open_cases import Draft, OpenCases
from ejps_core.engine.outcome import Outcome
from ejps_core.engine.source import Source
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import UNDETERMINED, WORD, ProgramDecisions, Selection, fact_names
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
    return tuple(_finish(source, as_of, outcome, scanned, block) for outcome in programs)


def _finish(source: Source, as_of: AsOf, outcome: Outcome, scanned: Scanned, block: int) -> ProgramDecisions:
    ruleset, count = outcome.ruleset, source.families
    draft = _draft(outcome, scanned, count)
    if (draft.status == UNDETERMINED).any() or draft.total.open.any():
        OpenCases(ruleset, as_of, source, block).settle(draft)
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
        selection=_select(outcome, scanned, draft),
        phase=scanned[outcome.phase],
    )


def _draft(outcome: Outcome, scanned: Scanned, count: int) -> Draft:
    """Verdicts and amounts as scanned; open cases are still to be looked at."""
    status = scanned[outcome.status].astype(np.uint8)
    eligible = eligible_of(status)
    pairs = zip(outcome.ruleset.benefits, outcome.instalments, strict=True)
    benefits = [paid(scanned, benefit, instalment, eligible) for benefit, instalment in pairs]
    words = -(-len(fact_names(outcome.ruleset)) // WORD)
    return Draft(
        status=status,
        failed=[scanned[number].copy() for number in outcome.failed],
        unknown=[scanned[number].copy() for number in outcome.unknown],
        needs=[np.zeros(count, np.int64) for _ in range(words)],
        at_most=np.zeros(count, np.bool_),
        one_of=np.zeros(count, np.bool_),
        benefits=benefits,
        total=total(benefits, count),
    )


def _select(outcome: Outcome, scanned: Scanned, draft: Draft) -> Selection | None:
    choose = outcome.ruleset.choose
    if choose is None:
        return None
    area, area_lacking = outcome.area()
    keys = tuple(
        Key(
            tuple(scanned[n] for n in key.value),
            tuple(scanned[n] for n in key.best),
            scanned[key.limitless],
            scanned[key.lacking],
            key.unknown_last,
        )
        for key in outcome.ranking()
    )
    return select(
        Contest(
            status=draft.status,
            area=scanned[area],
            area_lacking=scanned[area_lacking],
            keys=keys,
            quota=_limit(outcome, scanned, choose.quota),
            budget=_limit(outcome, scanned, choose.budget),
            amount=draft.total.amount,
            open=draft.total.open,
            reserve=choose.reserve,
        )
    )


def _limit(outcome: Outcome, scanned: Scanned, item: Expr | None) -> Limit | None:
    nodes = outcome.limit(item)
    return None if nodes is None else Limit(scanned[nodes[0]], scanned[nodes[1]])

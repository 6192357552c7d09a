"""One family decided in a moment, with every reason: the rules are planned once, the families come one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ejps_core.engine.columns import BLOCK, Scanned, wanted
from ejps_core.engine.decide import decisions_of, draft_of
from ejps_core.engine.fact_cells import FactCells
from ejps_core.engine.open_cases import Draft, OpenCases, Questions
from ejps_core.engine.outcome import NeedNodes
from ejps_core.engine.plan import Rows
from ejps_core.engine.recorder import Outline, Recorder
from ejps_core.engine.scalar import Scalar, Values
from ejps_core.engine.source import Source
from ejps_core.engine.trace import Telling
from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Family, from_families
from ejps_core.model.decisions import ELIGIBLE, UNDETERMINED, ProgramDecisions
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.trace import Trace


@dataclass(frozen=True, slots=True)
class One:
    """A family's decision and the reasoning. decisions: with one entry; the ranking needs the whole list and is not told."""

    decisions: ProgramDecisions
    trace: Trace


class Single:
    """A rule set made ready at one date."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf) -> None:
        self.outline = Outline(ruleset, as_of)
        self.ruleset, self.outcome = ruleset, self.outline.outcome
        flags = {end for part in self.outcome.instalments for end in (part.open_low, part.open_high)}
        numbers = dict.fromkeys(wanted(self.outcome))
        self.wanted = tuple((number, np.bool_ if number in flags else np.int64) for number in numbers)
        self.scalar = Scalar(self.outline.nodes)
        self.cells = FactCells(ruleset, self.outcome.lowering)
        self._questions: Questions | None = None

    def decide(self, family: Family) -> One:
        """The decision about a family; a fact that is not given is unknown."""
        values = self.scalar.values(family)
        scanned = Scanned(self.outline.nodes, {n: np.array([values[n]], kind) for n, kind in self.wanted})
        draft = draft_of(self.outcome, scanned, 1)
        if draft.unsettled():
            self._settle(draft, values, family)
        decisions = decisions_of(self.outcome, draft, scanned)
        recorder = Recorder(self.outline, values, len(family.members), lambda *what: _text(family, *what))
        return One(decisions, Telling(recorder, decisions, self.outline.as_of, {}).tell())

    def _settle(self, draft: Draft, values: Values, family: Family) -> None:
        """As OpenCases does, read off the plan's values; facts whose cells are tried are left to it."""
        if draft.status[0] == UNDETERMINED:
            nodes = self.outline.verdict_needs
            twice = self._fill(draft, values, nodes)
            if any(twice):
                needed, doubled = (self.cells.names(words) for words in ([values[n] for n in nodes.masks], twice))
                if self.cells.tried(needed, doubled):
                    self._try(draft, needed, doubled, family)
        if draft.status[0] == ELIGIBLE and draft.total.open[0] and not any(word[0] for word in draft.needs):
            self._fill(draft, values, self.outline.paid_needs)

    def _fill(self, draft: Draft, values: Values, nodes: NeedNodes) -> list[int]:
        """Fills in what a walk has found; gives the facts that it came to twice."""
        twice = [values[node] for node in nodes.twice]
        for word, node in zip(draft.needs, nodes.masks, strict=True):
            word[0] = values[node]
        draft.at_most[0] = bool(values[nodes.at_most]) or any(twice)
        return twice

    def _try(self, draft: Draft, needed: frozenset[str], doubled: frozenset[str], family: Family) -> None:
        self._questions = self._questions or Questions(self.ruleset, self.outline.as_of, tables=False)
        alone = from_families([family], self.ruleset.family_fields, self.ruleset.member_fields)
        OpenCases(self._questions, Source(alone), BLOCK).try_cells(draft, needed, doubled, np.zeros(1, np.int64))


def _text(family: Family, rows: Rows, name: str, member: int | None) -> str | None:
    value: Any = family.values.get(name) if rows is Rows.FAMILY else family.members[member or 0].get(name)
    return None if value is None else str(value)

"""What a report is made from: one evaluation of a list, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from ejps_core.model.asof import AsOf
from ejps_core.model.candidates import Candidates
from ejps_core.model.decisions import ProgramDecisions
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.expr import Expr, FieldRef
from ejps_core.model.kinds import Level
from ejps_core.model.registers import NO_ROWS, Determined, RegisterUsed, RowsRead
from ejps_core.model.ruleset import Ruleset
from ejps_core.model.walk import whole
from ejps_core.model.words import Words


def incomplete(plugin: str, why: Words) -> Words:
    """What every output says about a plugin that was left out."""
    return Words(
        f"tidak lengkap: plugin {plugin} tidak dimuat: {why.id}",
        f"incomplete: the plugin {plugin} was not loaded: {why.en}",
    )


@dataclass(frozen=True, slots=True)
class Run:
    """The decisions of the chosen programs on one list.

    source: the list's file name. findings: what was set apart or remarked, of the list and of the run.
    missing: plugins that were left out, with the reason. regions: names by region code, as far as they are
    known. definitions: the values of family definitions that reports name, by (program, name); a null is
    unknown. registers: those that were looked into. determinations: what officials determined, and what became of it;
    determination_rows: the rows of their file. beside: further columns of results, by name, one cell a family.
    """

    programs: tuple[ProgramDecisions, ...]
    candidates: Candidates
    as_of: AsOf
    source: str = ""
    findings: tuple[Diagnostic, ...] = ()
    notices: tuple[Diagnostic, ...] = ()
    missing: tuple[tuple[str, Words], ...] = ()
    regions: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[tuple[str, str], pa.Array] = field(default_factory=dict)
    registers: tuple[RegisterUsed, ...] = ()
    determinations: tuple[Determined, ...] = ()
    determination_rows: RowsRead = NO_ROWS
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def rests(self) -> Mapping[int, tuple[str, ...]]:
        """For each family, by its place, of which determinations settled facts that the rules read: those facts."""
        read = {fact for decisions in self.programs for fact in facts_read(decisions.ruleset)}
        found: dict[int, dict[str, None]] = {}
        for fact, origins in self.candidates.origins.items():
            if fact not in read:
                continue
            said = [code for code, label in enumerate(origins.labels, 1) if label.determined]
            cells = np.flatnonzero(np.isin(origins.codes, said))
            if fact.startswith("member."):
                cells = np.searchsorted(self.candidates.offsets, cells, side="right") - 1
            for row in cells.tolist():
                found.setdefault(row, {})[fact] = None
        return {row: tuple(facts) for row, facts in sorted(found.items())}

    @property
    def key(self) -> str:
        """The name of the field that identifies a family."""
        return self.programs[0].ruleset.key.name


def facts_read(ruleset: Ruleset) -> frozenset[str]:
    """The facts that its definitions, rules, benefits and ranking read."""
    asked: list[Expr | None] = [definition.value for definition in ruleset.definitions]
    asked += [rule.condition for rule in ruleset.rules]
    asked += [item for benefit in ruleset.benefits for item in (benefit.amount, benefit.only_if)]
    if ruleset.choose is not None:
        choose = ruleset.choose
        asked += [choose.area, choose.quota, choose.budget, *(key.value for key in choose.order)]
    fields = (each for item in asked if item is not None for each in whole(item) if isinstance(each, FieldRef))
    return frozenset(each.name if each.level is Level.FAMILY else f"member.{each.name}" for each in fields)


def tells_apart(candidates: Candidates) -> bool:
    """Whether the list's reader told families and members apart, so that its figures close."""
    families = len(candidates) + candidates.families_set_apart + candidates.repeated
    both = candidates.families_set_apart + candidates.members_set_apart
    return families == candidates.read and both == candidates.set_apart

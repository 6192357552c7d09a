"""Which facts of an open case are tried cell by cell, and the words in which sets of facts are kept."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from ejps_core.engine.lower import Lowering
from ejps_core.model.cells import MOST_CELLS, Value, cells
from ejps_core.model.decisions import WORD, fact_names
from ejps_core.model.expr import Expr, Literal, ParameterRef
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Ruleset


class FactCells:
    """The facts of one program; of those that its tests cut into cells, a value of each cell."""

    def __init__(self, ruleset: Ruleset, lowering: Lowering) -> None:
        self.ruleset, self.lowering = ruleset, lowering
        self.facts = fact_names(ruleset)
        self.cells = self._cells()

    def _cells(self) -> dict[str, tuple[Value, ...]]:
        def constant(item: Expr) -> Value:
            if isinstance(item, ParameterRef):
                return self.lowering.parameter(item.name)
            assert isinstance(item, Literal)
            return item.value

        found = {}
        for thresholds in self.ruleset.thresholds:
            kind = self.ruleset.field(Level.FAMILY, thresholds.fact).type
            found[thresholds.fact] = cells(thresholds, kind, constant)
        return found

    def bits(self, names: Sequence[str]) -> list[int]:
        """Facts as words of bits."""
        words = [0] * -(-len(self.facts) // WORD)
        for place, fact in enumerate(self.facts):
            if fact in names:
                words[place // WORD] |= 1 << place % WORD
        return words

    def names(self, words: Sequence[int]) -> frozenset[str]:
        """The facts of words of bits."""
        return frozenset(f for i, f in enumerate(self.facts) if int(words[i // WORD]) >> i % WORD & 1)

    def tried(self, needed: frozenset[str], doubled: frozenset[str]) -> list[str]:
        """The facts whose cells are tried where these are needed, some of them at two places; none: too many."""
        every = [fact for fact in self.facts if fact in needed]
        twice = [fact for fact in every if fact in doubled and fact in self.cells]
        for names in (every, twice):
            known = all(name in self.cells for name in names)
            if names and known and prod(len(self.cells[name]) for name in names) <= MOST_CELLS:
                return names
        return []

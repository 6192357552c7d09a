"""Undetermined families and open amounts: which facts would settle them, and what several unknowns settle together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from ejps_core.engine.columns import outcomes, split, total
from ejps_core.engine.fact_cells import FactCells
from ejps_core.engine.lower import ANY_SHAPE
from ejps_core.engine.outcome import NeedNodes
from ejps_core.engine.passes import Task
from ejps_core.engine.source import Array, Block, Given, Source
from ejps_core.model.asof import AsOf
from ejps_core.model.decisions import ELIGIBLE, INELIGIBLE, UNDETERMINED, Bools, Longs, Paid
from ejps_core.model.ruleset import Ruleset


@dataclass(slots=True)
class Draft:
    """The decisions of one program while open cases are looked at; arrays as in ProgramDecisions, changed in place."""

    status: Array
    failed: list[Array]
    unknown: list[Array]
    needs: list[Longs]
    at_most: Bools
    one_of: Bools
    benefits: list[Paid]
    total: Paid

    def unsettled_rows(self) -> Bools:
        """Where there is an open case to look at."""
        found: Bools = np.equal(self.status, UNDETERMINED) | self.total.open
        return found

    def unsettled(self) -> bool:
        """Whether there is an open case to look at."""
        return bool((self.status == UNDETERMINED).any() or self.total.open.any())


@dataclass(frozen=True, slots=True)
class Tried:
    """One combination of cells for some families."""

    status: Array
    failed: list[Array]
    needs: list[Array]
    at_most: Bools

    def part(self, rows: slice) -> Tried:
        """The same of some of the families."""
        return Tried(
            self.status[rows], [word[rows] for word in self.failed], [word[rows] for word in self.needs], self.at_most[rows]
        )


class Questions:
    """What is asked about the open cases of one program, planned once for any number of lists. tables: see Task."""

    def __init__(self, ruleset: Ruleset, as_of: AsOf, tables: bool = True) -> None:
        self.ruleset = ruleset
        self.plan, (self.outcome,) = outcomes([ruleset], as_of, ANY_SHAPE)
        self.verdict, self.paid = self.outcome.verdict_needs(), self.outcome.paid_needs()
        self.nodes = tuple(self.plan.nodes)
        self.cells = FactCells(ruleset, self.outcome.lowering)
        o = self.outcome
        self.decided = Task(self.nodes, (o.status, *o.failed, *self.verdict.masks, self.verdict.at_most), tables)
        self.walks = {
            id(walk): Task(self.nodes, (*walk.masks, *walk.twice, walk.at_most), tables)
            for walk in (self.verdict, self.paid)
        }


class OpenCases:
    """Settles the open cases of one program in one list."""

    def __init__(self, questions: Questions, source: Source, block: int) -> None:
        self.ruleset, self.source, self.block = questions.ruleset, source, block
        self.outcome, self.walks, self.decided = questions.outcome, questions.walks, questions.decided
        self.verdict, self.paid = questions.verdict, questions.paid
        self.known = questions.cells
        self.cells = self.known.cells

    def settle(self, draft: Draft) -> None:
        """Fills in needs, at_most and one_of, and settles what unknowns met twice settle."""
        undetermined = np.flatnonzero(draft.status == UNDETERMINED)
        if len(undetermined):
            twice = self._walk(draft, undetermined, self.verdict)
            for needed, doubled, rows in self._patterns(draft, undetermined, twice):
                self.try_cells(draft, needed, doubled, rows)
        opened = np.flatnonzero((draft.status == ELIGIBLE) & draft.total.open & ~_some(draft.needs))
        if len(opened):
            twice = self._walk(draft, opened, self.paid)
            draft.at_most[opened] |= _some(twice)

    def _walk(self, draft: Draft, rows: Longs, nodes: NeedNodes) -> list[Array]:
        """Fills in what a walk finds; the facts that it comes to twice."""
        run = self.walks[id(nodes)].on(self.source)
        twice: list[list[Array]] = [[] for _ in nodes.twice]
        for low in range(0, len(rows), self.block):
            some = rows[low : low + self.block]
            found = run(self.source.chosen(some))
            for word, node in zip(draft.needs, nodes.masks, strict=True):
                word[some] = found[node]
            draft.at_most[some] = found[nodes.at_most]
            for parts, node in zip(twice, nodes.twice, strict=True):
                parts.append(found[node])
        return [np.concatenate(parts) for parts in twice]

    def _patterns(
        self, draft: Draft, rows: Longs, twice: list[Array]
    ) -> Iterator[tuple[frozenset[str], frozenset[str], Longs]]:
        """The families with facts met twice, by the facts they need and those met twice."""
        at = np.flatnonzero(_some(twice))
        if not len(at):
            return
        words = np.stack([*(word[rows[at]] for word in draft.needs), *(word[at] for word in twice)], axis=1)
        different, which = np.unique(words, axis=0, return_inverse=True)
        half = len(draft.needs)
        for index, masks in enumerate(different):
            yield self.known.names(masks[:half]), self.known.names(masks[half:]), rows[at[which.reshape(-1) == index]]

    def try_cells(self, draft: Draft, needed: frozenset[str], doubled: frozenset[str], rows: Longs) -> None:
        """Settles families that need the same facts, by trying the cells of those or of the ones met twice."""
        names = self.known.tried(needed, doubled)
        if not names:
            draft.at_most[rows] = True
            return
        tried = self._tried(names, rows)
        status = np.stack([one.status for one in tried])
        same = (status == status[0]).all(axis=0) & (status[0] != UNDETERMINED)
        self._same(draft, rows, same, tried)
        self._different(draft, rows, ~same, tried, names, len(names) == len(needed))

    def _tried(self, names: list[str], rows: Longs) -> list[Tried]:
        """Each combination of cells for the families, many combinations at once where that makes a block."""
        combinations = list(product(*(range(len(self.cells[name])) for name in names)))
        together = max(1, self.block // len(rows))
        found: list[Tried] = []
        for low in range(0, len(combinations), together):
            some = np.array(combinations[low : low + together])
            given = {name: Given(self.cells[name], np.repeat(some[:, i], len(rows))) for i, name in enumerate(names)}
            whole = self._decide(self.source.chosen(np.tile(rows, len(some)), given))
            found += [whole.part(slice(i * len(rows), (i + 1) * len(rows))) for i in range(len(some))]
        return found

    def _decide(self, block: Block) -> Tried:
        o = self.outcome
        found = self.decided.on(self.source)(block)
        return Tried(
            found[o.status],
            [found[n] for n in o.failed],
            [found[n] for n in self.verdict.masks],
            found[self.verdict.at_most],
        )

    def _same(self, draft: Draft, rows: Longs, same: Bools, tried: list[Tried]) -> None:
        """Whatever the facts turn out to be, the verdict is one."""
        settled = rows[same]
        status = tried[0].status[same]
        draft.status[settled] = status
        draft.one_of[settled] = status == INELIGIBLE
        draft.at_most[settled] = False
        for word in (*draft.unknown, *draft.needs):
            word[settled] = 0
        for place, word in enumerate(draft.failed):
            word[settled] = np.bitwise_or.reduce([one.failed[place][same] for one in tried])
        self._pay(draft, settled[status == ELIGIBLE])

    def _pay(self, draft: Draft, settled: Longs) -> None:
        """The amounts of the newly eligible; the facts tried stay unknown in them."""
        if not len(settled):
            return
        for place, (benefit, paid) in enumerate(zip(self.ruleset.benefits, draft.benefits, strict=True)):
            low, high, limitless = paid.low[settled], paid.high[settled], paid.unbounded[settled]
            unknown = limitless | (low != high)
            part = split(Paid(np.where(unknown, 0, low), unknown, low, high, limitless), benefit)
            draft.benefits[place] = replaced(paid, settled, part)
        draft.total = total(draft.benefits, len(draft.status))

    def _different(
        self,
        draft: Draft,
        rows: Longs,
        different: Bools,
        tried: list[Tried],
        names: list[str],
        all_of_them: bool,
    ) -> None:
        """The verdict still depends on something: keep the facts whose cells differ, and what each cell still needs."""
        at = np.flatnonzero(different)
        if not len(at):
            return
        status = np.stack([one.status[at] for one in tried])
        shape = [len(self.cells[name]) for name in names]
        grid = status.reshape(*shape, len(at))
        keep = [0] * len(draft.needs)
        needs = [np.zeros(len(at), np.int64) for _ in keep]
        at_most = np.full(len(at), not all_of_them)
        for one in tried:
            undetermined = one.status[at] == UNDETERMINED
            at_most |= undetermined & one.at_most[at]
            for place in range(len(needs)):
                needs[place] |= np.where(undetermined, one.needs[place][at], 0)
        for axis, name in enumerate(names):
            differ = grid.max(axis=axis) != grid.min(axis=axis)
            if not all_of_them:
                differ |= (grid == UNDETERMINED).sum(axis=axis) >= 2
            matters = differ.reshape(-1, len(at)).any(axis=0)
            for place, bit in enumerate(self.known.bits([name])):
                needs[place] |= np.where(matters, bit, 0)
        for word, found in zip(draft.needs, needs, strict=True):
            word[rows[at]] = found
        draft.at_most[rows[at]] = at_most


def _some(words: Sequence[Array]) -> Bools:
    """Where any bit is set."""
    found: Bools = np.logical_or.reduce([word != 0 for word in words])
    return found


def replaced(whole: Paid, rows: Longs, part: Paid) -> Paid:
    """`whole` with some families' amounts replaced."""

    def put(old: Array, new: Array) -> Array:
        changed = np.array(old)
        changed[rows] = new
        return changed

    return Paid(
        put(whole.amount, part.amount),
        put(whole.open, part.open),
        put(whole.low, part.low),
        put(whole.high, part.high),
        put(whole.unbounded, part.unbounded),
        tuple(put(old, new) for old, new in zip(whole.shares, part.shares, strict=True)),
    )

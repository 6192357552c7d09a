"""From the plan to jobs: what is worked out for each block, in which order, and what several nodes share.

A pass changes how an answer is found, never which one: the reference evaluator is held against what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ejps_core.engine.kernels import needed
from ejps_core.engine.passes.jobs import Job, ordered, run
from ejps_core.engine.passes.tables import tabled
from ejps_core.engine.plan import Node, Op, Rows
from ejps_core.engine.source import Array, Block, Source

KEPT = 32
"""Jobs for so many looks of a list are kept."""
READ = frozenset((Op.COLUMN, Op.KNOWN, Op.LOOKUP))
Run = Callable[[Block], dict[int, Array]]
"""From a block to the values of a task's outputs."""


class Task:
    """Some nodes of a plan, to be worked out for lists: the jobs are settled once for all lists that look alike.

    Several threads may ask at once. tables: whether members are summed by tables; for a few families that is not worth it.
    """

    def __init__(self, nodes: Sequence[Node], outputs: Sequence[int], tables: bool = True) -> None:
        self.tables = tables
        self.nodes, self.outputs = tuple(nodes), tuple(dict.fromkeys(outputs))
        read = (self.nodes[number] for number in needed(self.nodes, self.outputs))
        names = (n.data[0] if isinstance(n.data, tuple) else n.data for n in read if n.op in READ and n.rows is Rows.MEMBER)
        self._facts = tuple(sorted({str(name) for name in names}))
        self._jobs: dict[tuple[object, ...], tuple[Job, ...]] = {}

    def on(self, source: Source, whole: bool = False) -> Run:
        """What works the outputs out for a block of this list. whole: the blocks will be all of it, one after the other."""
        loose = whole and source.owners is not None
        looks = (loose, *source.looks(self._facts)) if self.tables else ()
        jobs = self._jobs.get(looks)
        if jobs is None:
            if len(self._jobs) >= KEPT:
                self._jobs.clear()
            instead = tabled(self.nodes, self.outputs, source, loose) if self.tables else {}
            jobs = self._jobs[looks] = ordered(self.nodes, self.outputs, instead)
        return partial(run, jobs, self.nodes, self.outputs)


__all__ = ["Run", "Task"]

"""From the plan to jobs: what is worked out for each block, in which order, and what several nodes share.

A pass changes how an answer is found, never which one: the reference evaluator is held against what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.engine.passes.jobs import Job, ordered, run
from ejps_core.engine.passes.tables import tabled
from ejps_core.engine.plan import Node
from ejps_core.engine.source import Source

__all__ = ["Job", "jobs_of", "run"]


def jobs_of(nodes: Sequence[Node], outputs: Sequence[int], source: Source) -> tuple[Job, ...]:
    """The jobs that work the outputs out for any block of the source."""
    return ordered(nodes, outputs, tabled(nodes, outputs, source))

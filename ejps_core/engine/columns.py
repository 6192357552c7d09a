"""The columns evaluator: all programs of a run in one scan over blocks of families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from ejps_core.engine.kernels import constant
from ejps_core.engine.lower import Lowering, Shape
from ejps_core.engine.outcome import Areas, Outcome
from ejps_core.engine.pairs import Range
from ejps_core.engine.passes import Run, Task
from ejps_core.engine.plan import Node, Op, Plan, Rows
from ejps_core.engine.source import Array, Block, Source
from ejps_core.model.asof import AsOf
from ejps_core.model.decisions import ELIGIBLE, Bools, Longs, Paid
from ejps_core.model.kinds import Level
from ejps_core.model.money import WHOLE
from ejps_core.model.ruleset import Benefit, Ruleset

BLOCK = 65_536
"""Families in a block: their columns stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """The values of plan nodes for all families."""

    nodes: Sequence[Node]
    values: dict[int, Array]

    def __getitem__(self, number: int) -> Array:
        return self.values[number]

    def never(self, number: int) -> bool:
        """Whether a yes/no node is the constant no."""
        return self.nodes[number] == Node(Op.CONST, (), (bool, False), Rows.ONE)


def shape_of(source: Source, rulesets: Sequence[Ruleset]) -> Shape:
    """Which facts of these rule sets no row lacks, which all lack."""
    whole, absent = set(), set()
    for ruleset in rulesets:
        for field in (*ruleset.family_fields, *ruleset.member_fields):
            rows = Rows.FAMILY if field.level is Level.FAMILY else Rows.MEMBER
            table = source.candidates.families if rows is Rows.FAMILY else source.candidates.members
            if field.name not in table.column_names:
                absent.add((rows, field.name))
            elif table.column(field.name).null_count == 0:
                whole.add((rows, field.name))
    filled = bool(source.families == 0 or source.sizes.min() > 0)
    return Shape(frozenset(whole), frozenset(absent), filled)


def scan(source: Source, task: Task, threads: int = 1, block: int = BLOCK) -> Scanned:
    """Works a task's outputs out for all families, block by block."""
    return _scan(task.on(source, whole=True), task, source.block, source.families, threads, block)


def scan_some(source: Source, task: Task, rows: Longs, threads: int = 1, block: int = BLOCK) -> Scanned:
    """The same for some families alone."""
    return _scan(task.on(source), task, lambda low, high: source.chosen(rows[low:high]), len(rows), threads, block)


def _scan(run: Run, task: Task, part: Callable[[int, int], Block], rows: int, threads: int, block: int) -> Scanned:
    nodes = task.nodes
    values = {n: np.broadcast_to(constant(nodes[n]), (rows,)) for n in task.outputs if nodes[n].op is Op.CONST}

    def work(low: int) -> None:
        for number, found in run(part(low, min(rows, low + block))).items():
            if nodes[number].op is Op.CONST:
                continue
            if low == 0:
                values[number] = np.empty(rows, found.dtype)
            values[number][low : low + block] = found

    work(0)  # the first block also reads each column once and says how wide the answers are
    each(work, range(block, rows, block), threads)
    return Scanned(nodes, values)


def each(work: Callable[[int], None], lows: range, threads: int) -> None:
    """Does the work of each block, several at once; NumPy lets other threads run meanwhile."""
    if threads > 1 and len(lows) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, lows))
    else:
        for low in lows:
            work(low)


def outcomes(
    rulesets: Sequence[Ruleset], as_of: AsOf, shape: Shape, areas: Sequence[Areas] = ()
) -> tuple[Plan, list[Outcome]]:
    """All programs in one plan: what they share is worked out once."""
    plan = Plan()
    numbers = areas or [Areas() for _ in rulesets]
    pairs = zip(rulesets, numbers, strict=True)
    return plan, [Outcome(Lowering(plan, ruleset, as_of, shape), areas) for ruleset, areas in pairs]


def wanted(outcome: Outcome) -> list[int]:
    """The nodes that every family's decision needs."""
    paid = [end for part in outcome.instalments for end in (part.low, part.high, part.open_low, part.open_high)]
    return [outcome.status, *outcome.failed, *outcome.unknown, outcome.phase, *paid]


def ranked(outcome: Outcome) -> list[int]:
    """The nodes that the place of a family in the selection needs."""
    choose = outcome.ruleset.choose
    nodes = [*outcome.area()]
    for limit in (choose.quota, choose.budget) if choose else ():
        nodes += outcome.limit(limit) or ()
    for key in outcome.ranking():
        nodes += [*key.value, *key.best, key.limitless, key.lacking]
    return list(dict.fromkeys(nodes))


def paid(scanned: Scanned, benefit: Benefit, instalment: Range, eligible: Bools) -> Paid:
    """A benefit's amounts for all families."""
    plain = instalment.low == instalment.high and scanned.never(instalment.open_high)
    low = _times(scanned[instalment.low], benefit.instalments)
    if plain:
        nothing = np.zeros(len(eligible), np.bool_)
        amount = np.multiply(low, eligible, dtype=np.int64)
        return split(Paid(amount, nothing, low, low, nothing), benefit)
    high = _times(scanned[instalment.high], benefit.instalments)
    limitless = scanned[instalment.open_high]
    unknown = limitless | scanned[instalment.open_low] | (low != high)
    amount = np.where(eligible & ~unknown, low, 0)
    return split(Paid(amount, eligible & unknown, low, high, limitless), benefit)


def _times(values: Longs, instalments: int) -> Longs:
    return values if instalments == 1 else np.multiply(values, instalments, dtype=np.int64)


def split(whole: Paid, benefit: Benefit) -> Paid:
    """The same with each instalment's shares by largest remainder, ties to the first named."""
    parts = [share.part for share in benefit.shares]
    if not parts:
        return whole
    instalment = whole.amount // benefit.instalments
    thousands, rest = np.divmod(instalment, WHOLE)
    floors = [thousands * part + rest * part // WHOLE for part in parts]
    over = [rest * part % WHOLE for part in parts]
    left = instalment - sum(floors)
    shares: list[Longs] = []
    for i, mine in enumerate(over):
        earlier = sum((other > mine) | ((other == mine) & (j < i)) for j, other in enumerate(over))
        shares.append((floors[i] + (earlier < left)) * benefit.instalments)
    return replace(whole, shares=tuple(shares))


def total(parts: Sequence[Paid], count: int) -> Paid:
    """The sum of the benefits: open where one is."""
    if len(parts) == 1:
        return replace(parts[0], shares=())
    zero, no = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    whole = Paid(zero, no, zero, zero, no)
    for part in parts:
        opened = whole.open | part.open
        whole = Paid(
            np.where(opened, 0, whole.amount + part.amount),
            opened,
            whole.low + part.low,
            whole.high + part.high,
            whole.unbounded | part.unbounded,
        )
    return whole


def eligible_of(status: Array) -> Bools:
    """Where the family is eligible."""
    return np.equal(status, ELIGIBLE)

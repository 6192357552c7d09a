"""Which nodes get a column of their own, and in which table of the statement it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ejps_core.engine.kernels import needed
from ejps_core.engine.plan import Op, Plan, Rows
from ejps_core.engine.sql.labels import LEAVES, Labels

AGGREGATES = (Op.ANY, Op.SUM, Op.LEAST, Op.MOST, Op.TOP, Op.SIZE)
OFTEN_WRITTEN = {Op.AGE: 5, Op.DIVIDE: 3, Op.CAPPED: 2}
"""Operators whose SQL names an argument several times."""

SHORT = (Op.BELOW, Op.AT_MOST, Op.EQUAL, Op.LOOKUP)

At = tuple[int, int]
"""How often members have been gone through before (the stage), and the step within the stage; 0: where it is joined."""


@dataclass(slots=True)
class Layout:
    """The columns of each table, by stage and step; spread: of families, joined to the members of a stage."""

    families: dict[At, list[int]] = field(default_factory=dict)
    members: dict[At, list[int]] = field(default_factory=dict)
    totals: dict[int, list[int]] = field(default_factory=dict)
    spread: dict[int, list[int]] = field(default_factory=dict)

    @property
    def stages(self) -> int:
        """The last stage."""
        return max((stage for stage, _ in (*self.families, *self.members)), default=0)


def lay_out(plan: Plan, outputs: Sequence[int], labels: Labels) -> Layout:
    """What is used more than once, named by the rules or made by a table of its own, in an order in which it can be made."""
    work = needed(plan.nodes, outputs)
    columns = _columns(plan, work, outputs, labels)
    layout, at = Layout(), dict[int, At]()
    for number in work:
        node = plan.nodes[number]
        stage, step = max((at[arg] for arg in node.args), default=(0, 0))
        if node.op in AGGREGATES:
            at[number] = (stage + 1, 0)
            layout.totals.setdefault(stage + 1, []).append(number)
            layout.families.setdefault((stage + 1, 0), []).append(number)
        elif node.op is Op.SPREAD:
            at[number] = (stage, 0)
            layout.spread.setdefault(stage, []).append(number)
            layout.members.setdefault((stage, 0), []).append(number)
        elif number in columns:
            at[number] = (stage, step + 1)
            table = layout.members if node.rows is Rows.MEMBER else layout.families
            table.setdefault((stage, step + 1), []).append(number)
        else:
            at[number] = (stage, step)
    return layout


def _columns(plan: Plan, work: Sequence[int], outputs: Sequence[int], labels: Labels) -> set[int]:
    """The nodes with a column: others are written where they are used."""
    times = dict.fromkeys(work, 0)
    for number in outputs:
        times[number] += 1
    spread = {plan.nodes[n].args[0] for n in work if plan.nodes[n].op is Op.SPREAD} - _made_by_tables(plan, work)
    columns = set()
    for number in reversed(work):
        node = plan.nodes[number]
        if number in spread and node.op is not Op.COLUMN:
            columns.add(number)
        elif node.op not in LEAVES and node.rows is not Rows.ONE and node.op not in (*AGGREGATES, Op.SPREAD):
            shared = times[number] > 1 and not _short(plan, number)
            if shared or labels.of(number) is not None or _windowed(plan, number):
                columns.add(number)
        own = number in columns or node.op in (*AGGREGATES, Op.SPREAD)
        for arg in node.args:
            times[arg] += (1 if own else times[number]) * OFTEN_WRITTEN.get(node.op, 1)
    return columns


def _short(plan: Plan, number: int) -> bool:
    """Whether a yes/no is as plain in place as a name would be: a fact compared, or two of them joined."""
    node = plan.nodes[number]
    if node.op is Op.NOT:
        return True
    return node.op in SHORT and all(plan.nodes[arg].op in (*LEAVES, *AGGREGATES, Op.MASK) for arg in node.args)


def _made_by_tables(plan: Plan, work: Sequence[int]) -> set[int]:
    """Aggregates and spread values: columns in any case."""
    return {n for n in work if plan.nodes[n].op in (*AGGREGATES, Op.SPREAD)}


def _windowed(plan: Plan, number: int) -> bool:
    """Whether it is worked out over all rows, which an expression inside another can't be."""
    node = plan.nodes[number]
    return node.op is Op.CAPPED or (node.op is Op.ORDER and node.rows is Rows.MEMBER)

"""Jobs: nodes bound to their operators, in an order of work, each value let go after its last use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ejps_core.engine.kernels import KERNELS, constant, full
from ejps_core.engine.plan import Node, Op
from ejps_core.engine.source import Array, Block

Work = Callable[[Block, Sequence[Array]], Array]


@dataclass(frozen=True, slots=True)
class Step:
    """How one value is worked out, from those of other numbers; numbers beyond the plan's are the passes' own."""

    args: tuple[int, ...]
    work: Work


@dataclass(frozen=True, slots=True)
class Job:
    """A step in its place. done: the values that nothing after it asks for."""

    number: int
    args: tuple[int, ...]
    work: Work
    done: tuple[int, ...]


def plain(node: Node) -> Step:
    """A node as the plan says it."""
    if node.op is Op.CONST:
        value = constant(node)
        return Step((), lambda block, args: value)
    kernel = KERNELS[node.op]
    return Step(node.args, lambda block, args: kernel(block, node, args))


def ordered(nodes: Sequence[Node], outputs: Iterable[int], instead: Mapping[int, Step]) -> tuple[Job, ...]:
    """The steps that the outputs rest on, arguments first; `instead` says of some numbers how else they are found."""
    steps: dict[int, Step] = {}
    order: list[int] = []
    stack = [(number, False) for number in reversed(list(outputs))]
    while stack:
        number, ready = stack.pop()
        if ready:
            order.append(number)
        elif number not in steps:
            steps[number] = instead[number] if number in instead else plain(nodes[number])
            stack.append((number, True))
            stack += [(arg, False) for arg in reversed(steps[number].args) if arg not in steps]
    return _freed(order, steps, set(outputs))


def _freed(order: list[int], steps: Mapping[int, Step], kept: set[int]) -> tuple[Job, ...]:
    last = {arg: number for number in order for arg in steps[number].args}
    done: dict[int, list[int]] = {}
    for arg, number in last.items():
        if arg not in kept:
            done.setdefault(number, []).append(arg)
    return tuple(Job(n, steps[n].args, steps[n].work, tuple(done.get(n, ()))) for n in order)


def run(jobs: Sequence[Job], nodes: Sequence[Node], outputs: Iterable[int], block: Block) -> dict[int, Array]:
    """The values of the outputs over a block, each of the length of its rows."""
    values: dict[int, Array] = {}
    for job in jobs:
        values[job.number] = job.work(block, [values[arg] for arg in job.args])
        for number in job.done:
            del values[number]
    return {number: full(values[number], nodes[number], block) for number in outputs}

"""Faults planted into the engine on purpose, each named: the comparison with the reference must find every one.

A fault replaces one function of the engine. It counts how often it made a difference to what that function gave, so that a
fault which no longer applies is told from one that was not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np

from ejps_core.engine import (
    allocation,
    columns,
    fact_cells,
    kernels,
    lower,
    lower_members,
    needs,
    open_cases,
    outcome,
    pairs,
    places,
    plan,
)
from ejps_core.engine.pairs import Labels, Range, Truth
from ejps_core.engine.passes import counters, gathering, tables
from ejps_core.model import asof
from ejps_core.model.decisions import PROVISIONAL, SEAT
from ejps_core.model.types import YesNo
from tests.conformance import compare

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault: `owner.name` is wrapped; `make` gets the true function and gives the faulty one."""

    title: str
    owner: Any
    name: str
    make: Callable[[Function], Function]

    @contextmanager
    def planted(self) -> Iterator[None]:
        """The engine with this fault in it."""
        true = getattr(self.owner, self.name)
        with patch.object(self.owner, self.name, self.make(true)):
            yield

    @contextmanager
    def planted_kernel(self) -> Iterator[None]:
        """The same for a function that stands in the table of operators."""
        true = getattr(self.owner, self.name)
        faulty = self.make(true)
        table = {op: faulty if function is true else function for op, function in kernels.KERNELS.items()}
        assert table != kernels.KERNELS, f"{self.title} no longer applies"
        with patch.dict(kernels.KERNELS, table):
            yield


def _changed(change: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """A fault that changes what a function gives."""
    return lambda true: lambda *args, **named: change(true(*args, **named))


def _instead(function: Function) -> Callable[[Function], Function]:
    """A fault that does something else."""
    return lambda true: lambda *args, **named: function(true, *args, **named)


def _field_no_for_unknown(true: Function, self: Any, item: Any) -> Any:
    value = true(self, item)
    return Truth(value.low, value.low) if isinstance(item.type, YesNo) else value


def _field_zero_for_unknown(true: Function, self: Any, item: Any) -> Any:
    value = true(self, item)
    return self.pairs.exact(value.low) if isinstance(value, Range) else value


def _first_for_last(true: Function, self: Any, item: Any) -> Any:
    turned = type(item)(branches=item.branches[::-1], otherwise=item.otherwise, type=item.type, span=item.span)
    value = true(self, turned)
    self.rests[id(item)] = self.rests[id(turned)]
    return value


def _limited(value: Range, no: int) -> Range:
    return Range(value.low, value.high, value.open_low, no)


def _at_its_high(value: Range) -> Range:
    return Range(value.high, value.high, value.open_low, value.open_high)


def _no_key(true: Function, self: Any, item: Any) -> Any:
    return true(self, type(item)(**{n: getattr(item, n) for n in _names(item)} | {"key": None}))


def _names(item: Any) -> list[str]:
    return [name for kind in type(item).__mro__ for name in getattr(kind, "__slots__", ())]


def _lost_remainder(true: Function, whole: Any, benefit: Any) -> Any:
    done = true(whole, benefit)
    parts = [share.part for share in benefit.shares]
    floors = tuple(whole.amount // benefit.instalments * part // 10_000 * benefit.instalments for part in parts)
    return type(done)(done.amount, done.open, done.low, done.high, done.unbounded, floors)


def _firm(selection: Any) -> Any:
    seat = np.where(selection.seat == PROVISIONAL, SEAT, selection.seat)
    return type(selection)(selection.rank, seat, selection.reserve)


def _quota_off(true: Function, contest: Any, order: Any, rank: Any, starts: Any) -> Any:
    return true(contest, order, rank + 1, starts)


def _unknown_first(true: Function, contest: Any, rows: Any) -> Any:
    given = true(contest, rows)
    return [np.where(column == allocation.AFTER_ALL, allocation.BEFORE_ALL, column) for column in given]


def _unpublished(true: Function, parameter: Any, as_of: Any) -> Any:
    return true(parameter, asof.AsOf(as_of.on, 10**6))


def _truncated(_true: Function, block: Any, node: Any, args: Any) -> Any:
    top, bottom = args
    fine = np.greater(bottom, 0)
    return np.where(fine, (np.sign(top) * (np.abs(top) // np.where(fine, bottom, 1))), 0)


def _wrap_labels(true: Function, self: Any, guard: Any, value: Any, rest: Any) -> Any:
    given = true(self, guard, value, rest)
    return Labels(given.names, value.possible, given.sure, given.lacking)


FAULTS = (
    Fault("born on 29 February: the other rule", plan, "latest_birth", _instead(
        lambda true, years, on, rule: true(years, on, next(r for r in type(rule) if r is not rule)))),
    Fault("a birthday counts a day late", plan, "latest_birth", _changed(lambda day: day - 1)),
    Fault("unknown yes/no taken as no", lower.Lowering, "_field", _instead(_field_no_for_unknown)),
    Fault("unknown number taken as 0", lower.Lowering, "_field", _instead(_field_zero_for_unknown)),
    Fault("half to even instead of up", lower.Lowering, "_steps", _instead(
        lambda true, self, how, *ends: true(self, type(how).HALF_EVEN if how.value == "half_up" else how, *ends))),
    Fault("the last branch that fits", lower.Lowering, "_case", _instead(_first_for_last)),
    Fault("at most read as below", pairs.Pairs, "compare", _instead(
        lambda true, self, how, a, b: true(self, type(how).BELOW if how.value == "<=" else how, a, b))),
    Fault("a product's limit forgotten", pairs.Pairs, "multiply", _instead(
        lambda true, self, a, b: _limited(true(self, a, b), self.plan.no))),
    Fault("an unknown guard read as no", pairs.Pairs, "either", _instead(
        lambda true, self, guard, value, rest: true(self, Truth(guard.low, guard.low), value, rest))),
    Fault("an unknown guard keeps its own labels", pairs.Pairs, "either_labels", _instead(_wrap_labels)),
    Fault("an unknown list read as empty", lower_members.MemberLowering, "list_known", _instead(
        lambda _true, self: self.plan.yes)),
    Fault("any: unknown members left out", lower_members.MemberLowering, "_any", _instead(
        lambda true, self, w: true(self, Truth(w.low, w.low)))),
    Fault("count: unknown members counted", lower_members.MemberLowering, "_count", _instead(
        lambda true, self, where: _at_its_high(true(self, where)))),
    Fault("the oldest: ties not broken", lower_members.MemberLowering, "could_be_oldest", _instead(_no_key)),
    Fault("needs: the key of the oldest never asked", lower_members.MemberLowering, "unsettled_ties", _instead(
        lambda _true, self, item: self.plan.no)),
    Fault("one too many of the largest", kernels, "_top", _instead(
        lambda true, block, node, args: true(
            block, plan.Node(node.op, node.args, (node.data[0] + 1, node.data[1]), node.rows), args))),
    Fault("division cut towards zero", kernels, "_divide", _instead(_truncated)),
    Fault("a shifted month spills over", kernels, "_shift", _changed(lambda days: days + 1)),
    Fault("75.1 lies in 75.10", places, "lies_in", _instead(lambda _true, code, area: code.startswith(area[:4]))),
    Fault("the general calendar for all", places, "calendar_of", _instead(
        lambda true, calendars, region: true(tuple(c for c in calendars if not c.areas), region))),
    Fault("values not yet published are used", lower, "row_at", _instead(_unpublished)),
    Fault("a lost share", columns, "split", _instead(_lost_remainder)),
    Fault("instalments forgotten", columns, "paid", _instead(
        lambda true, scanned, benefit, instalment, eligible: true(scanned, _once(benefit), instalment, eligible))),
    Fault("the quota is one short", allocation, "_fits", _instead(_quota_off)),
    Fault("provisional seats told as firm", allocation, "select", _changed(_firm)),
    Fault("unknown keys come first", allocation, "_ranked_keys", _instead(_unknown_first)),
    Fault("ties left as they come", allocation, "_ranked_keys", _changed(lambda keys: keys[:-1] or keys)),
    Fault("highest first read as lowest first", outcome.Outcome, "_key", _instead(
        lambda true, self, key: true(self, _turned(key)))),
    Fault("facts met twice are not looked at", open_cases.OpenCases, "_patterns", _instead(
        lambda _true, self, draft, rows, twice: iter(()))),
    Fault("cells: the last one is not tried", fact_cells.FactCells, "_cells", _changed(
        lambda cells: {name: values[:-1] or values for name, values in cells.items()})),
    Fault("needs: a sum's weights believed", needs.Walk, "at_most", _instead(lambda _true, self: self.plan.no)),
    Fault("a counter a bit too narrow", counters.Counters, "_placed", _changed(
        lambda part: replace(part, bits=max(1, part.bits - 1)))),
    Fault("combinations of a table fall together", tables.Table, "_digits", _instead(
        lambda true, self: [(leaf, 1) for leaf, _ in true(self)])),
    Fault("a member's combination read as yes", tables, "packed", _changed(lambda table: table | 1)),
    Fault("members in no order add to another family", gathering, "_totals", _changed(
        lambda totals: tuple(np.roll(total, 1) for total in totals))),
    Fault("parts of a list: ranked the wrong way round", compare, "merged", _instead(
        lambda true, contests: replace(true(contests), rows=true(contests).rows[::-1]))),
    Fault("needs: only the first operand", needs, "operands", _changed(lambda items: items[:1])),
)  # fmt: skip
"""Kernels are replaced in the table of operators, everything else where it stands."""

LATE = {"select": "ejps_core.engine.decide", "split": "ejps_core.engine.open_cases", "paid": "ejps_core.engine.decide"}
"""Functions that another module imported by name."""


def _once(benefit: Any) -> Any:
    return replace(benefit, instalments=1)


def _turned(key: Any) -> Any:
    from ejps_core.model.ruleset import Direction

    return replace(key, direction=Direction.LOWEST) if key.direction is Direction.HIGHEST else key

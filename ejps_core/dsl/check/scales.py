"""Scales: by slices, each part of the argument at its own rate; by brackets, the value of the last edge reached."""

from __future__ import annotations

from itertools import pairwise

from ejps_core.dsl import syntax
from ejps_core.dsl.check.arithmetic import ROUND_FIRST
from ejps_core.dsl.check.columns import wrong_cell
from ejps_core.dsl.check.facts import free
from ejps_core.dsl.check.fitting import of_all
from ejps_core.dsl.check.grids import Ladder, Step
from ejps_core.dsl.check.sizes import aligned, comparable, proved, same_money
from ejps_core.dsl.check.types import declared
from ejps_core.dsl.check.versions import plain_value, versioned
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At, World
from ejps_core.model.expr import Add, Case, Compare, Dated, Expr, Least, Literal, Most, Multiply, Subtract
from ejps_core.model.kinds import Comparison, Level
from ejps_core.model.types import Code, Date, Number, Quotient, Region, Type, YesNo
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words


def read_scale(world: World, node: syntax.Scale) -> None:
    """Declares a scale; nothing is declared of a wrong one."""
    kind, of = declared(world, node.type), declared(world, node.of)
    if not free(world, node.name):
        return
    slices = node.how.type == "SLICES"
    ladder = None
    if kind is not None and of is not None and _kinds(world, node, kind, of, slices=slices):
        assert isinstance(of, Number)
        versions = [_steps(world, version, kind, of) for version in node.versions]
        dates = [(version.since, version.published, version.source) for version in node.versions]
        dated = versioned(world, node.name, node.title, dates)
        good = tuple(version for version in versions if version is not None)
        if dated and len(good) == len(versions):
            ladder = Ladder(node.name.text, kind, of, slices, good, world.span(node.name))
    if ladder is None:
        world.lost.add(node.name.text)
    else:
        world.scales[ladder.name] = ladder


def _kinds(world: World, node: syntax.Scale, kind: Type, of: Type, *, slices: bool) -> bool:
    if not isinstance(of, Number):
        there = type_words(of)
        words = Words(
            f"tarif berlaku atas angka atau uang, bukan {there.id}", f"a scale is of numbers or money, not {there.en}"
        )
        world.findings.error("scale-type", node.of.span, words)
        return False
    plain = isinstance(kind, Number) and kind.per is None
    if slices and not plain:
        words = Words(
            "tarif per lapisan adalah angka atau persen, dikalikan dengan bagian di lapisannya",
            "a scale by slices has numbers or percentages, by which the part inside is multiplied",
        )
        example = "`desimal 0,00..1,00`", "`decimal 0.00..1.00`"
        mend = Words(f"tulis misalnya {example[0]}", f"write for example {example[1]}")
        world.findings.error("scale-type", node.type.span, words, mend=mend)
        return False
    if not slices and (isinstance(kind, Region | Code) or (isinstance(kind, Date) and kind.birth)):
        there = type_words(kind)
        words = Words(f"isi tarif tidak dapat berupa {there.id}", f"the values of a scale can't be {there.en}")
        world.findings.error("scale-type", node.type.span, words)
        return False
    return True


def _steps(world: World, version: syntax.ScaleVersion, kind: Type, of: Number) -> tuple[Step, ...] | None:
    steps = [_step(world, row, kind, of) for row in version.rows]
    good = [step for step in steps if step is not None]
    if len(good) < len(steps):
        return None
    for one, two in pairwise(good):
        if (int(two.edge.value), two.above) <= (int(one.edge.value), one.above):
            words = Words("batas-batas tidak menaik", "the edges do not rise")
            why = (one.edge.span, Words("batas sebelumnya", "the edge before"))
            world.findings.error("edges-order", two.edge.span, words, why=why)
            return None
    return tuple(good)


def _step(world: World, row: syntax.GridRow, kind: Type, of: Number) -> Step | None:
    at = At(world, Level.FAMILY)
    if len(row.cells) != 2:
        at.error(
            "row-width", row, "baris tarif punya dua sel: batas dan nilai", "a row of a scale has two cells: edge and value"
        )
        return None
    edge, value = row.cells
    if not (isinstance(edge, syntax.BoundCell) and edge.how.type in ("FROM_EDGE", "OVER_EDGE")):
        wrong_cell(at, edge, Words("batas: `mulai …` atau `di atas …`", "an edge: `from …` or `above …`"))
        return None
    if not (isinstance(value, syntax.ListCell) and len(value.items) == 1):
        wrong_cell(at, value, Words("satu nilai", "one value"))
        return None
    start, worth = plain_value(world, edge.value, of), plain_value(world, value.items[0], kind)
    return None if start is None or worth is None else Step(start, edge.how.type == "OVER_EDGE", worth)


def climbed(at: At, node: syntax.Call, ladder: Ladder) -> Expr | None:
    """A scale of an argument."""
    if len(node.arguments) != 1:
        at.error("arguments", node, f"`{ladder.name}` punya satu argumen", f"`{ladder.name}` has one argument")
        return None
    item = at.read(node.arguments[0])
    if item is None:
        return None
    if not isinstance(item.type, Number | Quotient):
        there, need = type_words(item.type), type_words(ladder.of)
        at.error(
            "type-number",
            node.arguments[0],
            f"di sini harus ada {need.id}, bukan {there.id}",
            f"here must be {need.en}, not {there.en}",
        )
        return None
    if not same_money(at, node.arguments[0], item.type, ladder.of):
        return None
    versions = []
    for steps in ladder.versions:
        made = _sliced(at, node, item, steps) if ladder.slices else _bracket(at, node, item, ladder, steps)
        if made is None:
            return None
        versions.append(made)
    return Dated(type=of_all(versions[0].type, versions), span=node.span, name=ladder.name, versions=tuple(versions))


def _bracket(at: At, node: syntax.Call, item: Expr, ladder: Ladder, steps: tuple[Step, ...]) -> Expr | None:
    if not _reached(at, node, item, ladder, steps[0]):
        return None
    assert isinstance(item.type, Number | Quotient)
    branches: list[tuple[Expr, Expr]] = []
    for step in reversed(steps[1:]):
        assert isinstance(step.edge.type, Number)
        if not comparable(at, node.arguments[0], item.type, step.edge.type):
            return None
        how = Comparison.ABOVE if step.above else Comparison.AT_LEAST
        test = Compare(type=YesNo(), span=step.edge.span, how=how, left=item, right=step.edge)
        branches.append((test, step.value))
    if not branches:
        return steps[0].value
    kind = of_all(ladder.kind, [step.value for step in steps])
    return Case(type=kind, span=node.span, branches=tuple(branches), otherwise=steps[0].value)


def _reached(at: At, node: syntax.Call, item: Expr, ladder: Ladder, first: Step) -> bool:
    """Whether whatever the argument may be reaches the first edge; else says so."""
    kind, edge = item.type, first.edge
    assert isinstance(kind, Number | Quotient) and isinstance(edge.type, Number)
    if isinstance(kind, Quotient):
        low, scale = (0, 0) if kind.numerator.low >= 0 else (-(10**30), 0)
    else:
        low, scale = kind.low, kind.scale
    lowest, start = low * int(10**edge.type.scale), int(edge.value) * int(10**scale)
    if start < lowest or (start == lowest and not first.above):
        return True
    shown = value_words(int(edge.value), edge.type, at.world.header.currency)
    words = Words(
        f"nilai ini bisa di bawah batas pertama tarif `{ladder.name}` ({shown.id}), dan di sana tidak ada nilainya",
        f"this may be below the first edge of the scale `{ladder.name}` ({shown.en}), where it has no value",
    )
    mend = Words("mulai dari batas yang lebih rendah", "begin with a lower edge")
    why = (edge.span, Words("batas pertama", "the first edge"))
    at.world.findings.error("below-first-edge", node.arguments[0].span, words, mend=mend, why=why)
    return False


def _sliced(at: At, node: syntax.Call, item: Expr, steps: tuple[Step, ...]) -> Expr | None:
    if not isinstance(item.type, Number):
        at.error(
            "quotient-unrounded", node.arguments[0], "hasil bagi tidak dapat dibagi ke lapisan", "a quotient has no slices",
            ROUND_FIRST,
        )  # fmt: skip
        return None
    total: Expr | None = None
    ends = [*(step.edge for step in steps[1:]), None]
    for step, end in zip(steps, ends, strict=True):
        part = _part(at, node, item, step.edge, end)
        taxed = part and _times(at, node, step.value, part)
        total = taxed if total is None else taxed and _plus(at, node, total, taxed)
        if total is None:
            return None
    return total


def _part(at: At, node: syntax.Call, item: Expr, low: Literal, high: Literal | None) -> Expr | None:
    """How much of the argument lies between two edges."""
    found = _extreme(at, node, item, low, least=False)
    if found is not None and high is not None:
        found = _extreme(at, node, found, high, least=True)
    if found is None:
        return None
    one, two = found.type, low.type
    assert isinstance(one, Number) and isinstance(two, Number)
    scale = max(one.scale, two.scale)
    (a, b), (edge, _) = aligned(one, scale), aligned(two, scale)
    if not proved(at, node, b, a - edge, b - edge):
        return None
    kind = Number(scale, max(0, a - edge), max(0, b - edge), one.per)
    return Subtract(type=kind, span=low.span, left=found, right=low)


def _extreme(at: At, node: syntax.Call, item: Expr, edge: Literal, *, least: bool) -> Expr | None:
    one, two = item.type, edge.type
    assert isinstance(one, Number) and isinstance(two, Number)
    scale = max(one.scale, two.scale)
    (a, b), (c, _) = aligned(one, scale), aligned(two, scale)
    if not proved(at, node, a, b, c):
        return None
    pick, build = (min, Least) if least else (max, Most)
    return build(type=Number(scale, pick(a, c), pick(b, c), one.per), span=edge.span, items=(item, edge))


def _times(at: At, node: syntax.Call, rate: Literal, part: Expr) -> Expr | None:
    one, two = rate.type, part.type
    assert isinstance(one, Number) and isinstance(two, Number)
    ends = [one.low * end for end in (two.low, two.high)]
    if not proved(at, node, *ends):
        return None
    kind = Number(one.scale + two.scale, min(ends), max(ends), two.per)
    return Multiply(type=kind, span=rate.span, left=rate, right=part)


def _plus(at: At, node: syntax.Call, left: Expr, right: Expr) -> Expr | None:
    one, two = left.type, right.type
    assert isinstance(one, Number) and isinstance(two, Number) and one.scale == two.scale
    low, high = one.low + two.low, one.high + two.high
    if not proved(at, node, low, high):
        return None
    return Add(type=Number(one.scale, low, high, one.per), span=node.span, left=left, right=right)

"""What tables and scales have in common: constants in cells, and versions by date, kept as a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ejps_core.dsl import syntax
from ejps_core.dsl.check.types import told
from ejps_core.dsl.check.wording import day_text
from ejps_core.dsl.check.world import World
from ejps_core.dsl.syntax import Token
from ejps_core.model.expr import Literal
from ejps_core.model.ruleset import Parameter, ParameterRow
from ejps_core.model.span import Span
from ejps_core.model.types import Date, Number, Per, Type
from ejps_core.model.words import Words

Version = tuple[Token, Token | None, Token | None]
"""Since, published, source."""


def plain_value(world: World, node: syntax.Expr, kind: Type) -> Literal | None:
    """A constant of a declared type; money without a count is counted as declared."""
    asked = kind
    if isinstance(kind, Number) and kind.per is not None and isinstance(node, syntax.Constant) and node.per is None:
        asked = replace(kind, per=Per.ONCE)
    found = told(world, node, asked)
    if found is None:
        return None
    own = kind
    if isinstance(kind, Number):
        own = Number(kind.scale, int(found.value), int(found.value), kind.per)
    elif isinstance(kind, Date):
        own = Date(int(found.value), int(found.value))
    return Literal(type=own, span=node.span, value=found.value)


def versioned(world: World, name: Token, title: syntax.Words | None, versions: list[Version]) -> bool:
    """Declares the versions as a parameter whose values are their places; False: something is wrong with their dates."""
    before = len(world.findings.items)
    for since, _, source in versions:
        if source is None:
            no_source(world, world.span(since), Words("nilai ini", "this value"))
    days = [since for since, _, _ in versions]
    dates_in_order(world, days)
    from_the_start(world, days, Words(f"`{name.text}`", f"`{name.text}`"))
    if len(world.findings.items) > before:
        return False
    rows = tuple(
        ParameterRow(
            since.value[0],
            (published or since).value[0],
            place,
            world.text(source) or "",
            world.span(since),
        )
        for place, (since, published, source) in enumerate(versions)
    )
    kind = Number(0, 0, len(rows) - 1)
    world.versions[name.text] = Parameter(name.text, world.titled(title, name.text), kind, rows, world.span(name))
    return True


def no_source(world: World, span: Span, what: Words) -> None:
    """Says that a value of the law has no source."""
    words = Words(f"{what.id} tanpa sumber", f"{what.en} has no source")
    mend = Words(
        'tambahkan `sumber "…"`; bila dugaan, mulai dengan "asumsi:"',
        'add `source "…"`; if it is a guess, begin with "assumption:"',
    )
    world.findings.error("source-missing", span, words, mend=mend)


def dates_in_order(world: World, days: Sequence[Token]) -> None:
    """Says where a date is not after the one before it."""
    for before, day in pairwise(days):
        one, two = before.value[0], day.value[0]
        if two > one:
            continue
        words = (
            Words(f"sudah ada nilai sejak {day_text(two)}", f"there is a value since {day_text(two)} already")
            if one == two
            else Words("nilai-nilai tidak menurut urutan tanggalnya", "the values are not in the order of their dates")
        )
        why = (world.span(before), Words("yang sebelumnya", "the one before"))
        world.findings.error("rows-order", world.span(day), words, why=why)


def from_the_start(world: World, days: Sequence[Token], what: Words) -> None:
    """Says so if there is no value yet on the first day in force."""
    first = min(day.value[0] for day in days)
    if not world.header.dated or first <= world.header.first:
        return
    start = day_text(world.header.first)
    words = Words(
        f"pada awal masa berlaku ({start}) {what.id} belum punya nilai",
        f"at the start of the dates in force ({start}) {what.en} has no value yet",
    )
    mend = Words("tambahkan nilai yang berlaku saat itu", "add the value that held then")
    world.findings.error("parameter-late", world.span(days[0]), words, mend=mend)

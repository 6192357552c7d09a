"""`any member where a and b`: after `where` one condition counts, and b would be of the family."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.dsl import syntax
from ejps_core.dsl.check.world import At, World
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.kinds import Level
from ejps_core.model.span import Span
from ejps_core.model.words import Words

QUESTIONS = (
    syntax.AnyMember,
    syntax.EveryMember,
    syntax.AtLeastMembers,
    syntax.CountMembers,
    syntax.SumMembers,
    syntax.ExtremeMember,
    syntax.OfOldest,
)


def where_swallows(at: At, node: syntax.Junction) -> bool:
    """Whether a part after a question to the members can only be meant for its `where`. Says so, with parentheses."""
    if at.level is Level.MEMBER:
        return False
    for position, item in enumerate(node.items):
        condition = _last(item)
        if condition is None:
            continue
        last = position
        while last + 1 < len(node.items) and _of_member(at.world, node.items[last + 1]) and _plain(node, last, at.world):
            last += 1
        if last > position:
            _say(at, condition.span.to(node.items[last].span), node.items[position + 1])
            return True
    return False


def _last(item: syntax.Expr) -> syntax.Expr | None:
    """The condition on the member with which the item ends."""
    if isinstance(item, syntax.Negation):
        return _last(item.item)
    condition = item.condition if isinstance(item, syntax.EveryMember) else getattr(item, "where", None)
    if not isinstance(item, QUESTIONS) or condition is None or isinstance(condition, syntax.Junction):
        return None
    ends = (condition.span.end_line, condition.span.end_column) == (item.span.end_line, item.span.end_column)
    return condition if ends else None


def _plain(node: syntax.Junction, position: int, world: World) -> bool:
    """Whether nothing but `and` (or `or`) stands between two parts: no parenthesis, no new line."""
    one, two = node.items[position].span, node.items[position + 1].span
    word = spellings("_AND" if node.both else "_OR", world.language)[0]
    between = Span(one.path, one.end_line, one.end_column, two.line, two.column)
    return world.said(between).strip() == word


def _of_member(world: World, node: syntax.Expr) -> bool:
    """Whether it reads what only a member has."""
    return any(_only_members(world, part) for part in _asked(node))


def _only_members(world: World, node: syntax.Syntax) -> bool:
    if isinstance(node, syntax.Age):
        return not world.birth_field(Level.FAMILY) and bool(world.birth_field(Level.MEMBER))
    if not isinstance(node, syntax.Name):
        return False
    text = node.token.text
    return text in world.fields[Level.MEMBER] or world.level_of(text) is Level.MEMBER


def _asked(node: object) -> Iterator[syntax.Syntax]:
    """The parts that are read where the expression stands: not those inside a question to the members."""
    if isinstance(node, QUESTIONS):
        return
    if isinstance(node, syntax.Name | syntax.Age):
        yield node
    elif isinstance(node, tuple) and not isinstance(node, syntax.Token):
        for part in node:
            yield from _asked(part)
    elif isinstance(node, syntax.Syntax):
        for name in type(node).__slots__:
            yield from _asked(getattr(node, name))


def _say(at: At, span: Span, astray: syntax.Expr) -> None:
    where, said = spellings("_WHERE", at.world.language)[0], at.world.said(span)
    words = Words(
        f"sesudah `{where}` hanya satu syarat yang berlaku bagi anggota; `{at.world.said(astray.span)}` di luarnya",
        f"after `{where}` one condition only is of the member; `{at.world.said(astray.span)}` is outside",
    )
    mend = Words(f"beri kurung: `({said})`", f"use parentheses: `({said})`")
    at.world.findings.error("where-parentheses", span, words, mend=mend, fix=Fix(span, f"({said})"))

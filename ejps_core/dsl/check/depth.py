"""How deep expressions and definitions go, each definition written out: evaluators call themselves that often."""

from __future__ import annotations

from collections.abc import Iterator

from ejps_core.dsl.check.world import World
from ejps_core.model.expr import DefinitionRef, Expr
from ejps_core.model.span import Span
from ejps_core.model.walk import parts
from ejps_core.model.words import Words

MOST_CHAIN = 100
"""Definitions that read one another, one after the other."""
MOST_DEPTH = 200
"""Operations inside one another, definitions written out."""
Depth = tuple[int, int]
"""(definitions one after the other, operations inside one another)."""


def check_depths(world: World, roots: list[Expr]) -> None:
    """Says which definitions, and which of these expressions, go too deep; what reads such a definition is passed over."""
    known: dict[str, Depth] = {}
    for name, definition in world.definitions.items():  # each after those that it reads
        chain, depth = _depth(definition.value, known)
        known[name] = _admitted(world, definition.span, (chain + 1, depth))
    for root in roots:
        _admitted(world, root.span, _depth(root, known))


def _admitted(world: World, span: Span, found: Depth) -> Depth:
    """The depth, or (0, 0) if it is too much and has been said."""
    if found[0] <= MOST_CHAIN and found[1] <= MOST_DEPTH:
        return found
    if found[0] > MOST_CHAIN:
        words = Words(
            f"lebih dari {MOST_CHAIN} hitungan saling membaca berturut-turut sampai di sini",
            f"more than {MOST_CHAIN} definitions read one another, one after the other, down to here",
        )
    else:
        words = Words(
            f"di sini lebih dari {MOST_DEPTH} langkah bersarang, bersama hitungan yang dibacanya",
            f"more than {MOST_DEPTH} operations stand inside one another here, with the definitions that are read",
        )
    mend = Words(
        "gabungkan langkah-langkahnya, misalnya dengan satu `jika … maka …` atau satu penjumlahan",
        "bring the steps together, for example in one `if … then …` or one sum",
    )
    world.findings.error("definitions-deep", span, words, mend=mend)
    return 0, 0


def _depth(root: Expr, known: dict[str, Depth]) -> Depth:
    """The deepest way down, through the definitions known."""
    chain = deepest = 0
    for node, above in _below(root):
        if isinstance(node, DefinitionRef):
            links, inside = known.get(node.name, (0, 0))
            chain, deepest = max(chain, links), max(deepest, above + inside)
        deepest = max(deepest, above)
    return chain, deepest


def _below(root: Expr) -> Iterator[tuple[Expr, int]]:
    """Every expression in this one with the number of those around it, itself counted."""
    stack = [(root, 1)]
    while stack:
        node, above = stack.pop()
        yield node, above
        stack.extend((part, above + 1) for part in parts(node))

"""Everything that stands inside an expression, and what it says wherever it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import TypeGuard

from ejps_core.model.expr import Expr, Node


def parts(node: Expr) -> Iterator[Expr]:
    """The expressions directly inside this one, in the order of the text."""
    for name in type(node).__slots__:  # its own fields: not its type, not its span
        yield from _inside(getattr(node, name))


def whole(node: Expr) -> Iterator[Expr]:
    """The expression itself and all that stands inside it, outermost first."""
    yield node
    for part in parts(node):
        yield from whole(part)


def sense(value: object, without: Collection[str] = ("span",)) -> object:
    """Equal for frozen values that say the same; fields of these names don't count."""
    if isinstance(value, tuple):
        return tuple(sense(item, without) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return type(value).__name__, *(sense(getattr(value, f.name), without) for f in fields(value) if f.name not in without)


def _is_expression(value: object) -> TypeGuard[Expr]:
    """Every node is one of Expr."""
    return isinstance(value, Node)


def _inside(value: object) -> Iterator[Expr]:
    if _is_expression(value):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)

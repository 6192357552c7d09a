"""The unknown, asked for: is unknown, and what to take instead."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.conditions import alike, constant_or_parameter
from ejps_core.dsl.check.sizes import joined
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Expr, IfUnknown, IsUnknown
from ejps_core.model.types import Choice, Code, Date, Number, Quotient, Region, YesNo


def is_unknown(at: At, node: syntax.IsUnknown) -> Expr | None:
    """item is unknown."""
    item = at.read(node.item)
    return item and IsUnknown(type=YesNo(), span=node.span, item=item)


def if_unknown(at: At, node: syntax.IfUnknown) -> Expr | None:
    """item if unknown default."""
    item = at.read(node.item)
    if item is None:
        return None
    choice = item.type if isinstance(item.type, Choice) else None
    default = constant_or_parameter(at, node.default, choice)
    if default is None:
        return None
    kind = item.type
    if isinstance(kind, Quotient | Region | Code):
        there = type_words(kind)
        at.error(
            "if-unknown-type",
            node.item,
            f"`bila belum diketahui` tidak berlaku untuk {there.id}",
            f"`if unknown` is not for {there.en}",
        )
        return None
    if not alike(at, node, kind, default.type):
        return None
    if isinstance(kind, Number) and isinstance(default.type, Number):
        joint = joined(at, node, [kind, default.type])
        return None if joint is None else IfUnknown(type=joint, span=node.span, item=item, default=default)
    if isinstance(kind, Date) and isinstance(default.type, Date):
        kind = Date(min(kind.low, default.type.low), max(kind.high, default.type.high))
    return IfUnknown(type=kind, span=node.span, item=item, default=default)

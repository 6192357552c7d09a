"""From a finished right-hand side of the grammar to a piece of the syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ejps_core.dsl import syntax
from ejps_core.model.span import Span

Part = Any
"""A token, a piece of the syntax tree, a tuple of such, or None for an optional part that is absent."""

Shape = Callable[..., Part]


def _arithmetic(sign: str) -> Shape:
    return lambda span, left, *rest: syntax.Arithmetic(span, sign, left, rest[-1])


def _by_rule_name() -> dict[str, Shape]:
    """`in_area` builds syntax.InArea: every class of the syntax tree under the name of its rule."""
    found: dict[str, Shape] = {}
    for name, kind in vars(syntax).items():
        if isinstance(kind, type) and issubclass(kind, syntax.Syntax):
            found["".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")] = kind
    return found


SHAPES: dict[str, Shape] = _by_rule_name() | {
    "start": lambda span, statement: statement,
    "both": lambda span, *items: syntax.Junction(span, True, items),
    "either": lambda span, *items: syntax.Junction(span, False, items),
    "all_of": lambda span, items: syntax.Junction(span, True, items),
    "any_of": lambda span, items: syntax.Junction(span, False, items),
    "case": lambda span, *parts: syntax.Case(span, parts[:-1], parts[-1]),
    "among": lambda span, item, *values: syntax.Among(span, item, values),
    "in_area": lambda span, item, *areas: syntax.InArea(span, item, areas),
    "columns": lambda span, *columns: syntax.Columns(span, columns),
    "remove_rule": lambda span, kind, name, because: syntax.Removal(span, kind.type, name, because),
    "remove_pay": lambda span, name, because: syntax.Removal(span, "PAY", name, because),
    "remove_definition": lambda span, name, because: syntax.Removal(span, "LET", name, because),
    "remove_parameter": lambda span, name, because: syntax.Removal(span, "PARAMETER", name, because),
    "remove_table": lambda span, name, because: syntax.Removal(span, "TABLE", name, because),
    "remove_scale": lambda span, name, because: syntax.Removal(span, "SCALE", name, because),
    "remove_choose": lambda span, because: syntax.Removal(span, "CHOOSE", None, because),
    "plus": _arithmetic("+"),
    "minus": _arithmetic("-"),
    "times_sign": _arithmetic("*"),
    "over": _arithmetic("/"),
    "table": lambda span, name, title, kind, *rest: syntax.Table(span, name, title, kind, rest[:-3], *rest[-3:]),
    "definition_by_rows": lambda span, each, name, title, kind, legal, rows: syntax.Definition(
        span, each, name, title, kind, legal, rows, rows.because
    ),
    "grid_row": lambda span, *cells: syntax.GridRow(span, cells),
    "list_cell": lambda span, *items: syntax.ListCell(span, items),
    "age": lambda span: syntax.Age(span, None),
    "age_on": syntax.Age,
    "amount": syntax.Constant,
    "negative": lambda span, minus, token: syntax.Constant(span, token, None, minus),
    "count_all": lambda span: syntax.CountMembers(span, None),
    "count_where": syntax.CountMembers,
    "sum_all": lambda span, value, _: syntax.SumMembers(span, None, value, None),
    "sum_where": lambda span, value, _, where: syntax.SumMembers(span, None, value, where),
    "sum_largest": lambda span, count, _, value, __, where, cap, kind: syntax.SumMembers(
        span, count, value, where, cap, kind
    ),
    "extreme_all": lambda span, which, value, _: syntax.ExtremeMember(span, which, value, None, None),
    "extreme_or": lambda span, which, value, _, none: syntax.ExtremeMember(span, which, value, None, none),
    "extreme_where": lambda span, which, value, _, where, none: syntax.ExtremeMember(span, which, value, where, none),
    "oldest_all": lambda span, value, which: syntax.OfOldest(span, value, which, None, None),
    "oldest_or": lambda span, value, which, none: syntax.OfOldest(span, value, which, None, none),
    "oldest_where": syntax.OfOldest,
    "at_least_members": lambda span, count, _, where: syntax.AtLeastMembers(span, count, where),
}


def shaped(shape: str, span: Span, parts: Sequence[Part]) -> Part:
    """The piece of the tree for a rule or alias; a rule whose name ends in `_list` gives a tuple."""
    if shape.endswith("_list"):
        return tuple(parts)
    return SHAPES[shape](span, *parts)

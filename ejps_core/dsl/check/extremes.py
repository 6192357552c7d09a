"""The smallest and largest of several numbers, caps; money counted by another stretch of time."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.arithmetic import ROUND_FIRST
from ejps_core.dsl.check.members import count_members
from ejps_core.dsl.check.sizes import MONTHS, aligned, proved, same_money
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Divide, Expr, Least, Literal, Most, Multiply
from ejps_core.model.span import Span
from ejps_core.model.types import Number, Per, Quotient
from ejps_core.model.words import Words

PERS = {"MONTHLY": Per.MONTH, "QUARTERLY": Per.QUARTER, "YEARLY": Per.YEAR}


def extreme_of(at: At, node: syntax.ExtremeOf) -> Expr | None:
    """min(a, b, …), max(a, b, …)."""
    found = [at.read(item) for item in node.items]
    if len(node.items) < 2:
        word = node.which.text
        at.error(
            "arguments", node, f"`{word}` memilih dari dua nilai atau lebih", f"`{word}` chooses from two values or more"
        )
        return None
    fine = [_plain(at, part, value) for part, value in zip(node.items, found, strict=True) if value is not None]
    values = [value for value in found if value is not None]
    if len(values) < len(found) or not all(fine):
        return None
    first = values[0].type
    assert isinstance(first, Number)
    for part, value in zip(node.items[1:], values[1:], strict=True):
        assert isinstance(value.type, Number)
        if not same_money(at, part, first, value.type, (node.items[0], part)):
            return None
    return extreme(at, node.span, values, least=node.which.type == "LEAST")


def _plain(at: At, node: syntax.Expr, value: Expr) -> bool:
    if isinstance(value.type, Number):
        return True
    there = type_words(value.type)
    mend = ROUND_FIRST if isinstance(value.type, Quotient) else None
    at.error(
        "type-number",
        node,
        f"di sini harus ada angka atau uang, bukan {there.id}",
        f"here must be a number or money, not {there.en}",
        mend,
    )
    return False


def extreme(at: At, span: Span, values: list[Expr], *, least: bool) -> Expr | None:
    """The smallest or largest of numbers of one kind, in one scale; None if one is too large (that is said)."""
    kinds = [value.type for value in values if isinstance(value.type, Number)]
    scale = max(kind.scale for kind in kinds)
    ends = [aligned(kind, scale) for kind in kinds]
    if not proved(at, span, *(end for pair in ends for end in pair)):
        return None
    pick, build = (min, Least) if least else (max, Most)
    kind = Number(scale, pick(low for low, _ in ends), pick(high for _, high in ends), kinds[0].per)
    return build(type=kind, span=span, items=tuple(values))


def capped(at: At, node: syntax.Cap, amount: Expr, said: syntax.Expr) -> Expr | None:
    """An amount (as `said`), but at most so much for the family, or so much times the number of its members."""
    cap, kind = at.read(node.value), amount.type
    if cap is None or not _plain(at, node.value, cap):
        return None
    assert isinstance(kind, Number) and isinstance(cap.type, Number)
    if not same_money(at, node.value, kind, cap.type, (said, node.value)):
        return None
    if cap.type.low < 0 or cap.type.scale > kind.scale:
        at.error(
            "cap-type",
            node.value,
            "batas bantuan harus uang penuh dan tidak boleh negatif",
            "a cap on a benefit must be whole money and can't be negative",
            Words("bulatkan, atau persempit batas datanya", "round it, or declare narrower bounds"),
        )
        return None
    if node.scope.type == "EACH_MEMBER":
        cap = _for_each(at, node, cap)
    return cap and extreme(at, node.span, [amount, cap], least=True)


def _for_each(at: At, node: syntax.Cap, cap: Expr) -> Expr | None:
    """So much for each member."""
    count, kind = count_members(at, syntax.CountMembers(node.span, None)), cap.type
    if count is None or not isinstance(count.type, Number) or not isinstance(kind, Number):
        return None
    low, high = kind.low * count.type.low, kind.high * count.type.high
    if not proved(at, node, high):
        return None
    return Multiply(type=Number(kind.scale, low, high, kind.per), span=node.span, left=cap, right=count)


def converted(at: At, node: syntax.Converted) -> Expr | None:
    """Money per month, quarter or year as money per another of these, exactly."""
    item = at.read(node.item)
    if item is None:
        return None
    kind, to = item.type, PERS[node.to.type]
    if not isinstance(kind, Number | Quotient) or kind.per not in MONTHS:
        there = type_words(kind)
        at.error(
            "conversion",
            node.item,
            f"`{node.to.text}` mengubah uang per bulan, triwulan, atau tahun, bukan {there.id}",
            f"`{node.to.text}` converts money per month, quarter or year, not {there.en}",
        )
        return None
    if kind.per is to:
        return item
    many, few = MONTHS[to], MONTHS[kind.per]
    return _times(at, node, item, to, many // few) if many > few else _part(at, node, item, to, few // many)


def _literal(number: int, span: Span) -> Literal:
    return Literal(type=Number(0, number, number), span=span, value=number)


def _times(at: At, node: syntax.Converted, item: Expr, to: Per, factor: int) -> Expr | None:
    kind = item.type
    assert isinstance(kind, Number | Quotient)
    top = kind.numerator if isinstance(kind, Quotient) else kind
    if not proved(at, node, top.low * factor, top.high * factor):
        return None
    larger = Number(top.scale, top.low * factor, top.high * factor, to)
    result = Quotient(larger, kind.denominator, to) if isinstance(kind, Quotient) else larger
    return Multiply(type=result, span=node.span, left=item, right=_literal(factor, node.span))


def _part(at: At, node: syntax.Converted, item: Expr, to: Per, divisor: int) -> Expr | None:
    kind = item.type
    if isinstance(kind, Quotient):
        at.error(
            "quotient-unrounded",
            node.item,
            "hasil bagi tidak dapat dibagi lagi sebelum dibulatkan",
            "a quotient can't be divided again before it is rounded",
            ROUND_FIRST,
        )
        return None
    assert isinstance(kind, Number)
    top = Number(kind.scale, kind.low, kind.high, to)
    by = _literal(divisor, node.span)
    return Divide(type=Quotient(top, Number(0, divisor, divisor), to), span=node.span, left=item, right=by)

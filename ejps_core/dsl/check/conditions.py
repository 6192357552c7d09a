"""Conditions: and, or, not, at least N of, comparisons, lists, ranges, areas, unknown."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.blank import compared_with_blank
from ejps_core.dsl.check.limits import remark_if_outside, remark_if_settled
from ejps_core.dsl.check.names import known, value_of
from ejps_core.dsl.check.sizes import comparable, same_money
from ejps_core.dsl.check.swallowed import where_swallows
from ejps_core.dsl.check.types import region_code, told
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.dsl.words import spellings
from ejps_core.model.diagnostic import Fix
from ejps_core.model.expr import And, AtLeast, Between, Compare, Expr, InArea, Literal, Not, OneOf, Or, ParameterRef
from ejps_core.model.kinds import Comparison, Level
from ejps_core.model.types import Choice, Code, Date, Number, Quotient, Region, Type, YesNo
from ejps_core.model.words import Words

COMPARISONS = {
    "EQUAL": Comparison.EQUAL,
    "UNEQUAL": Comparison.UNEQUAL,
    "BELOW": Comparison.BELOW,
    "AT_MOST": Comparison.AT_MOST,
    "ABOVE": Comparison.ABOVE,
    "AT_LEAST": Comparison.AT_LEAST,
}


def condition(at: At, node: syntax.Expr) -> Expr | None:
    """An expression that must be yes/no."""
    value = at.read(node)
    if value is None or isinstance(value.type, YesNo):
        return value
    there = type_words(value.type)
    mend = Words("bandingkan dengan sesuatu, misalnya `… >= 60`", "compare it with something, for example `… >= 60`")
    at.error(
        "type-condition",
        node,
        f"di sini harus ada syarat ya/tidak, bukan {there.id}",
        f"here must be a yes/no condition, not {there.en}",
        mend,
    )
    return None


def _conditions(at: At, nodes: tuple[syntax.Expr, ...]) -> tuple[Expr, ...] | None:
    """All of them; None if one is wrong (all are looked at)."""
    found = [condition(at, node) for node in nodes]
    good = tuple(value for value in found if value is not None)
    return good if len(good) == len(found) else None


def junction(at: At, node: syntax.Junction) -> Expr | None:
    """and, or, all of, any of."""
    if where_swallows(at, node):
        return None
    items = _conditions(at, node.items)
    if items is None:
        return None
    if len(items) == 1:
        return items[0]
    build = And if node.both else Or
    return build(type=YesNo(), span=node.span, items=items)


def negation(at: At, node: syntax.Negation) -> Expr | None:
    """not."""
    item = condition(at, node.item)
    return item and Not(type=YesNo(), span=node.span, item=item)


def at_least(at: At, node: syntax.AtLeast) -> Expr | None:
    """At least N of several conditions."""
    count, most = node.count.value[0], len(node.items)
    items = _conditions(at, node.items)
    if not 1 <= count <= most:
        span = at.world.span(node.count)
        at.error(
            "count-impossible",
            span,
            f"dari {most} syarat, angka ini harus 1 sampai {most}",
            f"of {most} conditions, this number must be 1 to {most}",
        )
        return None
    return None if items is None else AtLeast(type=YesNo(), span=node.span, count=count, items=items)


def compare(at: At, node: syntax.Compare) -> Expr | None:
    """left = != < <= > >= right; a choice with a label only."""
    if compared_with_blank(at, node):
        return None
    left, right = _sides(at, node)
    if left is None or right is None:
        return None
    how = COMPARISONS[node.how.type]
    if isinstance(left.type, Choice) or isinstance(right.type, Choice):
        return _labelled(at, node, how, left, right)
    if isinstance(left.type, Region | Code) or isinstance(right.type, Region | Code):
        _no_comparison(at, node, left, right)
        return None
    if not alike(at, node, left.type, right.type, (node.left, node.right)):
        return None
    if isinstance(left.type, YesNo) and how not in (Comparison.EQUAL, Comparison.UNEQUAL):
        at.error(
            "yes-no-order", node, "ya/tidak tidak punya urutan; pakai `=` atau `!=`", "yes/no has no order; use `=` or `!=`"
        )
        return None
    found = Compare(type=YesNo(), span=node.span, how=how, left=left, right=right)
    remark_if_settled(at, found)
    return found


def _sides(at: At, node: syntax.Compare) -> tuple[Expr | None, Expr | None]:
    """Both sides; the name opposite a choice is read as one of its labels."""
    if isinstance(node.left, syntax.Name) and value_of(at, node.left.token) is None:
        if isinstance(node.right, syntax.Name) and value_of(at, node.right.token) is None:
            at.read(node.left)
            if node.how.type not in ("EQUAL", "UNEQUAL"):  # else it may be a label of what is not known
                at.read(node.right)
            return None, None
        right = at.read(node.right)
        kind = right.type if right is not None else None
        return at.read(node.left, choice=kind if isinstance(kind, Choice) else None), right
    left = at.read(node.left)
    if left is None and isinstance(node.right, syntax.Name) and not known(at.world, node.right.token.text):
        return None, None  # a label, perhaps, of what is wrong already
    kind = left.type if left is not None else None
    return left, at.read(node.right, choice=kind if isinstance(kind, Choice) else None)


def _labelled(at: At, node: syntax.Compare, how: Comparison, left: Expr, right: Expr) -> Expr | None:
    item, label = (left, right) if isinstance(right, Literal) else (right, left)
    if not (isinstance(item.type, Choice) and isinstance(label, Literal) and isinstance(label.type, Choice)):
        at.error(
            "choice-with-label",
            node,
            "sebuah pilihan hanya dibandingkan dengan salah satu labelnya",
            "a choice is compared only with one of its labels",
        )
        return None
    if how not in (Comparison.EQUAL, Comparison.UNEQUAL):
        at.error(
            "choice-order",
            node,
            "pilihan tidak punya urutan; pakai `=`, `!=`, atau daftar label",
            "a choice has no order; use `=`, `!=` or a list of labels",
        )
        return None
    one = OneOf(type=YesNo(), span=node.span, item=item, labels=(str(label.value),))
    return one if how is Comparison.EQUAL else Not(type=YesNo(), span=node.span, item=one)


def _no_comparison(at: At, node: syntax.Compare, left: Expr, right: Expr) -> None:
    if isinstance(left.type, Code) or isinstance(right.type, Code):
        at.error(
            "code-compared",
            node,
            "kode hanya untuk mengenali; kode tidak dapat menentukan",
            "a code only identifies; it can't decide",
        )
        return
    language = at.world.language_at(node.span)
    words = Words(
        "wilayah tidak dibandingkan, tetapi diperiksa letaknya",
        "a region is not compared; it is asked whether it lies in one",
    )
    there, code = node.right, "75.01"
    item = at.world.said(node.left.span)
    sure = item and isinstance(there, syntax.Constant) and node.how.type in ("EQUAL", "UNEQUAL")
    if isinstance(there, syntax.Constant):
        code = there.token.value[2] if there.token.type == "STRING" else there.token.text
        at.world.findings.taken_back("region-quotes", there.span)
    negation = spellings("_NOT", language)[0] + " " if node.how.type == "UNEQUAL" else ""
    own = f'{negation}{item or "…"} {spellings("_IN_AREA", language)[0]} "{code}"'
    fix = Fix(node.span, own) if sure else None
    at.world.findings.error("region-compared", node.span, words, mend=Words(f"tulis `{own}`", f"write `{own}`"), fix=fix)


def alike(
    at: At, node: syntax.Syntax, left: Type, right: Type, sides: tuple[syntax.Expr, syntax.Expr] | None = None
) -> bool:
    """Whether the two can be compared; else says what is there and what is needed."""
    if isinstance(left, Number | Quotient) and isinstance(right, Number | Quotient):
        return same_money(at, node, left, right, sides) and comparable(at, node, left, right)
    if type(left) is type(right):
        return True
    one, two = type_words(left), type_words(right)
    mend = None
    if at.level is Level.MEMBER and {type(left), type(right)} == {YesNo, Number}:
        mend = Words(
            "bila jumlahnya yang dibandingkan, beri tanda kurung: `(jumlah anggota yang …) >= 2`",
            "if it is the number that is compared, use parentheses: `(count members where …) >= 2`",
        )
    at.error(
        "type-differs",
        node,
        f"{one.id} tidak dapat dibandingkan dengan {two.id}",
        f"{one.en} can't be compared with {two.en}",
        mend,
    )
    return False


def among(at: At, node: syntax.Among) -> Expr | None:
    """item in (a, b): labels of a choice, or numbers, money, dates."""
    item = at.read(node.item)
    if item is None:
        return None
    if isinstance(item.type, Choice):
        labels = [told(at.world, value, item.type) for value in node.values]
        good = [str(label.value) for label in labels if label is not None]
        return (
            OneOf(type=YesNo(), span=node.span, item=item, labels=tuple(dict.fromkeys(good)))
            if len(good) == len(labels)
            else None
        )
    if isinstance(item.type, Region | Code):
        word = spellings("_IN_AREA", at.world.language_at(node.span))[0]
        at.error("region-compared", node, f"untuk wilayah tulis `{word} (…)`", f"for regions write `{word} (…)`")
        return None
    tests: list[Expr] = []
    for value in node.values:
        right = constant_or_parameter(at, value)
        if right is not None and alike(at, value, item.type, right.type):
            test = Compare(type=YesNo(), span=value.span, how=Comparison.EQUAL, left=item, right=right)
            remark_if_settled(at, test)
            tests.append(test)
    if len(tests) < len(node.values):
        return None
    return tests[0] if len(tests) == 1 else Or(type=YesNo(), span=node.span, items=tuple(tests))


def between(at: At, node: syntax.Between) -> Expr | None:
    """item in low..high."""
    item = at.read(node.item)
    low, high = constant_or_parameter(at, node.low), constant_or_parameter(at, node.high)
    if item is None or low is None or high is None:
        return None
    if not isinstance(item.type, Number | Quotient | Date):
        there = type_words(item.type)
        at.error(
            "type-number",
            node.item,
            f"jangkauan berlaku untuk angka, uang, atau tanggal, bukan {there.id}",
            f"a range is for numbers, money or dates, not {there.en}",
        )
        return None
    if not (alike(at, node.low, item.type, low.type) and alike(at, node.high, item.type, high.type)):
        return None
    if isinstance(low, Literal) and isinstance(high, Literal) and _above(low, high):
        at.error(
            "bounds-turned",
            node,
            "batas bawah lebih besar daripada batas atas",
            "the lower bound is above the upper one",
            Words("tukar keduanya", "swap them"),
        )
        return None
    if isinstance(item.type, Quotient):
        above = Compare(type=YesNo(), span=node.span, how=Comparison.AT_LEAST, left=item, right=low)
        below = Compare(type=YesNo(), span=node.span, how=Comparison.AT_MOST, left=item, right=high)
        return And(type=YesNo(), span=node.span, items=(above, below))
    remark_if_outside(at, node, item, low, high)
    return Between(type=YesNo(), span=node.span, item=item, low=low, high=high)


def _above(low: Literal, high: Literal) -> bool:
    one = low.type.scale if isinstance(low.type, Number) else 0
    two = high.type.scale if isinstance(high.type, Number) else 0
    return int(low.value) * int(10**two) > int(high.value) * int(10**one)


def constant_or_parameter(at: At, node: syntax.Expr, choice: Choice | None = None) -> Expr | None:
    """A literal or a parameter; anything else is refused."""
    value = at.read(node, choice=choice)
    if value is None or isinstance(value, Literal | ParameterRef):
        return value
    at.error(
        "constant-expected",
        node,
        "di sini hanya boleh angka tetap atau parameter",
        "only a constant or a parameter may stand here",
    )
    return None


def in_area(at: At, node: syntax.InArea) -> Expr | None:
    """item in area "75.01"."""
    item = at.read(node.item)
    good = [region_code(at.world, token) for token in node.areas]
    if item is None or not all(good):
        return None
    if not isinstance(item.type, Region):
        there = type_words(item.type)
        at.error(
            "type-region",
            node.item,
            f"di sini harus ada wilayah, bukan {there.id}",
            f"here must be a region, not {there.en}",
        )
        return None
    return InArea(type=YesNo(), span=node.span, item=item, areas=tuple(token.value[2] for token in node.areas))

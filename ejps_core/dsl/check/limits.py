"""Comparisons that the declared bounds settle: always yes, or always no."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.wording import day_text
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Compare, Expr, Literal
from ejps_core.model.kinds import Comparison
from ejps_core.model.types import Date, Number, Type, YesNo
from ejps_core.model.wording import value_words
from ejps_core.model.words import Words, same

TURNED = {
    Comparison.BELOW: Comparison.ABOVE,
    Comparison.ABOVE: Comparison.BELOW,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}


def remark_if_settled(at: At, test: Compare) -> None:
    """A remark if a constant lies so far out of the other side's bounds that the answer is always the same."""
    answer = _settled(test)
    if answer is None:
        return
    item, constant = (test.right, test.left) if isinstance(test.left, Literal) else (test.left, test.right)
    said = Words("ya", "yes") if answer else Words("tidak", "no")
    words = Words(f"perbandingan ini selalu {said.id}", f"this comparison is always {said.en}")
    if _finer(item.type, constant):
        why = Words(
            "nilainya bilangan bulat; dalam daftar, sesudah koma ada spasi",
            "the values have fewer decimals than this number",
        )
    else:
        ends = _ends(item.type, at.world.header.currency)
        why = Words(f"nilainya {ends.id}", f"the values are {ends.en}")
    mend = Words("periksa angka atau batas datanya", "check the number, or the bounds of the fact")
    words = Words(f"{words.id}: {why.id}", f"{words.en}: {why.en}")
    at.world.findings.remark("comparison-settled", test.span, words, mend=mend)


def _settled(test: Compare) -> bool | None:
    """The answer if the declared bounds settle a comparison with a constant."""
    how, item, constant = test.how, test.left, test.right
    if isinstance(item, Literal):
        how, item, constant = TURNED.get(how, how), constant, item
    if not isinstance(constant, Literal) or isinstance(item, Literal):
        return None
    one, two = item.type, constant.type
    if isinstance(one, Number) and isinstance(two, Number):
        scale = max(one.scale, two.scale)
        low, high = (end * int(10 ** (scale - one.scale)) for end in (one.low, one.high))
        value = int(constant.value) * int(10 ** (scale - two.scale))
        return _answer(how, low, high, value, _finer(one, constant))
    if isinstance(one, Date) and isinstance(two, Date):
        return _answer(how, one.low, one.high, int(constant.value), False)
    return None


def _finer(kind: Type, constant: Expr) -> bool:
    """Whether a constant has decimals that no value of the type can have."""
    if not (isinstance(kind, Number) and isinstance(constant, Literal) and isinstance(constant.type, Number)):
        return False
    gap = constant.type.scale - kind.scale
    return gap > 0 and int(constant.value) % int(10**gap) != 0


def remark_if_outside(at: At, node: syntax.Between, item: Expr, low: Expr, high: Expr) -> None:
    """A remark if a range lies wholly outside what the item may be."""
    for how, end in ((Comparison.AT_LEAST, low), (Comparison.AT_MOST, high)):
        test = Compare(type=YesNo(), span=node.span, how=how, left=item, right=end)
        if _settled(test) is False:
            remark_if_settled(at, test)
            return


def _answer(how: Comparison, low: int, high: int, value: int, never: bool) -> bool | None:
    match how:
        case Comparison.EQUAL:
            return False if never or not low <= value <= high else None
        case Comparison.UNEQUAL:
            return True if never or not low <= value <= high else None
        case Comparison.BELOW:
            return True if high < value else False if low >= value else None
        case Comparison.AT_MOST:
            return True if high <= value else False if low > value else None
        case Comparison.ABOVE:
            return True if low > value else False if high <= value else None
        case Comparison.AT_LEAST:
            return True if low >= value else False if high < value else None


def _ends(kind: Type, currency: str) -> Words:
    if isinstance(kind, Date):
        return same(f"{day_text(kind.low)}..{day_text(kind.high)}")
    assert isinstance(kind, Number)
    low, high = value_words(kind.low, kind, currency), value_words(kind.high, kind, currency)
    return Words(f"{low.id}..{high.id}", f"{low.en}..{high.en}")

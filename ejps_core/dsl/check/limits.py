"""Comparisons that the declared bounds settle: always yes, or always no."""

from __future__ import annotations

from ejps_core.dsl.check.wording import amount_words, day_text
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import Compare, Comparison, Literal
from ejps_core.model.types import Date, Number, Type
from ejps_core.model.words import Words, same

TURNED = {
    Comparison.BELOW: Comparison.ABOVE,
    Comparison.ABOVE: Comparison.BELOW,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
}


def remark_if_settled(at: At, test: Compare) -> None:
    """A remark if a constant lies so far out of the other side's bounds that the answer is always the same."""
    how, item, constant = test.how, test.left, test.right
    if isinstance(item, Literal):
        how, item, constant = TURNED.get(how, how), constant, item
    if not isinstance(constant, Literal) or isinstance(item, Literal):
        return
    one, two = item.type, constant.type
    if isinstance(one, Number) and isinstance(two, Number):
        scale = max(one.scale, two.scale)
        low, high = (end * 10 ** (scale - one.scale) for end in (one.low, one.high))
        value = int(constant.value) * 10 ** (scale - two.scale)
        never = scale > one.scale and value % 10 ** (scale - one.scale) != 0
    elif isinstance(one, Date) and isinstance(two, Date):
        low, high, value, never = one.low, one.high, int(constant.value), False
    else:
        return
    answer = _answer(how, low, high, value, never)
    if answer is None:
        return
    ends = _ends(one)
    said = Words("ya" if answer else "tidak", "yes" if answer else "no")
    words = Words(
        f"perbandingan ini selalu {said.id}: nilainya {ends.id}",
        f"this comparison is always {said.en}: the values are {ends.en}",
    )
    if never:
        words = Words(
            f"perbandingan ini selalu {said.id}: nilainya bilangan bulat; dalam daftar, sesudah koma beri spasi",
            f"this comparison is always {said.en}: the values are whole numbers",
        )
    mend = Words("periksa angka atau batas datanya", "check the number, or the bounds of the fact")
    at.world.findings.remark("comparison-settled", test.span, words, mend=mend)


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


def _ends(kind: Type) -> Words:
    if isinstance(kind, Date):
        return same(f"{day_text(kind.low)}..{day_text(kind.high)}")
    assert isinstance(kind, Number)
    low, high = amount_words(kind.low, kind), amount_words(kind.high, kind)
    return Words(f"{low.id}..{high.id}", f"{low.en}..{high.en}")

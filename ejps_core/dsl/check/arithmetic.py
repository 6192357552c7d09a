"""Reckoning: + - * / on numbers, money and dates; rounding."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.sizes import aligned, fraction, proved, same_money
from ejps_core.dsl.check.types import PERS, number_of
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.dsl.words import spellings
from ejps_core.model.calendar import shifted
from ejps_core.model.diagnostic import Fix
from ejps_core.model.expr import Add, Divide, Expr, Multiply, Round, Shift, Subtract
from ejps_core.model.kinds import Rounding, Unit
from ejps_core.model.span import Span
from ejps_core.model.types import Date, Number, Per, Quotient
from ejps_core.model.words import Words

UNITS = {"DAY": Unit.DAY, "MONTH": Unit.MONTH, "QUARTER": Unit.QUARTER, "YEAR": Unit.YEAR}
MOST_SHIFT = {Unit.DAY: 100_000, Unit.MONTH: 3_000, Unit.QUARTER: 1_000, Unit.YEAR: 250}
ROUNDINGS = {
    "HALF_UP": Rounding.HALF_UP,
    "HALF_EVEN": Rounding.HALF_EVEN,
    "UP": Rounding.UP,
    "DOWN": Rounding.DOWN,
}
ROUND_FIRST = Words(
    "bulatkan dahulu, misalnya `bulatkan ke bawah (…) ke 1` atau `ke Rp1`",
    "round it first, for example `round down (…) to 1` or `to Rp 1`",
)


def arithmetic(at: At, node: syntax.Arithmetic) -> Expr | None:
    """left + - * / right."""
    if isinstance(node.right, syntax.Duration):
        return _shift(at, node, node.right)
    if _money_by_slash(at, node):
        return None
    left, right = at.read(node.left), at.read(node.right)
    if left is None or right is None:
        return None
    if isinstance(left.type, Date) or isinstance(right.type, Date):
        at.error(
            "date-arithmetic",
            node,
            "tanggal hanya dapat ditambah atau dikurangi hari, bulan, triwulan, atau tahun",
            "to a date only days, months, quarters or years can be added, or taken away",
            Words(
                "misalnya `tanggal + 3 bulan`; untuk usia pakai `umur pada …`",
                "for example `date + 3 months`; for ages use `age on …`",
            ),
        )
        return None
    if not (_number(at, node.left, left) and _number(at, node.right, right)):
        return None
    if node.sign in "+-":
        return _sum(at, node, left, right)
    return _product(at, node, left, right) if node.sign == "*" else _quotient(at, node, left, right)


def _money_by_slash(at: At, node: syntax.Arithmetic) -> bool:
    """Rp1.000 / bulan: money per month is written otherwise. Says so."""
    left, right = node.left, node.right
    if not (node.sign == "/" and isinstance(left, syntax.Constant) and isinstance(right, syntax.Name)):
        return False
    language = at.world.language_at(node.span)
    pers = [per for per in PERS if right.token.text in spellings(per.removeprefix("PER_"), language)]
    if left.token.type != "MONEY" or not pers:
        return False
    own = spellings(pers[0], language)[0]
    span = at.world.span(right.token)
    slash = Span(span.path, left.span.end_line, left.span.end_column, span.end_line, span.end_column)
    words = Words(f"tulis `{own}`", f"write `{own}`")
    at.world.findings.error("money-by-slash", node.span, words, fix=Fix(slash, " " + own))
    return True


def _number(at: At, node: syntax.Expr, value: Expr) -> bool:
    if isinstance(value.type, Number | Quotient):
        return True
    there = type_words(value.type)
    at.error(
        "type-number",
        node,
        f"di sini harus ada angka atau uang, bukan {there.id}",
        f"here must be a number or money, not {there.en}",
    )
    return False


def _shift(at: At, node: syntax.Arithmetic, duration: syntax.Duration) -> Expr | None:
    left = at.read(node.left)
    if left is None:
        return None
    if not isinstance(left.type, Date) or node.sign not in "+-":
        there = type_words(left.type)
        at.error(
            "type-date",
            node.left,
            f"di depan jangka waktu harus ada tanggal, bukan {there.id}",
            f"before a length of time must be a date, not {there.en}",
        )
        return None
    if duration.unit.type not in UNITS:
        at.error(
            "duration-unit",
            duration,
            "jangka waktu dihitung dalam hari, bulan, triwulan, atau tahun",
            "a length of time is counted in days, months, quarters or years",
        )
        return None
    unit = UNITS[duration.unit.type]
    amount = duration.number.value[0] * (1 if node.sign == "+" else -1)
    if abs(amount) > MOST_SHIFT[unit]:
        at.error("duration-long", duration, "jangka waktu ini terlalu panjang", "this length of time is too long")
        return None
    low, high = shifted(left.type.low, amount, unit), shifted(left.type.high, amount, unit)
    return Shift(type=Date(low, high), span=node.span, date=left, amount=amount, unit=unit)


def _whole(at: At, node: syntax.Expr, value: Expr) -> bool:
    """Whether it is no quotient; those must be rounded before they are added."""
    if not isinstance(value.type, Quotient):
        return True
    at.error(
        "quotient-unrounded",
        node,
        "hasil bagi tidak dapat dijumlahkan, dikurangkan, atau dibagi lagi sebelum dibulatkan",
        "a quotient can't be added, subtracted or divided again before it is rounded",
        ROUND_FIRST,
    )
    return False


def _sum(at: At, node: syntax.Arithmetic, left: Expr, right: Expr) -> Expr | None:
    if not (_whole(at, node.left, left) and _whole(at, node.right, right)):
        return None
    one, two = left.type, right.type
    assert isinstance(one, Number) and isinstance(two, Number)
    if not same_money(at, node, one, two, (node.left, node.right)):
        return None
    scale = max(one.scale, two.scale)
    (a, b), (c, d) = aligned(one, scale), aligned(two, scale)
    low, high = (a + c, b + d) if node.sign == "+" else (a - d, b - c)
    if not proved(at, node, a, b, c, d, low, high):
        return None
    kind = Number(scale, low, high, one.per)
    build = Add if node.sign == "+" else Subtract
    return build(type=kind, span=node.span, left=left, right=right)


def _times(at: At, node: syntax.Syntax, one: Number, two: Number, per: Per | None) -> Number | None:
    ends = [a * b for a in (one.low, one.high) for b in (two.low, two.high)]
    if not proved(at, node, *ends):
        return None
    return Number(one.scale + two.scale, min(ends), max(ends), per)


def _product(at: At, node: syntax.Arithmetic, left: Expr, right: Expr) -> Expr | None:
    one, two = left.type, right.type
    assert isinstance(one, Number | Quotient) and isinstance(two, Number | Quotient)
    if one.per is not None and two.per is not None:
        at.error("money-times-money", node, "uang tidak dapat dikalikan dengan uang", "money can't be multiplied by money")
        return None
    per = one.per or two.per
    if isinstance(one, Number) and isinstance(two, Number):
        kind = _times(at, node, one, two, per)
        return None if kind is None else Multiply(type=kind, span=node.span, left=left, right=right)
    if isinstance(one, Quotient) and isinstance(two, Quotient):
        at.error(
            "quotient-unrounded",
            node,
            "dua hasil bagi tidak dapat dikalikan",
            "two quotients can't be multiplied",
            ROUND_FIRST,
        )
        return None
    top, other = (one, two) if isinstance(one, Quotient) else (two, one)
    assert isinstance(top, Quotient) and isinstance(other, Number)
    numerator = _times(at, node, top.numerator, other, top.numerator.per or other.per)
    if numerator is None:
        return None
    return Multiply(type=Quotient(numerator, top.denominator, per), span=node.span, left=left, right=right)


def _quotient(at: At, node: syntax.Arithmetic, left: Expr, right: Expr) -> Expr | None:
    if not (_whole(at, node.left, left) and _whole(at, node.right, right)):
        return None
    one, two = left.type, right.type
    assert isinstance(one, Number) and isinstance(two, Number)
    if two.per is not None and not (one.per is not None and same_money(at, node, one, two)):
        if one.per is None:
            at.error(
                "number-by-money",
                node,
                "angka biasa tidak dapat dibagi dengan uang",
                "a plain number can't be divided by money",
            )
        return None
    if two.low < 0:
        at.error(
            "divisor-negative",
            node.right,
            "pembagi ini bisa negatif; pembagi harus 0 atau lebih",
            "this divisor may be negative; it must be 0 or more",
        )
        return None
    per = one.per if two.per is None else None
    return Divide(type=Quotient(one, two, per), span=node.span, left=left, right=right)


def rounded(at: At, node: syntax.Rounded) -> Expr | None:
    """A number or quotient brought to a step; the result has the step's scale."""
    item = at.read(node.item)
    read = _step(at, node.step)
    if item is None or read is None or not _number(at, node.item, item):
        return None
    step, kind = read
    source = item.type
    assert isinstance(source, Number | Quotient)
    if kind.per not in (None, Per.ONCE, source.per) or (kind.per is None) != (source.per is None):
        need, there = type_words(source), type_words(kind)
        at.error(
            "round-step",
            node.step,
            f"yang dibulatkan {need.id}, langkahnya {there.id}",
            f"what is rounded is {need.en}, the step {there.en}",
            Words("uang dibulatkan ke `Rp…`, angka ke angka", "money is rounded to `Rp …`, a number to a number"),
        )
        return None
    top, top_scale, bottom, bottom_scale = fraction(source)
    gap = kind.scale + bottom_scale - top_scale
    above, below = (top * 10**gap, bottom) if gap >= 0 else (top, bottom * 10**-gap)
    if not proved(at, node, 2 * above + below * step, 2 * below * step):
        return None
    low, high = _rounded_ends(source, kind.scale, step)
    if not proved(at, node, low, high):
        return None
    result = Number(kind.scale, low, high, source.per)
    return Round(type=result, span=node.span, how=ROUNDINGS[node.how.type], item=item, step=step)


def _step(at: At, node: syntax.Expr) -> tuple[int, Number] | None:
    """The step of a rounding: a constant above 0."""
    if isinstance(node, syntax.Constant) and node.token.type in ("INT", "DECIMAL", "MONEY"):
        read = number_of(at.world, node)
        if read is None:
            return None
        if read[0] > 0:
            return read
    at.error(
        "round-step",
        node,
        "dibulatkan ke kelipatan yang lebih dari 0, misalnya `ke Rp1.000`",
        "it is rounded to multiples above 0, for example `to Rp 1_000`",
    )
    return None


def _rounded_ends(source: Number | Quotient, scale: int, step: int) -> tuple[int, int]:
    """The lowest and highest multiple that may come out. A quotient is at most its numerator (divisors below 1 apart)."""
    number = source.numerator if isinstance(source, Quotient) else source
    low, high, own = number.low, number.high, number.scale
    if isinstance(source, Quotient):
        smallest = max(source.denominator.low, 1)
        factor = 10**source.denominator.scale
        low, high = min(0, low) * factor // smallest, -(-max(0, high) * factor // smallest)
    gap = 10 ** abs(scale - own)
    low, high = (low * gap, high * gap) if scale >= own else (low // gap, -(-high // gap))
    return low // step * step, -(-high // step) * step


def duration(at: At, node: syntax.Duration) -> Expr | None:
    """A length of time that is not added to a date."""
    words = Words(
        "jangka waktu hanya dapat ditambahkan ke tanggal, di kanan `+` atau `-`",
        "a length of time can only be added to a date, right of `+` or `-`",
    )
    mend = fix = None
    if node.unit.type == "YEAR":
        years = f"`{node.number.text}`"
        mend = Words(f"umur dihitung dalam tahun: cukup {years}", f"ages are counted in years: {years} will do")
        fix = Fix(node.span, node.number.text)
    at.world.findings.error("duration-alone", node.span, words, mend=mend, fix=fix)
    return None
